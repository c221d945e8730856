// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "words/text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

/// How a line of Markdown begins when it does not continue the one before: its indentation and marker.
std::size_t marker(std::string_view line) {
    auto const start = std::min(line.find_first_not_of(' '), line.size());
    auto const rest = line.substr(start);
    if (rest.size() >= 2 && (rest[0] == '*' || rest[0] == '-' || rest[0] == '+') && rest[1] == ' ')
        return start + 2;
    std::size_t digits = 0;
    while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9') ++digits;
    if (digits > 0 && digits + 1 < rest.size() && (rest[digits] == '.' || rest[digits] == ')') &&
        rest[digits + 1] == ' ')
        return start + digits + 2;
    return 0;
}

bool stands_alone(std::string_view line) {
    auto const rest = trimmed(line);
    return rest.starts_with('#') || rest.starts_with('|') || rest.starts_with('>') ||
           line.starts_with("    ");
}

/// Where the word that begins at `start` ends. A short code span is one word, with the blanks in it.
std::size_t word_end(std::string_view text, std::size_t start) {
    constexpr std::size_t longest_span = 50;
    std::size_t at = start;
    while (at < text.size() && text[at] != ' ' && text[at] != '\t') {
        if (text[at] == '`') {
            auto const close = text.find('`', at + 1);
            if (close != text.npos && close - at <= longest_span) at = close;
        }
        ++at;
    }
    return at;
}

/// One paragraph or list item, broken into lines.
void fill(std::string_view text, std::size_t hanging, std::size_t columns, std::vector<std::string>& lines) {
    std::string line;
    auto const begin = std::min(text.find_first_not_of(' '), text.size());
    std::string const lead(begin, ' ');
    std::size_t at = begin;
    bool first = true;
    bool empty = true;
    line = lead;
    while (at < text.size()) {
        auto const start = text.find_first_not_of(" \t", at);
        if (start == text.npos) break;
        auto const end = word_end(text, start);
        auto const word = text.substr(start, end - start);
        at = end;
        if (!empty && width(line) + 1 + width(word) > columns) {
            lines.push_back(line);
            line = std::string(first && hanging == 0 ? begin : hanging, ' ');
            if (hanging == 0) line = lead;
            first = false;
            empty = true;
        }
        if (!empty) line += ' ';
        line += word;
        empty = false;
    }
    if (!empty) lines.push_back(line);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string capitals(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

std::string lower(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return made;
}

std::string join(std::vector<std::string> const& parts, std::string_view between) {
    std::string all;
    for (auto const& part : parts) {
        if (!all.empty()) all += between;
        all += part;
    }
    return all;
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        auto const end = std::min(text.find(separator, begin), text.size());
        parts.emplace_back(text.substr(begin, end - begin));
        begin = end + separator.size();
    }
    return parts;
}

std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }));
}

std::string sentence(std::string_view text) {
    std::string made(trimmed(text));
    if (made.empty()) return made;
    char const last = made.back();
    if (last != '.' && last != '!' && last != '?' && last != ':' && last != '`' && last != '|') made += '.';
    if (last == '`' && made.find("```") == made.npos) made += '.';
    return made;
}

std::string first_line(std::string_view text) {
    auto const seen = visible(text);
    text = trimmed(seen);
    auto const paragraph = text.substr(0, text.find("\n\n"));
    std::string made;
    for (auto const& line : split(paragraph, "\n")) {
        if (!made.empty() && (marker(line) > 0 || stands_alone(line))) break;
        if (!made.empty()) made += ' ';
        made += trimmed(line);
    }
    return sentence(made);
}

std::string paragraphs(std::string_view a, std::string_view b) {
    a = trimmed(a);
    b = trimmed(b);
    if (a.empty() || b.empty()) return std::string(a.empty() ? b : a);
    return std::string(a) + "\n\n" + std::string(b);
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines;
    std::string paragraph;
    std::size_t hanging = 0;
    bool code = false;
    auto const flush = [&] {
        if (!paragraph.empty()) fill(paragraph, hanging, columns, lines);
        paragraph.clear();
        hanging = 0;
    };
    for (auto& line : split(trimmed(visible(text)), "\n")) {
        line.resize(line.find_last_not_of(" \t\r") + 1);
        bool const fence = trimmed(line).starts_with("```");
        if (fence || code) {
            flush();
            lines.emplace_back(line);
            if (fence) code = !code;
        } else if (line.empty()) {
            flush();
            if (!lines.empty() && !lines.back().empty()) lines.emplace_back();
        } else if (stands_alone(line) && (paragraph.empty() || trimmed(line).size() == line.size())) {
            flush();
            lines.emplace_back(line);
        } else if (auto const begin = marker(line); begin > 0) {
            flush();
            paragraph = line;
            hanging = begin;
        } else {
            if (!paragraph.empty()) paragraph += ' ';
            paragraph += paragraph.empty() ? line : trimmed(line);
        }
    }
    flush();
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    for (auto& line : lines) end_line(line);
    return lines;
}

}  // namespace ferry::gen
