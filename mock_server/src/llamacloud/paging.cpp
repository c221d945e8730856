// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "paging.hpp"

#include "../core/crypto.hpp"

namespace ferry::mock::llamacloud {
namespace {

/// Short stand-in for the filters, so that a token cannot be used with others by accident.
std::string fingerprint(std::string_view filters) {
    return hex(hmac_sha256("page token", filters)).substr(0, 16);
}

[[noreturn]] void refuse() {
    throw http_error(400, "Invalid page token.");
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

std::string make_token(page_position const& last, std::string_view filters) {
    json::array keys;
    for (sort_value const& part : last.key) keys.push_back(json::array{part.number, part.text});
    json::object token;
    token["k"] = std::move(keys);
    token["i"] = last.id;
    token["f"] = fingerprint(filters);
    return base64url(to_text(token));
}

page_position read_token(std::string const& token, std::string_view filters, sort_key const& shape) {
    std::optional<json::value> const parsed = parse_json(from_base64url(token));
    if (!parsed || !parsed->is_object()) refuse();
    json::object const& content = parsed->get_object();
    json::value const* const keys = content.if_contains("k");
    auto const id = text_member(content, "i");
    if (keys == nullptr || !keys->is_array() || keys->get_array().size() != shape.size() || !id) refuse();
    if (text_member(content, "f") != fingerprint(filters)) {
        throw http_error(400, "The page token belongs to a request with other filters.");
    }
    page_position position{shape, *id};
    for (std::size_t i = 0; i < shape.size(); ++i) {
        json::array const* const pair = keys->get_array()[i].if_array();
        if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_int64() || !(*pair)[1].is_string())
            refuse();
        position.key[i].number = (*pair)[0].get_int64();
        position.key[i].text = std::string((*pair)[1].get_string());
    }
    return position;
}

std::size_t lenient_page_size(call const& current) {
    std::int64_t const asked = current.query_integer("page_size").value_or(50);
    if (asked >= 1) return static_cast<std::size_t>((std::min)(asked, std::int64_t{1000}));
    json::object item{{"type", "greater_than_equal"}, {"loc", json::array{"query", "page_size"}}};
    item.emplace("msg", "Input should be greater than or equal to 1");
    item.emplace("input", *current.query("page_size"));
    item.emplace("ctx", json::object{{"ge", 1}});
    throw http_error(422, json::array{std::move(item)});
}

http_response page_response(json::array items, std::optional<std::string> next_token) {
    json::object page;
    page["items"] = std::move(items);
    page["next_page_token"] = text_or_null(next_token);
    page["total_size"] = nullptr;
    return json_response(200, page);
}

}  // namespace ferry::mock::llamacloud
