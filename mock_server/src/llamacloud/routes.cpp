// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/context.hpp"

#include "generated/llamacloud_tables.hpp"
#include "llamacloud/profiles.hpp"

namespace ferry::mock::llamacloud {
namespace {

constexpr schema text{.kind = rule::text};
constexpr schema entry_ids{.kind = rule::list, .nullable = true, .maximum = 200, .item = &text};

constexpr schema uuid{.kind = rule::uuid};
constexpr schema text_or_null{.kind = rule::text, .nullable = true};
constexpr schema uuid_or_null{.kind = rule::uuid, .nullable = true};
constexpr schema size_or_null{.kind = rule::integer, .nullable = true, .minimum = 0};
constexpr schema time_or_null{.kind = rule::date_time, .nullable = true};
constexpr schema map_or_null{.kind = rule::map, .nullable = true};
constexpr schema texts_or_null{.kind = rule::map, .nullable = true, .item = &text};
constexpr schema flag{.kind = rule::boolean};
constexpr schema integer{.kind = rule::integer};
constexpr schema binary{.kind = rule::binary};
constexpr schema name{.kind = rule::text, .minimum = 1, .maximum = 3000};
constexpr schema name_or_null{.kind = rule::text, .nullable = true, .minimum = 1, .maximum = 3000};
constexpr schema url{.kind = rule::text, .minimum = 1};

constexpr field upload_parts[] = {{"upload_file", &binary, true}};
constexpr schema upload{.kind = rule::object, .fields = upload_parts};
constexpr field create_fields[] = {
    {"name", &name, true},
    {"external_file_id", &text_or_null},
    {"file_size", &size_or_null},
    {"last_modified_at", &time_or_null},
    {"resource_info", &map_or_null},
    {"permission_info", &map_or_null},
    {"data_source_id", &uuid_or_null},
    {"storage_type", &text},
};
constexpr schema create{.kind = rule::object, .fields = create_fields};
constexpr field from_url_fields[] = {
    {"url", &url, true},
    {"name", &name_or_null},
    {"proxy_url", &text_or_null},
    {"request_headers", &texts_or_null},
    {"verify_ssl", &flag},
    {"follow_redirects", &flag},
    {"resource_info", &map_or_null},
    {"storage_type", &text},
};
constexpr schema from_url{.kind = rule::object, .fields = from_url_fields};

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
