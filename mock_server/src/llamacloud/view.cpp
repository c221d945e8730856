// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/view.hpp"

#include "llamacloud/access.hpp"
#include "llamacloud/refusals.hpp"

#include <algorithm>
#include <array>

namespace ferry::mock::llamacloud {

namespace {

/// What follows the last dot of a name.
json::value extension_or_null(std::string const& name) {
    auto const dot = name.rfind('.');
    if (dot == std::string::npos || dot + 1 == name.size()) return nullptr;
    return json::value(name.substr(dot + 1));
}

}  // namespace

view::view(environment& shared, store const& things, signed_urls const& urls)
    : shared_(shared), decisions_(shared.options.llamacloud.decisions), things_(things), urls_(urls) {}

json::object view::describe(file const& item, http_request const& request, bool with_url) const {
    json::object result;
    result["id"] = public_file_id(decisions_, item.id);
    result["name"] = item.name;
    result["project_id"] = item.project;
    result["external_file_id"] = text_or_null(item.external_id);
    result["file_type"] = extension_or_null(item.name);
    result["last_modified_at"] = time(item.modified);
    result["expires_at"] = time(item.expires);
    result["purpose"] = text_or_null(item.purpose);
    result["download_url"] = link_or_null(&item, request, with_url);
    return finished(std::move(result));
}

json::object view::describe(directory const& item) const {
    json::object result;
    result["id"] = item.id;
    result["project_id"] = item.project;
    result["name"] = item.name;
    result["description"] = text_or_null(item.description);
    result["type"] = item.type;
    result["connector_subscription_id"] = text_or_null(item.connector);
    result["expires_at"] = time(item.expires);
    result["system_metadata"] = item.system_metadata;
    result["created_at"] = time(item.created);
    result["updated_at"] = time(item.updated);
    result["deleted_at"] = time(item.deleted);
    return finished(std::move(result));
}

json::object view::describe(directory_file const& item, http_request const& request, bool with_url) const {
    json::object metadata = item.source_metadata;
    for (auto const& member : item.metadata) metadata[member.key()] = member.value();
    json::object result;
    result["id"] = item.id;
    result["project_id"] = item.project;
    result["directory_id"] = item.directory;
    result["unique_id"] = item.unique_id;
    result["display_name"] = item.display_name;
    result["file_id"] = public_file_id(decisions_, item.file);
    result["metadata"] = std::move(metadata);
    auto const target = things_.files.find(item.file);
    result["download_url"] =
        link_or_null(target == things_.files.end() ? nullptr : &target->second, request, with_url);
    result["created_at"] = time(item.created);
    result["updated_at"] = time(item.updated);
    result["deleted_at"] = time(item.deleted);
    return finished(std::move(result));
}

json::object view::describe_legacy(file const& item) const {
    json::object result;
    result["id"] = public_file_id(decisions_, item.id);
    result["created_at"] = time(item.created);
    result["updated_at"] = time(item.modified);
    result["name"] = item.name;
    result["external_file_id"] = text_or_null(item.external_id);
    result["file_size"] = item.pending ? json::value(item.announced_size) : json::value(item.content.size());
    result["file_type"] = extension_or_null(item.name);
    result["project_id"] = item.project;
    result["last_modified_at"] = time(item.modified);
    result["resource_info"] = item.resource_info;
    result["permission_info"] = item.permission_info;
    result["data_source_id"] = text_or_null(item.data_source);
    result["expires_at"] = time(item.expires);
    result["purpose"] = text_or_null(item.purpose);
    return finished(std::move(result));
}

/// Of bytes that are there.
json::value view::link_or_null(file const* item, http_request const& request, bool wanted) const {
    if (!wanted || item == nullptr || item->expired || item->pending) return nullptr;
    return signed_url(*item, request, decisions_.link_lifetime_s);
}

json::object view::signed_url(file const& item, http_request const& request, std::int64_t seconds,
                              signed_urls::purpose good_for) const {
    constexpr std::int64_t longest = std::int64_t{1} << 33U;  // keeps the year below 9999
    std::int64_t const expires = shared_.clock.now() / second + std::clamp(seconds, -longest, longest);
    json::object result;
    result["url"] = urls_.make(request.origin(), item.id, item.name, expires, good_for);
    result["expires_at"] = time(expires * second);
    result["form_fields"] = nullptr;  // only uploads by POST have some
    return finished(std::move(result));
}

json::object view::finished(json::object item) const {
    if (!decisions_.omit_nulls) return item;
    json::object result;
    for (auto& member : item) {
        if (!member.value().is_null()) result.emplace(member.key(), std::move(member.value()));
    }
    return result;
}

json::value view::time(std::optional<std::int64_t> const& micros) const {
    if (!micros) return nullptr;
    std::string text = utc_text(*micros);
    if (decisions_.millisecond_times) text.erase(text.size() - 4, 3);
    return json::value(text);
}

bool view::wants_url(call const& current) const {
    static constexpr std::array<std::string_view, 1> known{"download_url"};
    bool result = false;
    std::size_t index = 0;
    for (std::string const& word : current.query_list("expand")) {
        if (word == known.front()) {
            result = true;
        } else if (decisions_.refuse_unknown_expand) {
            throw not_one_of(known, {"query", "expand", index}, word);
        }
        ++index;
    }
    return result;
}

}  // namespace ferry::mock::llamacloud
