// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "service.hpp"

#include "../../generated/llamacloud_tables.hpp"
#include "../core/scalars.hpp"

namespace ferry::mock::llamacloud {

std::vector<account> initial_accounts() {
    return {
        {"alice", "llx-alice", "11111111-1111-4111-8111-111111111111",
         "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"},
        {"bob", "llx-bob", "22222222-2222-4222-8222-222222222222", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"}};
}

namespace {

/// The bearer token, empty when there is none.
std::string_view bearer_token(http_request const& request) {
    std::string_view const header = request.header_or_empty("authorization");
    if (header.size() < 7 || !equal_ignoring_case(header.substr(0, 7), "bearer ")) return {};
    return trim(header.substr(7));
}

[[noreturn]] void refuse(std::string_view why) {
    http_response answer = json_response(401, json::object{{"detail", why}});
    throw http_error(std::move(answer).with("WWW-Authenticate", "Bearer"));
}

}  // namespace

service::service(environment& shared)
    : shared_(shared),
      api_(generated::llamacloud_routes(), [this](call& current) { authenticate(current); }),
      accounts_(initial_accounts()),
      urls_(shared.ids.letters(32), shared.space) {
    bind_files();
    bind_directories();
    bind_directory_files();
}

bool service::knows(http_request const& request) const {
    std::string_view const path = request.path;
    return path.substr(0, 13) == "/api/v1/beta/" ||
           path.substr(0, signed_urls::prefix.size()) == signed_urls::prefix;
}

http_response service::serve(http_request const& request) {
    std::lock_guard const lock(mutex_);
    if (request.path.compare(0, signed_urls::prefix.size(), signed_urls::prefix) == 0)
        return fetch_signed(request);
    if (request.body_too_large) {
        std::uint64_t const limit = shared_.options.max_upload_mb.value_or(512);
        return json_response(413, json::object{{"detail", "File size exceeds the maximum of " +
                                                              std::to_string(limit) + " MB."}});
    }
    return api_.serve(request);
}

void service::authenticate(call& current) {
    std::string_view const token = bearer_token(current.request);
    if (token.empty()) refuse("Not authenticated");
    for (account const& candidate : accounts_) {
        if (candidate.key == token) return;
    }
    refuse("Invalid API Key");
}

account const& service::caller(call const& current) const {
    std::string_view const token = bearer_token(current.request);
    for (account const& candidate : accounts_) {
        if (candidate.key != token) continue;
        if (auto const project = current.query("project_id");
            project && parse_uuid(*project) != candidate.project) {
            throw http_error(404, json::value("Project " + *project + " not found"));
        }
        if (auto const owner = current.query("organization_id");
            owner && parse_uuid(*owner) != candidate.organization) {
            throw http_error(404, json::value("Organization " + *owner + " not found"));
        }
        return candidate;
    }
    refuse("Invalid API Key");
}

bool wants_url(call const& current) {
    for (std::string const& word : current.query_list("expand")) {
        if (word == "download_url") return true;
    }
    return false;
}

json::value time_or_null(std::optional<std::int64_t> const& micros) {
    return micros ? json::value(utc_text(*micros)) : json::value(nullptr);
}

}  // namespace ferry::mock::llamacloud
