// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/json.hpp"

#include "http/multipart.hpp"
#include "http/text.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ferry::mock {
namespace {

void write_string(std::string& out, std::string_view text) {
    auto const plain = [](char c) { return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20; };
    out += '"';
    while (!text.empty()) {
        auto const end = std::find_if_not(text.begin(), text.end(), plain);
        auto const count = static_cast<std::size_t>(end - text.begin());
        out += text.substr(0, count);
        text.remove_prefix(count);
        if (text.empty()) break;
        append_escaped(out, text.front());
        text.remove_prefix(1);
    }
    out += '"';
}

template <class Number>
void write_number(std::string& out, Number value) {
    char buffer[32];
    auto const [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    std::string_view const text(buffer, static_cast<std::size_t>(end - buffer));
    out += text;
    if constexpr (std::is_floating_point_v<Number>) {
        if (text.find_first_of(".en") == std::string_view::npos) out += ".0";
    }
}

void write(std::string& out, json::value const& value) {
    switch (value.kind()) {
        case json::kind::null:
            out += "null";
            break;
        case json::kind::bool_:
            out += value.get_bool() ? "true" : "false";
            break;
        case json::kind::int64:
            write_number(out, value.get_int64());
            break;
        case json::kind::uint64:
            write_number(out, value.get_uint64());
            break;
        case json::kind::double_:
            if (std::isfinite(value.get_double())) {
                write_number(out, value.get_double());
            } else {
                out += "null";
            }
            break;
        case json::kind::string:
            write_string(out, value.get_string());
            break;
        case json::kind::array: {
            char before = '[';
            for (json::value const& item : value.get_array()) {
                out += std::exchange(before, ',');
                write(out, item);
            }
            out += before == '[' ? "[]" : "]";
            break;
        }
        case json::kind::object: {
            char before = '{';
            for (auto const& member : value.get_object()) {
                out += std::exchange(before, ',');
                write_string(out, member.key());
                out += ':';
                write(out, member.value());
            }
            out += before == '{' ? "{}" : "}";
            break;
        }
    }
}

}  // namespace

void append_escaped(std::string& out, char c) {
    static constexpr std::string_view escaped = "\"\\\n\r\t\b\f";
    static constexpr std::string_view letters = "\"\\nrtbf";
    if (auto const at = escaped.find(c); at != std::string_view::npos)
        (out += '\\') += letters[at];
    else if (static_cast<unsigned char>(c) < 0x20)
        append_hex(out += "\\u00", c);
    else
        out += c;
}

std::string pointer_token(std::string_view name) {
    std::string text;
    for (char const c : name) text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return text;
}

std::string json_pointer(json::array const& where) {
    std::string text;
    for (json::value const& token : where)
        text += '/' + (token.is_string() ? pointer_token(token.get_string()) : to_text(token));
    return text;
}

std::string to_text(json::value const& value) {
    std::string out;
    write(out, value);
    return out;
}

std::optional<json::value> parse_json(std::string_view text, json_mistake& mistake) {
    json::error_code error;
    json::value value = json::parse(text, error);
    if (!error) return value;
    mistake = find_json_mistake(text);
    return std::nullopt;
}

std::optional<json::value> parse_json(std::string_view text) {
    json_mistake ignored;
    return parse_json(text, ignored);
}

bool is_json_type(std::string_view content_type) {
    std::string const type = parse_header_value(content_type).value;
    return type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
}

json::value text_or_null(std::optional<std::string> const& text) {
    return text ? json::value(*text) : json::value(nullptr);
}

std::optional<std::string> text_member(json::object const& object, std::string_view name) {
    json::value const* const value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string(value->get_string());
}

}  // namespace ferry::mock
