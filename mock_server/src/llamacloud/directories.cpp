// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <algorithm>

#include "../core/scalars.hpp"
#include "paging.hpp"
#include "service.hpp"

namespace ferry::mock::llamacloud {
namespace {

constexpr std::int64_t ephemeral_lifetime = 24 * 3600 * second;

json::object describe_directory(directory const& item) {
    json::object result;
    result["id"] = item.id;
    result["project_id"] = item.project;
    result["name"] = item.name;
    result["description"] = text_or_null(item.description);
    result["type"] = item.type;
    result["connector_subscription_id"] = text_or_null(item.connector);
    result["expires_at"] = time_or_null(item.expires);
    result["system_metadata"] = item.system_metadata;
    result["created_at"] = utc_text(item.created);
    result["updated_at"] = utc_text(item.updated);
    result["deleted_at"] = time_or_null(item.deleted);
    return result;
}

}  // namespace

void service::bind_directories() {
    api_.bind("directories.create", {.behaviour = [this](call& c) { return create_directory(c); }});
    api_.bind("directories.list", {.behaviour = [this](call& c) { return list_directories(c); }});
    api_.bind("directories.get", {.behaviour = [this](call& c) {
                  return json_response(
                      200, describe_directory(require_directory(caller(c), c.path("directory_id"))));
              }});
    api_.bind("directories.update", {.behaviour = [this](call& c) { return update_directory(c); }});
    api_.bind("directories.delete", {.behaviour = [this](call& c) { return delete_directory(c); }});
}

directory& service::require_directory(account const& owner, std::string const& id) {
    auto const found = directories_.find(id);
    if (found == directories_.end() || found->second.project != owner.project || found->second.deleted) {
        throw http_error(404, json::value("Directory " + id + " not found in project " + owner.project));
    }
    return found->second;
}

http_response service::create_directory(call& current) {
    account const& owner = caller(current);
    json::object const& body = current.body();
    directory item;
    item.id = "dir-" + shared_.ids.uuid();
    item.project = owner.project;
    item.name = *text_member(body, "name");
    item.description = text_member(body, "description");
    item.type = text_member(body, "type").value_or("user");
    item.connector = text_member(body, "connector_subscription_id");
    if (json::value const* const metadata = body.if_contains("system_metadata"))
        item.system_metadata = *metadata;
    item.created = item.updated = shared_.clock.now();
    if (item.type == "ephemeral") item.expires = item.created + ephemeral_lifetime;
    directory const& stored = directories_.emplace(item.id, item).first->second;
    return json_response(201, describe_directory(stored));
}

http_response service::list_directories(call& current) {
    account const& owner = caller(current);
    std::optional<std::string> const name = current.query("name");
    std::vector<std::string> types = current.query_list("types");
    if (auto type = current.query("type")) types.push_back(*std::move(type));
    bool const include_deleted = current.query_flag("include_deleted");
    std::vector<directory const*> matching;
    for (auto const& [id, item] : directories_) {
        if (item.project != owner.project || (item.deleted && !include_deleted)) continue;
        if (name && *name != item.name) continue;
        if (!types.empty() && std::find(types.begin(), types.end(), item.type) == types.end()) continue;
        matching.push_back(&item);
    }
    json::array filters{owner.project, text_or_null(name), include_deleted};
    for (std::string const& type : types) filters.push_back(json::value(type));
    return newest_first(current, std::move(matching), to_text(filters), &describe_directory);
}

http_response service::update_directory(call& current) {
    directory& item = require_directory(caller(current), current.path("directory_id"));
    json::object const& body = current.body();
    if (auto name = text_member(body, "name")) item.name = *std::move(name);
    if (body.contains("description")) item.description = text_member(body, "description");  // null clears it
    item.updated = shared_.clock.now();
    return json_response(200, describe_directory(item));
}

http_response service::delete_directory(call& current) {
    directory& item = require_directory(caller(current), current.path("directory_id"));
    std::int64_t const now = shared_.clock.now();
    item.deleted = item.updated = now;
    for (auto& [id, entry] : entries_) {  // the stored files stay
        if (entry.directory == item.id && !entry.deleted) entry.deleted = entry.updated = now;
    }
    return empty_response(204);
}

}  // namespace ferry::mock::llamacloud
