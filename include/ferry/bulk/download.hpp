// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/options.hpp"
#include "ferry/bulk/outcome.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/request_options.hpp"
#include "ferry/core/response.hpp"
#include "ferry/core/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::bulk {

/// How download() goes about it: bulk::options, and what need not be fetched.
struct download_options : options {
    download_options() = default;

    /// Whether files are fetched that are here already with the size that the service tells; where it tells
    /// none, every file of that name counts as here. Contents are not compared.
    bool again = false;
    /// Whether what comes is held against what was listed: remote_file::size, and by remote_file::name
    /// whether a web page or a service's words came in place of the file, see request_options::expected_name.
    bool verify = true;
    /// Whether each call ends only when the disk has its file: request_options::flush_to_disk.
    bool flush_to_disk = false;
};

/// A file to download.
struct remote_file {
    remote_file() = default;
    remote_file(std::string id_, std::string name_, std::optional<std::uint64_t> size_ = std::nullopt)
        : id(std::move(id_)), name(std::move(name_)), size(size_) {}

    std::string id;  ///< At the service; handed to the call and not looked at.
    /// Where it goes below the directory, with `/`. Refused are names that lead out of it (`../a`, `/a`, or
    /// `link/a` and `link` through any link in it), that were given before, and new ones with characters that
    /// make a name look like another one: control characters, and such as turn the direction of text.
    std::string name;
    /// In bytes, where the service tells it; for `again`, `verify` and progress.
    std::optional<std::uint64_t> size;
};

/// One file's turn, as a callable of download() gets it.
///
/// \par Lifetime
/// Refers to what download() was given; not to be kept beyond the call.
struct download_task {
    remote_file const& file;
    std::string const& path;  ///< Where to save it. The directory is there.
    /// As in upload_task. They also say what must come, and have save_to() not follow links, which may be
    /// laid while the call runs.
    request_options options;
};

namespace detail {

/// What download() does, whatever is called.
FERRY_DECL report download_each(std::vector<remote_file> const& files, std::string const& directory,
                                std::function<result<saved_file>(download_task const&)> const& save,
                                download_options const& with);

}  // namespace detail

/// Downloads many files into `directory`, which is made where it is missing, with all that the names need.
/// Several at a time; returns when all have ended.
///
/// Each call repeats as usual; a call that fails for good is its file's outcome and does not end the others,
/// unless options::stop_on_error says so. Files that are here already are skipped, see
/// download_options::again.
///
/// \par Errors
/// It never fails as a whole. A failed outcome has the error of its call, or error_kind::invalid_argument
/// where its name leads out of the directory, was given before or may deceive, or error_kind::file where a
/// link leads out of the directory, where its directory cannot be made or `save` has thrown, or
/// error_kind::decoding where something else came than was listed. Files that were stopped are
/// status::cancelled, with error_kind::cancelled.
///
/// \par Lifetime
/// Everything is used only until it returns.
///
/// \par Thread safety
/// `save` is called from several threads at once: options::concurrency, the calling thread among them.
/// Clients may be shared.
///
/// \par Example
/// ```cpp
/// std::vector<ferry::bulk::remote_file> files;
/// files.emplace_back(id, "2026/may.pdf");
/// ferry::bulk::download(files, "copies", [&](ferry::bulk::download_task const& task) {
///     return cloud.files.content(task.file.id).options(task.options).save_to(task.path);
/// });
/// ```
///
/// \param files where names come from a service, they may be anything: see remote_file::name
/// \param directory the folder here, absolute or below the current one
/// \param save makes the call for one bulk::download_task and returns the result<saved_file> of `save_to()`
/// \returns an outcome for each file, in their order
/// \throws what options::progress and options::file_ended throw, after all calls have ended
template <class Save>
report download(std::vector<remote_file> const& files, std::string const& directory, Save const& save,
                download_options const& with = {}) {
    auto const save_one = [&](download_task const& task) -> result<saved_file> { return save(task); };
    return detail::download_each(files, directory, save_one, with);
}

}  // namespace ferry::bulk

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/bulk/impl/download.ipp"
#endif
