// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/text.hpp"
#include "llamacloud/context.hpp"
#include "llamacloud/refusals.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace ferry::mock::llamacloud {
namespace {

json::object metadata_member(json::object const& body) {
    json::value const* const metadata = body.if_contains("metadata");
    return metadata != nullptr && metadata->is_object() ? metadata->get_object() : json::object{};
}

bool contains_folded(std::string_view text, std::string_view part) {
    return lower_case(text).find(lower_case(part)) != std::string::npos;
}

/// The ids that the observed service takes as body of a list request.
std::vector<std::string> listed_ids(call const& current) {
    std::vector<std::string> ids;
    if (!current.values.body.is_array()) return ids;
    for (json::value const& id : current.values.body.get_array()) ids.emplace_back(id.get_string());
    return ids;
}

sort_key by_creation(directory_file const& item) {
    return {{item.created, {}, true}};
}

/// The upload's `metadata` part: a JSON object written into one text part.
json::object metadata_part(context& in, call const& current) {
    std::optional<std::string> const text = current.part_text("metadata");
    if (!text) return {};
    auto const refuse = [&](std::string const& why) {
        return unusable(in.decisions.metadata_status, {"body", "metadata"}, "Invalid metadata: " + why,
                        *text);
    };
    std::optional<json::value> const parsed = parse_json(*text);
    if (!parsed) throw refuse("not valid JSON.");
    if (parsed->is_null()) return {};
    if (!parsed->is_object()) throw refuse("expected a JSON object.");
    for (auto const& member : parsed->get_object()) {
        if (is_metadata_value(member.value())) continue;
        throw refuse("the value of '" + std::string(member.key()) +
                     "' must be a string, number, boolean, null or list of strings.");
    }
    return parsed->get_object();
}

void require_free(context& in, std::string const& directory_id, std::string const& unique_id,
                  std::string const& except) {
    if (!in.decisions.unique_ids_conflict) return;
    for (auto const& [id, entry] : in.store.entries) {
        if (entry.directory != directory_id || entry.unique_id != unique_id || entry.deleted || id == except)
            continue;
        http_error conflict(409, json::value("A file with unique_id '" + unique_id +
                                             "' already exists in directory " + directory_id));
        if (in.decisions.conflict_forbids_retry) conflict.response.with("x-should-retry", "false");
        throw http_error(std::move(conflict));
    }
}

directory_file& insert_entry(context& in, directory const& home, file const& target,
                             std::optional<std::string> unique_id, std::optional<std::string> display_name,
                             json::object metadata) {
    directory_file entry;
    entry.id = (in.decisions.prefixed_ids ? "dfl-" : "") + in.shared.ids.uuid();
    entry.project = home.project;
    entry.directory = home.id;
    entry.unique_id = unique_id.value_or(target.external_id.value_or(target.name));
    entry.display_name = display_name.value_or(target.name);
    entry.file = target.id;
    entry.metadata = std::move(metadata);
    entry.created = entry.updated = in.shared.clock.now();
    return in.store.entries.emplace(entry.id, entry).first->second;
}

http_response add_directory_file(context& in, call& current) {
    account const& owner = in.access.caller(current);
    directory const& home = in.access.require_directory(owner, current.path("directory_id"));
    json::object const& body = current.body();
    file const& target =
        in.access.require_file(owner, private_file_id(in.decisions, *text_member(body, "file_id")));
    auto const unique_id = text_member(body, "unique_id");
    require_free(in, home.id, unique_id.value_or(target.external_id.value_or(target.name)), "");
    directory_file const& entry =
        insert_entry(in, home, target, unique_id, text_member(body, "display_name"), metadata_member(body));
    return json_response(201, in.view.describe(entry, current.request, false));
}

http_response upload_directory_file(context& in, call& current) {
    account const& owner = in.access.caller(current);
    directory const& home = in.access.require_directory(owner, current.path("directory_id"));
    form_part const& upload = *current.part("upload_file");
    json::object metadata = metadata_part(in, current);
    auto const external_id = current.part_text("external_file_id");
    auto const unique_id = current.part_text("unique_id");
    require_free(in, home.id, unique_id.value_or(external_id.value_or(upload.filename)), "");
    auto const expires = in.decisions.ephemeral_uploads_expire ? home.expires : std::nullopt;
    file const& stored =
        store_file(in, current, owner, upload, {.external_id = external_id, .expires = expires});
    directory_file const& entry =
        insert_entry(in, home, stored, unique_id, current.part_text("display_name"), std::move(metadata));
    return json_response(201, in.view.describe(entry, current.request, false));
}

http_response list_directory_files(context& in, call& current) {
    directory const& home = in.access.directory_of(current);
    auto const display_name = current.query("display_name");
    auto const contains = current.query("display_name_contains");
    auto const unique_id = current.query("unique_id");
    auto const file_id = current.query("file_id");
    auto const from = current.query_time("updated_at_on_or_after");
    auto const to = current.query_time("updated_at_on_or_before");
    bool const include_deleted = current.query_flag("include_deleted");
    auto const contained = [&](std::string const& name) {
        return in.decisions.contains_ignores_case ? contains_folded(name, *contains)
                                                  : name.find(*contains) != std::string::npos;
    };
    std::vector<std::string> const ids = listed_ids(current);
    std::vector<directory_file const*> matching;
    for (auto const& [id, entry] : in.store.entries) {
        if (entry.directory != home.id || (entry.deleted && !include_deleted)) continue;
        if (display_name && *display_name != entry.display_name) continue;
        if (contains && !contained(entry.display_name)) continue;
        if (unique_id && *unique_id != entry.unique_id) continue;
        if (file_id && *file_id != entry.file) continue;
        if ((from && entry.updated < *from) || (to && entry.updated > *to)) continue;
        if (!ids.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) continue;
        matching.push_back(&entry);
    }
    json::array filters{"entries", home.id, include_deleted, from.value_or(-1), to.value_or(-1)};
    for (auto const* const text : {&display_name, &contains, &unique_id, &file_id})
        filters.push_back(text_or_null(*text));
    for (std::string const& id : ids) filters.push_back(json::value(id));
    page_request wanted{.filters = to_text(filters)};
    wanted.token = current.query("page_token");
    wanted.size = in.pages.size_of(current);
    bool const with_urls = in.view.wants_url(current);
    return in.pages.answer(wanted, std::move(matching), &by_creation, [&](directory_file const& entry) {
        return in.view.describe(entry, current.request, with_urls);
    });
}

http_response update_directory_file(context& in, call& current) {
    account const& owner = in.access.caller(current);
    directory const& home = in.access.require_directory(owner, current.path("directory_id"));
    directory_file& entry = in.access.require_entry(home, current.path("directory_file_id"));
    json::object const& body = current.body();
    std::string const unique_id = text_member(body, "unique_id").value_or(entry.unique_id);
    std::string destination = home.id;
    if (auto const target = text_member(body, "target_directory_id"))
        destination = in.access.require_directory(owner, *target).id;
    require_free(in, destination, unique_id, entry.id);

    entry.directory = destination;
    entry.unique_id = unique_id;
    entry.display_name = text_member(body, "display_name").value_or(entry.display_name);
    if (body.contains("metadata"))
        entry.metadata = metadata_member(body);  // replaces, does not merge; null empties it
    entry.updated = in.shared.clock.now();
    return json_response(200, in.view.describe(entry, current.request, false));
}

http_response bulk_delete(context& in, call& current) {
    directory const& home = in.access.directory_of(current);
    std::vector<directory_file*> doomed;  // all or nothing
    std::set<std::string> seen;
    for (json::value const& id : current.body().at("directory_file_ids").as_array()) {
        if (seen.insert(std::string(id.get_string())).second)
            doomed.push_back(&in.access.require_entry(home, std::string(id.get_string())));
    }
    std::int64_t const now = in.shared.clock.now();
    for (directory_file* const entry : doomed) in.store.remove_entry(*entry, now);
    return empty_response(204);
}

}  // namespace

void offer_directory_files(api& to, context& with) {
    offer(to, with, "directories.files.add", add_directory_file);
    offer(to, with, "directories.files.upload", upload_directory_file);
    offer(to, with, "directories.files.list", list_directory_files);
    offer(to, with, "directories.files.get", [](context& in, call& c) {
        directory const& home = in.access.directory_of(c);
        directory_file const& entry = in.access.require_entry(home, c.path("directory_file_id"));
        return json_response(200, in.view.describe(entry, c.request, in.view.wants_url(c)));
    });
    offer(to, with, "directories.files.update", update_directory_file);
    offer(to, with, "directories.files.delete", [](context& in, call& c) {
        directory const& home = in.access.directory_of(c);
        std::string const id = c.path("directory_file_id");
        return in.store.deleted(
            id, [&] { in.store.remove_entry(in.access.require_entry(home, id), in.shared.clock.now()); });
    });
    offer(to, with, "directories.files.bulk_delete", bulk_delete);
}

}  // namespace ferry::mock::llamacloud
