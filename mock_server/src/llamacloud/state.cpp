// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// LlamaCloud's accounts, files, directories and entries as a JSON document, and back.
#include "core/document.hpp"
#include "core/scalars.hpp"
#include "llamacloud/store.hpp"

#include <array>

namespace ferry::mock::llamacloud {
namespace {

constexpr std::array<std::string_view, 2> roles{"editor", "viewer"};
constexpr std::array<std::string_view, 3> directory_types{"user", "index", "ephemeral"};

json::value time_or_null(std::optional<std::int64_t> const& micros) {
    return micros ? json::value(utc_text(*micros)) : json::value(nullptr);
}

std::string uuid(document& source, std::string_view name) {
    std::optional<std::string> value = parse_uuid(source.text(name));
    if (!value) source.refuse(name, "must be a UUID");
    return *std::move(value);
}

template <std::size_t N>
std::string choice(document& source, std::string_view name, std::array<std::string_view, N> const& choices) {
    std::string value = source.text_if(name).value_or(std::string(choices.front()));
    std::string all;
    for (std::string_view const known : choices) {
        if (known == value) return value;
        all += (all.empty() ? "" : ", ") + std::string(known);
    }
    source.refuse(name, "must be one of " + all);
}

json::object metadata(document& source, std::string_view name) {
    json::object value = source.object_if(name).value_or(json::object());
    for (auto const& member : value) {
        if (!is_metadata_value(member.value()))
            source.refuse(name, "has a value that is no string, number, boolean, null or list of strings");
    }
    return value;
}

json::value map_or_null(document& source, std::string_view name) {
    auto map = source.object_if(name);
    return map ? json::value(*std::move(map)) : json::value(nullptr);
}

json::object to_json(account const& item) {
    json::object result{{"name", item.name}, {"key", item.key}};
    result["session"] = item.session;
    result["project_id"] = item.project;
    result["organization_id"] = item.organization;
    result["role"] = roles[item.read_only ? 1 : 0];
    result["disabled"] = item.disabled;
    return result;
}

account account_from(document& source) {
    account item;
    item.name = source.text("name");
    item.key = source.text("key");
    item.session = source.text_if("session").value_or("");
    item.project = uuid(source, "project_id");
    item.organization = uuid(source, "organization_id");
    item.read_only = choice(source, "role", roles) == "viewer";
    item.disabled = source.flag_if("disabled").value_or(false);
    return item;
}

json::object to_json(file const& item, std::uint64_t largest_content) {
    json::object result{{"id", item.id}, {"name", item.name}};
    result["project_id"] = item.project;
    result["external_file_id"] = text_or_null(item.external_id);
    result["purpose"] = text_or_null(item.purpose);
    result["data_source_id"] = text_or_null(item.data_source);
    result["resource_info"] = item.resource_info;
    result["permission_info"] = item.permission_info;
    result["created_at"] = utc_text(item.created);
    result["modified_at"] = utc_text(item.modified);
    result["expires_at"] = time_or_null(item.expires);
    if (!item.pending) result["content"] = content_to_json(item.content, largest_content);
    result["pending"] = item.pending;
    result["announced_size"] = item.announced_size;
    return result;
}

file file_from(document& source, environment& shared) {
    file item;
    item.id = uuid(source, "id");
    item.name = source.text("name");
    if (item.name.empty()) source.refuse("name", "must not be empty");
    item.project = uuid(source, "project_id");
    item.external_id = source.text_if("external_file_id");
    item.purpose = source.text_if("purpose");
    if (auto const data_source = source.text_if("data_source_id"))
        item.data_source = uuid(source, "data_source_id");
    item.resource_info = map_or_null(source, "resource_info");
    item.permission_info = map_or_null(source, "permission_info");
    item.created = source.time_if("created_at").value_or(shared.clock.now());
    item.modified = source.time_if("modified_at").value_or(item.created);
    item.pending = source.flag_if("pending").value_or(false);
    if (auto const size = source.integer_if("announced_size")) item.announced_size = *size;
    item.expires = source.time_if("expires_at");
    json::value const* const content = source.any("content");
    if (item.pending && content == nullptr) return item;
    if (content == nullptr) source.refuse("content", "is missing; it must be an object with text or base64");
    document bytes(*content, source.where("content"));
    item.content = content_from_json(bytes, shared.scratch);
    return item;
}

json::object to_json(directory const& item) {
    json::object result{{"id", item.id}, {"project_id", item.project}};
    result["name"] = item.name;
    result["description"] = text_or_null(item.description);
    result["type"] = item.type;
    result["connector_subscription_id"] = text_or_null(item.connector);
    result["system_metadata"] = item.system_metadata;
    result["created_at"] = utc_text(item.created);
    result["updated_at"] = utc_text(item.updated);
    result["expires_at"] = time_or_null(item.expires);
    result["deleted_at"] = time_or_null(item.deleted);
    return result;
}

directory directory_from(document& source, environment& shared) {
    directory item;
    item.id = source.text("id");
    item.project = uuid(source, "project_id");
    item.name = source.text("name");
    if (item.name.empty()) source.refuse("name", "must not be empty");
    item.description = source.text_if("description");
    item.type = choice(source, "type", directory_types);
    item.connector = source.text_if("connector_subscription_id");
    if (auto system = source.object_if("system_metadata")) item.system_metadata = *std::move(system);
    item.created = source.time_if("created_at").value_or(shared.clock.now());
    item.updated = source.time_if("updated_at").value_or(item.created);
    item.expires = source.time_if("expires_at");
    item.deleted = source.time_if("deleted_at");
    return item;
}

json::object to_json(directory_file const& item) {
    json::object result{{"id", item.id}, {"project_id", item.project}};
    result["directory_id"] = item.directory;
    result["unique_id"] = item.unique_id;
    result["display_name"] = item.display_name;
    result["file_id"] = item.file;
    result["source_metadata"] = item.source_metadata;
    result["metadata"] = item.metadata;
    result["created_at"] = utc_text(item.created);
    result["updated_at"] = utc_text(item.updated);
    result["deleted_at"] = time_or_null(item.deleted);
    return result;
}

directory_file entry_from(document& source, environment& shared) {
    directory_file item;
    item.id = source.text("id");
    item.project = uuid(source, "project_id");
    item.directory = source.text("directory_id");
    item.unique_id = source.text("unique_id");
    item.display_name = source.text("display_name");
    for (std::string_view const name : {"unique_id", "display_name"}) {
        if (source.text(name).empty()) source.refuse(name, "must not be empty");
    }
    item.file = source.text("file_id");
    item.source_metadata = metadata(source, "source_metadata");
    item.metadata = metadata(source, "metadata");
    item.created = source.time_if("created_at").value_or(shared.clock.now());
    item.updated = source.time_if("updated_at").value_or(item.created);
    item.deleted = source.time_if("deleted_at");
    return item;
}

/// Writes what has an id of its own.
template <class Items, class Write>
json::array list(Items const& items, Write write) {
    json::array result;
    for (auto const& [id, item] : items) result.push_back(write(item));
    return result;
}

/// Reads a list of what has an id of its own.
template <class Item, class Read>
std::map<std::string, Item, std::less<>> by_id(std::vector<document> list, Read read) {
    std::map<std::string, Item, std::less<>> result;
    for (document& source : list) {
        Item item = read(source);
        source.finish();
        std::string id = item.id;
        if (id.empty()) source.refuse("id", "must not be empty");
        if (!result.emplace(id, std::move(item)).second) source.refuse("id", "is another item's, too");
    }
    return result;
}

}  // namespace

json::object store::state(std::uint64_t largest_content) {
    std::lock_guard const lock(mutex);
    retire(shared_.clock.now());
    json::object result;
    json::array& people = result["accounts"].emplace_array();
    for (account const& item : accounts) people.push_back(to_json(item));
    result["files"] = list(files, [&](file const& item) { return to_json(item, largest_content); });
    result["directories"] = list(directories, [](directory const& item) { return to_json(item); });
    result["directory_files"] = list(entries, [](directory_file const& item) { return to_json(item); });
    return result;
}

void store::load(document source) {
    std::vector<account> people;
    if (source.any("accounts") == nullptr) people = initial_accounts();
    for (document& item : source.list("accounts")) {
        people.push_back(account_from(item));
        item.finish();
    }
    auto new_files =
        by_id<file>(source.list("files"), [&](document& item) { return file_from(item, shared_); });
    auto new_directories = by_id<directory>(source.list("directories"),
                                            [&](document& item) { return directory_from(item, shared_); });
    auto new_entries = by_id<directory_file>(source.list("directory_files"), [&](document& item) {
        directory_file entry = entry_from(item, shared_);
        if (!new_directories.contains(entry.directory))
            item.refuse("directory_id", "names no directory of this document");
        return entry;
    });
    source.finish();

    std::lock_guard const lock(mutex);
    accounts = std::move(people);
    files = std::move(new_files);
    directories = std::move(new_directories);
    entries = std::move(new_entries);
    deleted_ids_.clear();
    next_expiry_ = 0;  // let the next request look
}

}  // namespace ferry::mock::llamacloud
