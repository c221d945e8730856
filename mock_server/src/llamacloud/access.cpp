// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/access.hpp"

#include "core/scalars.hpp"
#include "http/text.hpp"

#include <algorithm>

namespace ferry::mock::llamacloud {
namespace {

constexpr std::string_view prefix = "dfl-";

std::string without_prefix(llamacloud_decisions const& decisions, std::string_view id) {
    if (decisions.dfl_file_ids && id.starts_with(prefix)) id.remove_prefix(prefix.size());
    return std::string(id);
}

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

std::string public_file_id(llamacloud_decisions const& decisions, std::string const& id) {
    return decisions.dfl_file_ids ? std::string(prefix) + id : id;
}

std::string private_file_id(llamacloud_decisions const& decisions, std::string const& id) {
    return parse_uuid(without_prefix(decisions, id)).value_or(id);
}

void tolerate_file_ids(llamacloud_decisions const& decisions, json::value& body) {
    json::object* const object = body.if_object();
    json::value* const filter = object == nullptr ? nullptr : object->if_contains("filter");
    if (filter == nullptr || !filter->is_object()) return;
    json::value* const ids = filter->get_object().if_contains("file_ids");
    if (ids == nullptr || !ids->is_array()) return;
    for (json::value& id : ids->get_array()) {
        if (id.is_string()) id = json::value(without_prefix(decisions, id.get_string()));
    }
}

access::access(environment& shared, store& things)
    : shared_(shared), decisions_(shared.options.llamacloud.decisions), things_(things) {}

void access::tolerate(call& current) const {
    string_pairs& query = current.values.query;
    if (decisions_.empty_scope_is_absent) {
        std::erase_if(query, [](auto const& pair) {
            return pair.second.empty() && (pair.first == "project_id" || pair.first == "organization_id");
        });
    }
    if (!decisions_.dfl_file_ids) return;
    for (auto& [name, value] : current.values.path) {
        if (name == "file_id" || name == "id") value = private_file_id(decisions_, value);
    }
    for (auto& [name, value] : query) {
        if (name == "file_ids" || name == "file_id") value = private_file_id(decisions_, value);
    }
}

account const* access::find_account(http_request const& request) const {
    if (request.header("authorization") != nullptr)
        return things_.find_account(&account::key, bearer_token(request));
    string_pairs const cookies = request.cookies();
    std::string const* const session = last_value(cookies, "session");
    return session == nullptr ? nullptr : things_.find_account(&account::session, *session);
}

std::string access::identity_of(http_request const& request) const {
    std::lock_guard const lock(things_.mutex);
    account const* const found = find_account(request);
    return found == nullptr ? std::string() : found->name;
}

http_error access::unauthorized(std::string_view why) const {
    http_response answer = json_response(401, json::object{{"detail", why}});
    if (decisions_.www_authenticate) answer.with("WWW-Authenticate", "Bearer");
    return http_error(std::move(answer));
}

void access::admit(call& current) {
    std::lock_guard const lock(things_.mutex);
    account const* const caller = find_account(current.request);
    if (caller == nullptr) {
        bool const none =
            bearer_token(current.request).empty() && last_value(current.values.cookies, "session") == nullptr;
        throw unauthorized(none ? "Not authenticated" : decisions_.invalid_key_detail);
    }
    current.on.identity = caller->name;
    limit_rates(current, *caller);
    if (caller->disabled) throw http_error(403, "This project is disabled.");
    if (caller->read_only && changes_something(current.target))
        throw http_error(403, "Your role does not allow this operation.");
}

void access::limit_rates(call const& current, account const& caller) {
    llamacloud_options const& limits = shared_.options.llamacloud;
    std::int64_t const now = shared_.clock.now();
    things_.retire(now);
    if (limits.requests_per_minute && !requests_.take(caller.key, *limits.requests_per_minute, now)) {
        throw http_error(429,
                         json::value("Rate limit exceeded. The limit is " +
                                     std::to_string(*limits.requests_per_minute) + " requests per minute."));
    }
    bool const counts = is_upload(current.target) || (decisions_.directory_uploads_are_limited &&
                                                      current.target.operation == "directories.files.upload");
    if (!counts || !limits.uploads_per_5_s) return;
    if (uploads_.take(caller.project, *limits.uploads_per_5_s, now)) return;
    throw http_error(429, json::value("Rate limit exceeded. The file upload limit is " +
                                      per_second(*limits.uploads_per_5_s) + " requests per second."));
}

account const& access::caller(call const& current) const {
    account const* const found = find_account(current.request);
    if (found == nullptr) throw unauthorized(decisions_.invalid_key_detail);
    auto const require = [&](std::string_view parameter, std::string const& noun,
                             std::string account::* scope) {
        auto const given = current.query(parameter);
        if (!given || parse_uuid(*given) == (*found).*scope) return;
        bool const exists = things_.find_account(scope, parse_uuid(*given).value_or("")) != nullptr;
        std::string const not_found = noun + ' ' + *given + " not found";
        if (!exists) throw http_error(404, json::value(not_found));
        throw foreign(lower_case(noun), not_found);
    };
    require("project_id", "Project", &account::project);
    require("organization_id", "Organization", &account::organization);
    return *found;
}

file& access::require_file(account const& owner, std::string const& id) const {
    auto const found = things_.files.find(id);
    bool const exists = found != things_.files.end() && things_.is_visible(found->second);
    if (exists && found->second.project == owner.project) return found->second;
    std::string const not_found =
        "File " + public_file_id(decisions_, id) + " not found in project " + owner.project;
    if (exists) throw foreign("file", not_found);
    throw http_error(404, json::value(not_found));
}

directory& access::require_directory(account const& owner, std::string const& id) const {
    auto const found = things_.directories.find(id);
    bool const exists = found != things_.directories.end() && !found->second.deleted;
    if (exists && found->second.project == owner.project) return found->second;
    std::string const not_found = "Directory " + id + " not found in project " + owner.project;
    if (exists) throw foreign("directory", not_found);
    throw http_error(404, json::value(not_found));
}

directory_file& access::require_entry(directory const& home, std::string const& id) const {
    auto const found = things_.entries.find(id);
    bool const exists = found != things_.entries.end() && !found->second.deleted;
    if (exists && found->second.directory == home.id) return found->second;
    throw http_error(404, json::value("File " + id + " not found in directory " + home.id));
}

/// For what is there but belongs to another project: as if it were not there, or 403.
http_error access::foreign(std::string_view kind, std::string const& not_found) const {
    if (decisions_.foreign_status == 404) return {404, json::value(not_found)};
    return {static_cast<int>(decisions_.foreign_status),
            json::value("Access denied to the specified " + std::string(kind) + '.')};
}

}  // namespace ferry::mock::llamacloud
