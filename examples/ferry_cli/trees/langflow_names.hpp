// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <string_view>

/// \file
/// How Langflow, which knows no directories and no extensions, keeps the names of a tree. A row has a name,
/// which can be changed, and a path, which stays as it was uploaded and whose extension belongs to the name.

namespace ferry::cli {

/// A name with directories as Langflow can keep it: `2026/may.pdf` is `2026__may.pdf`. Underscores that would
/// be taken for a directory are written `%5F`, a comma, at which Langflow cuts names, `%2C`.
std::string flat_name(std::string_view name);
/// The other way round. What somebody else has uploaded and would be no path in this way, such as
/// `__init__.py`, stays as it is.
std::string tree_name(std::string_view flat);

/// A flat name in two.
struct row_name {
    std::string stem;
    std::string extension;  ///< with its dot; empty where there is none, as in `.profile` or `v1.2 final`
};
/// \param name of a file in a tree
row_name split_row_name(std::string_view name);

/// The name of a row that does not take the extension of its path: where another file has the stem, since
/// Langflow gives each name once, or where the path has another extension.
std::string whole_row_name(std::string_view name);

/// The name in a tree of a row. \param path of its file at the service
std::string name_of_row(std::string_view row, std::string_view path);

/// The extension of a path with its dot, or nothing.
std::string_view extension_of(std::string_view path);

/// A name under which to upload a file, which no file there has had and no name there begins with: Langflow
/// would else number it, or write over the bytes of a file that was called so before it was renamed. Begins
/// with the stem where Langflow takes that.
std::string upload_name(row_name const& name);

/// A row that has not got its own name yet, as upload_name() and pending_row_name() name them.
struct pending_row {
    bool is = false;
    std::string stem;  ///< empty: nobody knows whose it is but one who knows the name
    std::string mark;
};
pending_row read_pending(std::string_view row);
/// The name of a row that waits for its name to become free.
std::string pending_row_name(row_name const& name);
/// Whether a row without a stem is of that name.
bool is_pending_of(pending_row const& row, row_name const& name);

}  // namespace ferry::cli
