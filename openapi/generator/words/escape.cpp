// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "words/escape.hpp"

#include "document/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>

namespace ferry::gen {

namespace {

/// Line ends of any notation: CR LF, CR, NEL, and the separators of lines and paragraphs.
bool ends_line(char32_t character) {
    return character == '\n' || character == '\r' || character == 0x85 || character == 0x2028 ||
           character == 0x2029;
}

std::string spelled(char32_t character) {
    char made[16];
    std::snprintf(made, sizeof made, "[U+%04X]", static_cast<unsigned>(character));
    return made;
}

/// Three octal digits end by themselves, whatever follows.
void append_octal(std::string& to, char c) {
    auto const byte = static_cast<unsigned char>(c);
    to += '\\';
    to += static_cast<char>('0' + (byte >> 6));
    to += static_cast<char>('0' + ((byte >> 3) & 7));
    to += static_cast<char>('0' + (byte & 7));
}

std::string between_quotes(std::string_view text) {
    std::string made = "\"";
    for (std::size_t at = 0; at < text.size();) {
        auto const begin = at;
        auto const character = next_character(text, at);
        auto const bytes = text.substr(begin, at - begin);
        // Of two question marks a compiler may make the beginning of a trigraph.
        bool const second = character == '?' && made.back() == '?';
        if (character == '"' || character == '\\' || second) {
            made += '\\';
            made += bytes;
        } else if (character == '\n') {
            made += "\\n";
        } else if (character == '\t') {
            made += "\\t";
        } else if (is_control(character)) {
            for (char const c : bytes) append_octal(made, c);
        } else {
            made += bytes;
        }
    }
    return made + "\"";
}

/// \param type that knows its size, for texts with a NUL in them
std::string constant(std::string_view text, char const* type) {
    auto quoted = between_quotes(text);
    if (text.find('\0') == text.npos) return quoted;
    return std::string(type) + "(" + quoted + ", " + std::to_string(text.size()) + ")";
}

}  // namespace

std::string visible(std::string_view text) {
    std::string made;
    made.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        auto const begin = at;
        auto const character = next_character(text, at);
        if (character == '\r' && at < text.size() && text[at] == '\n') continue;
        if (ends_line(character))
            made += '\n';
        else if (character != '\t' && is_control(character))
            made += spelled(character);
        else
            made += text.substr(begin, at - begin);
    }
    return made;
}

std::string in_one_line(std::string_view text) {
    auto made = visible(text);
    std::replace_if(made.begin(), made.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return made;
}

std::string code(std::string_view text) {
    auto const inside = in_one_line(text);
    if (inside.find('`') == inside.npos) return "`" + inside + "`";
    // Longer than any run of backquotes in it.
    std::string fence = "``";
    while (inside.find(fence) != inside.npos) fence += '`';
    return fence + " " + inside + " " + fence;
}

std::string within_html_comment(std::string_view text) {
    auto made = in_one_line(text);
    for (auto at = made.find("--"); at != made.npos; at = made.find("--", at)) made.insert(at + 1, " ");
    return made;
}

std::string within_comment(std::string_view text) {
    auto made = in_one_line(text);
    end_line(made);
    return made;
}

void end_line(std::string& line) {
    // White space behind the backslash does not help: compilers drop it. So would its trigraph do.
    auto const last = line.find_last_not_of(" \t");
    auto const seen = std::string_view(line).substr(0, last + 1);
    if (seen.ends_with('\\') || seen.ends_with("?\?/")) line += '.';
}

std::string literal(std::string_view text) {
    return constant(text, "std::string_view");
}

std::string string_literal(std::string_view text) {
    return constant(text, "std::string");
}

}  // namespace ferry::gen
