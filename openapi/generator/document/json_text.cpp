// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/json_text.hpp"

#include "document/utf8.hpp"

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <system_error>

namespace ferry::gen {

namespace {

struct no_json {};

/// Characters that end a line somewhere, or hide, are escaped: the text may stand in a source file.
std::string quoted(std::string const& text) {
    std::string made = "\"";
    for (std::size_t at = 0; at < text.size();) {
        auto const begin = at;
        auto const character = next_character(text, at);
        if (character == '"' || character == '\\') {
            (made += '\\') += static_cast<char>(character);
        } else if (character == '\n') {
            made += "\\n";
        } else if (is_control(character)) {
            char digits[7];
            std::snprintf(digits, sizeof digits, "\\u%04x", static_cast<unsigned>(character));
            made += digits;
        } else {
            made += text.substr(begin, at - begin);
        }
    }
    return made + '"';
}

/// YAML writes numbers in ways that JSON does not know: `+1`, `0x1F`, `.5`, `1.`
std::string number(std::string text) {
    if (text.starts_with('+')) text.erase(0, 1);
    if (int const base = text.starts_with("0x") ? 16 : text.starts_with("0o") ? 8 : 0; base != 0) {
        std::int64_t value = 0;
        auto const end = text.data() + text.size();
        auto const [at, error] = std::from_chars(text.data() + 2, end, value, base);
        if (error != std::errc() || at != end) throw no_json();
        return std::to_string(value);
    }
    bool const minus = text.starts_with('-');
    std::size_t at = minus;
    while (at + 1 < text.size() && text[at] == '0' && text[at + 1] >= '0' && text[at + 1] <= '9')
        text.erase(at, 1);
    if (at < text.size() && text[at] == '.') text.insert(at, "0");
    auto const dot = text.find('.');
    if (dot != text.npos && (dot + 1 == text.size() || text[dot + 1] < '0' || text[dot + 1] > '9'))
        text.insert(dot + 1, "0");
    if (at >= text.size() || text.find_first_not_of("0123456789.eE+-") != text.npos) throw no_json();
    return text;
}

std::string written(node const& value, std::size_t columns, std::size_t level);

std::string in_one_line(node const& value) {
    std::string made;
    for (auto const& child : value.children)
        made += (made.empty() ? "" : ", ") + (value.is_map() ? quoted(child->key) + ": " : "") +
                written(*child, std::string::npos, 0);
    return value.is_map() ? "{" + made + "}" : "[" + made + "]";
}

std::string written(node const& value, std::size_t columns, std::size_t level) {
    switch (value.kind) {
        case node_kind::null:
            return "null";
        case node_kind::boolean:
            return value.scalar;
        case node_kind::number:
            return number(value.scalar);
        case node_kind::text:
            return quoted(value.scalar);
        case node_kind::list:
        case node_kind::map:
            break;
    }
    auto line = in_one_line(value);
    if (value.children.empty() || line.size() + 2 * level <= columns) return line;
    std::string const indent(2 * level, ' ');
    std::string made;
    for (auto const& child : value.children)
        made += (made.empty() ? "\n  " : ",\n  ") + indent +
                (value.is_map() ? quoted(child->key) + ": " : "") + written(*child, columns, level + 1);
    return (value.is_map() ? "{" : "[") + made + "\n" + indent + (value.is_map() ? "}" : "]");
}

}  // namespace

std::optional<std::string> to_json(node const& value, std::size_t columns) {
    try {
        return written(value, columns, 0);
    } catch (no_json const&) {
        return std::nullopt;
    }
}

std::unique_ptr<node> make_value(node_kind kind, std::string scalar) {
    auto made = std::make_unique<node>();
    made->kind = kind;
    made->scalar = std::move(scalar);
    return made;
}

std::unique_ptr<node> copy_of(node const& from) {
    auto made = make_value(from.kind, from.scalar);
    for (auto const& child : from.children) made->put(child->key, copy_of(*child));
    return made;
}

std::unique_ptr<node> copy_of(node const& from, node const& at) {
    auto made = make_value(from.kind, from.scalar);
    made->line = at.line;
    made->column = at.column;
    made->file = at.file;
    for (auto const& child : from.children) made->put(child->key, copy_of(*child, at));
    return made;
}

}  // namespace ferry::gen
