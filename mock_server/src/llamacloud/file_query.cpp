// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/file_query.hpp"

#include "core/scalars.hpp"
#include "http/text.hpp"

#include <algorithm>
#include <array>

namespace ferry::mock::llamacloud {
namespace {

constexpr std::array<std::string_view, 8> columns{
    "id", "name", "created_at", "last_modified_at", "file_type", "expires_at", "external_file_id", "purpose"};

/// The newer pages: one of three names, each with its fixed direction.
std::optional<sort_order> parse_single(std::string const& text) {
    if (text == "name" || text == "id") return sort_order{{text, false}};
    if (text == "created_at") return sort_order{{text, true}};
    return std::nullopt;
}

/// The older grammar: a comma-separated list of names, each with ` desc` or nothing after it.
std::optional<sort_order> parse_list(std::string const& text) {
    sort_order order;
    std::string_view rest = text;
    while (!rest.empty()) {
        auto const comma = rest.find(',');
        std::string_view item = trim(rest.substr(0, comma));
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
        bool const descending = item.size() > 5 && equal_ignoring_case(item.substr(item.size() - 5), " desc");
        if (descending) item = trim(item.substr(0, item.size() - 5));
        if (std::find(columns.begin(), columns.end(), item) == columns.end()) return std::nullopt;
        order.push_back({std::string(item), descending});
    }
    return order;
}

}  // namespace

std::optional<sort_order> parse_order(std::string const& text, bool as_list) {
    return as_list ? parse_list(text) : parse_single(text);
}

sort_key key_of(file const& item, sort_order const& order) {
    sort_key key;
    for (sort_column const& column : order) {
        sort_value value{0, {}, column.descending};
        if (column.name == "id") value.text = item.id;
        if (column.name == "name") value.text = item.name;
        if (column.name == "created_at" || column.name == "last_modified_at")
            value.number = column.name == "created_at" ? item.created : item.modified;
        if (column.name == "expires_at") value.number = item.expires.value_or(0);
        if (column.name == "file_type")
            value.text = item.name.substr((std::min)(item.name.rfind('.'), item.name.size()));
        if (column.name == "external_file_id") value.text = item.external_id.value_or("");
        if (column.name == "purpose") value.text = item.purpose.value_or("");
        key.push_back(std::move(value));
    }
    return key;
}

bool file_query::accepts(file const& item) const {
    if (nothing_matches || (only_manually_uploaded && item.data_source)) return false;
    if (data_source && data_source != item.data_source) return false;
    if (ids && std::find(ids->begin(), ids->end(), item.id) == ids->end()) return false;
    return (!name || *name == item.name) && (!external_id || external_id == item.external_id);
}

std::string file_query::fingerprint(std::string const& project) const {
    json::array parts{"files", project, nothing_matches, only_manually_uploaded, ids.has_value()};
    for (std::string const& id : ids.value_or(std::vector<std::string>{})) parts.push_back(json::value(id));
    for (auto const* const text : {&name, &external_id, &data_source, &order_by})
        parts.push_back(text_or_null(*text));
    return to_text(parts);
}

}  // namespace ferry::mock::llamacloud
