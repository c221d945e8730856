// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// LlamaCloud's accounts, files, directories and entries as a JSON document, and back.
#include "core/document.hpp"
#include "core/record.hpp"
#include "llamacloud/store.hpp"

#include <algorithm>
#include <array>

namespace ferry::mock::llamacloud {
namespace {

constexpr std::array<std::string_view, 2> roles{"editor", "viewer"};
constexpr std::array<std::string_view, 3> directory_types{"user", "index", "ephemeral"};

void metadata(record& with, std::string_view name, json::object& value) {
    with.object_if(name, value);
    bool const fits = std::all_of(value.begin(), value.end(),
                                  [](auto const& member) { return is_metadata_value(member.value()); });
    if (!fits) with.refuse(name, "has a value that is no string, number, boolean, null or list of strings");
}

}  // namespace

// Found by written() as what belongs to its argument, so not in a namespace without a name.

static void describe(record& with, account& item) {
    std::string role(roles[item.read_only ? 1 : 0]);
    with.text("name", item.name);
    with.text("key", item.key);
    with.text_if("session", item.session);
    with.uuid("project_id", item.project);
    with.uuid("organization_id", item.organization);
    with.choice_if("role", role, roles);
    with.flag_if("disabled", item.disabled);
    item.read_only = role == "viewer";
}

/// All but the content.
static void describe(record& with, file& item) {
    with.uuid("id", item.id);
    with.filled_text("name", item.name);
    with.uuid("project_id", item.project);
    with.text_if("external_file_id", item.external_id);
    with.text_if("purpose", item.purpose);
    with.uuid_if("data_source_id", item.data_source);
    with.object_if("resource_info", item.resource_info);
    with.object_if("permission_info", item.permission_info);
    with.time_if("created_at", item.created);
    if (with.reads()) item.modified = item.created;
    with.time_if("modified_at", item.modified);
    with.time_if("expires_at", item.expires);
    with.flag_if("pending", item.pending);
    with.integer_if("announced_size", item.announced_size);
}

static void describe(record& with, directory& item) {
    with.text("id", item.id);
    with.uuid("project_id", item.project);
    with.filled_text("name", item.name);
    with.text_if("description", item.description);
    with.choice_if("type", item.type, directory_types);
    with.text_if("connector_subscription_id", item.connector);
    with.object_if("system_metadata", item.system_metadata);
    with.time_if("created_at", item.created);
    if (with.reads()) item.updated = item.created;
    with.time_if("updated_at", item.updated);
    with.time_if("expires_at", item.expires);
    with.time_if("deleted_at", item.deleted);
}

static void describe(record& with, directory_file& item) {
    with.text("id", item.id);
    with.uuid("project_id", item.project);
    with.text("directory_id", item.directory);
    with.filled_text("unique_id", item.unique_id);
    with.filled_text("display_name", item.display_name);
    with.text("file_id", item.file);
    metadata(with, "source_metadata", item.source_metadata);
    metadata(with, "metadata", item.metadata);
    with.time_if("created_at", item.created);
    if (with.reads()) item.updated = item.created;
    with.time_if("updated_at", item.updated);
    with.time_if("deleted_at", item.deleted);
}

namespace {

json::object to_json(file const& item, std::uint64_t largest_content) {
    json::object result = written(item, true);
    if (!item.pending) result["content"] = content_to_json(item.content, largest_content);
    return result;
}

void read_content(document& source, file& item, environment& shared) {
    json::value const* const content = source.any("content");
    if (item.pending && content == nullptr) return;
    if (content == nullptr) source.refuse("content", "is missing; it must be an object with text or base64");
    document bytes(*content, source.where("content"));
    item.content = content_from_json(bytes, shared.scratch);
}

/// Writes what has an id of its own.
template <class Items, class Write>
json::array list(Items const& items, Write write) {
    json::array result;
    for (auto const& [id, item] : items) result.push_back(write(item));
    return result;
}

/// Reads a list of what has an id of its own; `finish` looks at each.
template <class Item, class Finish>
std::map<std::string, Item, std::less<>> by_id(std::vector<document> list, std::int64_t now, Finish finish) {
    std::map<std::string, Item, std::less<>> result;
    for (document& source : list) {
        Item item;
        item.created = now;
        record with(source);
        describe(with, item);
        finish(source, item);
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
    for (account const& item : accounts) people.push_back(written(item, true));
    result["files"] = list(files, [&](file const& item) { return to_json(item, largest_content); });
    result["directories"] = list(directories, [](directory const& item) { return written(item, true); });
    result["directory_files"] = list(entries, [](directory_file const& item) { return written(item, true); });
    return result;
}

void store::load(document source) {
    std::int64_t const now = shared_.clock.now();
    std::vector<account> people;
    if (source.any("accounts") == nullptr) people = initial_accounts();
    for (document& item : source.list("accounts")) {
        record with(item);
        describe(with, people.emplace_back());
        item.finish();
    }
    auto new_files = by_id<file>(source.list("files"), now,
                                 [&](document& from, file& item) { read_content(from, item, shared_); });
    auto new_directories =
        by_id<directory>(source.list("directories"), now, [](document&, directory const&) {});
    auto new_entries = by_id<directory_file>(
        source.list("directory_files"), now, [&](document& from, directory_file const& item) {
            if (!new_directories.contains(item.directory))
                from.refuse("directory_id", "names no directory of this document");
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
