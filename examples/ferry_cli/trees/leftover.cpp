// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/leftover.hpp"

#include <ferry/core/response.hpp>

namespace ferry::cli {

std::optional<std::string> leftover_of(std::string_view name) {
    constexpr std::size_t digits = 32;
    if (!name.ends_with(part_file_suffix)) return std::nullopt;
    name.remove_suffix(part_file_suffix.size());
    if (name.size() <= digits + 1) return std::nullopt;
    auto const whole = name.substr(0, name.size() - digits - 1);
    auto const rest = name.substr(whole.size());
    bool const is_one =
        rest.front() == '.' && rest.find_first_not_of("0123456789abcdef", 1) == std::string_view::npos;
    return is_one ? std::optional<std::string>(whole) : std::nullopt;
}

}  // namespace ferry::cli
