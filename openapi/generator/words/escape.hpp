// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <string_view>

/// \file
/// The door between a description's texts and emitted files. A text may hold anything; what comes out of
/// these functions can neither end the comment, literal or line that it stands in, nor show as something else
/// than it is.

namespace ferry::gen {

/// For people, in comments, Markdown and messages. Each kind of line end is `\n`; other characters that
/// control rather than show are spelled: `[U+202E]`. Tabs stay.
std::string visible(std::string_view text);
/// The same in one line, with blanks for line ends and tabs.
std::string in_one_line(std::string_view text);
/// The text between backquotes, as Markdown has code.
std::string code(std::string_view text);
/// Within `<!-- -->`.
std::string within_html_comment(std::string_view text);
/// What follows `// ` in one line.
std::string within_comment(std::string_view text);
/// The last step for a line of a comment: a backslash at the end would continue it into the next line of
/// code.
void end_line(std::string& line);

/// A constant expression with exactly the bytes of the text: a literal, or where NUL would end that, a
/// `std::string_view`.
std::string literal(std::string_view text);
/// The same as a value for a `std::string`.
std::string string_literal(std::string_view text);

}  // namespace ferry::gen
