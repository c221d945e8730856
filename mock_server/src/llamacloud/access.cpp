// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Who asks, whether the role allows it, whether it is too often, and for which project.
#include <algorithm>

#include "../core/scalars.hpp"
#include "service.hpp"

namespace ferry::mock::llamacloud {
namespace {

constexpr std::string_view file_prefix = "dfl-";

/// The bearer token, empty when there is none.
std::string_view bearer_token(http_request const& request) {
    std::string_view const header = request.header_or_empty("authorization");
    if (header.size() < 7 || !equal_ignoring_case(header.substr(0, 7), "bearer ")) return {};
    return trim(header.substr(7));
}

bool is_upload(route const& target) {
    return target.operation == "files.create" || target.operation == "legacy.upload";
}

bool changes_something(route const& target) {
    return target.method != "GET" && target.operation != "files.query";
}

/// `10`, `0.4`
std::string per_second(std::uint64_t in_five_seconds) {
    std::uint64_t const tenths = in_five_seconds * 2;
    std::string text = std::to_string(tenths / 10);
    if (tenths % 10 != 0) text += '.' + std::to_string(tenths % 10);
    return text;
}

}  // namespace

/// Rewrites what a lenient decision lets pass, before anything looks at it.
void service::tolerate(call& current) const {
    string_pairs& query = current.values.query;
    if (decisions().empty_scope_is_absent) {
        std::erase_if(query, [](auto const& pair) {
            return pair.second.empty() && (pair.first == "project_id" || pair.first == "organization_id");
        });
    }
    if (!decisions().dfl_file_ids) return;
    for (auto& [name, value] : current.values.path) {
        if (name == "file_id" || name == "id") value = private_file_id(value);
    }
    for (auto& [name, value] : query) {
        if (name == "file_ids" || name == "file_id") value = private_file_id(value);
    }
}

std::string service::public_file_id(std::string const& id) const {
    return decisions().dfl_file_ids ? std::string(file_prefix) + id : id;
}

std::string service::private_file_id(std::string const& id) const {
    bool const prefixed = decisions().dfl_file_ids && id.compare(0, file_prefix.size(), file_prefix) == 0;
    std::string const bare = prefixed ? id.substr(file_prefix.size()) : id;
    return parse_uuid(bare).value_or(id);
}

account const* service::find_account(call const& current) const {
    if (current.request.header("authorization") != nullptr) {
        std::string_view const token = bearer_token(current.request);
        auto const found = std::find_if(accounts_.begin(), accounts_.end(),
                                        [&](account const& item) { return item.key == token; });
        return found == accounts_.end() || token.empty() ? nullptr : &*found;
    }
    std::string const* const session = last_value(current.values.cookies, "session");
    if (session == nullptr || session->empty()) return nullptr;
    auto const found = std::find_if(accounts_.begin(), accounts_.end(),
                                    [&](account const& item) { return item.session == *session; });
    return found == accounts_.end() ? nullptr : &*found;
}

http_error service::unauthorized(std::string_view why) const {
    http_response answer = json_response(401, json::object{{"detail", why}});
    if (decisions().www_authenticate) answer.with("WWW-Authenticate", "Bearer");
    return http_error(std::move(answer));
}

/// Runs before parameters and body are validated.
void service::admit(call& current) {
    std::lock_guard const lock(mutex_);
    account const* const caller = find_account(current);
    if (caller == nullptr) {
        bool const none =
            bearer_token(current.request).empty() && last_value(current.values.cookies, "session") == nullptr;
        throw unauthorized(none ? "Not authenticated" : decisions().invalid_key_detail);
    }
    if (current.request.notes != nullptr) current.request.notes->identity = caller->name;
    limit_rates(current, *caller);
    if (caller->disabled) throw http_error(403, "This project is disabled.");
    if (caller->read_only && changes_something(current.target))
        throw http_error(403, "Your role does not allow this operation.");
}

void service::limit_rates(call const& current, account const& caller) {
    llamacloud_options const& limits = shared_.options.llamacloud;
    std::int64_t const now = shared_.clock.now();
    retire(now);
    if (limits.requests_per_minute && !requests_.take(caller.key, *limits.requests_per_minute, now)) {
        throw http_error(429,
                         json::value("Rate limit exceeded. The limit is " +
                                     std::to_string(*limits.requests_per_minute) + " requests per minute."));
    }
    bool const counts = is_upload(current.target) || (decisions().directory_uploads_are_limited &&
                                                      current.target.operation == "directories.files.upload");
    if (!counts || !limits.uploads_per_5_s) return;
    if (uploads_.take(caller.project, *limits.uploads_per_5_s, now)) return;
    throw http_error(429, json::value("Rate limit exceeded. The file upload limit is " +
                                      per_second(*limits.uploads_per_5_s) + " requests per second."));
}

account const& service::caller(call const& current) const {
    account const* const found = find_account(current);
    if (found == nullptr) throw unauthorized(decisions().invalid_key_detail);
    auto const require = [&](std::string_view parameter, std::string const& noun,
                             std::string account::* scope) {
        auto const given = current.query(parameter);
        if (!given || parse_uuid(*given) == (*found).*scope) return;
        bool const exists = std::any_of(accounts_.begin(), accounts_.end(), [&](account const& item) {
            return parse_uuid(*given) == item.*scope;
        });
        std::string const not_found = noun + ' ' + *given + " not found";
        if (!exists) throw http_error(404, json::value(not_found));
        throw foreign(lower_case(noun), not_found);
    };
    require("project_id", "Project", &account::project);
    require("organization_id", "Organization", &account::organization);
    return *found;
}

http_error service::foreign(std::string_view kind, std::string const& not_found) const {
    if (decisions().foreign_status == 404) return {404, json::value(not_found)};
    return {static_cast<int>(decisions().foreign_status),
            json::value("Access denied to the specified " + std::string(kind) + '.')};
}

}  // namespace ferry::mock::llamacloud
