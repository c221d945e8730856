// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// JSON the way the services write it: compact, members in order, UTF-8 unescaped, shortest numbers.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace ferry::mock {

namespace json = boost::json;

[[nodiscard]] std::string to_text(json::value const& value);

/// Adds a character of a JSON string, escaped where it must be.
void append_escaped(std::string& out, char c);

/// One token of a JSON pointer (RFC 6901): `a/b` as `a~1b`.
[[nodiscard]] std::string pointer_token(std::string_view name);
/// `["body", "items", 0]` as `/body/items/0`.
[[nodiscard]] std::string json_pointer(json::array const& where);

/// Where and why Python's json module, which the services use, would give up.
struct json_mistake {
    std::size_t position = 0;  ///< in characters
    std::string message;
};

/// The first thing that Python's decoder would complain about in a text that is not JSON (python_json.cpp).
[[nodiscard]] json_mistake find_json_mistake(std::string_view text);

/// Parses a request body; on failure fills `mistake`.
[[nodiscard]] std::optional<json::value> parse_json(std::string_view text, json_mistake& mistake);
[[nodiscard]] std::optional<json::value> parse_json(std::string_view text);

/// Whether a Content-Type is that of JSON: `application/json`, `application/problem+json`.
[[nodiscard]] bool is_json_type(std::string_view content_type);

/// A string, or null when there is none.
[[nodiscard]] json::value text_or_null(std::optional<std::string> const& text);

/// Looks up a member: the text, or nothing when it is absent, null or not a string.
[[nodiscard]] std::optional<std::string> text_member(json::object const& object, std::string_view name);

}  // namespace ferry::mock
