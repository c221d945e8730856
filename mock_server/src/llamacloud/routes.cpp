// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/context.hpp"

#include "core/plain_schemas.hpp"
#include "generated/llamacloud_tables.hpp"
#include "llamacloud/profiles.hpp"

namespace ferry::mock::llamacloud {
namespace {

using namespace plain;

constexpr rule entry_ids_rules[] = {
    {keyword::type, types::array | types::null}, {keyword::items, &text}, {keyword::max_items, 200U}};
constexpr rules entry_ids{entry_ids_rules};

constexpr rule size_rules[] = {{keyword::type, types::integer | types::null}, {keyword::minimum, "0"}};
constexpr rules size_or_null{size_rules};
constexpr rule texts_rules[] = {{keyword::type, types::object | types::null},
                                {keyword::additional_properties, &text}};
constexpr rules texts_or_null{texts_rules};
constexpr rule name_rules[] = {
    {keyword::type, types::string}, {keyword::min_length, 1U}, {keyword::max_length, 3000U}};
constexpr rules name{name_rules};
constexpr rule name_or_null_rules[] = {
    {keyword::type, types::string | types::null}, {keyword::min_length, 1U}, {keyword::max_length, 3000U}};
constexpr rules name_or_null{name_or_null_rules};
constexpr rule url_rules[] = {{keyword::type, types::string}, {keyword::min_length, 1U}};
constexpr rules url{url_rules};

constexpr std::string_view upload_files[] = {"upload_file"};
constexpr member upload_parts[] = {{"upload_file", &text}};
constexpr rule upload_rules[] = {{keyword::properties, upload_parts}, {keyword::required, upload_files}};
constexpr rules upload{upload_rules};

constexpr member create_members[] = {
    {"name", &name},
    {"external_file_id", &nullable_text},
    {"file_size", &size_or_null},
    {"last_modified_at", &nullable_time},
    {"resource_info", &nullable_map},
    {"permission_info", &nullable_map},
    {"data_source_id", &nullable_uuid},
    {"storage_type", &text},
};
constexpr std::string_view create_required[] = {"name"};
constexpr rule create_rules[] = {{keyword::properties, create_members}, {keyword::required, create_required}};
constexpr rules create{create_rules};

constexpr member from_url_members[] = {
    {"url", &url},
    {"name", &name_or_null},
    {"proxy_url", &nullable_text},
    {"request_headers", &texts_or_null},
    {"verify_ssl", &flag},
    {"follow_redirects", &flag},
    {"resource_info", &nullable_map},
    {"storage_type", &text},
};
constexpr std::string_view from_url_required[] = {"url"};
constexpr rule from_url_rules[] = {{keyword::properties, from_url_members},
                                   {keyword::required, from_url_required}};
constexpr rules from_url{from_url_rules};

constexpr parameter project{"project_id", place::query, &uuid};
constexpr parameter organization{"organization_id", place::query, &uuid};
constexpr parameter id{"id", place::path, &uuid, true};
constexpr parameter lifetime{"expires_at_seconds", place::query, &integer};
constexpr parameter scopes[] = {project, organization};
constexpr parameter upload_parameters[] = {
    project, organization, {"external_file_id", place::query, &text}, {"storage_type", place::query, &text}};
constexpr parameter reserve_parameters[] = {project, organization, lifetime};
constexpr parameter one_file[] = {id, project, organization};
constexpr parameter content_parameters[] = {id, project, organization, lifetime};

/// The service's own description had these until April 2026; its pages never showed them.
constexpr route legacy_routes[] = {
    {.operation = "legacy.upload",
     .method = "POST",
     .path = "/api/v1/files",
     .parameters = upload_parameters,
     .body = body_kind::form,
     .body_schema = &upload,
     .files = upload_files,
     .body_required = true},
    {.operation = "legacy.reserve",
     .method = "PUT",
     .path = "/api/v1/files",
     .parameters = reserve_parameters,
     .body = body_kind::json,
     .body_schema = &create,
     .body_required = true},
    {.operation = "legacy.list", .method = "GET", .path = "/api/v1/files", .parameters = scopes},
    {.operation = "legacy.upload_from_url",
     .method = "PUT",
     .path = "/api/v1/files/upload_from_url",
     .parameters = scopes,
     .body = body_kind::json,
     .body_schema = &from_url,
     .body_required = true},
    {.operation = "legacy.sync", .method = "PUT", .path = "/api/v1/files/sync", .parameters = scopes},
    {.operation = "legacy.get", .method = "GET", .path = "/api/v1/files/{id}", .parameters = one_file},
    {.operation = "legacy.delete", .method = "DELETE", .path = "/api/v1/files/{id}", .parameters = one_file},
    {.operation = "legacy.content",
     .method = "GET",
     .path = "/api/v1/files/{id}/content",
     .parameters = content_parameters},
};

}  // namespace

std::vector<route> routes_for(server_options const& options) {
    std::span<route const> const described = generated::llamacloud_routes();
    std::vector<route> routes(described.begin(), described.end());
    for (route& item : routes) {
        if (item.operation != "directories.files.list" || !rows_of(options.profile).listing_takes_ids)
            continue;
        item.body = body_kind::json;
        item.body_schema = &entry_ids;
    }
    if (options.llamacloud.legacy_files)
        routes.insert(routes.end(), std::begin(legacy_routes), std::end(legacy_routes));
    return routes;
}

}  // namespace ferry::mock::llamacloud
