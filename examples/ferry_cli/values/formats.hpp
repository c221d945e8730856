// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "values/json_value.hpp"

#include <iosfwd>
#include <string>
#include <string_view>

namespace ferry::cli {

enum class format {
    auto_,    ///< indented JSON, coloured where told to
    explore,  ///< for a browser on the whole screen; printed like pretty
    json,     ///< indented JSON, never coloured: for other programs
    jsonl,    ///< a document per line, never coloured
    pretty,   ///< as auto_
    raw,      ///< the bytes as they came
    yaml      ///< block YAML, `---` between documents
};

/// \param name in any case
/// \throws value_error that names all formats
format parse_format(std::string_view name);
std::string_view name_of(format what);

struct print_options {
    format as = format::auto_;
    bool raw_output = false;    ///< a document that is a text is printed without quotes
    bool for_terminal = false;  ///< nothing that a terminal would obey, but for the colours
    colour_scheme colours = {};
};

/// Writes documents one after the other, a list being a sequence of them. Each ends with a line feed.
///
/// Without quotes a text is written as its bytes; for a terminal what is unsafe there is escaped (see
/// terminal_text()).
class printer {
public:
    /// \par Lifetime The stream must outlive the printer.
    explicit printer(std::ostream& to, print_options options = {});

    /// Prints a document; as format::raw in one line, as there are no bytes that came.
    void print(json_value const& document);

    /// Prints what came from elsewhere, in the format that was asked for: as format::raw the very bytes,
    /// without a line feed of its own, but for a terminal. Nothing is printed where nothing came.
    /// \throws value_error where another format is asked for and this is no JSON
    void print_bytes(std::string_view came);

private:
    std::string written(json_value const& document) const;
    void print_as_came(std::string_view came);

    std::ostream& to_;
    print_options options_;
    bool printed_ = false;
};

}  // namespace ferry::cli
