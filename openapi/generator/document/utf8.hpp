// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ferry::gen {

/// The character that begins at `at`, which is moved behind it. The text is UTF-8.
char32_t next_character(std::string_view text, std::size_t& at);

/// Whether a character is none that people see, but one that controls how they see others, or where a program
/// that reads the text ends a line: control characters, line and paragraph separators, bidirectional
/// controls.
bool is_control(char32_t character);

/// \throws failure with the place of the first byte that is no UTF-8, or is NUL, which no description needs
void check_utf8(std::string_view text, std::string const& path);

}  // namespace ferry::gen
