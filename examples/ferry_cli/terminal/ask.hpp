// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <iosfwd>
#include <string_view>

namespace ferry::cli {

/// Asks a question that is answered with yes or no, and defaults to no: writes `Delete 3 files? [y/N] ` and
/// reads a line. `y` and `yes` mean yes, `n`, `no` and an empty line no, in upper or lower case; what else is
/// written is asked about twice more, and is no then. The end of the input is no, also in the middle of a
/// line.
/// \param question shown as printable() makes it
/// \param terminal whether somebody can be asked: both streams are terminals
/// \throws std::runtime_error where nobody can be asked; it says to pass `--yes`
bool ask(std::string_view question, std::istream& in, std::ostream& out, bool terminal);

}  // namespace ferry::cli
