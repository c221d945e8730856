// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/keys.hpp"

#include "document/utf8.hpp"

#include <charconv>
#include <filesystem>
#include <vector>

namespace ferry::gen {

namespace {

/// What tells an element of a list from the others, whatever is added to the list; empty for what does not
/// count.
std::string element(node const& at) {
    auto const& list = at.parent->key;
    if (list == "allOf") return {};
    if (list == "parameters" && !at.text("name").empty()) return at.text("in") + ":" + at.text("name");
    if ((list == "oneOf" || list == "anyOf") && !at.text("title").empty()) return at.text("title");
    return std::to_string(at.index);
}

std::string file_of(node const& root, document const& in) {
    if (&root == &in.root()) return {};
    auto const folder = std::filesystem::path(*in.root().file).lexically_normal().parent_path();
    return std::filesystem::path(*root.file).lexically_normal().lexically_relative(folder).generic_string() +
           "#";
}

}  // namespace

std::string pointer_token(std::string_view text) {
    std::string made;
    for (char const c : text) made += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return made;
}

std::string percent_decoded(std::string_view text) {
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        auto const* digits = text.data() + i + 1;
        bool const escape = text[i] == '%' && i + 2 < text.size() &&
                            std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2;
        made += escape ? static_cast<char>(value) : text[i];
        if (escape) i += 2;
    }
    return made;
}

std::string percent_encoded(char c) {
    constexpr char const* digits = "0123456789ABCDEF";
    auto const byte = static_cast<unsigned char>(c);
    return {'%', digits[byte >> 4], digits[byte & 15]};
}

std::string key_of(std::string_view wire) {
    if (wire.empty()) return "\"\"";
    std::string made;
    for (std::size_t at = 0; at < wire.size();) {
        auto const begin = at;
        auto const character = next_character(wire, at);
        bool const plain = character != ' ' && character != '%' && character != '=' && character != '"' &&
                           (character != '*' || wire.size() > 1) && !is_control(character);
        for (char const c : wire.substr(begin, at - begin))
            made += plain ? std::string(1, c) : percent_encoded(c);
    }
    return made;
}

std::string key_of(node const& schema, document const& in) {
    std::vector<std::string> tokens;
    node const* at = &schema;
    for (; at->parent != nullptr; at = at->parent) {
        if (at->key == "allOf") continue;
        auto const text = at->parent->is_list() ? element(*at) : at->key;
        if (!text.empty() || at->parent->is_map()) tokens.push_back(pointer_token(text));
    }
    auto made = file_of(*at, in);
    bool const component = made.empty() && tokens.size() > 2 && tokens[tokens.size() - 1] == "components" &&
                           tokens[tokens.size() - 2] == "schemas";
    if (component) {
        made = tokens[tokens.size() - 3];
        tokens.resize(tokens.size() - 3);
    }
    while (!tokens.empty()) {
        made += "/" + tokens.back();
        tokens.pop_back();
    }
    return key_of(made);
}

std::string key_of(std::string_view method, std::string_view path) {
    return std::string(method) + " " + key_of(path);
}

}  // namespace ferry::gen
