// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ferry::cli {

/// A decimal number however a person writes it (`+1`, `.5`, `1.`, `007`, `1e3`) as JSON writes it, with the
/// digits that came: nothing is rounded, whatever the size. Nothing where it is no such number.
std::optional<std::string> json_digits(std::string_view decimal);

/// Compares decimal numbers by value, exactly: `1.10` is `1.1`, and 2^63 is less than 2^63 + 1.
/// \returns less than, equal to or greater than 0; nothing where one of them is no number
std::optional<int> compare_numbers(std::string_view a, std::string_view b);

}  // namespace ferry::cli
