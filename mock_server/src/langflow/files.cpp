// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Files v2: a user's files, with numbered names.
#include <algorithm>

#include "json_text.hpp"
#include "mcp_config.hpp"
#include "names.hpp"
#include "service.hpp"
#include "stored.hpp"

namespace ferry::mock::langflow {
namespace {

json::object describe_upload(file_row const& row) {
    json::object result;
    result["id"] = row.id;
    result["name"] = row.name;
    result["path"] = row.path();
    result["size"] = row.size;
    result["provider"] = nullptr;
    return result;
}

constexpr std::uint64_t short_text = 64 * 1024;

/// The content as one JSON string; long ones are escaped while they are sent.
http_response as_json_text(blob const& content) {
    std::optional<std::uint64_t> const size = json_text_size(content);
    if (!size) throw http_error(500, "Error reading file: 500: Invalid file encoding");
    if (content.size() <= short_text) return json_response(200, json::value(content.text()));
    http_response response;
    response.with("Content-Type", "application/json");
    response.length = *size;
    response.stream = std::make_shared<json_text_stream>(content);
    return response;
}

json::object said(std::string_view member, std::string text) {
    json::object result;
    result[member] = std::move(text);
    return result;
}

}  // namespace

json::object service::describe_row(file_row const& row) const {
    if (conventions_.brief_list) return describe_upload(row);
    json::object result{{"id", row.id}, {"user_id", row.owner}};
    result["name"] = row.name;
    result["path"] = row.path();
    result["size"] = row.size;
    result["provider"] = nullptr;
    result["created_at"] = naive_text(row.created);
    result["updated_at"] = naive_text(row.created);  // never changed, not even by a rename
    return result;
}

void service::bind_files() {
    api_.bind("files.upload", {.behaviour = [this](call& c) { return upload(c); }});
    api_.bind("files.list", {.behaviour = [this](call& c) { return list(c); }});
    api_.bind("files.get", {.behaviour = [this](call& c) { return download(c); }});
    api_.bind("files.rename", {.behaviour = [this](call& c) { return rename(c); }});
    api_.bind("files.delete", {.behaviour = [this](call& c) { return remove(c); }});
    api_.bind("files.delete_all", {.behaviour = [this](call& c) { return remove_all(c); }});
}

http_response service::upload(call& current) {
    user const& owner = caller(current);
    form_part const& part = *current.part("file");
    if (auto mistake = v2_name_mistake(part.filename)) throw http_error(400, json::value(*mistake));
    split_name const name = split_at_last_dot(part.filename);
    bool const is_mcp = part.filename == mcp_file_name(owner.id) + ".json";
    if (is_mcp) replace_mcp_file(owner, part.content);
    bool const append = current.query_flag("append");
    if (append) {
        for (file_row& row : rows_) {
            if (row.owner == owner.id && row.name == name.root) return append_to(row, part.content, current);
        }
    }
    if (storage_is(storage_fault::missing, current))
        throw http_error(404, "The specified bucket does not exist");
    file_row row{shared_.ids.uuid(), owner.id};
    row.name = is_mcp || append ? name.root : free_name(owner, name.root);
    row.stored_name = name.stored(conventions_.stored_by_id ? row.id : row.name);
    row.size = part.content.size();
    row.created = shared_.clock.now();
    or_fail("Error accessing file: ", [&] { store(current, owner.id, row.stored_name, part.content); });
    http_response answer = json_response(201, describe_upload(row));
    if (current.query_flag("ephemeral")) return answer;
    if (storage_is(storage_fault::uncommitted, current)) {
        stored_[owner.id].erase(row.stored_name);
        throw failure("Error inserting file metadata into database: ", database_error);
    }
    rows_.push_back(std::move(row));
    return answer;
}

void service::replace_mcp_file(user const& owner, blob const& content) {
    if (shared_.options.langflow.mcp_servers_locked && !owner.superuser) {
        throw http_error(
            403,
            "MCP server configuration is locked. Contact an administrator to manage external MCP "
            "servers.");
    }
    if (auto const mistake = mcp_mistake(content)) throw http_error(422, json::value(*mistake));
    std::erase_if(rows_, [&](file_row const& row) {
        bool const is_old = row.owner == owner.id && row.name == mcp_file_name(owner.id);
        if (is_old) stored_[owner.id].erase(row.stored_name);
        return is_old;
    });
}

http_response service::append_to(file_row& row, blob const& content, call const& current) {
    if (shared_.options.langflow.s3_storage)
        throw failure("Error accessing file: ", "Append mode is not supported for S3 storage");
    or_fail("Error accessing file: ", [&] {
        blob const* const before = find_bytes(current, row.owner, row.stored_name);
        store(current, row.owner, row.stored_name,
              before == nullptr ? content : before->followed_by(content));
    });
    if (storage_is(storage_fault::uncommitted, current)) throw failure("Database error: ", database_error);
    row.size = stored_[row.owner][row.stored_name].size();
    return json_response(201, describe_upload(row));
}

std::string service::free_name(user const& owner, std::string const& root) const {
    std::vector<std::string_view> existing;
    for (file_row const& row : rows_) {
        if (row.owner == owner.id) existing.push_back(row.name);
    }
    return next_free_name(root, existing, !shared_.options.langflow.postgresql);
}

http_response service::list(call& current) {
    if (storage_is(storage_fault::uncommitted, current))
        throw failure("Error listing files: ", database_error);
    user const& owner = caller(current);
    json::array rows;
    for (file_row const& row : rows_) {
        if (row.owner == owner.id && row.name != mcp_file_name(owner.id)) rows.push_back(describe_row(row));
    }
    return json_response(200, rows);
}

file_row& service::require_file(call const& current) {
    user const& owner = caller(current);
    std::string const id = current.path("file_id");
    for (file_row& row : rows_) {
        if (row.id == id && row.owner == owner.id) return row;
    }
    throw http_error(404, "File not found");
}

http_response service::download(call& current) {
    file_row const& row = require_file(current);
    bool const as_text = current.query_flag("return_content");
    blob const& content = or_fail(as_text ? "Error reading file: " : "Error downloading file: ",
                                  [&] { return std::cref(bytes_of(current, row)); });
    if (as_text) return as_json_text(content);
    http_response response;
    response.with("Content-Type", "application/octet-stream");
    response.with("Content-Disposition", attachment(row.name + row.suffix()));
    response.stream = std::make_shared<blob_reader>(content);
    return response;
}

http_response service::rename(call& current) {
    file_row& row = require_file(current);
    std::string const name = *current.query("name");
    bool const taken = std::any_of(rows_.begin(), rows_.end(), [&](file_row const& other) {
        return other.owner == row.owner && other.id != row.id && other.name == name;
    });
    file_row renamed = row;
    renamed.name = name;
    // The server answers before the database refuses, so what is not kept looks like a success.
    if (!taken && !storage_is(storage_fault::uncommitted, current)) row = renamed;
    return json_response(200, describe_upload(renamed));
}

http_response service::remove(call& current) {
    file_row const row = require_file(current);
    or_fail("Failed to delete file from storage. Please try again. Error: ",
            [&] { discard(current, row.owner, row.stored_name); });
    if (storage_is(storage_fault::uncommitted, current))
        throw failure("Error deleting file from database: ", database_error);
    std::erase_if(rows_, [&](file_row const& other) { return other.id == row.id; });
    return json_response(200, conventions_.brief_delete
                                  ? said("message", "File deleted successfully")
                                  : said("detail", "File " + row.name + " deleted successfully"));
}

service::deletion service::remove_rows(call const& current,
                                       std::function<bool(file_row const&)> const& doomed) {
    deletion count;
    bool const database_fails = storage_is(storage_fault::uncommitted, current);
    std::erase_if(rows_, [&](file_row const& row) {
        if (!doomed(row)) return false;
        // A failing disk keeps the first file, so that a test sees both outcomes: with one file, and with
        // more.
        bool const kept = storage_is(storage_fault::failing, current) && count.kept == 0;
        if (kept) {
            ++count.kept;
        } else {
            ++count.removed;
            stored_[row.owner].erase(row.stored_name);
        }
        return !kept && !database_fails;
    });
    return count;
}

http_response service::remove_all(call& current) {
    std::string const owner = caller(current).id;
    deletion const count = remove_rows(current, [&](file_row const& row) { return row.owner == owner; });
    if (storage_is(storage_fault::uncommitted, current))
        throw failure("Error deleting all files: ", database_error);
    std::string const removed = std::to_string(count.removed);
    if (count.kept == 0) {
        return json_response(200, said("message", conventions_.brief_delete_all
                                                      ? "All files deleted successfully"
                                                      : "All " + removed + " files deleted successfully"));
    }
    if (count.removed == 0)
        return json_response(200, said("message", "Failed to delete files. See logs for details."));
    return json_response(
        200, said("message", removed + " files deleted successfully, " + std::to_string(count.kept) +
                                 " files failed to delete. See logs for details."));
}

}  // namespace ferry::mock::langflow
