// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Files v2: a user's files, with numbered names.
#include <algorithm>

#include "../http/url.hpp"
#include "names.hpp"
#include "service.hpp"

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

/// The file in which the server keeps a user's MCP servers: replaced on upload, hidden from lists.
std::string mcp_file_name(std::string const& user_id) {
    return "_mcp_servers_" + user_id;
}

void require_mcp_config(blob const& content) {
    std::optional<json::value> const parsed = parse_json(content.text());
    if (!parsed) throw http_error(422, "Invalid MCP servers config: not valid JSON");
    json::object const* const object = parsed->if_object();
    json::value const* const servers = object == nullptr ? nullptr : object->if_contains("mcpServers");
    if (servers == nullptr || !servers->is_object()) {
        throw http_error(422, "Invalid MCP servers config: expected an 'mcpServers' object");
    }
}

json::object said(std::string_view member, std::string text) {
    json::object result;
    result[member] = std::move(text);
    return result;
}

}  // namespace

std::string file_row::suffix() const {
    auto const dot = stored_name.rfind('.');
    return dot == std::string::npos || dot == 0 || dot + 1 == stored_name.size() ? ""
                                                                                 : stored_name.substr(dot);
}

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
    api_.bind("files.list", {.behaviour = [this](call& c) {
                  user const& owner = caller(c);
                  json::array rows;
                  for (file_row const& row : rows_) {
                      if (row.owner == owner.id && row.name != mcp_file_name(owner.id))
                          rows.push_back(describe_row(row));
                  }
                  return json_response(200, rows);
              }});
    api_.bind("files.get", {.behaviour = [this](call& c) { return download(c); }});
    api_.bind("files.rename", {.behaviour = [this](call& c) { return rename(c); }});
    api_.bind("files.delete", {.behaviour = [this](call& c) { return remove(c); }});
    api_.bind("files.delete_all", {.behaviour = [this](call& c) {
                  user const& owner = caller(c);
                  std::size_t const count = std::erase_if(rows_, [&](file_row const& row) {
                      if (row.owner == owner.id) stored_[owner.id].erase(row.stored_name);
                      return row.owner == owner.id;
                  });
                  std::string const number = conventions_.brief_delete_all ? "" : std::to_string(count) + ' ';
                  return json_response(200, said("message", "All " + number + "files deleted successfully"));
              }});
}

http_response service::upload(call& current) {
    user const& owner = caller(current);
    form_part const& part = *current.part("file");
    if (auto mistake = v2_name_mistake(part.filename)) throw http_error(400, json::value(*mistake));
    split_name const name = split_at_last_dot(part.filename);
    bool const is_mcp = name.root == mcp_file_name(owner.id) && name.extension == "json";
    if (is_mcp) {
        require_mcp_config(part.content);
        auto const old = std::find_if(rows_.begin(), rows_.end(), [&](file_row const& row) {
            return row.owner == owner.id && row.name == name.root;
        });
        if (old != rows_.end()) erase_row(old->id);
    }
    bool const append = current.query_flag("append");
    if (append) {
        for (file_row& row : rows_) {
            if (row.owner != owner.id || row.name != name.root) continue;
            blob& content = stored_[owner.id][row.stored_name];
            content = content.followed_by(part.content);
            row.size = content.size();
            return json_response(201, describe_upload(row));
        }
    }
    file_row row{shared_.ids.uuid(), owner.id};
    row.name = is_mcp || append ? name.root : free_name(owner, name.root);
    row.stored_name = name.stored(conventions_.stored_by_id ? row.id : row.name);
    row.size = part.content.size();
    row.created = shared_.clock.now();
    stored_[owner.id][row.stored_name] = part.content;
    http_response answer = json_response(201, describe_upload(row));
    if (!current.query_flag("ephemeral")) rows_.push_back(std::move(row));
    return answer;
}

std::string service::free_name(user const& owner, std::string const& root) const {
    std::vector<std::string_view> existing;
    for (file_row const& row : rows_) {
        if (row.owner == owner.id) existing.push_back(row.name);
    }
    return next_free_name(root, existing);
}

void service::erase_row(std::string const& id) {
    auto const found =
        std::find_if(rows_.begin(), rows_.end(), [&](file_row const& row) { return row.id == id; });
    stored_[found->owner].erase(found->stored_name);
    rows_.erase(found);
}

file_row& service::require_file(call const& current) {
    user const& owner = caller(current);
    std::string const id = current.path("file_id");
    for (file_row& row : rows_) {
        if (row.id == id && row.owner == owner.id) return row;
    }
    throw http_error(404, "File not found");
}

blob const& service::bytes_of(file_row const& row) const {
    auto const folder = stored_.find(row.owner);
    if (folder != stored_.end()) {
        if (auto const found = folder->second.find(row.stored_name); found != folder->second.end())
            return found->second;
    }
    throw http_error(
        404, json::value("File not found: File " + row.stored_name + " not found in flow " + row.owner));
}

http_response service::download(call& current) {
    file_row const& row = require_file(current);
    blob const& content = bytes_of(row);
    if (current.query_flag("return_content")) {
        std::string const text = content.text();
        if (!is_utf8(text)) throw http_error(500, "Error reading file: 500: Invalid file encoding");
        return json_response(200, json::value(text));
    }
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
    // The server answers before the database refuses, so a taken name looks like a success.
    if (!taken) row = renamed;
    return json_response(200, describe_upload(renamed));
}

http_response service::remove(call& current) {
    file_row const row = require_file(current);
    erase_row(row.id);
    return json_response(200, conventions_.brief_delete
                                  ? said("message", "File deleted successfully")
                                  : said("detail", "File " + row.name + " deleted successfully"));
}

}  // namespace ferry::mock::langflow
