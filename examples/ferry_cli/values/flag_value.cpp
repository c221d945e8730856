// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/flag_value.hpp"

#include "values/flag_time.hpp"
#include "values/number_text.hpp"
#include "values/utf8.hpp"
#include "values/value_error.hpp"
#include "values/yaml.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <system_error>
#include <utility>

namespace ferry::cli {

namespace {

std::string quoted(std::string_view text) {
    constexpr std::size_t most = 200;
    std::string made;
    append_quoted(made, text.size() > most ? std::string(text.substr(0, most)) + "…" : text, true);
    return made;
}

[[noreturn]] void refuse(std::string_view flag, std::string const& reason) {
    throw value_error(std::string(flag) + ": " + reason);
}

// Numbers and booleans
// -----------------------------------------------------------------------------------------------

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

enum class whole_error { none, no_number, too_large };

/// `12`, `+12`, `-0x1f`
whole_error read_whole(std::string_view text, std::int64_t& value) {
    bool const negative = take_prefix(text, "-");
    if (!negative) take_prefix(text, "+");
    int const base = take_prefix(text, "0x") || take_prefix(text, "0X") ? 16 : 10;
    std::uint64_t size = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, size, base);
    if (stop != end || error == std::errc::invalid_argument) return whole_error::no_number;
    auto const most = static_cast<std::uint64_t>((std::numeric_limits<std::int64_t>::max)()) + negative;
    if (error != std::errc() || size > most) return whole_error::too_large;
    value = static_cast<std::int64_t>(negative ? 0 - size : size);
    return whole_error::none;
}

json_value integer(std::string_view flag, std::string_view text) {
    std::int64_t value = 0;
    switch (read_whole(text, value)) {
        case whole_error::no_number:
            refuse(flag, quoted(text) + " is no integer, such as 20 or 0x14");
        case whole_error::too_large:
            refuse(flag, quoted(text) + " does not fit 64 bits");
        case whole_error::none:
            break;
    }
    return json_number{std::to_string(value)};
}

json_value number(std::string_view flag, std::string_view text) {
    if (auto digits = json_digits(text)) return json_number{std::move(*digits)};
    std::int64_t value = 0;
    switch (read_whole(text, value)) {
        case whole_error::no_number:
            refuse(flag, quoted(text) + " is no number, such as 0.5, 1e3 or 0x14");
        case whole_error::too_large:
            refuse(flag, quoted(text) + " does not fit 64 bits");
        case whole_error::none:
            break;
    }
    return json_number{std::to_string(value)};
}

json_value boolean(std::string_view flag, std::string_view text) {
    auto const is_one_of = [&](std::initializer_list<std::string_view> words) {
        return std::ranges::find(words, text) != words.end();
    };
    if (is_one_of({"1", "t", "T", "TRUE", "true", "True"})) return true;
    if (is_one_of({"0", "f", "F", "FALSE", "false", "False"})) return false;
    refuse(flag, quoted(text) + " is neither true nor false");
}

json_value time(std::string_view flag, std::string_view text) {
    auto made = rfc3339_time(text);
    if (!made) refuse(flag, quoted(text) + " is no time, such as 2026-01-31 or 2026-01-31T12:00:00Z");
    return std::move(*made);
}

json_value file(std::string_view flag, std::string_view text) {
    if (text.empty()) refuse(flag, "the path is empty");
    return text;
}

// YAML
// ---------------------------------------------------------------------------------------------------------------

bool is_bare_word(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("_-.=").find(c) != std::string_view::npos;
    });
}

json_value any(std::string_view flag, std::string_view text) {
    try {
        return parse_yaml(text);
    } catch (value_error const& e) {
        if (is_bare_word(text)) return text;
        refuse(flag, quoted(text) + " is neither YAML nor JSON: " + e.what());
    }
}

json_value one(std::string_view flag, flag_type const& type, std::string_view text) {
    if (type.nullable && text == "null") return nullptr;
    switch (type.kind) {
        case value_kind::integer:
            return integer(flag, text);
        case value_kind::number:
            return number(flag, text);
        case value_kind::boolean:
            return boolean(flag, text);
        case value_kind::time:
            return time(flag, text);
        case value_kind::file:
            return file(flag, text);
        case value_kind::any:
            return any(flag, text);
        case value_kind::text:
            break;
    }
    return text;
}

// Lists
// --------------------------------------------------------------------------------------------------------------

/// Nothing where the text is no list in YAML's flow style, or does not begin like one.
std::optional<json_value::list> yaml_list(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos || text[begin] != '[') return std::nullopt;
    try {
        auto made = parse_yaml(text, yaml_scalars::as_text);
        if (auto* const items = made.items()) return std::move(*items);
    } catch (value_error const&) {
        // Many a text begins with a bracket: "[draft] report".
    }
    return std::nullopt;
}

void append_elements(json_value::list& to, std::string_view flag, flag_type const& type,
                     std::string_view text) {
    auto const items = yaml_list(text);
    if (!items) return to.push_back(one(flag, type, text));
    for (auto const& item : *items) {
        if (item.text() == nullptr)
            refuse(flag,
                   "in the list " + quoted(text) + ", " + quoted(compact(item)) + " is a list or a map");
        to.push_back(one(flag, type, *item.text()));
    }
}

void append_any(json_value::list& to, std::string_view flag, std::string_view text) {
    auto made = any(flag, text);
    if (auto* const items = made.items())
        std::ranges::move(*items, std::back_inserter(to));
    else
        to.push_back(std::move(made));
}

json_value list(std::string_view flag, flag_type const& type, std::vector<std::string> const& given) {
    if (type.nullable && given.size() == 1 && given[0] == "null") return nullptr;
    auto element = type;
    element.nullable = false;
    json_value::list made;
    for (auto const& text : given) {
        if (type.kind == value_kind::any)
            append_any(made, flag, text);
        else
            append_elements(made, flag, element, text);
    }
    return made;
}

}  // namespace

json_value flag_value(std::string_view flag, flag_type const& type, std::vector<std::string> const& given,
                      file_reader const& read) {
    auto made = type.list ? list(flag, type, given) : one(flag, type, given.back());
    bool const has_texts = type.kind == value_kind::text || type.kind == value_kind::any;
    if (type.embeds_files && has_texts) embed_files(made, flag, read);
    return made;
}

}  // namespace ferry::cli
