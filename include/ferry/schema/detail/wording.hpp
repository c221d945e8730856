// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/detail/quoting.hpp"
#include "ferry/json/writer.hpp"
#include "ferry/schema/rules.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

/// \file
/// Words of messages about values.

namespace ferry::inline FERRY_ABI::schema::detail {

/// In quotes; long texts end early.
inline std::string shown(std::string_view text) {
    constexpr std::size_t most = 60;
    std::string quoted;
    if (!json::append_quoted(text, quoted)) return "text that is not UTF-8";
    if (quoted.size() <= most) return quoted;
    auto end = most;
    while ((static_cast<unsigned char>(quoted[end]) & 0xc0U) == 0x80U) --end;
    return quoted.substr(0, end) + "…\"";
}

inline std::string shown(literal const& one) {
    return one.type == types::string ? shown(one.text) : std::string(one.text);
}

/// `1 item`, `2 items`
inline std::string counted(std::uint64_t n, std::string_view unit) {
    return std::to_string(n) + ' ' + std::string(unit) + (n == 1 ? "" : "s");
}

inline constexpr std::pair<std::uint64_t, std::string_view> type_words[] = {
    {types::null, "null"},       {types::boolean, "a boolean"}, {types::integer, "an integer"},
    {types::number, "a number"}, {types::string, "a string"},   {types::array, "an array"},
    {types::object, "an object"}};

/// `a string or null`
inline std::string words_of(std::uint64_t set) {
    std::string made;
    for (auto i = std::size(type_words); i > 0; --i) {
        auto const& [bit, word] = type_words[i - 1];
        bool const told = bit == types::integer && (set & types::number) != 0;
        if ((set & bit) != 0 && !told) made += (made.empty() ? "" : " or ") + std::string(word);
    }
    return made.empty() ? "nothing" : made;
}

}  // namespace ferry::schema::detail
