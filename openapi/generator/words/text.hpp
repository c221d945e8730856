// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "words/escape.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ferry::gen {

/// Without white space at both ends.
std::string_view trimmed(std::string_view text);
/// `get` → `GET`
std::string capitals(std::string text);
/// `JSON` → `json`
std::string lower(std::string_view text);
/// `a`, `b` → `a, b`
std::string join(std::vector<std::string> const& parts, std::string_view between);
/// What stands between the separators, which may be nothing.
std::vector<std::string> split(std::string_view text, std::string_view separator);
/// The columns that a UTF-8 text takes.
std::size_t width(std::string_view text);
/// Ends with a full stop, an exclamation or question mark, or is empty.
std::string sentence(std::string_view text);
/// The first sentence-like line: for a `\param`.
std::string first_line(std::string_view text);
/// Two texts, one after the other as paragraphs; either may be empty.
std::string paragraphs(std::string_view a, std::string_view b);

/// A description as lines of at most `columns`; Markdown's lists, code and tables stay what they are.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

}  // namespace ferry::gen
