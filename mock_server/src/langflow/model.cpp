// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/model.hpp"

namespace ferry::mock::langflow {
namespace {

constexpr char const* alice_id = "a0a0a0a0-a0a0-4a0a-8a0a-a0a0a0a0a0a0";
constexpr char const* bob_id = "b0b0b0b0-b0b0-4b0b-8b0b-b0b0b0b0b0b0";
constexpr char const* root_id = "c0c0c0c0-c0c0-4c0c-8c0c-c0c0c0c0c0c0";
constexpr char const* langflow_id = "d0d0d0d0-d0d0-4d0d-8d0d-d0d0d0d0d0d0";

user make_user(std::string const& id, std::string const& name, std::int64_t now) {
    user made{id, name, password(name)};
    made.keys.push_back({id, "sk-" + name});
    made.created = made.updated = now;
    return made;
}

flow make_flow(std::string id, std::string owner, std::string const& name, std::int64_t now) {
    flow made{std::move(id), std::move(owner), name};
    made.endpoint_name = name;
    made.data = json::object{{"nodes", json::array{}}, {"edges", json::array{}}};
    made.updated = now;
    return made;
}

}  // namespace

json::object default_optins() {
    json::object optins{{"github_starred", false}, {"dialog_dismissed", false}};
    optins["discord_clicked"] = false;
    return optins;
}

std::string file_row::suffix() const {
    auto const dot = stored_name.rfind('.');
    return dot == std::string::npos || dot == 0 || dot + 1 == stored_name.size() ? ""
                                                                                 : stored_name.substr(dot);
}

std::vector<user> initial_users(std::int64_t now) {
    user root = make_user(root_id, "root", now);
    root.superuser = true;
    return {make_user(alice_id, "alice", now), make_user(bob_id, "bob", now), std::move(root)};
}

std::vector<flow> initial_flows(std::int64_t now) {
    return {make_flow("a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1", alice_id, "alice-flow", now),
            make_flow("b2b2b2b2-b2b2-4b2b-8b2b-b2b2b2b2b2b2", bob_id, "bob-flow", now)};
}

user auto_login_user(std::int64_t now) {
    user made = make_user(langflow_id, "langflow", now);
    made.keys.clear();
    made.superuser = true;
    return made;
}

}  // namespace ferry::mock::langflow
