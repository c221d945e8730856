// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <algorithm>
#include <array>

#include "../http/http_date.hpp"
#include "service.hpp"

namespace ferry::mock::llamacloud {
namespace {

constexpr std::array<std::string_view, 7> purposes{"user_data", "parse", "extract",  "classify",
                                                   "split",     "sheet", "agent_app"};
constexpr std::int64_t default_link_seconds = 3600;
constexpr std::size_t longest_name = 3000;

void require_documented_purpose(std::string const& purpose) {
    std::string expected;
    for (std::size_t i = 0; i < purposes.size(); ++i) {
        if (purposes[i] == purpose) return;
        if (i != 0) expected += i + 1 == purposes.size() ? " or " : ", ";
        expected += '\'' + std::string(purposes[i]) + '\'';
    }
    json::object item{{"type", "literal_error"}, {"loc", json::array{"body", "purpose"}}};
    item.emplace("msg", "Input should be " + expected);
    item.emplace("input", purpose);
    item.emplace("ctx", json::object{{"expected", expected}});
    throw http_error(422, json::array{std::move(item)});
}

std::optional<std::string> extension(std::string const& name) {
    auto const dot = name.rfind('.');
    if (dot == std::string::npos || dot + 1 == name.size()) return std::nullopt;
    return name.substr(dot + 1);
}

}  // namespace

void service::bind_files() {
    api_.bind("files.create", {.behaviour = [this](call& c) { return create_file(c); },
                               .before_validation =
                                   [this](call& c) {
                                       bool const documented = shared_.options.profile == profile::documented;
                                       if (!documented || c.part("file") != nullptr) return;
                                       throw http_error(400,
                                                        "file field is required for multipart requests.");
                                   }});
    api_.bind("files.list", {.behaviour = [this](call& c) { return list_files(c); }});
    api_.bind("files.query", {.behaviour = [this](call& c) { return query_files(c); }});
    api_.bind("files.get", {.behaviour = [this](call& c) {
                  return json_response(
                      200, describe(require_file(caller(c), c.path("file_id")), c.request, wants_url(c)));
              }});
    api_.bind(
        "files.delete", {.behaviour = [this](call& c) {
            std::string const id = require_file(caller(c), c.path("file_id")).id;
            std::int64_t const now = shared_.clock.now();
            for (auto& [key, entry] :
                 entries_) {  // entries of a file that is gone are gone too, but stay listable as deleted
                if (entry.file == id && !entry.deleted) entry.deleted = entry.updated = now;
            }
            files_.erase(id);
            return empty_response(204);
        }});
    api_.bind("files.content", {.behaviour = [this](call& c) {
                  file const& item = require_file(caller(c), c.path("file_id"));
                  std::int64_t const seconds =
                      c.query_integer("expires_at_seconds").value_or(default_link_seconds);
                  return json_response(200, signed_url(item, c.request, seconds));
              }});
}

http_response service::create_file(call& current) {
    account const& owner = caller(current);
    std::string const purpose = current.part_text("purpose").value_or("");
    if (shared_.options.llamacloud.strict_purpose) require_documented_purpose(purpose);
    file const& stored =
        store_file(owner, *current.part("file"), current.part_text("external_file_id"), purpose);
    return json_response(201, describe(stored, current.request, false));
}

file& service::store_file(account const& owner, form_part const& upload,
                          std::optional<std::string> external_id, std::optional<std::string> purpose) {
    if (upload.filename.empty()) throw http_error(400, "File must have a filename.");
    if (upload.filename.size() > longest_name)
        throw http_error(400, "File name is too long. Maximum 3000 characters allowed.");
    if (upload.content.size() == 0) throw http_error(400, "Uploaded file is empty.");
    file item;
    item.id = shared_.ids.uuid();
    item.name = upload.filename;
    item.project = owner.project;
    item.external_id = std::move(external_id);
    item.purpose = std::move(purpose);
    item.created = shared_.clock.now();
    item.content = upload.content;
    return files_.emplace(item.id, item).first->second;
}

file& service::require_file(account const& owner, std::string const& id) {
    auto const found = files_.find(id);
    if (found == files_.end() || found->second.project != owner.project) {
        throw http_error(404, json::value("File " + id + " not found in project " + owner.project));
    }
    return found->second;
}

json::object service::describe(file const& item, http_request const& request, bool with_url) const {
    json::object result;
    result["id"] = item.id;
    result["name"] = item.name;
    result["project_id"] = item.project;
    result["external_file_id"] = text_or_null(item.external_id);
    result["file_type"] = text_or_null(extension(item.name));
    result["last_modified_at"] = utc_text(item.created);
    result["expires_at"] = time_or_null(item.expires);
    result["purpose"] = text_or_null(item.purpose);
    result["download_url"] =
        with_url ? signed_url(item, request, default_link_seconds) : json::value(nullptr);
    return result;
}

json::value service::signed_url(file const& item, http_request const& request, std::int64_t seconds) const {
    std::int64_t const expires = shared_.clock.now() / second + (std::min)(seconds, std::int64_t{1} << 40U);
    json::object result;
    result["url"] = urls_.make(request.origin(), item.id, item.name, expires);
    result["expires_at"] = utc_text(expires * second);
    result["form_fields"] = nullptr;
    return result;
}

/// Object storage answers in XML.
namespace {

http_response storage_error(int status, std::string_view code, std::string_view message) {
    http_response response;
    response.status = status;
    response.with("Content-Type", "application/xml");
    response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + std::string(code) +
                    "</Code><Message>" + std::string(message) + "</Message></Error>";
    return response;
}

}  // namespace

http_response service::fetch_signed(http_request const& request) {
    if (request.method != "GET" && request.method != "HEAD") {
        return storage_error(405, "MethodNotAllowed",
                             "The specified method is not allowed against this resource.");
    }
    if (request.header("authorization") != nullptr) {  // the key must not travel with a signed link
        return storage_error(400, "InvalidArgument", "Only one auth mechanism allowed.");
    }
    signed_urls::target const target = urls_.check(request, shared_.clock.now() / second);
    if (target.what == signed_urls::verdict::bad_signature) {
        return storage_error(403, "SignatureDoesNotMatch", "The request signature does not match.");
    }
    if (target.what == signed_urls::verdict::expired)
        return storage_error(403, "AccessDenied", "Request has expired");
    auto const found = files_.find(target.file_id);
    if (found == files_.end()) return storage_error(404, "NoSuchKey", "The specified key does not exist.");
    http_response response;
    response.with("Content-Type", "application/octet-stream");
    response.with("Last-Modified", http_date(static_cast<std::time_t>(found->second.created / second)));
    response.length = found->second.content.size();
    response.stream = std::make_shared<blob_reader>(found->second.content);
    return response;
}

}  // namespace ferry::mock::llamacloud
