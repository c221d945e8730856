// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// LlamaCloud's accounts, files and directories as a JSON document, and back.
#include "service.hpp"

namespace ferry::mock::llamacloud {
namespace {

json::object to_json(account const& item) {
    json::object result{{"name", item.name}, {"key", item.key}};
    result["project_id"] = item.project;
    result["organization_id"] = item.organization;
    return result;
}

account account_from(document source) {
    account item{source.text("name"), source.text("key"), source.text("project_id"),
                 source.text("organization_id")};
    source.finish();
    return item;
}

json::object to_json(file const& item, std::uint64_t largest_content) {
    json::object result{{"id", item.id}, {"name", item.name}};
    result["project_id"] = item.project;
    result["external_file_id"] = text_or_null(item.external_id);
    result["purpose"] = text_or_null(item.purpose);
    result["created_at"] = utc_text(item.created);
    result["expires_at"] = time_or_null(item.expires);
    result["content"] = content_to_json(item.content, largest_content);
    return result;
}

file file_from(document source, environment& shared) {
    file item;
    item.id = source.text("id");
    item.name = source.text("name");
    item.project = source.text("project_id");
    item.external_id = source.text_if("external_file_id");
    item.purpose = source.text_if("purpose");
    item.created = source.time_if("created_at").value_or(shared.clock.now());
    item.expires = source.time_if("expires_at");
    json::value const* const content = source.any("content");
    if (content == nullptr) source.refuse("content", "is missing; it must be an object with text or base64");
    document bytes(*content, source.where("content"));
    item.content = content_from_json(bytes, shared.scratch);
    source.finish();
    return item;
}

json::object to_json(directory const& item) {
    json::object result{{"id", item.id}, {"project_id", item.project}};
    result["name"] = item.name;
    result["description"] = text_or_null(item.description);
    result["type"] = item.type;
    result["data_source_id"] = text_or_null(item.connector);
    result["system_metadata"] = item.system_metadata;
    result["created_at"] = utc_text(item.created);
    result["updated_at"] = utc_text(item.updated);
    result["expires_at"] = time_or_null(item.expires);
    result["deleted_at"] = time_or_null(item.deleted);
    return result;
}

directory directory_from(document source, environment& shared) {
    directory item;
    item.id = source.text("id");
    item.project = source.text("project_id");
    item.name = source.text("name");
    item.description = source.text_if("description");
    item.type = source.text_if("type").value_or(item.type);
    item.connector = source.text_if("data_source_id");
    if (json::value const* const metadata = source.any("system_metadata")) item.system_metadata = *metadata;
    item.created = source.time_if("created_at").value_or(shared.clock.now());
    item.updated = source.time_if("updated_at").value_or(item.created);
    item.expires = source.time_if("expires_at");
    item.deleted = source.time_if("deleted_at");
    source.finish();
    return item;
}

json::object to_json(directory_file const& item) {
    json::object result{{"id", item.id}, {"project_id", item.project}};
    result["directory_id"] = item.directory;
    result["unique_id"] = item.unique_id;
    result["display_name"] = item.display_name;
    result["file_id"] = item.file;
    result["metadata"] = item.metadata;
    result["created_at"] = utc_text(item.created);
    result["updated_at"] = utc_text(item.updated);
    result["deleted_at"] = time_or_null(item.deleted);
    return result;
}

directory_file entry_from(document source, environment& shared) {
    directory_file item;
    item.id = source.text("id");
    item.project = source.text("project_id");
    item.directory = source.text("directory_id");
    item.unique_id = source.text("unique_id");
    item.display_name = source.text("display_name");
    item.file = source.text("file_id");
    item.metadata = source.object_if("metadata").value_or(json::object());
    item.created = source.time_if("created_at").value_or(shared.clock.now());
    item.updated = source.time_if("updated_at").value_or(item.created);
    item.deleted = source.time_if("deleted_at");
    source.finish();
    return item;
}

}  // namespace

json::object service::state(std::uint64_t largest_content) {
    std::lock_guard const lock(mutex_);
    json::array accounts;
    for (account const& item : accounts_) accounts.push_back(to_json(item));
    json::array files;
    for (auto const& [id, item] : files_) files.push_back(to_json(item, largest_content));
    json::array directories;
    for (auto const& [id, item] : directories_) directories.push_back(to_json(item));
    json::array entries;
    for (auto const& [id, item] : entries_) entries.push_back(to_json(item));
    json::object result;
    result["accounts"] = std::move(accounts);
    result["files"] = std::move(files);
    result["directories"] = std::move(directories);
    result["directory_files"] = std::move(entries);
    return result;
}

void service::load(document source) {
    std::vector<account> accounts =
        source.any("accounts") == nullptr ? initial_accounts() : std::vector<account>();
    for (document& item : source.list("accounts")) accounts.push_back(account_from(std::move(item)));
    decltype(files_) files;
    for (document& item : source.list("files")) {
        file one = file_from(std::move(item), shared_);
        files.emplace(std::string(one.id), one);
    }
    decltype(directories_) directories;
    for (document& item : source.list("directories")) {
        directory one = directory_from(std::move(item), shared_);
        directories.emplace(std::string(one.id), one);
    }
    decltype(entries_) entries;
    for (document& item : source.list("directory_files")) {
        directory_file one = entry_from(std::move(item), shared_);
        entries.emplace(std::string(one.id), one);
    }
    source.finish();

    std::lock_guard const lock(mutex_);
    accounts_ = std::move(accounts);
    files_ = std::move(files);
    directories_ = std::move(directories);
    entries_ = std::move(entries);
}

}  // namespace ferry::mock::llamacloud
