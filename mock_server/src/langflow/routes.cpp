// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/context.hpp"

#include "generated/langflow_tables.hpp"

namespace ferry::mock::langflow {
namespace {

constexpr schema uuid{.kind = rule::uuid};
constexpr schema uuid_or_null{.kind = rule::uuid, .nullable = true};
constexpr schema text{.kind = rule::text};
constexpr schema text_or_null{.kind = rule::text, .nullable = true};
constexpr schema flag_or_null{.kind = rule::boolean, .nullable = true};
constexpr schema time_or_null{.kind = rule::date_time, .nullable = true};
constexpr schema map_or_null{.kind = rule::map, .nullable = true};

constexpr parameter user_id[] = {{"user_id", place::path, &uuid, true}};
constexpr parameter flow_id[] = {{"flow_id", place::path, &uuid, true}};

constexpr field new_user_fields[] = {
    {"username", &text, true}, {"password", &text, true}, {"optins", &map_or_null}};
constexpr schema new_user{.kind = rule::object, .fields = new_user_fields};

constexpr field changed_user_fields[] = {{"username", &text_or_null},     {"profile_image", &text_or_null},
                                         {"password", &text_or_null},     {"is_active", &flag_or_null},
                                         {"is_superuser", &flag_or_null}, {"last_login_at", &time_or_null},
                                         {"optins", &map_or_null}};
constexpr schema changed_user{.kind = rule::object, .fields = changed_user_fields};

constexpr field new_key_fields[] = {{"name", &text_or_null}, {"expires_at", &time_or_null}};
constexpr schema new_key{.kind = rule::object, .fields = new_key_fields};

constexpr field new_flow_fields[] = {
    {"name", &text, true},           {"description", &text_or_null}, {"data", &map_or_null},
    {"is_component", &flag_or_null}, {"webhook", &flag_or_null},     {"endpoint_name", &text_or_null},
    {"locked", &flag_or_null},       {"folder_id", &uuid_or_null},   {"id", &uuid_or_null}};
constexpr schema new_flow{.kind = rule::object, .fields = new_flow_fields};

constexpr route further_routes[] = {
    {.operation = "auth.auto_login", .method = "GET", .path = "/api/v1/auto_login", .open = true},
    {.operation = "auth.refresh", .method = "POST", .path = "/api/v1/refresh", .open = true},
    {.operation = "api_keys.create",
     .method = "POST",
     .path = "/api/v1/api_key/",
     .body = body_kind::json,
     .body_schema = &new_key,
     .body_required = true},
    {.operation = "users.create",
     .method = "POST",
     .path = "/api/v1/users/",
     .body = body_kind::json,
     .body_schema = &new_user,
     .body_required = true,
     .open = true,  // to strangers, unless registration is closed
     .success = 201},
    {.operation = "users.update",
     .method = "PATCH",
     .path = "/api/v1/users/{user_id}",
     .parameters = user_id,
     .body = body_kind::json,
     .body_schema = &changed_user,
     .body_required = true},
    {.operation = "users.delete",
     .method = "DELETE",
     .path = "/api/v1/users/{user_id}",
     .parameters = user_id},
    {.operation = "flows.create",
     .method = "POST",
     .path = "/api/v1/flows/",
     .body = body_kind::json,
     .body_schema = &new_flow,
     .body_required = true,
     .success = 201},
    {.operation = "flows.get", .method = "GET", .path = "/api/v1/flows/{flow_id}", .parameters = flow_id},
    {.operation = "flows.delete",
     .method = "DELETE",
     .path = "/api/v1/flows/{flow_id}",
     .parameters = flow_id},
    {.operation = "server.config", .method = "GET", .path = "/api/v1/config", .open = true},
    {.operation = "server.health_check", .method = "GET", .path = "/health_check", .open = true},
};

}  // namespace

std::vector<route> all_routes() {
    std::span<route const> const described = generated::langflow_routes();
    std::vector<route> routes(described.begin(), described.end());
    routes.insert(routes.end(), std::begin(further_routes), std::end(further_routes));
    return routes;
}

}  // namespace ferry::mock::langflow
