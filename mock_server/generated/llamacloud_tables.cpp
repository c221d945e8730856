// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
// Written by ferry-gen from openapi/llamacloud.yaml. Do not edit.
#include "llamacloud_tables.hpp"

namespace ferry::mock::generated {
namespace {

constexpr schema uuid{.kind = rule::uuid};
constexpr schema binary{.kind = rule::binary};
constexpr std::string_view file_purpose_arm_values[] = {"user_data", "parse", "extract",  "classify",
                                                        "split",     "sheet", "agent_app"};
constexpr schema file_purpose_arm{.kind = rule::literal, .values = file_purpose_arm_values, .word = "str"};
constexpr schema text_arm{.kind = rule::text, .word = "str"};
constexpr schema const* file_purpose_arms[] = {&file_purpose_arm, &text_arm};
constexpr schema file_purpose{.kind = rule::any_of, .arms = file_purpose_arms};
constexpr schema text{.kind = rule::text};
constexpr field file_upload_fields[] = {
    {"file", &binary, true}, {"purpose", &file_purpose, true}, {"external_file_id", &text}};
constexpr schema file_upload{.kind = rule::object, .fields = file_upload_fields};
constexpr schema files_list_page_size{.kind = rule::integer, .minimum = 1, .maximum = 1000};
constexpr schema list_of_uuid{.kind = rule::list, .item = &uuid};
constexpr std::string_view file_order_arm_values[] = {"name", "id", "created_at"};
constexpr schema file_order_arm{.kind = rule::literal, .values = file_order_arm_values, .word = "str"};
constexpr schema const* file_order_arms[] = {&file_order_arm, &text_arm};
constexpr schema file_order{.kind = rule::any_of, .arms = file_order_arms};
constexpr schema list_of_text{.kind = rule::list, .item = &text};
constexpr schema integer_or_null{.kind = rule::integer, .nullable = true};
constexpr schema text_or_null{.kind = rule::text, .nullable = true};
constexpr schema uuid_or_null{.kind = rule::uuid, .nullable = true};
constexpr schema list_of_uuid_or_null{.kind = rule::list, .nullable = true, .item = &uuid};
constexpr schema boolean_or_null{.kind = rule::boolean, .nullable = true};
constexpr field file_filter_or_null_fields[] = {
    {"project_id", &uuid_or_null},       {"file_ids", &list_of_uuid_or_null},
    {"file_name", &text_or_null},        {"data_source_id", &uuid_or_null},
    {"external_file_id", &text_or_null}, {"only_manually_uploaded", &boolean_or_null}};
constexpr schema file_filter_or_null{
    .kind = rule::object, .nullable = true, .fields = file_filter_or_null_fields};
constexpr field file_query_fields[] = {{"page_size", &integer_or_null},
                                       {"page_token", &text_or_null},
                                       {"filter", &file_filter_or_null},
                                       {"order_by", &text_or_null}};
constexpr schema file_query{.kind = rule::object, .fields = file_query_fields};
constexpr schema integer{.kind = rule::integer};
constexpr schema directory_create_name{.kind = rule::text, .minimum = 1};
constexpr std::string_view directory_create_type_values[] = {"user", "ephemeral"};
constexpr schema directory_create_type{.kind = rule::literal, .values = directory_create_type_values};
constexpr schema free_form_or_null{.kind = rule::map, .nullable = true};
constexpr field directory_create_fields[] = {{"name", &directory_create_name, true},
                                             {"description", &text_or_null},
                                             {"type", &directory_create_type},
                                             {"connector_subscription_id", &text_or_null},
                                             {"system_metadata", &free_form_or_null}};
constexpr schema directory_create{.kind = rule::object, .fields = directory_create_fields};
constexpr std::string_view directory_type_values[] = {"user", "index", "ephemeral"};
constexpr schema directory_type{.kind = rule::literal, .values = directory_type_values};
constexpr schema list_of_directory_type{.kind = rule::list, .item = &directory_type};
constexpr schema boolean{.kind = rule::boolean};
constexpr schema directory_update_name{.kind = rule::text, .nullable = true, .minimum = 1};
constexpr field directory_update_fields[] = {{"name", &directory_update_name},
                                             {"description", &text_or_null}};
constexpr schema directory_update{.kind = rule::object, .fields = directory_update_fields};
constexpr schema integer_arm{.kind = rule::integer, .word = "int"};
constexpr schema number_arm{.kind = rule::number, .word = "float"};
constexpr schema boolean_arm{.kind = rule::boolean, .word = "bool"};
constexpr schema list_of_text_arm{.kind = rule::list, .item = &text, .word = "list[str]"};
constexpr schema const* metadata_value_arms[] = {&text_arm, &integer_arm, &number_arm, &boolean_arm,
                                                 &list_of_text_arm};
constexpr schema metadata_value{.kind = rule::any_of, .nullable = true, .arms = metadata_value_arms};
constexpr schema metadata_or_null{.kind = rule::map, .nullable = true, .item = &metadata_value};
constexpr field directory_file_add_fields[] = {{"file_id", &text, true},
                                               {"unique_id", &text_or_null},
                                               {"display_name", &text_or_null},
                                               {"metadata", &metadata_or_null}};
constexpr schema directory_file_add{.kind = rule::object, .fields = directory_file_add_fields};
constexpr schema date_time{.kind = rule::date_time};
constexpr schema metadata{.kind = rule::map, .item = &metadata_value};
constexpr field directory_file_upload_fields[] = {{"upload_file", &binary, true},
                                                  {"unique_id", &text},
                                                  {"display_name", &text},
                                                  {"external_file_id", &text},
                                                  {"metadata", &metadata}};
constexpr schema directory_file_upload{.kind = rule::object, .fields = directory_file_upload_fields};
constexpr schema directory_file_bulk_delete_directory_file_ids{
    .kind = rule::list, .minimum = 1, .maximum = 100, .item = &text};
constexpr field directory_file_bulk_delete_fields[] = {
    {"directory_file_ids", &directory_file_bulk_delete_directory_file_ids, true}};
constexpr schema directory_file_bulk_delete{.kind = rule::object,
                                            .fields = directory_file_bulk_delete_fields};
constexpr field directory_file_update_fields[] = {{"unique_id", &directory_update_name},
                                                  {"display_name", &text_or_null},
                                                  {"target_directory_id", &text_or_null},
                                                  {"metadata", &metadata_or_null}};
constexpr schema directory_file_update{.kind = rule::object, .fields = directory_file_update_fields};

constexpr parameter files_create_parameters[] = {
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr parameter files_list_parameters[] = {
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
    {"page_size", place::query, &files_list_page_size},
    {"page_token", place::query, &text},
    {"file_ids", place::query, &list_of_uuid},
    {"file_name", place::query, &text},
    {"external_file_id", place::query, &text},
    {"order_by", place::query, &file_order},
    {"expand", place::query, &list_of_text},
};

constexpr parameter files_query_parameters[] = {
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr parameter files_get_parameters[] = {
    {"file_id", place::path, &uuid, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
    {"expand", place::query, &list_of_text},
};

constexpr parameter files_delete_parameters[] = {
    {"file_id", place::path, &uuid, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr parameter files_content_parameters[] = {
    {"file_id", place::path, &uuid, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
    {"expires_at_seconds", place::query, &integer},
};

constexpr parameter directories_create_parameters[] = {
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr parameter directories_list_parameters[] = {
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
    {"name", place::query, &text},
    {"type", place::query, &directory_type},
    {"types", place::query, &list_of_directory_type},
    {"include_deleted", place::query, &boolean},
    {"page_size", place::query, &integer},
    {"page_token", place::query, &text},
};

constexpr parameter directories_get_parameters[] = {
    {"directory_id", place::path, &text, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr parameter directories_update_parameters[] = {
    {"directory_id", place::path, &text, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr parameter directories_delete_parameters[] = {
    {"directory_id", place::path, &text, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr parameter directories_files_add_parameters[] = {
    {"directory_id", place::path, &text, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr parameter directories_files_list_parameters[] = {
    {"directory_id", place::path, &text, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
    {"display_name", place::query, &text},
    {"display_name_contains", place::query, &text},
    {"unique_id", place::query, &text},
    {"file_id", place::query, &text},
    {"include_deleted", place::query, &boolean},
    {"updated_at_on_or_after", place::query, &date_time},
    {"updated_at_on_or_before", place::query, &date_time},
    {"expand", place::query, &list_of_text},
    {"page_size", place::query, &integer},
    {"page_token", place::query, &text},
};

constexpr parameter directories_files_upload_parameters[] = {
    {"directory_id", place::path, &text, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr parameter directories_files_bulk_delete_parameters[] = {
    {"directory_id", place::path, &text, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr parameter directories_files_get_parameters[] = {
    {"directory_id", place::path, &text, true}, {"directory_file_id", place::path, &text, true},
    {"project_id", place::query, &uuid},        {"organization_id", place::query, &uuid},
    {"expand", place::query, &list_of_text},
};

constexpr parameter directories_files_update_parameters[] = {
    {"directory_id", place::path, &text, true},
    {"directory_file_id", place::path, &text, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr parameter directories_files_delete_parameters[] = {
    {"directory_id", place::path, &text, true},
    {"directory_file_id", place::path, &text, true},
    {"project_id", place::query, &uuid},
    {"organization_id", place::query, &uuid},
};

constexpr route routes[] = {
    {.operation = "files.create",
     .method = "POST",
     .path = "/api/v1/beta/files",
     .parameters = files_create_parameters,
     .body = body_kind::form,
     .body_schema = &file_upload,
     .body_required = true,
     .success = 201},
    {.operation = "files.list",
     .method = "GET",
     .path = "/api/v1/beta/files",
     .parameters = files_list_parameters},
    {.operation = "files.query",
     .method = "POST",
     .path = "/api/v1/beta/files/query",
     .parameters = files_query_parameters,
     .body = body_kind::json,
     .body_schema = &file_query,
     .body_required = true},
    {.operation = "files.get",
     .method = "GET",
     .path = "/api/v1/beta/files/{file_id}",
     .parameters = files_get_parameters},
    {.operation = "files.delete",
     .method = "DELETE",
     .path = "/api/v1/beta/files/{file_id}",
     .parameters = files_delete_parameters,
     .success = 204},
    {.operation = "files.content",
     .method = "GET",
     .path = "/api/v1/beta/files/{file_id}/content",
     .parameters = files_content_parameters},
    {.operation = "directories.create",
     .method = "POST",
     .path = "/api/v1/beta/directories",
     .parameters = directories_create_parameters,
     .body = body_kind::json,
     .body_schema = &directory_create,
     .body_required = true,
     .success = 201},
    {.operation = "directories.list",
     .method = "GET",
     .path = "/api/v1/beta/directories",
     .parameters = directories_list_parameters},
    {.operation = "directories.get",
     .method = "GET",
     .path = "/api/v1/beta/directories/{directory_id}",
     .parameters = directories_get_parameters},
    {.operation = "directories.update",
     .method = "PATCH",
     .path = "/api/v1/beta/directories/{directory_id}",
     .parameters = directories_update_parameters,
     .body = body_kind::json,
     .body_schema = &directory_update,
     .body_required = true},
    {.operation = "directories.delete",
     .method = "DELETE",
     .path = "/api/v1/beta/directories/{directory_id}",
     .parameters = directories_delete_parameters,
     .success = 204},
    {.operation = "directories.files.add",
     .method = "POST",
     .path = "/api/v1/beta/directories/{directory_id}/files",
     .parameters = directories_files_add_parameters,
     .body = body_kind::json,
     .body_schema = &directory_file_add,
     .body_required = true,
     .success = 201},
    {.operation = "directories.files.list",
     .method = "GET",
     .path = "/api/v1/beta/directories/{directory_id}/files",
     .parameters = directories_files_list_parameters},
    {.operation = "directories.files.upload",
     .method = "POST",
     .path = "/api/v1/beta/directories/{directory_id}/files/upload",
     .parameters = directories_files_upload_parameters,
     .body = body_kind::form,
     .body_schema = &directory_file_upload,
     .body_required = true,
     .success = 201},
    {.operation = "directories.files.bulk_delete",
     .method = "POST",
     .path = "/api/v1/beta/directories/{directory_id}/files/bulk-delete",
     .parameters = directories_files_bulk_delete_parameters,
     .body = body_kind::json,
     .body_schema = &directory_file_bulk_delete,
     .body_required = true,
     .success = 204},
    {.operation = "directories.files.get",
     .method = "GET",
     .path = "/api/v1/beta/directories/{directory_id}/files/{directory_file_id}",
     .parameters = directories_files_get_parameters},
    {.operation = "directories.files.update",
     .method = "PATCH",
     .path = "/api/v1/beta/directories/{directory_id}/files/{directory_file_id}",
     .parameters = directories_files_update_parameters,
     .body = body_kind::json,
     .body_schema = &directory_file_update,
     .body_required = true},
    {.operation = "directories.files.delete",
     .method = "DELETE",
     .path = "/api/v1/beta/directories/{directory_id}/files/{directory_file_id}",
     .parameters = directories_files_delete_parameters,
     .success = 204},
};

}  // namespace

std::span<route const> llamacloud_routes() noexcept {
    return routes;
}

}  // namespace ferry::mock::generated
