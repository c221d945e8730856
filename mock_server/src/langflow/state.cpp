// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Langflow's users, flows and files as a JSON document, and back.
#include "service.hpp"

namespace ferry::mock::langflow {
namespace {

json::object to_json(user const& item) {
    json::object result{{"id", item.id}, {"username", item.name}};
    result["password"] = item.password;
    result["api_key"] = item.key;
    result["is_superuser"] = item.superuser;
    result["is_active"] = item.active;
    result["created_at"] = utc_text(item.created);
    if (item.last_login) result["last_login_at"] = utc_text(*item.last_login);
    return result;
}

user user_from(document source, std::int64_t now) {
    user item;
    item.id = source.text("id");
    item.name = source.text("username");
    item.password = source.text_if("password").value_or(item.name);
    item.key = source.text("api_key");
    item.superuser = source.flag_if("is_superuser").value_or(false);
    item.active = source.flag_if("is_active").value_or(true);
    item.created = source.time_if("created_at").value_or(now);
    item.last_login = source.time_if("last_login_at");
    source.finish();
    return item;
}

json::object to_json(flow const& item) {
    return {{"id", item.id}, {"user_id", item.owner}, {"name", item.name}};
}

flow flow_from(document source) {
    flow item{source.text("id"), source.text("user_id"), source.text("name")};
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

json::object service::state(std::uint64_t largest_content) {
    std::lock_guard const lock(mutex_);
    json::array users;
    for (user const& item : users_) users.push_back(to_json(item));
    json::array flows;
    for (flow const& item : flows_) flows.push_back(to_json(item));
    json::array files;
    for (file_row const& row : rows_) files.push_back(to_json(row));
    json::array stored;
    for (auto const& [folder, contents] : stored_) {
        for (auto const& [name, content] : contents) {
            json::object item{{"folder", folder}, {"name", name}};
            for (auto& member : content_to_json(content, largest_content)) item.insert(member);
            stored.push_back(std::move(item));
        }
    }
    json::object result;
    result["users"] = std::move(users);
    result["flows"] = std::move(flows);
    result["files"] = std::move(files);
    result["stored"] = std::move(stored);
    return result;
}

void service::load(document source) {
    std::int64_t const now = shared_.clock.now();
    std::vector<user> users = source.any("users") == nullptr ? initial_users(now) : std::vector<user>();
    for (document& item : source.list("users")) users.push_back(user_from(std::move(item), now));
    std::vector<flow> flows = source.any("flows") == nullptr ? initial_flows() : std::vector<flow>();
    for (document& item : source.list("flows")) flows.push_back(flow_from(std::move(item)));
    std::vector<file_row> rows;
    for (document& item : source.list("files")) rows.push_back(row_from(std::move(item), now));
    storage stored;
    for (document& item : source.list("stored")) {
        std::string const folder = item.text("folder");
        std::string const name = item.text("name");
        stored[folder].insert_or_assign(name, content_from_json(item, shared_.scratch));
    }
    source.finish();

    std::lock_guard const lock(mutex_);
    users_ = std::move(users);
    flows_ = std::move(flows);
    rows_ = std::move(rows);
    stored_ = std::move(stored);
}

}  // namespace ferry::mock::langflow
