// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Langflow's users, flows and files as a JSON document, and back.
#include "core/record.hpp"
#include "langflow/store.hpp"

#include <stdexcept>

namespace ferry::mock::langflow {

// Found by written() as what belongs to its argument, so not in a namespace without a name.

static void describe(record& with, api_key& item) {
    with.text_if("id", item.id);
    with.text("api_key", item.secret);
    with.text_if("name", item.name);
    with.flag_if("is_active", item.active);
    with.time_if("expires_at", item.expires);
}

/// Read in clear or as a hash, told as a hash.
static void describe_password(record& with, user& item) {
    std::optional<std::string> clear;
    std::optional<std::string> hash;
    if (!with.reads()) hash = item.password.hash(item.id);
    if (with.reads()) with.text_if("password", clear);
    with.text_if("password_hash", hash);
    if (!with.reads()) return;
    if (clear && hash) with.refuse("password_hash", "cannot stand beside password; give one of the two");
    try {
        item.password = hash ? password::from_hash(*std::move(hash)) : password(clear.value_or(item.name));
    } catch (std::invalid_argument const& error) {
        with.refuse("password_hash", error.what());
    }
}

/// All but the keys.
static void describe(record& with, user& item) {
    with.text("id", item.id);
    with.text("username", item.name);
    describe_password(with, item);
    with.flag_if("is_superuser", item.superuser);
    with.flag_if("is_active", item.active);
    with.time_if("created_at", item.created);
    if (with.reads()) item.updated = item.created;
    with.time_if("updated_at", item.updated);
    with.time_if("last_login_at", item.last_login);
    with.text_if("profile_image", item.profile_image);
    with.object_if("optins", item.optins);
}

static void describe(record& with, flow& item) {
    with.text("id", item.id);
    with.text("user_id", item.owner);
    with.text("name", item.name);
    with.text_if("endpoint_name", item.endpoint_name);
    with.text_if("folder_id", item.folder);
    with.time_if("updated_at", item.updated);
    with.object_if("data", item.data);
    with.object_if("details", item.details);
}

static void describe(record& with, file_row& item) {
    with.text("id", item.id);
    with.text("user_id", item.owner);
    with.text("name", item.name);
    with.text("stored_name", item.stored_name);
    with.count_if("size", item.size);
    with.time_if("created_at", item.created);
}

namespace {

template <class Item>
json::array list(std::vector<Item> const& items) {
    json::array result;
    for (Item const& item : items) result.push_back(written(item, false));
    return result;
}

template <class Item>
void read(document& source, Item& item) {
    record with(source);
    describe(with, item);
}

/// `api_key` is short for one active key.
void read_keys(document& source, user& item, id_source& ids) {
    if (auto const key = source.text_if("api_key")) item.keys.push_back({ids.uuid(), *key});
    for (document& one : source.list("api_keys")) {
        api_key& key = item.keys.emplace_back();
        read(one, key);
        if (key.id.empty()) key.id = ids.uuid();
        one.finish();
    }
}

}  // namespace

json::object store::state(std::uint64_t largest_content) {
    std::lock_guard const lock(mutex);
    json::object result;
    json::array& people = result["users"].emplace_array();
    for (user const& item : users) {
        people.push_back(written(item, false));
        people.back().get_object()["api_keys"] = list(item.keys);
    }
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
    std::vector<user> new_users;
    if (source.any("users") == nullptr) new_users = first_users(now);
    for (document& one : source.list("users")) {
        user& item = new_users.emplace_back();
        item.created = now;
        read(one, item);
        read_keys(one, item, shared_.ids);
        one.finish();
    }
    std::vector<flow> new_flows;
    if (source.any("flows") == nullptr) new_flows = initial_flows(now);
    for (document& one : source.list("flows")) {
        flow& item = new_flows.emplace_back();
        item.updated = now;
        read(one, item);
        one.finish();
    }
    std::vector<file_row> new_rows;
    for (document& one : source.list("files")) {
        file_row& item = new_rows.emplace_back();
        item.created = now;
        read(one, item);
        one.finish();
    }
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
