// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/context.hpp"

#include "core/scalars.hpp"
#include "llamacloud/file_query.hpp"
#include "llamacloud/profiles.hpp"
#include "llamacloud/refusals.hpp"

#include <algorithm>
#include <array>

namespace ferry::mock::llamacloud {
namespace {

constexpr std::array<std::string_view, 7> purposes{"user_data", "parse", "extract",  "classify",
                                                   "split",     "sheet", "agent_app"};
constexpr std::int64_t default_page = 50;
constexpr std::int64_t largest_page = 1000;

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

http_response create_file(context& in, call& current) {
    account const& owner = in.access.caller(current);
    std::string const purpose = current.part_text("purpose").value_or("");
    bool const known = std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
    if (!known && in.decisions.strict_purpose) throw not_one_of(purposes, {"body", "purpose"}, purpose);
    std::optional<std::int64_t> expires;
    if (purpose == "parse" && in.decisions.parse_lifetime_s != 0)
        expires = in.shared.clock.now() + in.decisions.parse_lifetime_s * second;
    file const& stored = store_file(in, current, owner, *current.part("file"),
                                    {current.part_text("external_file_id"), purpose, expires});
    return json_response(201, in.view.describe(stored, current.request, false));
}

http_response answer(context& in, call const& current, account const& owner, file_query const& query,
                     bool with_urls) {
    bool const chosen = query.order_by && !query.order_by->empty();
    std::string const& text = chosen ? *query.order_by : in.decisions.default_order;
    std::optional<sort_order> const order = parse_order(text, chosen && query.order_is_list);
    if (!order) {
        throw unusable(in.decisions.order_by_status, {query.page.place, "order_by"},
                       "Invalid order_by '" + text + "'. " +
                           (query.order_is_list
                                ? "Use a comma-separated list of fields, each optionally followed by desc."
                                : "Use name, id or created_at."),
                       text);
    }
    page_request wanted = query.page;
    wanted.filters = query.fingerprint(owner.project);
    std::vector<file const*> matching;
    for (auto const& [id, item] : in.store.files) {
        if (item.project == owner.project && in.store.is_visible(item) && query.accepts(item))
            matching.push_back(&item);
    }
    return in.pages.answer(
        wanted, std::move(matching), [&](file const& item) { return key_of(item, *order); },
        [&](file const& item) { return in.view.describe(item, current.request, with_urls); });
}

http_response list_files(context& in, call& current) {
    file_query query;
    if (std::vector<std::string> ids = current.query_list("file_ids"); !ids.empty())
        query.ids = canonical(std::move(ids));
    query.name = current.query("file_name");
    query.external_id = current.query("external_file_id");
    query.order_by = current.query("order_by");
    query.order_is_list = rows_of(in.shared.options.profile).order_by_is_list;
    query.page.token = current.query("page_token");
    query.page.size = static_cast<std::size_t>(current.query_integer("page_size").value_or(default_page));
    return answer(in, current, in.access.caller(current), query, in.view.wants_url(current));
}

/// Its page_size declares no bounds, so nothing is refused; its order_by is a list in all sources.
http_response query_files(context& in, call& current) {
    account const& owner = in.access.caller(current);
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
    return answer(in, current, owner, query, false);
}

}  // namespace

http_response delete_file(context& in, call const& current, std::string const& id) {
    account const& owner = in.access.caller(current);
    return in.store.deleted(id, [&] {
        std::string const stored = in.access.require_file(owner, id).id;
        if (current.on.storage == storage_fault::failing) throw http_error(500, "Internal Server Error");
        in.store.remove_file(stored, in.shared.clock.now());
    });
}

http_response link_to(context& in, call const& current, std::string const& id) {
    account const& owner = in.access.caller(current);
    auto const found = in.store.files.find(id);
    bool const owned = found != in.store.files.end() && found->second.project == owner.project;
    if (owned &&
        (found->second.expired || found->second.pending || current.on.storage == storage_fault::missing))
        throw http_error(404, "Source file not found in storage");
    std::int64_t const seconds =
        current.query_integer("expires_at_seconds").value_or(in.decisions.link_lifetime_s);
    return json_response(200,
                         in.view.signed_url(in.access.require_file(owner, id), current.request, seconds));
}

void offer_files(api& to, context& with) {
    offer(to, with, "files.create", create_file, [&with](call& c) {
        if (c.part("file") != nullptr || !rows_of(with.shared.options.profile).missing_file_is_400) return;
        throw http_error(400, "file field is required for multipart requests.");
    });
    offer(to, with, "files.list", list_files);
    offer(to, with, "files.query", query_files,
          [&with](call& c) { tolerate_file_ids(with.decisions, c.values.body); });
    offer(to, with, "files.get", [](context& in, call& c) {
        file const& item = in.access.require_file(in.access.caller(c), c.path("file_id"));
        return json_response(200, in.view.describe(item, c.request, in.view.wants_url(c)));
    });
    offer(to, with, "files.delete",
          [](context& in, call& c) { return delete_file(in, c, c.path("file_id")); });
    offer(to, with, "files.content", [](context& in, call& c) { return link_to(in, c, c.path("file_id")); });
}

}  // namespace ferry::mock::llamacloud
