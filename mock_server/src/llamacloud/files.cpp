// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <algorithm>
#include <array>

#include "../http/url.hpp"
#include "file_query.hpp"
#include "refusals.hpp"
#include "service.hpp"

namespace ferry::mock::llamacloud {
namespace {

constexpr std::array<std::string_view, 7> purposes{"user_data", "parse", "extract",  "classify",
                                                   "split",     "sheet", "agent_app"};
constexpr std::size_t longest_name = 3000;

}  // namespace

void service::bind_files() {
    bind(
        "files.create", [this](call& c) { return create_file(c); },
        [this](call& c) {
            if (c.part("file") != nullptr || !rows().missing_file_is_400) return;
            throw http_error(400, "file field is required for multipart requests.");
        });
    bind("files.list", [this](call& c) { return list_files(c); });
    bind(
        "files.query", [this](call& c) { return query_files(c); },
        [this](call& c) { tolerate_ids(c.values.body, decisions()); });
    bind("files.get", [this](call& c) {
        file const& item = require_file(caller(c), c.path("file_id"));
        return json_response(200, describe(item, c.request, wants_url(c)));
    });
    bind("files.delete", [this](call& c) { return delete_file(c, c.path("file_id")); });
    bind("files.content", [this](call& c) { return link_to(c, c.path("file_id")); });
}

http_response service::delete_file(call& current, std::string const& id) {
    account const& owner = caller(current);
    return deleted(id, [&] {
        std::string const stored = require_file(owner, id).id;
        if (current.request.storage == storage_fault::failing) throw http_error(500, "Internal Server Error");
        remove_file(stored, shared_.clock.now());
    });
}

http_response service::create_file(call& current) {
    account const& owner = caller(current);
    std::string const purpose = current.part_text("purpose").value_or("");
    bool const known = std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
    if (!known && decisions().strict_purpose) throw not_one_of(purposes, {"body", "purpose"}, purpose);
    std::optional<std::int64_t> expires;
    if (purpose == "parse" && decisions().parse_lifetime_s != 0)
        expires = shared_.clock.now() + decisions().parse_lifetime_s * second;
    file const& stored = store_file(current, owner, *current.part("file"),
                                    current.part_text("external_file_id"), purpose, expires);
    return json_response(201, describe(stored, current.request, false));
}

file& service::store_file(call const& current, account const& owner, form_part const& upload,
                          std::optional<std::string> external_id, std::optional<std::string> purpose,
                          std::optional<std::int64_t> expires) {
    if (upload.filename.empty()) throw http_error(400, "File must have a filename.");
    if (code_points(upload.filename) > longest_name)
        throw http_error(400, "File name is too long. Maximum 3000 characters allowed.");
    if (upload.content.size() == 0) throw http_error(400, "Uploaded file is empty.");
    if (upload.content.size() > largest_upload()) throw too_large(largest_upload());
    storage_fault const broken = current.request.storage;
    if (broken == storage_fault::failing || broken == storage_fault::uncommitted)
        throw http_error(500, "Internal Server Error");
    file item;
    item.name = upload.filename;
    item.project = owner.project;
    item.external_id = std::move(external_id);
    item.purpose = std::move(purpose);
    item.expires = expires;
    item.content = upload.content;
    return add_file(std::move(item));
}

file& service::add_file(file item) {
    if (auto const limit = shared_.options.llamacloud.max_files) {
        auto const owned = std::count_if(files_.begin(), files_.end(), [&](auto const& pair) {
            return pair.second.project == item.project && !pair.second.expired;
        });
        if (static_cast<std::uint64_t>(owned) >= *limit) {
            throw http_error(402, json::value("The total number of files would exceed the maximum allowed: " +
                                              std::to_string(*limit)));
        }
    }
    item.id = shared_.ids.uuid();
    item.created = item.modified = shared_.clock.now();
    expect_expiry(item.expires);
    std::string const id = item.id;
    return files_.emplace(id, std::move(item)).first->second;
}

bool service::is_visible(file const& item) const {
    return !item.expired || !decisions().expired_files_vanish;
}

file& service::require_file(account const& owner, std::string const& id) {
    auto const found = files_.find(id);
    bool const exists = found != files_.end() && is_visible(found->second);
    if (exists && found->second.project == owner.project) return found->second;
    std::string const not_found = "File " + public_file_id(id) + " not found in project " + owner.project;
    if (exists) throw foreign("file", not_found);
    throw http_error(404, json::value(not_found));
}

/// Answers with JSON, never with the bytes.
http_response service::link_to(call& current, std::string const& id) {
    account const& owner = caller(current);
    auto const found = files_.find(id);
    bool const owned = found != files_.end() && found->second.project == owner.project;
    if (owned &&
        (found->second.expired || found->second.pending || current.request.storage == storage_fault::missing))
        throw http_error(404, "Source file not found in storage");
    std::int64_t const seconds =
        current.query_integer("expires_at_seconds").value_or(decisions().link_lifetime_s);
    return json_response(200, signed_url(require_file(owner, id), current.request, seconds));
}

}  // namespace ferry::mock::llamacloud
