// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ferry::cli {

/// The first character of a text.
struct utf8_character {
    char32_t point;    ///< the byte where it is not valid; half of a surrogate pair where somebody wrote one
    std::size_t size;  ///< in bytes, at least 1
    bool valid;
};

/// \pre the text is not empty
utf8_character first_character(std::string_view text);

bool is_utf8(std::string_view text);

/// \param point also half of a surrogate pair, which is written like any other and not valid
void append_utf8(std::string& to, char32_t point);

/// Whether a terminal could take a character for a command, or show what follows in another order than it
/// is: C0 and C1 controls, DEL, line and paragraph separators, and what steers the direction of writing.
bool is_unsafe_on_terminal(char32_t point);

/// A text of others as a terminal may show it: what is unsafe as `\u009b`, but for line feeds and tabs;
/// what is no UTF-8 as U+FFFD.
std::string terminal_text(std::string_view text);

/// `\u009b`, as in JSON.
/// \param point at most U+FFFF
void append_escape(std::string& to, char32_t point);

}  // namespace ferry::cli
