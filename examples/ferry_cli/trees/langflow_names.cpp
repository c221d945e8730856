// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/langflow_names.hpp"

#include "trees/local_name.hpp"

#include <algorithm>
#include <cstdint>
#include <random>

namespace ferry::cli {

namespace {

constexpr std::string_view mark = "~ferry-";
constexpr std::string_view whole = "%00";         // at the end of a row's name
constexpr std::size_t longest_upload_name = 255;  // in bytes
constexpr std::size_t longest_extension = 16;

/// What the escapes are of.
constexpr std::pair<std::string_view, char> escapes[] = {
    {"%5F", '_'}, {"%25", '%'}, {"%2C", ','}, {"%7E", '~'}};

bool is_escape(std::string_view text) {
    return text.starts_with(whole) ||
           std::ranges::any_of(escapes, [&](auto const& one) { return text.starts_with(one.first); });
}

std::string hexadecimal(std::uint32_t value) {
    std::string made(8, '0');
    for (auto at = made.rbegin(); at != made.rend(); ++at, value >>= 4) *at = "0123456789abcdef"[value & 15];
    return made;
}

std::string random_digits() {
    return hexadecimal(std::random_device()());
}

/// FNV-1a: the same in every run.
std::string digits_of(row_name const& name) {
    std::uint32_t sum = 2166136261U;
    for (char const c : name.stem + name.extension) sum = (sum ^ static_cast<unsigned char>(c)) * 16777619U;
    return hexadecimal(sum);
}

bool is_plain_extension(std::string_view text) {
    return !text.empty() && text.size() <= longest_extension && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
}

/// Whether Langflow takes the stem in the name of an upload.
bool can_begin_an_upload(row_name const& name) {
    if (name.stem.size() + mark.size() + 8 + name.extension.size() > longest_upload_name) return false;
    if (name.extension.empty() && name.stem.find('.') != name.stem.npos) return false;
    return name.stem.find("..") == name.stem.npos && name.stem.find('\\') == name.stem.npos &&
           refusal_of(name.stem).empty();
}

std::string decoded(std::string_view flat) {
    std::string made;
    while (!flat.empty()) {
        if (flat.starts_with("__")) {
            made += '/';
            flat.remove_prefix(2);
            continue;
        }
        auto const found =
            std::ranges::find_if(escapes, [&](auto const& one) { return flat.starts_with(one.first); });
        made += found != std::end(escapes) ? found->second : flat.front();
        flat.remove_prefix(found != std::end(escapes) ? found->first.size() : 1);
    }
    return made;
}

}  // namespace

std::string flat_name(std::string_view name) {
    std::string made;
    for (std::size_t i = 0; i < name.size(); ++i) {
        auto const beside = [&](char c) { return c == '_' || c == '/'; };
        bool const ambiguous = (i > 0 && beside(name[i - 1])) ||
                               (i + 1 < name.size() && beside(name[i + 1])) || i == 0 || i + 1 == name.size();
        auto const rest = name.substr(i);
        if (name[i] == '/')
            made += "__";
        else if (name[i] == '_' && ambiguous)
            made += "%5F";
        else if (name[i] == ',')
            made += "%2C";
        else if (rest.starts_with(mark))
            made += "%7E";
        else if (is_escape(rest))
            made += "%25";
        else
            made += name[i];
    }
    return made;
}

std::string tree_name(std::string_view flat) {
    auto made = decoded(flat);
    bool const is_path = refusal_of(made).empty() || !refusal_of(flat).empty();
    return is_path ? made : std::string(flat);
}

row_name split_row_name(std::string_view name) {
    auto const slash = name.rfind('/');
    auto const begin = slash == name.npos ? 0 : slash + 1;
    auto const dot = name.rfind('.');
    if (dot == name.npos || dot <= begin || !is_plain_extension(name.substr(dot + 1)))
        return {flat_name(name), {}};
    auto flat = flat_name(name);
    auto const extension = std::string(name.substr(dot));
    flat.resize(flat.size() - extension.size());
    return {flat, extension};
}

std::string whole_row_name(std::string_view name) {
    return flat_name(name) + std::string(whole);
}

std::string_view extension_of(std::string_view path) {
    auto const dot = path.find_last_of("./");
    return dot == path.npos || path[dot] != '.' ? std::string_view() : path.substr(dot);
}

std::string name_of_row(std::string_view row, std::string_view path) {
    if (row.ends_with(whole)) return tree_name(row.substr(0, row.size() - whole.size()));
    return tree_name(std::string(row) + std::string(extension_of(path)));
}

std::string upload_name(row_name const& name) {
    if (can_begin_an_upload(name)) return name.stem + std::string(mark) + random_digits() + name.extension;
    return std::string(mark) + digits_of(name) + random_digits() + name.extension;
}

pending_row read_pending(std::string_view row) {
    auto const at = row.rfind(mark);
    if (at == row.npos) return {};
    auto digits = row.substr(at + mark.size());
    // Langflow numbers what was uploaded twice because an answer was lost.
    digits = digits.substr(0, digits.find(' '));
    bool const is_mark = (digits.size() == 8 && at > 0) || (digits.size() == 16 && at == 0);
    if (!is_mark || digits.find_first_not_of("0123456789abcdef") != digits.npos) return {};
    return {true, std::string(row.substr(0, at)), std::string(digits)};
}

std::string pending_row_name(row_name const& name) {
    return name.stem + std::string(mark) + random_digits();
}

bool is_pending_of(pending_row const& row, row_name const& name) {
    return row.is && row.stem.empty() && row.mark.starts_with(digits_of(name));
}

}  // namespace ferry::cli
