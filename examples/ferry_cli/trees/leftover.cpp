// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/leftover.hpp"

namespace ferry::cli {

std::optional<std::string> leftover_of(std::string_view name) {
    constexpr std::string_view mark = ".part-";
    constexpr std::size_t digits = 32;
    if (name.size() <= mark.size() + digits) return std::nullopt;
    auto const whole = name.substr(0, name.size() - mark.size() - digits);
    auto const rest = name.substr(whole.size());
    bool const is_one = rest.starts_with(mark) &&
                        rest.find_first_not_of("0123456789abcdef", mark.size()) == std::string_view::npos;
    return is_one ? std::optional<std::string>(whole) : std::nullopt;
}

}  // namespace ferry::cli
