// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Files v2: a user's files, with numbered names, one by one and several at once.
#include "core/scalars.hpp"
#include "langflow/context.hpp"
#include "langflow/json_text.hpp"
#include "langflow/mcp_config.hpp"
#include "langflow/names.hpp"
#include "langflow/storage_error.hpp"
#include "langflow/zip.hpp"

#include <algorithm>

namespace ferry::mock::langflow {
namespace {

json::object describe_upload(file_row const& row) {
    json::object result{
        {"id", row.id}, {"name", row.name}, {"path", row.path()}, {"size", row.size}, {"provider", nullptr}};
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
    response.length = size;
    response.stream = std::make_shared<json_text_stream>(content);
    return response;
}

json::object said(std::string_view member, std::string_view text) {
    json::object result;
    result[member] = text;
    return result;
}

json::object describe_row(context& in, file_row const& row) {
    if (in.conventions.brief_list) return describe_upload(row);
    json::object result{{"id", row.id}, {"user_id", row.owner}};
    for (auto const& member : describe_upload(row)) result.insert(member);
    result["created_at"] = naive_text(row.created);
    result["updated_at"] = naive_text(row.created);  // never changed, not even by a rename
    return result;
}

void replace_mcp_file(context& in, user const& owner, blob const& content) {
    if (in.options.mcp_servers_locked && !owner.superuser) {
        throw http_error(
            403,
            "MCP server configuration is locked. Contact an administrator to manage external MCP "
            "servers.");
    }
    if (auto const mistake = mcp_mistake(content)) throw http_error(422, json::value(*mistake));
    std::erase_if(in.store.rows, [&](file_row const& row) {
        bool const is_old = row.owner == owner.id && row.name == mcp_file_name(owner.id);
        if (is_old) in.store.contents[owner.id].erase(row.stored_name);
        return is_old;
    });
}

http_response append_to(context& in, file_row& row, blob const& content, call const& current) {
    if (in.options.s3_storage)
        throw failure("Error accessing file: ", "Append mode is not supported for S3 storage");
    or_fail("Error accessing file: ", [&] {
        blob const* const before = in.store.find_bytes(current.on, row.owner, row.stored_name);
        in.store.put(current.on, row.owner, row.stored_name,
                     before == nullptr ? content : before->followed_by(content));
    });
    if (storage_is(storage_fault::uncommitted, current)) throw failure("Database error: ", database_error);
    row.size = in.store.contents[row.owner][row.stored_name].size();
    return json_response(201, describe_upload(row));
}

std::string free_name(context& in, user const& owner, std::string const& root) {
    std::vector<std::string_view> existing;
    for (file_row const& row : in.store.rows) {
        if (row.owner == owner.id) existing.push_back(row.name);
    }
    return next_free_name(root, existing, !in.options.postgresql);
}

http_response upload(context& in, call& current) {
    user const& owner = in.access.caller(current);
    form_part const& part = *current.part("file");
    if (auto mistake = v2_name_mistake(part.filename)) throw http_error(400, json::value(*mistake));
    split_name const name = split_at_last_dot(part.filename);
    bool const is_mcp = part.filename == mcp_file_name(owner.id) + ".json";
    if (is_mcp) replace_mcp_file(in, owner, part.content);
    bool const append = current.query_flag("append");
    if (append) {
        for (file_row& row : in.store.rows) {
            if (row.owner == owner.id && row.name == name.root)
                return append_to(in, row, part.content, current);
        }
    }
    if (storage_is(storage_fault::missing, current))
        throw http_error(404, "The specified bucket does not exist");
    file_row row{in.shared.ids.uuid(), owner.id};
    row.name = is_mcp || append ? name.root : free_name(in, owner, name.root);
    row.stored_name = name.stored(in.conventions.stored_by_id ? row.id : row.name);
    row.size = part.content.size();
    row.created = in.shared.clock.now();
    or_fail("Error accessing file: ",
            [&] { in.store.put(current.on, owner.id, row.stored_name, part.content); });
    http_response answer = json_response(201, describe_upload(row));
    if (current.query_flag("ephemeral")) return answer;
    if (storage_is(storage_fault::uncommitted, current)) {
        in.store.contents[owner.id].erase(row.stored_name);
        throw failure("Error inserting file metadata into database: ", database_error);
    }
    in.store.rows.push_back(std::move(row));
    return answer;
}

http_response list(context& in, call& current) {
    if (storage_is(storage_fault::uncommitted, current))
        throw failure("Error listing files: ", database_error);
    user const& owner = in.access.caller(current);
    json::array rows;
    for (file_row const& row : in.store.rows) {
        if (row.owner == owner.id && row.name != mcp_file_name(owner.id))
            rows.push_back(describe_row(in, row));
    }
    return json_response(200, rows);
}

file_row& require_file(context& in, call const& current) {
    user const& owner = in.access.caller(current);
    std::string const id = current.path("file_id");
    for (file_row& row : in.store.rows) {
        if (row.id == id && row.owner == owner.id) return row;
    }
    throw http_error(404, "File not found");
}

http_response download(context& in, call& current) {
    file_row const& row = require_file(in, current);
    bool const as_text = current.query_flag("return_content");
    blob const& content = or_fail(as_text ? "Error reading file: " : "Error downloading file: ",
                                  [&] { return std::cref(in.store.bytes_of(current.on, row)); });
    if (as_text) return as_json_text(content);
    http_response response;
    response.with("Content-Type", "application/octet-stream");
    response.with("Content-Disposition", attachment(row.name + row.suffix()));
    response.stream = std::make_shared<blob_reader>(content);
    return response;
}

http_response rename(context& in, call& current) {
    file_row& row = require_file(in, current);
    std::string const name = *current.query("name");
    bool const taken = std::any_of(in.store.rows.begin(), in.store.rows.end(), [&](file_row const& other) {
        return other.owner == row.owner && other.id != row.id && other.name == name;
    });
    file_row renamed = row;
    renamed.name = name;
    // The server answers before the database refuses, so what is not kept looks like a success.
    if (!taken && !storage_is(storage_fault::uncommitted, current)) row = renamed;
    return json_response(200, describe_upload(renamed));
}

http_response remove(context& in, call& current) {
    file_row const row = require_file(in, current);
    or_fail("Failed to delete file from storage. Please try again. Error: ",
            [&] { in.store.discard(current.on, row.owner, row.stored_name); });
    if (storage_is(storage_fault::uncommitted, current))
        throw failure("Error deleting file from database: ", database_error);
    std::erase_if(in.store.rows, [&](file_row const& other) { return other.id == row.id; });
    return json_response(200, in.conventions.brief_delete
                                  ? said("message", "File deleted successfully")
                                  : said("detail", "File " + row.name + " deleted successfully"));
}

struct deletion {
    std::size_t removed = 0;
    std::size_t kept = 0;  ///< because their bytes could not be deleted
};

/// Removes the rows and their bytes, as far as storage and database let it.
deletion remove_rows(context& in, call const& current, std::function<bool(file_row const&)> const& doomed) {
    deletion count;
    bool const database_fails = storage_is(storage_fault::uncommitted, current);
    std::erase_if(in.store.rows, [&](file_row const& row) {
        if (!doomed(row)) return false;
        // A failing disk keeps the first file, so that a test sees both outcomes: with one file, and with
        // more.
        bool const kept = storage_is(storage_fault::failing, current) && count.kept == 0;
        if (kept) {
            ++count.kept;
        } else {
            ++count.removed;
            in.store.contents[row.owner].erase(row.stored_name);
        }
        return !kept && !database_fails;
    });
    return count;
}

http_response remove_all(context& in, call& current) {
    std::string const owner = in.access.caller(current).id;
    deletion const count = remove_rows(in, current, [&](file_row const& row) { return row.owner == owner; });
    if (storage_is(storage_fault::uncommitted, current))
        throw failure("Error deleting all files: ", database_error);
    std::string const removed = std::to_string(count.removed);
    if (count.kept == 0) {
        return json_response(200, said("message", in.conventions.brief_delete_all
                                                      ? "All files deleted successfully"
                                                      : "All " + removed + " files deleted successfully"));
    }
    if (count.removed == 0)
        return json_response(200, said("message", "Failed to delete files. See logs for details."));
    return json_response(
        200, said("message", removed + " files deleted successfully, " + std::to_string(count.kept) +
                                 " files failed to delete. See logs for details."));
}

std::vector<file_row const*> rows_in(context& in, call const& current, std::string_view doing) {
    user const& owner = in.access.caller(current);
    std::vector<std::string> ids;
    for (json::value const& id : current.values.body.as_array()) ids.push_back(*parse_uuid(id.get_string()));
    std::vector<file_row const*> found;
    for (file_row const& row : in.store.rows) {
        if (row.owner == owner.id && std::find(ids.begin(), ids.end(), row.id) != ids.end())
            found.push_back(&row);
    }
    if (found.empty())
        throw http_error(500, json::value("Error " + std::string(doing) + " files: 404: No files found"));
    return found;
}

http_response download_batch(context& in, call& current) {
    std::vector<zip_stream::entry> entries;
    for (file_row const* const row : rows_in(in, current, "downloading")) {
        blob const& content = or_fail("Error downloading files: ",
                                      [&] { return std::cref(in.store.bytes_of(current.on, *row)); });
        entries.push_back({row->name + row->suffix(), content});
    }
    std::int64_t const now = in.shared.clock.now();
    http_response response;
    response.with("Content-Type", "application/x-zip-compressed");
    response.with("Content-Disposition",
                  attachment(local_text(now, "%Y%m%d_%H%M%S") + "_langflow_files.zip"));
    response.stream = std::make_shared<zip_stream>(std::move(entries), now);
    return response;
}

http_response delete_batch(context& in, call& current) {
    std::vector<std::string> doomed;
    for (file_row const* const row : rows_in(in, current, "deleting")) doomed.push_back(row->id);
    deletion const count = remove_rows(in, current, [&](file_row const& row) {
        return std::find(doomed.begin(), doomed.end(), row.id) != doomed.end();
    });
    if (storage_is(storage_fault::uncommitted, current))
        throw failure("Error deleting files: ", database_error);
    std::string text = std::to_string(count.removed) + " files deleted successfully";
    if (count.removed == 0) {
        text = "No files were deleted from database";
    } else if (count.kept != 0) {
        text += ", " + std::to_string(count.kept) +
                " files kept in database due to transient storage errors (can retry)";
    }
    return json_response(200, json::object{{"message", text}});
}

}  // namespace

void offer_files(api& to, context& with) {
    offer(to, with, "files.upload", upload);
    offer(to, with, "files.list", list);
    offer(to, with, "files.get", download);
    offer(to, with, "files.rename", rename);
    offer(to, with, "files.delete", remove);
    offer(to, with, "files.delete_all", remove_all);
    offer(to, with, "files.download_batch", download_batch);
    offer(to, with, "files.delete_batch", delete_batch);
}

}  // namespace ferry::mock::langflow
