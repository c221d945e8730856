// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/store.hpp"

#include "core/responses.hpp"
#include "langflow/storage_error.hpp"

namespace ferry::mock::langflow {

store::store(environment& shared) : shared_(shared) {
    std::int64_t const now = shared.clock.now();
    users = first_users(now);
    flows = initial_flows(now);
}

std::vector<user> store::first_users(std::int64_t now) const {
    std::vector<user> all = initial_users(now);
    if (shared_.options.langflow.auto_login) all.insert(all.begin(), auto_login_user(now));
    return all;
}

user* store::find_user(std::string_view id) {
    for (user& candidate : users) {
        if (candidate.id == id) return &candidate;
    }
    return nullptr;
}

user& store::first_superuser() {
    for (user& candidate : users) {
        if (candidate.superuser) return candidate;
    }
    throw http_error(401, "Token authentication failed");  // a state without any was loaded
}

std::string store::owner_of_key(std::string_view key) {
    std::lock_guard const lock(mutex);
    for (user const& item : users) {
        for (api_key const& known : item.keys) {
            if (known.secret == key) return item.name;
        }
    }
    return {};
}

std::string store::owner_of(std::string_view id) {
    std::lock_guard const lock(mutex);
    std::string_view owner = id;
    for (flow const& item : flows) {
        if (item.id == id) owner = item.owner;
    }
    for (file_row const& row : rows) {
        if (row.id == id) owner = row.owner;
    }
    user const* const found = find_user(owner);
    return found == nullptr ? std::string() : found->name;
}

blob const* store::find_bytes(exchange const& on, std::string const& folder, std::string_view name) const {
    if (on.storage == storage_fault::failing) throw storage_error(folder + '/' + std::string(name));
    if (on.storage == storage_fault::missing) return nullptr;
    auto const files = contents.find(folder);
    if (files == contents.end()) return nullptr;
    auto const found = files->second.find(name);
    return found == files->second.end() ? nullptr : &found->second;
}

blob const& store::bytes_of(exchange const& on, file_row const& row) const {
    if (blob const* const found = find_bytes(on, row.owner, row.stored_name)) return *found;
    throw http_error(
        404, json::value("File not found: File " + row.stored_name + " not found in flow " + row.owner));
}

void store::put(exchange const& on, std::string const& folder, std::string const& name, blob content) {
    std::string const path = folder + '/' + name;
    if (name.size() > longest_file_name) throw storage_error(path, "[Errno 36] File name too long");
    if (on.storage == storage_fault::failing) throw storage_error(path);
    contents[folder].insert_or_assign(name, std::move(content));
}

void store::discard(exchange const& on, std::string const& folder, std::string const& name) {
    if (on.storage == storage_fault::failing) throw storage_error(folder + '/' + name);
    contents[folder].erase(name);  // it is no error when there is none
}

}  // namespace ferry::mock::langflow
