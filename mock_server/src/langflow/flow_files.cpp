// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Files v1: a flow's files, named after the second of their upload.
#include "core/crypto.hpp"
#include "langflow/context.hpp"
#include "langflow/names.hpp"
#include "langflow/storage_error.hpp"

#include <algorithm>

namespace ferry::mock::langflow {
namespace {

void require_simple_name(call& current) {
    if (!has_path_parts(current.path("file_name"))) return;
    throw http_error(400, "Invalid file name. Use a simple file name without directory paths or '..'.");
}

http_response upload_to_flow(context& in, call& current) {
    std::string const home = require_flow(in, current).id;
    form_part const& part = *current.part("file");
    std::string const name = part.filename.empty() ? hex(sha256(part.content)) : part.filename;
    if (has_path_parts(name)) throw http_error(500, "Invalid file name: contains path separators");
    std::string const stored_name = local_text(in.shared.clock.now(), "%Y-%m-%d_%H-%M-%S_") + name;
    or_fail("", [&] { in.store.put(current.on, home, stored_name, part.content); });
    return json_response(201, json::object{{"flowId", home}, {"file_path", home + '/' + stored_name}});
}

http_response upload_legacy(context& in, call& current) {
    std::string const home = require_flow(in, current).id;
    form_part const& part = *current.part("file");
    std::string const name = hex(sha256(part.content)) +
                             part.filename.substr((std::min)(part.filename.rfind('.'), part.filename.size()));
    or_fail("", [&] {
        in.store.put(current.on, "cache/" + home, name, part.content);
    });  // v1 does not see it there
    std::string const path = std::string(storage_root) + home + '/' + name;
    return json_response(201, json::object{{"flowId", home}, {"file_path", path}});
}

http_response list_of_flow(context& in, call& current) {
    json::array names;
    if (auto const folder = in.store.contents.find(require_flow(in, current).id);
        folder != in.store.contents.end()) {
        for (auto const& [name, content] : folder->second) names.push_back(json::value(name));
    }
    return json_response(200, json::object{{"files", std::move(names)}});
}

http_response delete_from_flow(context& in, call& current) {
    std::string const name = current.path("file_name");
    or_fail("", [&] { in.store.discard(current.on, require_flow(in, current).id, name); });
    return json_response(200, json::object{{"message", "File " + name + " deleted successfully"}});
}

http_response download_from_flow(context& in, call const& current, bool as_image) {
    std::string const home = require_flow(in, current).id;
    std::string const name = current.path("file_name");
    if (name.back() == '.') throw http_error(500, json::value("Extension not found for file " + name));
    std::string_view const type = content_type_of(name);
    if (as_image && type.substr(0, 6) != "image/") {
        throw http_error(500, json::value("Content type " + std::string(type) + " is not an image"));
    }
    blob const* const content = or_fail("", [&] { return in.store.find_bytes(current.on, home, name); });
    if (content == nullptr) throw http_error(500, json::value("File " + name + " not found in flow " + home));
    http_response response;
    response.stream = std::make_shared<blob_reader>(*content);
    if (as_image) return std::move(response.with("Content-Type", std::string(type)));
    response.length = content->size();
    response.with("Content-Type", "application/octet-stream").with("Content-Disposition", attachment(name));
    return response;
}

}  // namespace

void offer_flow_files(api& to, context& with) {
    guard const owns_flow = [&with](call& c) { (void)require_flow(with, c); };
    auto const download = [](context& in, call& c) { return download_from_flow(in, c, false); };
    auto const image = [](context& in, call& c) { return download_from_flow(in, c, true); };
    offer(to, with, "flow_files.upload", upload_to_flow, owns_flow);
    offer(to, with, "flow_files.upload_legacy", upload_legacy, owns_flow);
    offer(to, with, "flow_files.download", download, owns_flow, require_simple_name);
    offer(to, with, "flow_files.image", image, owns_flow, require_simple_name);
    offer(to, with, "flow_files.list", list_of_flow, owns_flow);
    offer(to, with, "flow_files.delete", delete_from_flow, owns_flow, require_simple_name);
}

}  // namespace ferry::mock::langflow
