// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/names.hpp"

#include "http/text.hpp"
#include "http/url.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace ferry::mock::langflow {
namespace {

bool is_word(char c) noexcept {
    return is_digit(c) || is_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr std::uint64_t largest_number = 100'000'000'000'000'000;  // further digits are not read

/// The first `(digits)` that ends the name, or that only `.word` follows.
std::uint64_t number_in(std::string_view name) {
    for (std::size_t open = name.find('('); open != std::string_view::npos; open = name.find('(', open + 1)) {
        std::size_t at = open + 1;
        std::uint64_t value = 0;
        for (; at < name.size() && is_digit(name[at]); ++at) {
            if (value < largest_number) value = value * 10 + static_cast<std::uint64_t>(name[at] - '0');
        }
        if (at == open + 1 || at >= name.size() || name[at] != ')') continue;
        std::string_view const tail = name.substr(at + 1);
        bool const is_suffix =
            tail.size() > 1 && tail.front() == '.' && std::all_of(tail.begin() + 1, tail.end(), is_word);
        if (tail.empty() || is_suffix) return value;
    }
    return 0;
}

bool is_reserved(std::string_view root) {
    std::string const name = lower_case(root);
    for (std::string_view const device : {"con", "prn", "aux", "nul"}) {
        if (name == device) return true;
    }
    bool const port = name.size() == 4 && (name.substr(0, 3) == "com" || name.substr(0, 3) == "lpt");
    return port && name[3] >= '1' && name[3] <= '9';
}

std::string upper_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; });
    return result;
}

/// Takes one code point, so that `_` stands for a character and not for a byte.
std::string_view take_character(std::string_view& text) {
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
    std::string_view const character = text.substr(0, length);
    text.remove_prefix(length);
    return character;
}

constexpr std::pair<std::string_view, std::string_view> types[] = {
    {"json", "application/json"},
    {"txt", "text/plain"},
    {"csv", "text/csv"},
    {"html", "text/html"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"svg", "image/svg+xml"},
    {"mp3", "audio/mpeg"},
    {"wav", "audio/wav"},
    {"mp4", "video/mp4"},
    {"webm", "video/webm"},
    {"zip", "application/zip"},
    {"tar", "application/x-tar"},
    {"gz", "application/gzip"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"xml", "application/xml"},
    {"yaml", "application/x-yaml"},
    {"yml", "application/x-yaml"},
};

}  // namespace

split_name split_at_last_dot(std::string_view file_name) {
    auto const dot = file_name.rfind('.');
    if (dot == std::string_view::npos) return {std::string(file_name), {}};
    return {std::string(file_name.substr(0, dot)), std::string(file_name.substr(dot + 1))};
}

bool has_path_parts(std::string_view name) {
    return name.find("..") != std::string_view::npos || name.find_first_of("/\\") != std::string_view::npos;
}

std::optional<std::string> v2_name_mistake(std::string_view file_name) {
    if (file_name.empty()) return "No file provided";
    if (has_path_parts(file_name) ||
        file_name.find_first_of(std::string_view("\0\n\r", 3)) != std::string_view::npos) {
        return "Invalid file name. Filename must not contain directory paths, '..' sequences, or control "
               "characters.";
    }
    if (file_name.size() > 255) return "File name is too long. Maximum 255 bytes allowed.";
    if (file_name == ".") return "Invalid file name after sanitization";
    std::string const root = split_at_last_dot(file_name).root;
    if (is_reserved(root)) return "Invalid file name. '" + upper_case(root) + "' is a reserved system name.";
    return std::nullopt;
}

bool is_like_prefix(std::string_view pattern, std::string_view name, bool fold_case) {
    std::string_view pattern_after_percent;  // where to go on when the last % has to take one character more
    std::string_view name_after_percent;
    bool percent_seen = false;
    while (!pattern.empty()) {
        std::string_view rest_of_pattern = pattern;
        std::string_view const wanted = take_character(rest_of_pattern);
        if (wanted == "%") {
            percent_seen = true;
            pattern = pattern_after_percent = rest_of_pattern;
            name_after_percent = name;
            continue;
        }
        std::string_view rest_of_name = name;
        std::string_view const found = name.empty() ? std::string_view() : take_character(rest_of_name);
        bool const fits = !found.empty() && (wanted == "_" || wanted == found ||
                                             (fold_case && equal_ignoring_case(wanted, found)));
        if (fits) {
            pattern = rest_of_pattern;
            name = rest_of_name;
        } else {
            if (!percent_seen || name_after_percent.empty()) return false;
            take_character(name_after_percent);
            pattern = pattern_after_percent;
            name = name_after_percent;
        }
    }
    return true;
}

std::string next_free_name(std::string const& root, std::vector<std::string_view> const& existing,
                           bool fold_case) {
    bool taken = false;
    std::uint64_t highest = 0;
    for (std::string_view const name : existing) {
        if (!is_like_prefix(root, name, fold_case)) continue;
        taken = true;
        highest = (std::max)(highest, number_in(name));
    }
    return taken ? root + " (" + std::to_string(highest + 1) + ")" : root;
}

std::string attachment(std::string_view file_name) {
    std::string ascii;
    for (std::string_view rest = file_name; !rest.empty();) {
        std::string_view const character = take_character(rest);
        unsigned char const first = static_cast<unsigned char>(character.front());
        if (character.size() > 1 || first >= 0x80) {
            ascii += '?';
        } else if (first < 0x20 || first == 0x7F) {
            ascii += '_';
        } else {
            if (character == "\"" || character == "\\") ascii += '\\';
            ascii += character;
        }
    }
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + percent_encode(file_name);
}

std::string_view content_type_of(std::string_view file_name) {
    auto const dot = file_name.rfind('.');
    if (dot != std::string_view::npos) {
        std::string const extension = lower_case(file_name.substr(dot + 1));
        for (auto const& [known, type] : types) {
            if (known == extension) return type;
        }
    }
    return "application/octet-stream";
}

}  // namespace ferry::mock::langflow
