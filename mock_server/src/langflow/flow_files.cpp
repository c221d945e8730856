// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Files v1: a flow's files, named after the second of their upload.
#include "../core/crypto.hpp"
#include "names.hpp"
#include "service.hpp"
#include "stored.hpp"

namespace ferry::mock::langflow {
namespace {

void require_simple_name(call& current) {
    if (!has_path_parts(current.path("file_name"))) return;
    throw http_error(400, "Invalid file name. Use a simple file name without directory paths or '..'.");
}

bool is_boundary(std::string_view text) {
    if (text.empty() || text.size() > 70) return false;
    return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
           std::string_view::npos;
}

/// Whether the body begins and ends with the boundary. Of a body that is too large the tail was kept.
bool frames(http_request const& request, std::string const& boundary) {
    std::string const opening = "--" + boundary;
    std::string const closing = opening + "--";
    if (request.body.slice(0, opening.size()).text() != opening) return false;
    std::string_view const tail = request.body_tail;
    auto const ends_with = [&](std::string const& text) {
        return tail.size() >= text.size() && tail.substr(tail.size() - text.size()) == text;
    };
    return ends_with(closing) || ends_with(closing + "\r\n");
}

}  // namespace

void screen_boundary(http_request const& request) {
    std::string_view const type = request.header_or_empty("content-type");
    auto const at = type.rfind("boundary=");
    if (type.find("multipart/form-data") == std::string_view::npos || at == std::string_view::npos) {
        throw http_error(422, "Content-Type header must be 'multipart/form-data' with a boundary parameter.");
    }
    std::string const boundary(trim(type.substr(at + 9)));
    if (!is_boundary(boundary)) throw http_error(422, "Invalid boundary format");
    if (!frames(request, boundary)) throw http_error(422, "Invalid multipart formatting");
}

void service::bind_flow_files() {
    guard const owns_flow = [this](call& c) { (void)require_flow(c); };
    api_.bind("flow_files.upload",
              {.behaviour = [this](call& c) { return upload_to_flow(c); }, .before_validation = owns_flow});
    api_.bind("flow_files.upload_legacy",
              {.behaviour = [this](call& c) { return upload_legacy(c); }, .before_validation = owns_flow});
    api_.bind("flow_files.download", {.behaviour = [this](call& c) { return download_from_flow(c, false); },
                                      .before_auth = require_simple_name,
                                      .before_validation = owns_flow});
    api_.bind("flow_files.image", {.behaviour = [this](call& c) { return download_from_flow(c, true); },
                                   .before_auth = require_simple_name,
                                   .before_validation = owns_flow});
    api_.bind("flow_files.list",
              {.behaviour = [this](call& c) { return list_of_flow(c); }, .before_validation = owns_flow});
    api_.bind("flow_files.delete", {.behaviour = [this](call& c) { return delete_from_flow(c); },
                                    .before_auth = require_simple_name,
                                    .before_validation = owns_flow});
}

http_response service::upload_to_flow(call& current) {
    std::string const home = require_flow(current).id;
    form_part const& part = *current.part("file");
    std::string const name = part.filename.empty() ? hex(sha256(part.content)) : part.filename;
    if (has_path_parts(name)) throw http_error(500, "Invalid file name: contains path separators");
    std::string const stored_name = local_text(shared_.clock.now(), "%Y-%m-%d_%H-%M-%S_") + name;
    or_fail("", [&] { store(current, home, stored_name, part.content); });
    return json_response(201, json::object{{"flowId", home}, {"file_path", home + '/' + stored_name}});
}

http_response service::upload_legacy(call& current) {
    std::string const home = require_flow(current).id;
    form_part const& part = *current.part("file");
    std::string const name = hex(sha256(part.content)) +
                             part.filename.substr((std::min)(part.filename.rfind('.'), part.filename.size()));
    or_fail("", [&] { store(current, "cache/" + home, name, part.content); });  // v1 does not see it there
    std::string const path = std::string(storage_root) + home + '/' + name;
    return json_response(201, json::object{{"flowId", home}, {"file_path", path}});
}

http_response service::list_of_flow(call& current) {
    json::array names;
    if (auto const folder = stored_.find(require_flow(current).id); folder != stored_.end()) {
        for (auto const& [name, content] : folder->second) names.push_back(json::value(name));
    }
    return json_response(200, json::object{{"files", std::move(names)}});
}

http_response service::delete_from_flow(call& current) {
    std::string const name = current.path("file_name");
    or_fail("", [&] { discard(current, require_flow(current).id, name); });
    return json_response(200, json::object{{"message", "File " + name + " deleted successfully"}});
}

http_response service::download_from_flow(call& current, bool as_image) {
    std::string const home = require_flow(current).id;
    std::string const name = current.path("file_name");
    if (name.back() == '.') throw http_error(500, json::value("Extension not found for file " + name));
    std::string_view const type = content_type_of(name);
    if (as_image && type.substr(0, 6) != "image/") {
        throw http_error(500, json::value("Content type " + std::string(type) + " is not an image"));
    }
    blob const* const content = or_fail("", [&] { return find_bytes(current, home, name); });
    if (content == nullptr) throw http_error(500, json::value("File " + name + " not found in flow " + home));
    http_response response;
    response.stream = std::make_shared<blob_reader>(*content);
    if (as_image) return std::move(response.with("Content-Type", std::string(type)));
    response.length = content->size();
    response.with("Content-Type", "application/octet-stream").with("Content-Disposition", attachment(name));
    return response;
}

}  // namespace ferry::mock::langflow
