// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ferry::cli {

struct json_member;

/// A number as the digits that came, since a double would round `9223372036854775809`, `1e400` and `1.10`.
struct json_number {
    std::string digits = "0";

    friend bool operator==(json_number const&, json_number const&) = default;
};

/// A JSON value: members stay in their order, also where a key occurs twice, and numbers keep their digits.
///
/// Texts are bytes as they came, so they need not be UTF-8; what writes them takes care of it. An escape
/// that is half of a surrogate pair stands in a text as three bytes like any other character, and is
/// written as that escape.
struct json_value {
    using list = std::vector<json_value>;
    using map = std::vector<json_member>;

    json_value();  ///< null
    json_value(std::nullptr_t);
    json_value(json_number number);
    json_value(std::string text);
    json_value(std::string_view text);
    json_value(char const* text);
    json_value(list items);
    json_value(map members);
    /// A template, so that no pointer becomes true.
    template <class Bool>
        requires std::same_as<Bool, bool>
    json_value(Bool value) : data(value) {}

    json_value(json_value const&);
    json_value(json_value&&) noexcept;
    json_value& operator=(json_value const&);
    json_value& operator=(json_value&&) noexcept;
    ~json_value();

    bool is_null() const noexcept { return data.index() == 0; }
    /// Each of these is null where the value is something else.
    bool const* boolean() const noexcept { return std::get_if<bool>(&data); }
    json_number const* number() const noexcept { return std::get_if<json_number>(&data); }
    std::string const* text() const noexcept { return std::get_if<std::string>(&data); }
    list const* items() const noexcept { return std::get_if<list>(&data); }
    list* items() noexcept { return std::get_if<list>(&data); }
    map const* members() const noexcept { return std::get_if<map>(&data); }
    map* members() noexcept { return std::get_if<map>(&data); }

    /// The last member of that key; null where there is none, or this is no map.
    json_value const* find(std::string_view key) const;

    /// Numbers are equal where their digits are, maps where their members come in the same order.
    friend bool operator==(json_value const& a, json_value const& b);

    std::variant<std::nullptr_t, bool, json_number, std::string, list, map> data;
};

struct json_member {
    std::string key;
    json_value value;

    friend bool operator==(json_member const&, json_member const&) = default;
};

/// Lists and maps within one another, at most, in what comes from outside.
inline constexpr std::size_t max_json_depth = 128;

/// \throws value_error with line and column, where the text is not one JSON value, or one that is nested
/// deeper than max_json_depth
json_value parse_json(std::string_view text);

/// What stands before a part of a text to colour it, such as `\033[32m`. Nothing is coloured by default.
struct colour_scheme {
    std::string key = {};
    std::string text = {};
    std::string number = {};
    std::string boolean = {};
    std::string null = {};
    std::string end = {};  ///< after what was coloured
};

struct json_style {
    std::size_t indent = 2;     ///< spaces a level, where it is indented at all
    bool for_terminal = false;  ///< escapes what is_unsafe_on_terminal() also where JSON needs no escape
    colour_scheme colours = {};
};

/// The value in one line, without spaces and without a line feed at the end. What is no UTF-8 becomes
/// U+FFFD.
std::string compact(json_value const& value, json_style const& style = {});

/// The value indented, a line per member and element, without a line feed at the end. Otherwise as
/// compact().
std::string pretty(json_value const& value, json_style const& style = {});

/// A text in quotes and with JSON's escapes.
void append_quoted(std::string& to, std::string_view text, bool for_terminal);

}  // namespace ferry::cli
