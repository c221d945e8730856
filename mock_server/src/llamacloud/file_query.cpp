// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "file_query.hpp"

#include <algorithm>
#include <array>

#include "../core/scalars.hpp"
#include "refusals.hpp"

namespace ferry::mock::llamacloud {
namespace {

constexpr std::int64_t default_page = 50;
constexpr std::int64_t largest_page = 1000;

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

std::vector<std::string> canonical(std::vector<std::string> ids) {
    for (std::string& id : ids) id = parse_uuid(id).value_or(id);
    return ids;
}

/// A number, or a text that validation found to be one.
std::int64_t integer_of(json::value const& value) {
    if (value.is_string()) return parse_integer(value.get_string()).value_or(default_page);
    if (value.is_bool()) return value.get_bool() ? 1 : 0;
    if (value.is_double()) return static_cast<std::int64_t>(value.get_double());
    return value.is_uint64() ? largest_page : value.get_int64();
}

/// A boolean, a number or a text that validation found to be one.
bool is_true(json::value const& value) {
    if (value.is_string()) return parse_boolean(value.get_string()).value_or(false);
    return value.is_bool() ? value.get_bool() : value.is_number() && value.to_number<double>() != 0;
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

void tolerate_ids(json::value& body, llamacloud_decisions const& decisions) {
    constexpr std::string_view prefix = "dfl-";
    if (!decisions.dfl_file_ids || !body.is_object()) return;
    json::value* const filter = body.get_object().if_contains("filter");
    if (filter == nullptr || !filter->is_object()) return;
    json::value* const ids = filter->get_object().if_contains("file_ids");
    if (ids == nullptr || !ids->is_array()) return;
    for (json::value& id : ids->get_array()) {
        if (!id.is_string()) continue;
        std::string_view const text = id.get_string();
        if (text.substr(0, prefix.size()) == prefix)
            id = json::value(std::string(text.substr(prefix.size())));
    }
}

http_response service::list_files(call& current) {
    file_query query;
    if (std::vector<std::string> ids = current.query_list("file_ids"); !ids.empty())
        query.ids = canonical(std::move(ids));
    query.name = current.query("file_name");
    query.external_id = current.query("external_file_id");
    query.order_by = current.query("order_by");
    query.order_is_list = rows().order_by_is_list;
    query.page.token = current.query("page_token");
    query.page.size = static_cast<std::size_t>(current.query_integer("page_size").value_or(default_page));
    return answer(current, caller(current), query, wants_url(current));
}

/// Its page_size declares no bounds, so nothing is refused; its order_by is a list in all sources.
http_response service::query_files(call& current) {
    account const& owner = caller(current);
    json::object const& body = current.body();
    file_query query;
    query.order_by = text_member(body, "order_by");
    query.order_is_list = true;
    query.page.place = "body";
    query.page.token = text_member(body, "page_token");
    if (json::value const* const size = body.if_contains("page_size"); size != nullptr && !size->is_null()) {
        std::int64_t const asked = integer_of(*size);
        query.page.size = static_cast<std::size_t>(std::clamp(asked, std::int64_t{1}, largest_page));
    }
    if (json::value const* const member = body.if_contains("filter");
        member != nullptr && member->is_object()) {
        json::object const& filter = member->get_object();
        query.name = text_member(filter, "file_name");
        query.external_id = text_member(filter, "external_file_id");
        if (json::value const* const ids = filter.if_contains("file_ids");
            ids != nullptr && ids->is_array()) {
            query.ids.emplace();
            for (json::value const& id : ids->get_array()) query.ids->emplace_back(id.get_string());
            query.ids = canonical(*std::move(query.ids));
        }
        auto const project = text_member(filter, "project_id");
        query.nothing_matches = project && parse_uuid(*project) != owner.project;
        if (auto const source = text_member(filter, "data_source_id"))
            query.data_source = parse_uuid(*source);
        json::value const* const by_hand = filter.if_contains("only_manually_uploaded");
        query.only_manually_uploaded = by_hand != nullptr && is_true(*by_hand);
    }
    return answer(current, owner, query, false);
}

http_response service::answer(call& current, account const& owner, file_query const& query, bool with_urls) {
    bool const chosen = query.order_by && !query.order_by->empty();
    std::string const& text = chosen ? *query.order_by : decisions().default_order;
    std::optional<sort_order> const order = parse_order(text, chosen && query.order_is_list);
    if (!order) {
        throw unusable(decisions().order_by_status, {query.page.place, "order_by"},
                       "Invalid order_by '" + text + "'. " +
                           (query.order_is_list
                                ? "Use a comma-separated list of fields, each optionally followed by desc."
                                : "Use name, id or created_at."),
                       text);
    }
    page_request wanted = query.page;
    wanted.filters = query.fingerprint(owner.project);
    std::vector<file const*> matching;
    for (auto const& [id, item] : files_) {
        if (item.project == owner.project && is_visible(item) && query.accepts(item))
            matching.push_back(&item);
    }
    return pages_.answer(
        wanted, std::move(matching), [&](file const& item) { return key_of(item, *order); },
        [&](file const& item) { return describe(item, current.request, with_urls); });
}

}  // namespace ferry::mock::llamacloud
