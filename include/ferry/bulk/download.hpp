// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/detail/run.hpp"
#include "ferry/bulk/options.hpp"
#include "ferry/bulk/outcome.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/request_options.hpp"
#include "ferry/core/response.hpp"
#include "ferry/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::bulk {

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

/// One file's turn, as a callable of download() gets it.
struct download_task {
    remote_file const& file;
    std::string const& path;  ///< Where to save it. The directory is there.
    request_options options;  ///< As in upload_task.
};

namespace detail {

/// Where each file goes; what must not go anywhere has failed, what is here already is skipped.
FERRY_DECL std::vector<outcome> plan_downloads(std::vector<remote_file> const& files,
                                               std::string const& directory, download_options const& with);
FERRY_DECL result<void> make_directory_of(std::string const& path);

}  // namespace detail

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
#include "ferry/bulk/impl/download.ipp"
#endif
