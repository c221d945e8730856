// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Making and removing flows, so that tests have some: what is in them is kept, not run.
#include "core/scalars.hpp"
#include "langflow/context.hpp"

#include <algorithm>

namespace ferry::mock::langflow {
namespace {

json::object describe(flow const& item) {
    json::object result{{"name", item.name}};
    for (char const* const name : {"description", "icon", "icon_bg_color", "gradient"})
        result[name] = nullptr;
    result["data"] = item.data;
    result["is_component"] = false;
    result["updated_at"] = naive_text(item.updated) + "+00:00";
    result["webhook"] = false;
    result["endpoint_name"] = text_or_null(item.endpoint_name);
    result["tags"] = nullptr;
    result["locked"] = false;
    result["mcp_enabled"] = false;
    for (char const* const name : {"action_name", "action_description"}) result[name] = nullptr;
    result["access_type"] = "PRIVATE";
    result["id"] = item.id;
    result["user_id"] = item.owner;
    result["folder_id"] = text_or_null(item.folder);
    result["name_key"] = nullptr;
    result["workspace_id"] = nullptr;
    for (auto const& [name, value] : item.details) result[name] = value;
    return result;
}

/// What the client may choose and nothing here depends on.
json::object details_of(json::object const& body) {
    json::object details;
    for (std::string_view const name :
         {"description", "icon", "icon_bg_color", "gradient", "is_component", "webhook", "tags", "locked",
          "mcp_enabled", "action_name", "action_description", "access_type", "workspace_id"}) {
        if (json::value const* const value = body.if_contains(name)) details[name] = *value;
    }
    return details;
}

void require_graph(json::value const& data) {
    for (std::string_view const part : {"nodes", "edges"}) {
        if (data.get_object().contains(part)) continue;
        json::object item{{"type", "value_error"}, {"loc", json::array{"body", "data"}}};
        item["msg"] = "Value error, Flow must have " + std::string(part);
        item["input"] = data;
        item["ctx"] = json::object{{"error", json::object{}}};
        throw http_error(422, json::array{std::move(item)});
    }
}

std::string free_flow_name(context& in, user const& owner, std::string const& wanted) {
    bool taken = false;
    std::uint64_t highest = 0;
    for (flow const& other : in.store.flows) {
        if (other.owner != owner.id) continue;
        if (other.name == wanted) taken = true;
        std::string_view const name = other.name;
        if (name.size() <= wanted.size() + 3 || !name.starts_with(wanted + " (") || !name.ends_with(')'))
            continue;
        std::string_view const number = name.substr(wanted.size() + 2, name.size() - wanted.size() - 3);
        highest = (std::max)(highest, static_cast<std::uint64_t>(parse_integer(number).value_or(0)));
    }
    return taken ? wanted + " (" + std::to_string(highest + 1) + ")" : wanted;
}

http_response create_flow(context& in, call& current) {
    json::object const& body = current.body();
    json::value const* const data = body.if_contains("data");
    if (data != nullptr && data->is_object()) require_graph(*data);
    user const& owner = in.access.caller(current);
    auto const chosen_id = text_member(body, "id");
    flow made{chosen_id ? parse_uuid(*chosen_id).value_or("") : in.shared.ids.uuid(), owner.id};
    for (flow const& other : in.store.flows) {
        if (other.id == made.id) throw http_error(400, "Id must be unique");
    }
    made.name = free_flow_name(in, owner, *text_member(body, "name"));
    made.endpoint_name = text_member(body, "endpoint_name");
    auto const chosen_folder = text_member(body, "folder_id");
    made.folder = chosen_folder ? parse_uuid(*chosen_folder) : std::nullopt;
    if (data != nullptr) made.data = *data;
    made.updated = in.shared.clock.now();
    made.details = details_of(body);
    in.store.flows.push_back(made);
    return json_response(201, describe(made));
}

http_response delete_flow(context& in, call& current) {
    std::string const id = require_flow(in, current).id;  // its v1 files stay where they are
    std::erase_if(in.store.flows, [&](flow const& item) { return item.id == id; });
    return json_response(200, json::object{{"message", "Flow deleted successfully"}});
}

}  // namespace

flow const& require_flow(context& in, call const& current) {
    user const& owner = in.access.caller(current);
    std::string const id = current.path("flow_id");
    for (flow const& candidate : in.store.flows) {
        if (candidate.id == id && candidate.owner == owner.id) return candidate;
    }
    throw http_error(404, "Flow not found");
}

void offer_flows(api& to, context& with) {
    offer(to, with, "flows.create", create_flow);
    offer(to, with, "flows.get",
          [](context& in, call& c) { return json_response(200, describe(require_flow(in, c))); });
    offer(to, with, "flows.delete", delete_flow);
}

}  // namespace ferry::mock::langflow
