// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/download.hpp"
#include "ferry/bulk/tree.hpp"
#include "ferry/bulk/upload.hpp"
#include "ferry/core/config.hpp"
#include "ferry/langflow/client.hpp"

#include <string>

/// \file
/// Whole directories to and from Langflow's files of a user. Langflow has no directories and refuses names
/// with `/`: a file's path below the directory becomes its name, with `__` for `/`. On the way back it stays
/// like that: everything comes to one folder.
///
/// A program that makes a client includes `ferry/langflow.hpp` as well.
///
/// \par Errors
/// As of bulk::upload() and bulk::download(): what happens to one file is its outcome. Only where it cannot
/// be found out what is there, a function returns the error of that call.
///
/// \par Thread safety
/// The client may be used elsewhere meanwhile. Calls are made from several threads at once
/// (bulk::options::concurrency). What changes there while a function runs may be missed; Langflow answers
/// before it commits, so an upload may take a moment to be listed.
///
/// \par Example
/// ```cpp
/// #include <ferry/bulk/langflow.hpp>
/// #include <ferry/langflow.hpp>
///
/// auto const tree = ferry::bulk::scan("invoices").value();
/// auto const report = ferry::langflow::upload_files(langflow, tree).value();
/// std::cout << report.count(ferry::bulk::status::done) << " uploaded\n";
/// ferry::langflow::download_files(langflow, "copies").value();
/// ```
///
/// \par Source
/// openapi/langflow.yaml: `/api/v2/files`, and reading after writing in `info`.

namespace ferry::langflow::inline FERRY_ABI {

/// Uploads what is not there yet: no file of this name and size, where a number that Langflow appended
/// (`a (1).txt`) is not counted as part of the name. A file that has changed here is uploaded again, and
/// Langflow keeps both.
///
/// An upload that was never answered has failed, and is not looked for: it may be there all the same, and the
/// next run finds it.
///
/// \param langflow the files are those of its user
/// \param tree such as bulk::scan() finds it
/// \param with where bulk::upload_options::already_there is set, it alone decides what is there
/// \returns an outcome for each file; an error only where the list of what is there cannot be read
FERRY_DECL result<ferry::bulk::report> upload_files(client const& langflow,
                                                    ferry::bulk::local_tree const& tree,
                                                    ferry::bulk::upload_options with = {});

/// Downloads all files of the user by their names, numbers that Langflow appended included.
///
/// \param directory the folder here
/// \returns an outcome for each file; an error only where they cannot be listed
FERRY_DECL result<ferry::bulk::report> download_files(client const& langflow, std::string const& directory,
                                                      ferry::bulk::download_options const& with = {});

}  // namespace ferry::langflow

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/bulk/impl/langflow.ipp"
#endif
