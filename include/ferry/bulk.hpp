// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/outcome.hpp"
#include "ferry/bulk/tree.hpp"
#include "ferry/core/body.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/request_options.hpp"
#include "ferry/core/response.hpp"
#include "ferry/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Many files at once, over any call that takes or yields one. `ferry/bulk/llamacloud.hpp` and
/// `ferry/bulk/langflow.hpp` have the services' own whole directories ready.

namespace ferry::bulk {

/// How far all files together are.
struct progress {
    progress() = default;

    std::size_t files = 0;  ///< Ended, however.
    std::size_t files_total = 0;
    std::size_t failed = 0;
    std::uint64_t bytes = 0;        ///< Moved.
    std::uint64_t bytes_total = 0;  ///< Of the files whose size is known beforehand.
    bool finished = false;          ///< The last report.
};

struct options {
    options() = default;

    /// So many files at once, each on a thread of its own, the calling thread among them. At least 1.
    std::size_t concurrency = 4;
    /// Whether the first failure ends it all. What is being moved then, is cancelled.
    bool stop_on_error = false;
    /// Ends it soon: calls in flight are cancelled and leave no temporary files, others are not begun.
    std::stop_token stop_token;
    /// Hears of progress at most ten times a second, and at the end; never twice at the same time, but on
    /// whichever thread moves a file. `false` stops as `stop_token` does.
    std::function<bool(bulk::progress const&)> progress;
    /// Hears of every file that has ended, as `progress` does. An exception of either stops everything and
    /// comes out of the bulk call.
    std::function<void(outcome const&)> file_ended;
};

struct upload_options : options {
    upload_options() = default;

    /// Whether the service has this file already, and by which id (may be empty): it is skipped then. Called
    /// from several threads at once. Default: nobody asks.
    std::function<std::optional<std::string>(local_file const&)> already_there;
};

struct download_options : options {
    download_options() = default;

    /// Whether files are fetched that are here already with the size that the service tells; where it tells
    /// none, every file of that name counts as here.
    bool again = false;
};

/// A file to download.
struct remote_file {
    remote_file() = default;
    remote_file(std::string id_, std::string name_, std::optional<std::uint64_t> size_ = std::nullopt)
        : id(std::move(id_)), name(std::move(name_)), size(size_) {}

    std::string id;
    /// Where it goes below the directory, with `/`. Names that lead out of it (`../a`, `/a`) and names that
    /// were given before are refused.
    std::string name;
    std::optional<std::uint64_t> size;
};

/// One file's turn, as a callable of upload() gets it.
struct upload_task {
    local_file const& file;
    request_options
        options;  ///< For the call's `.options(…)`: without them it hears of no stop and tells no progress.

    upload_source source() const { return from_path(file.path); }
};

/// One file's turn, as a callable of download() gets it.
struct download_task {
    remote_file const& file;
    std::string const& path;  ///< Where to save it. The directory is there.
    request_options options;  ///< As in upload_task.
};

namespace detail {

/// Moves one file: fills the outcome's id, bytes, status and error.
using mover = std::function<void(std::size_t index, request_options options, outcome& of)>;

/// Calls `move` for each of `files` that is not decided yet (status::cancelled).
FERRY_DECL report run(std::vector<outcome> files, std::vector<std::uint64_t> const& sizes, mover const& move,
                      options const& with);

/// Where each file goes; what must not go anywhere has failed, what is here already is skipped.
FERRY_DECL std::vector<outcome> plan_downloads(std::vector<remote_file> const& files,
                                               std::string const& directory, download_options const& with);
FERRY_DECL std::vector<outcome> plan_uploads(local_tree const& tree);
FERRY_DECL result<void> make_directory_of(std::string const& path);

template <class T>
std::string id_of(T const& value) {
    if constexpr (std::is_convertible_v<T const&, std::string>)
        return value;
    else if constexpr (requires { std::string(value.id); })
        return value.id;
    else
        return {};
}

template <class T>
void keep_id(result<T> const& moved, outcome& of) {
    if constexpr (!std::is_void_v<T>) of.id = id_of(*moved);
}

}  // namespace detail

/// Uploads many files.
///
/// ```cpp
/// auto const tree = ferry::bulk::scan("invoices").value();
/// auto const report = ferry::bulk::upload(tree, [&](ferry::bulk::upload_task const& task) {
///     return cloud.files.create(task.source(), "parse").options(task.options).send();
/// });
/// ```
///
/// \param send makes the call for one bulk::upload_task and returns its `ferry::result`; it is called from
/// several threads at once.
///     An id is taken from the value: its member `id`, or the value itself where it is a text.
/// \returns an outcome for each file, and for what scan() left out; it never fails as a whole. Each call
/// repeats as usual.
template <class Send>
report upload(local_tree const& tree, Send const& send, upload_options const& with = {}) {
    std::vector<std::uint64_t> sizes;
    for (auto const& file : tree.files) sizes.push_back(file.size);
    auto const move = [&](std::size_t index, request_options call, outcome& of) {
        auto const& file = tree.files[index];
        if (with.already_there) {
            if (auto id = with.already_there(file)) {
                of.status = status::skipped;
                of.id = std::move(*id);
                of.why = error(error_kind::file, "it is there already");
                return;
            }
        }
        auto const sent = send(upload_task{file, std::move(call)});
        if (!sent) {
            of.status = status::failed;
            of.why = sent.error();
            return;
        }
        detail::keep_id(sent, of);
        of.status = status::done;
        of.bytes = file.size;
    };
    return detail::run(detail::plan_uploads(tree), sizes, move, with);
}

/// Downloads many files into `directory`, which is made where it is missing, with all that the names need.
///
/// ```cpp
/// ferry::bulk::download(files, "copies", [&](ferry::bulk::download_task const& task) {
///     return cloud.files.content(task.file.id).options(task.options).save_to(task.path);
/// });
/// ```
///
/// \param save makes the call for one bulk::download_task and returns the result<saved_file> of `save_to()`;
/// it is called from
///     several threads at once.
/// \returns an outcome for each file; it never fails as a whole. Each call repeats as usual.
template <class Save>
report download(std::vector<remote_file> const& files, std::string const& directory, Save const& save,
                download_options const& with = {}) {
    std::vector<std::uint64_t> sizes;
    for (auto const& file : files) sizes.push_back(file.size.value_or(0));
    auto const move = [&](std::size_t index, request_options call, outcome& of) {
        of.status = status::failed;
        if (auto const made = detail::make_directory_of(of.path); !made) {
            of.why = made.error();
            return;
        }
        result<saved_file> const saved = save(download_task{files[index], of.path, std::move(call)});
        if (!saved) {
            of.why = saved.error();
            return;
        }
        of.status = status::done;
        of.bytes = saved->size;
    };
    return detail::run(detail::plan_downloads(files, directory, with), sizes, move, with);
}

}  // namespace ferry::bulk

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/bulk/impl/bulk.ipp"
#endif
