// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
// Written by ferry-gen from openapi/langflow.yaml. Do not edit.
#include "langflow_tables.hpp"

namespace ferry::mock::generated {
namespace {

constexpr schema boolean{.kind = rule::boolean};
constexpr schema binary{.kind = rule::binary};
constexpr field file_upload_fields[] = {{"file", &binary, true}};
constexpr schema file_upload{.kind = rule::object, .fields = file_upload_fields};
constexpr schema uuid{.kind = rule::uuid};
constexpr schema list_of_uuid{.kind = rule::list, .item = &uuid};
constexpr schema text{.kind = rule::text};
constexpr schema text_or_null{.kind = rule::text, .nullable = true};
constexpr std::string_view run_input_type_values[] = {"chat", "text", "any"};
constexpr schema run_input_type{.kind = rule::literal, .values = run_input_type_values};
constexpr std::string_view run_output_type_values[] = {"chat", "text", "any", "debug"};
constexpr schema run_output_type{.kind = rule::literal, .values = run_output_type_values};
constexpr schema free_form_or_null{.kind = rule::map, .nullable = true};
constexpr field run_request_fields[] = {{"input_value", &text_or_null},    {"input_type", &run_input_type},
                                        {"output_type", &run_output_type}, {"output_component", &text},
                                        {"tweaks", &free_form_or_null},    {"session_id", &text_or_null},
                                        {"user_id", &text_or_null}};
constexpr schema run_request{.kind = rule::object, .fields = run_request_fields};
constexpr field credentials_fields[] = {{"username", &text, true}, {"password", &text, true}};
constexpr schema credentials{.kind = rule::object, .fields = credentials_fields};

constexpr parameter files_upload_parameters[] = {
    {"append", place::query, &boolean},
    {"ephemeral", place::query, &boolean},
};

constexpr parameter files_get_parameters[] = {
    {"file_id", place::path, &uuid, true},
    {"return_content", place::query, &boolean},
};

constexpr parameter files_rename_parameters[] = {
    {"file_id", place::path, &uuid, true},
    {"name", place::query, &text, true},
};

constexpr parameter files_delete_parameters[] = {
    {"file_id", place::path, &uuid, true},
};

constexpr parameter flow_files_upload_parameters[] = {
    {"flow_id", place::path, &uuid, true},
};

constexpr parameter flow_files_download_parameters[] = {
    {"flow_id", place::path, &uuid, true},
    {"file_name", place::path, &text, true},
};

constexpr parameter flow_files_image_parameters[] = {
    {"flow_id", place::path, &uuid, true},
    {"file_name", place::path, &text, true},
};

constexpr parameter flow_files_list_parameters[] = {
    {"flow_id", place::path, &uuid, true},
};

constexpr parameter flow_files_delete_parameters[] = {
    {"flow_id", place::path, &uuid, true},
    {"file_name", place::path, &text, true},
};

constexpr parameter flow_files_upload_legacy_parameters[] = {
    {"flow_id", place::path, &uuid, true},
};

constexpr parameter profile_pictures_get_parameters[] = {
    {"folder_name", place::path, &text, true},
    {"file_name", place::path, &text, true},
};

constexpr parameter flows_run_parameters[] = {
    {"flow_id_or_name", place::path, &text, true},
};

constexpr route routes[] = {
    {.operation = "files.upload",
     .method = "POST",
     .path = "/api/v2/files",
     .parameters = files_upload_parameters,
     .body = body_kind::form,
     .body_schema = &file_upload,
     .body_required = true,
     .success = 201},
    {.operation = "files.list", .method = "GET", .path = "/api/v2/files"},
    {.operation = "files.delete_all", .method = "DELETE", .path = "/api/v2/files"},
    {.operation = "files.download_batch",
     .method = "POST",
     .path = "/api/v2/files/batch/",
     .body = body_kind::json,
     .body_schema = &list_of_uuid,
     .body_required = true},
    {.operation = "files.delete_batch",
     .method = "DELETE",
     .path = "/api/v2/files/batch/",
     .body = body_kind::json,
     .body_schema = &list_of_uuid,
     .body_required = true},
    {.operation = "files.get",
     .method = "GET",
     .path = "/api/v2/files/{file_id}",
     .parameters = files_get_parameters},
    {.operation = "files.rename",
     .method = "PUT",
     .path = "/api/v2/files/{file_id}",
     .parameters = files_rename_parameters},
    {.operation = "files.delete",
     .method = "DELETE",
     .path = "/api/v2/files/{file_id}",
     .parameters = files_delete_parameters},
    {.operation = "flow_files.upload",
     .method = "POST",
     .path = "/api/v1/files/upload/{flow_id}",
     .parameters = flow_files_upload_parameters,
     .body = body_kind::form,
     .body_schema = &file_upload,
     .body_required = true,
     .success = 201},
    {.operation = "flow_files.download",
     .method = "GET",
     .path = "/api/v1/files/download/{flow_id}/{file_name}",
     .parameters = flow_files_download_parameters},
    {.operation = "flow_files.image",
     .method = "GET",
     .path = "/api/v1/files/images/{flow_id}/{file_name}",
     .parameters = flow_files_image_parameters},
    {.operation = "flow_files.list",
     .method = "GET",
     .path = "/api/v1/files/list/{flow_id}",
     .parameters = flow_files_list_parameters},
    {.operation = "flow_files.delete",
     .method = "DELETE",
     .path = "/api/v1/files/delete/{flow_id}/{file_name}",
     .parameters = flow_files_delete_parameters},
    {.operation = "flow_files.upload_legacy",
     .method = "POST",
     .path = "/api/v1/upload/{flow_id}",
     .parameters = flow_files_upload_legacy_parameters,
     .body = body_kind::form,
     .body_schema = &file_upload,
     .body_required = true,
     .success = 201},
    {.operation = "profile_pictures.list",
     .method = "GET",
     .path = "/api/v1/files/profile_pictures/list",
     .open = true},
    {.operation = "profile_pictures.get",
     .method = "GET",
     .path = "/api/v1/files/profile_pictures/{folder_name}/{file_name}",
     .parameters = profile_pictures_get_parameters,
     .open = true},
    {.operation = "flows.run",
     .method = "POST",
     .path = "/api/v1/run/{flow_id_or_name}",
     .parameters = flows_run_parameters,
     .body = body_kind::json,
     .body_schema = &run_request},
    {.operation = "users.whoami", .method = "GET", .path = "/api/v1/users/whoami"},
    {.operation = "auth.login",
     .method = "POST",
     .path = "/api/v1/login",
     .body = body_kind::form,
     .body_schema = &credentials,
     .body_required = true,
     .open = true},
    {.operation = "server.version", .method = "GET", .path = "/api/v1/version", .open = true},
    {.operation = "server.health", .method = "GET", .path = "/health", .open = true},
};

}  // namespace

std::span<route const> langflow_routes() noexcept {
    return routes;
}

}  // namespace ferry::mock::generated
