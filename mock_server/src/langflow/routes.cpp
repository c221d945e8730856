// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/context.hpp"

#include "core/plain_schemas.hpp"
#include "generated/langflow_tables.hpp"

namespace ferry::mock::langflow {
namespace {

using namespace plain;

constexpr parameter user_id[] = {{"user_id", place::path, &uuid, true}};
constexpr parameter flow_id[] = {{"flow_id", place::path, &uuid, true}};

constexpr member new_user_members[] = {{"username", &text}, {"password", &text}, {"optins", &nullable_map}};
constexpr std::string_view new_user_required[] = {"username", "password"};
constexpr rule new_user_rules[] = {{keyword::properties, new_user_members},
                                   {keyword::required, new_user_required}};
constexpr rules new_user{new_user_rules};

constexpr member changed_user_members[] = {
    {"username", &nullable_text},  {"profile_image", &nullable_text}, {"password", &nullable_text},
    {"is_active", &nullable_flag}, {"is_superuser", &nullable_flag},  {"last_login_at", &nullable_time},
    {"optins", &nullable_map}};
constexpr rule changed_user_rules[] = {{keyword::properties, changed_user_members}};
constexpr rules changed_user{changed_user_rules};

constexpr member new_key_members[] = {{"name", &nullable_text}, {"expires_at", &nullable_time}};
constexpr rule new_key_rules[] = {{keyword::properties, new_key_members}};
constexpr rules new_key{new_key_rules};

constexpr member new_flow_members[] = {{"name", &text},
                                       {"description", &nullable_text},
                                       {"data", &nullable_map},
                                       {"is_component", &nullable_flag},
                                       {"webhook", &nullable_flag},
                                       {"endpoint_name", &nullable_text},
                                       {"locked", &nullable_flag},
                                       {"folder_id", &nullable_uuid},
                                       {"id", &nullable_uuid}};
constexpr std::string_view new_flow_required[] = {"name"};
constexpr rule new_flow_rules[] = {{keyword::properties, new_flow_members},
                                   {keyword::required, new_flow_required}};
constexpr rules new_flow{new_flow_rules};

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
