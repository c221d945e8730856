// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "values/formats.hpp"
#include "values/json_value.hpp"

#include "ferry/core/response.hpp"

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace ferry::cli {

/// How results are written.
struct result_options {
    print_options print;
    std::string transform;                  ///< a path of the GJSON language, or nothing
    std::optional<std::int64_t> max_items;  ///< nothing: all
    std::string output;                     ///< `--output`: a file, a directory, `-`; empty: not given
    bool to_terminal = false;               ///< bytes of files are not for it
};

/// Where the results of a command go: standard output carries them and nothing else.
class result_writer {
public:
    /// \param to must outlive this
    result_writer(std::ostream& to, result_options options);

    /// A value of the program's own.
    void print(json_value const& document);
    /// The answer to one call; nothing where it is empty.
    void document(std::string_view json);
    /// The answer to one call that is a list: each of its items by itself.
    void list(std::string_view json);
    /// An answer that is text rather than JSON.
    void text(std::string_view text);
    /// A page of a list. \param items the member that holds the items
    /// \returns whether the next page is wanted
    /// \throws value_error where the page is not what the description says
    bool page(std::string_view json, std::string_view items);

    /// Whether somebody said that the answer goes into a file, or that it goes to standard output as it is.
    bool wants_file() const noexcept { return !options_.output.empty(); }
    /// Where a file is to be saved; nothing where it is not.
    /// \param id what names it where the answer does not
    std::optional<std::string> file_for(std::string const& id);
    /// Says where it is, after it has been saved. In a directory it gets the name that the service gave it.
    /// \throws usage_error where there is a file of that name
    void saved(saved_file file);
    /// Whether a file's bytes go to standard output. \param by_default where nobody says where they go
    bool to_standard_output(bool by_default) const noexcept;
    /// Standard output, for bytes.
    std::ostream& stream() const noexcept { return to_; }
    /// What to say where a file's bytes would go to a terminal.
    std::string refuses_bytes() const;

private:
    std::ostream& to_;
    result_options options_;
    printer printer_;
    std::int64_t left_;
    std::string directory_;
    std::string id_;
};

}  // namespace ferry::cli
