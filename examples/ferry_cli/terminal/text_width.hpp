// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// \file
/// Text as a terminal shows it. Names of files and messages of servers come from outside: they may be no
/// UTF-8, and may hold what moves the cursor, reads as an escape sequence, or turns the order of what is
/// shown around. Every function here measures and returns text as printable() makes it, so nothing of that
/// gets through.
///
/// Widths are those on which terminals agree, and the larger one where they do not (an emoji that a variation
/// selector makes). Characters of ambiguous width take one column.

namespace ferry::cli {

/// The text with U+FFFD for each byte that is no UTF-8, and for each control character (line breaks and tabs
/// too), each line or paragraph separator and each character that changes the direction of writing.
/// More than 16 marks in a row, which no writing needs, are left out from there on.
std::string printable(std::string_view text);

/// How many columns the text takes.
std::size_t display_width(std::string_view text);

/// How many rows a line takes where a terminal breaks it at its right edge; 1 where it is empty.
/// \param columns 0 counts as 1
std::size_t rows_of(std::string_view line, std::size_t columns);

/// The text, or its beginning and end with `…` between them where it is wider than that. The end keeps the
/// extension of a file's name where there is room for it.
std::string shortened(std::string_view text, std::size_t columns);

enum class alignment { left, right };

/// The text with spaces up to that width after it, or before it where it is to stand to the right.
std::string padded(std::string_view text, std::size_t columns, alignment where = alignment::left);

}  // namespace ferry::cli
