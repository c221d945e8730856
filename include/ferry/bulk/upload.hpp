// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/detail/run.hpp"
#include "ferry/bulk/options.hpp"
#include "ferry/bulk/outcome.hpp"
#include "ferry/bulk/tree.hpp"
#include "ferry/core/body.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/request_options.hpp"
#include "ferry/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::bulk {

struct upload_options : options {
    upload_options() = default;

    /// Whether the service has this file already, and by which id (may be empty): it is skipped then. Called
    /// from several threads at once. Default: nobody asks.
    std::function<std::optional<std::string>(local_file const&)> already_there;
};

/// One file's turn, as a callable of upload() gets it.
struct upload_task {
    local_file const& file;
    request_options
        options;  ///< For the call's `.options(…)`: without them it hears of no stop and tells no progress.

    upload_source source() const { return from_path(file.path); }
};

namespace detail {

FERRY_DECL std::vector<outcome> plan_uploads(local_tree const& tree);

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

}  // namespace ferry::bulk

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/bulk/impl/upload.ipp"
#endif
