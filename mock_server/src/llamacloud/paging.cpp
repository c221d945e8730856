// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/paging.hpp"

#include "core/crypto.hpp"
#include "llamacloud/refusals.hpp"

namespace ferry::mock::llamacloud {
namespace {

constexpr std::int64_t largest_page = 1000;

/// The keys that the token carries, in the directions of `shape`; nothing when they have another shape.
std::optional<sort_key> keys_of(json::object const& token, sort_key const& shape) {
    json::value const* const keys = token.if_contains("k");
    if (keys == nullptr || !keys->is_array() || keys->get_array().size() != shape.size()) return std::nullopt;
    sort_key result = shape;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        json::array const* const pair = keys->get_array()[i].if_array();
        if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_int64() || !(*pair)[1].is_string())
            return std::nullopt;
        result[i].number = (*pair)[0].get_int64();
        result[i].text = std::string((*pair)[1].get_string());
    }
    return result;
}

}  // namespace

bool before(sort_key const& a, sort_key const& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        sort_value const& x = a[i].descending ? b[i] : a[i];
        sort_value const& y = a[i].descending ? a[i] : b[i];
        if (x.number != y.number) return x.number < y.number;
        if (x.text != y.text) return x.text < y.text;
    }
    return false;
}

std::string page_maker::signature(std::string_view text) const {
    return hex(hmac_sha256(secret_, text)).substr(0, 16);
}

std::string page_maker::make_token(page_position const& last, std::string_view filters) const {
    json::array keys;
    for (sort_value const& part : last.key) keys.push_back(json::array{part.number, part.text});
    json::object token;
    token["k"] = std::move(keys);
    token["i"] = last.id;
    token["f"] = signature(filters);
    token["s"] = signature(to_text(token));
    return base64url(to_text(token));
}

page_position page_maker::read_token(page_request const& wanted, sort_key const& shape) const {
    auto const refuse = [&](std::string const& why) {
        return unusable(decisions_.page_token_status, {wanted.place, "page_token"}, why, *wanted.token);
    };
    std::optional<json::value> parsed = parse_json(from_base64url(*wanted.token));
    if (!parsed || !parsed->is_object()) throw refuse("Invalid page token.");
    json::object& token = parsed->get_object();
    auto const signed_with = text_member(token, "s");
    auto const filters = text_member(token, "f");
    auto const id = text_member(token, "i");
    token.erase("s");
    if (!signed_with || !filters || !id || *signed_with != signature(to_text(token)))
        throw refuse("Invalid page token.");
    std::optional<sort_key> keys = keys_of(token, shape);
    if (!keys || (decisions_.page_token_binds_filters && *filters != signature(wanted.filters)))
        throw refuse("The page token belongs to a request with other filters.");
    return {*std::move(keys), *id};
}

std::size_t page_maker::size_of(call const& current) const {
    std::int64_t const asked = current.query_integer("page_size").value_or(decisions_.default_page_size);
    auto const refuse = [&](std::string_view type, std::string const& relation, std::string_view bound_name,
                            std::int64_t bound) {
        return invalid_value(type, {"query", "page_size"},
                             "Input should be " + relation + " than or equal to " + std::to_string(bound),
                             json::value(*current.query("page_size")), {{bound_name, bound}});
    };
    if (asked < 1 && decisions_.refuse_small_page_size)
        throw refuse("greater_than_equal", "greater", "ge", 1);
    if (asked > largest_page && !decisions_.coerce_page_size)
        throw refuse("less_than_equal", "less", "le", largest_page);
    return static_cast<std::size_t>(std::clamp(asked, std::int64_t{1}, largest_page));
}

http_response page_maker::respond(json::array items, std::optional<std::string> const& next,
                                  std::size_t total) const {
    json::object page;
    page["items"] = std::move(items);
    if (next || !decisions_.omit_nulls) page["next_page_token"] = text_or_null(next);
    if (decisions_.total_size) {
        page["total_size"] = total;
    } else if (!decisions_.omit_nulls) {
        page["total_size"] = nullptr;
    }
    return json_response(200, page);
}

}  // namespace ferry::mock::llamacloud
