// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/download.hpp"
#include "ferry/bulk/tree.hpp"
#include "ferry/bulk/upload.hpp"
#include "ferry/core/config.hpp"
#include "ferry/llamacloud/client.hpp"

#include <string>
#include <vector>

/// \file
/// Whole directories to and from LlamaCloud. A file's path below the directory is its identity there: the
/// `unique_id` in a directory, the `external_file_id` elsewhere. The service tells no sizes, so a file that
/// was changed here keeps its old bytes there; delete it there, or use bulk::upload() with an identity of
/// your own, such as ferry::digest_of(). An upload that was never answered is looked for before it is
/// repeated (ferry::send_once()).
///
/// A program that makes a client includes `ferry/llamacloud.hpp` as well.
///
/// \par Errors
/// As of bulk::upload() and bulk::download(): what happens to one file is its outcome. Only where it cannot
/// be found out what is there, a function returns the error of that call. The service takes 512 MB per file
/// and 50 uploads per 5 seconds and project; calls that it asks to wait are repeated as usual.
///
/// \par Thread safety
/// The client may be used elsewhere meanwhile. Calls are made from several threads at once
/// (bulk::options::concurrency). What changes there while a function runs may be missed.
///
/// \par Example
/// ```cpp
/// #include <ferry/bulk/llamacloud.hpp>
/// #include <ferry/llamacloud.hpp>
///
/// auto const tree = ferry::bulk::scan("invoices").value();
/// auto const report = ferry::llamacloud::upload_to_directory(cloud, directory_id, tree).value();
/// std::cout << report.count(ferry::bulk::status::done) << " uploaded\n";
/// ferry::llamacloud::download_directory(cloud, directory_id, "copies").value();
/// ```
///
/// \par Source
/// openapi/llamacloud.yaml: operation `directories_files_list`, schemas `DirectoryFile` and `File`, and the
/// limits in `info`.

namespace ferry::llamacloud::inline FERRY_ABI {

/// Uploads what is not in the directory yet. An outcome's id is that of the entry.
///
/// \param directory_id of the directory at the service
/// \param tree such as bulk::scan() finds it; a file's `name` becomes its `unique_id`
/// \param with where bulk::upload_options::already_there is set, it alone decides what is there
/// \returns an outcome for each file; an error only where the list of what is there cannot be read
FERRY_DECL result<ferry::bulk::report> upload_to_directory(client const& cloud,
                                                           std::string const& directory_id,
                                                           ferry::bulk::local_tree const& tree,
                                                           ferry::bulk::upload_options with = {});

/// Uploads what the project does not have yet. An outcome's id is that of the file.
///
/// The whole list of the project's files is read first, 1000 to a page.
///
/// \param cloud its key's default project is meant
/// \param tree such as bulk::scan() finds it; a file's `name` becomes its `external_file_id`
/// \param purpose of all of them; a file that is there with another purpose counts as there
/// \param with where bulk::upload_options::already_there is set, it alone decides what is there
/// \returns an outcome for each file; an error only where the list of what is there cannot be read
FERRY_DECL result<ferry::bulk::report> upload_files(client const& cloud, ferry::bulk::local_tree const& tree,
                                                    models::file_purpose const& purpose,
                                                    ferry::bulk::upload_options with = {});

/// Downloads files by their ids, each through its signed URL.
///
/// \param files by the ids of files, not of entries of a directory
/// \param directory the folder here
/// \returns an outcome for each file
FERRY_DECL ferry::bulk::report download_files(client const& cloud,
                                              std::vector<ferry::bulk::remote_file> const& files,
                                              std::string const& directory,
                                              ferry::bulk::download_options const& with = {});

/// Downloads all files of a directory that have bytes, by their `unique_id`. Entries without a file are left
/// out, without an outcome.
///
/// \param directory_id of the directory at the service
/// \param directory the folder here
/// \returns an outcome for each file, whose id is that of the file; an error only where the directory cannot
/// be listed
FERRY_DECL result<ferry::bulk::report> download_directory(client const& cloud,
                                                          std::string const& directory_id,
                                                          std::string const& directory,
                                                          ferry::bulk::download_options const& with = {});

}  // namespace ferry::llamacloud

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/bulk/impl/llamacloud.ipp"
#endif
