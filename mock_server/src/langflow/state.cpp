// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Langflow's users, flows and files as a JSON document, and back.
#include "langflow/store.hpp"

namespace ferry::mock::langflow {
namespace {

json::object to_json(api_key const& item) {
    json::object result{{"id", item.id}, {"api_key", item.secret}};
    if (item.name) result["name"] = *item.name;
    result["is_active"] = item.active;
    if (item.expires) result["expires_at"] = utc_text(*item.expires);
    return result;
}

api_key key_from(document source, id_source& ids) {
    api_key item;
    item.id = source.text_if("id").value_or("");
    if (item.id.empty()) item.id = ids.uuid();
    item.secret = source.text("api_key");
    item.name = source.text_if("name");
    item.active = source.flag_if("is_active").value_or(true);
    item.expires = source.time_if("expires_at");
    source.finish();
    return item;
}

json::object to_json(user const& item) {
    json::object result{{"id", item.id}, {"username", item.name}};
    result["password"] = item.password;
    json::array keys;
    for (api_key const& key : item.keys) keys.push_back(to_json(key));
    result["api_keys"] = std::move(keys);
    result["is_superuser"] = item.superuser;
    result["is_active"] = item.active;
    result["created_at"] = utc_text(item.created);
    result["updated_at"] = utc_text(item.updated);
    if (item.last_login) result["last_login_at"] = utc_text(*item.last_login);
    if (item.profile_image) result["profile_image"] = *item.profile_image;
    result["optins"] = item.optins;
    return result;
}

/// `api_key` is short for one active key.
user user_from(document source, id_source& ids, std::int64_t now) {
    user item;
    item.id = source.text("id");
    item.name = source.text("username");
    item.password = source.text_if("password").value_or(item.name);
    if (auto const key = source.text_if("api_key")) item.keys.push_back({ids.uuid(), *key});
    for (document& key : source.list("api_keys")) item.keys.push_back(key_from(std::move(key), ids));
    item.superuser = source.flag_if("is_superuser").value_or(false);
    item.active = source.flag_if("is_active").value_or(true);
    item.created = source.time_if("created_at").value_or(now);
    item.updated = source.time_if("updated_at").value_or(item.created);
    item.last_login = source.time_if("last_login_at");
    item.profile_image = source.text_if("profile_image");
    if (auto optins = source.object_if("optins")) item.optins = *std::move(optins);
    source.finish();
    return item;
}

json::object to_json(flow const& item) {
    json::object result{{"id", item.id}, {"user_id", item.owner}};
    result["name"] = item.name;
    if (item.endpoint_name) result["endpoint_name"] = *item.endpoint_name;
    if (item.folder) result["folder_id"] = *item.folder;
    result["updated_at"] = utc_text(item.updated);
    if (item.data.is_object()) result["data"] = item.data;
    if (!item.details.empty()) result["details"] = item.details;
    return result;
}

flow flow_from(document source, std::int64_t now) {
    flow item{source.text("id"), source.text("user_id"), source.text("name")};
    item.endpoint_name = source.text_if("endpoint_name");
    item.folder = source.text_if("folder_id");
    item.updated = source.time_if("updated_at").value_or(now);
    if (auto data = source.object_if("data")) item.data = *std::move(data);
    item.details = source.object_if("details").value_or(json::object());
    source.finish();
    return item;
}

json::object to_json(file_row const& row) {
    json::object result{{"id", row.id}, {"user_id", row.owner}};
    result["name"] = row.name;
    result["stored_name"] = row.stored_name;
    result["size"] = row.size;
    result["created_at"] = utc_text(row.created);
    return result;
}

template <class Item>
json::array list(std::vector<Item> const& items) {
    json::array result;
    for (Item const& item : items) result.push_back(to_json(item));
    return result;
}

file_row row_from(document source, std::int64_t now) {
    file_row row;
    row.id = source.text("id");
    row.owner = source.text("user_id");
    row.name = source.text("name");
    row.stored_name = source.text("stored_name");
    row.size = source.count_if("size").value_or(0);
    row.created = source.time_if("created_at").value_or(now);
    source.finish();
    return row;
}

}  // namespace

json::object store::state(std::uint64_t largest_content) {
    std::lock_guard const lock(mutex);
    json::object result;
    result["users"] = list(users);
    result["flows"] = list(flows);
    result["files"] = list(rows);
    json::array& stored = result["stored"].emplace_array();
    for (auto const& [folder, files] : contents) {
        for (auto const& [name, content] : files) {
            json::object item{{"folder", folder}, {"name", name}};
            for (auto& member : content_to_json(content, largest_content)) item.insert(member);
            stored.push_back(std::move(item));
        }
    }
    return result;
}

void store::load(document source) {
    std::int64_t const now = shared_.clock.now();
    std::vector<user> new_users = source.any("users") == nullptr ? first_users(now) : std::vector<user>();
    for (document& item : source.list("users"))
        new_users.push_back(user_from(std::move(item), shared_.ids, now));
    std::vector<flow> new_flows = source.any("flows") == nullptr ? initial_flows(now) : std::vector<flow>();
    for (document& item : source.list("flows")) new_flows.push_back(flow_from(std::move(item), now));
    std::vector<file_row> new_rows;
    for (document& item : source.list("files")) new_rows.push_back(row_from(std::move(item), now));
    storage new_contents;
    for (document& item : source.list("stored")) {
        std::string const folder = item.text("folder");
        std::string const name = item.text("name");
        new_contents[folder].insert_or_assign(name, content_from_json(item, shared_.scratch));
    }
    source.finish();

    std::lock_guard const lock(mutex);
    users = std::move(new_users);
    flows = std::move(new_flows);
    rows = std::move(new_rows);
    contents = std::move(new_contents);
}

}  // namespace ferry::mock::langflow
