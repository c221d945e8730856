// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/detail/id_of.hpp"
#include "ferry/bulk/options.hpp"
#include "ferry/bulk/outcome.hpp"
#include "ferry/bulk/tree.hpp"
#include "ferry/core/body.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/request_options.hpp"
#include "ferry/core/result.hpp"

#include <functional>
#include <optional>
#include <string>

namespace ferry::inline FERRY_ABI::bulk {

/// How upload() goes about it: bulk::options, and what need not be uploaded.
struct upload_options : options {
    upload_options() = default;

    /// Whether the service has this file already, and by which id (may be empty): it is skipped then. Called
    /// from several threads at once, for each file when it is its turn. Default: nobody asks.
    std::function<std::optional<std::string>(local_file const&)> already_there;
};

/// One file's turn, as a callable of upload() gets it.
///
/// \par Lifetime
/// Refers to the tree; not to be kept beyond the call.
struct upload_task {
    local_file const& file;
    /// For the call's `.options(…)`, before its other setters: it replaces what they set. Without them the
    /// call hears of no stop and tells no progress.
    request_options options;

    /// The file as a body; it is opened when the call is made.
    upload_source source() const { return from_path(file.path); }
};

namespace detail {

/// What upload() does, whatever the call returns. \param send returns the id of what it made
FERRY_DECL report upload_each(local_tree const& tree,
                              std::function<result<std::string>(upload_task const&)> const& send,
                              upload_options const& with);

}  // namespace detail

/// Uploads many files, several at a time, and returns when all have ended.
///
/// Each call repeats as usual; a call that fails for good is its file's outcome and does not end the others,
/// unless options::stop_on_error says so.
///
/// \par Errors
/// It never fails as a whole. A failed outcome has the error of its call, or error_kind::file where `send` or
/// upload_options::already_there has thrown. Files that were stopped are status::cancelled, with
/// error_kind::cancelled.
///
/// \par Lifetime
/// Everything is used only until it returns.
///
/// \par Thread safety
/// `send` and upload_options::already_there are called from several threads at once: options::concurrency,
/// the calling thread among them. Clients may be shared.
///
/// \par Example
/// ```cpp
/// #include <ferry/bulk.hpp>
/// #include <ferry/llamacloud.hpp>
///
/// auto const tree = ferry::bulk::scan("invoices").value();
/// auto const report = ferry::bulk::upload(tree, [&](ferry::bulk::upload_task const& task) {
///     return cloud.files.create(task.source(), "parse").options(task.options).send();
/// });
/// for (auto const& file : report.files)
///     if (file.status == ferry::bulk::status::failed) std::cerr << file.name << ": " << file.why << '\n';
/// ```
///
/// \param tree what to upload, such as scan() finds it
/// \param send makes the call for one bulk::upload_task and returns its `ferry::result`. An id is taken from
/// the value: its member `id`, or the value itself where it is a text
/// \returns an outcome for each file, in their order, and then for what scan() left out
/// \throws what options::progress and options::file_ended throw, after all calls have ended
template <class Send>
report upload(local_tree const& tree, Send const& send, upload_options const& with = {}) {
    auto const send_one = [&](upload_task const& task) { return detail::id_of(send(task)); };
    return detail::upload_each(tree, send_one, with);
}

}  // namespace ferry::bulk

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/bulk/impl/upload.ipp"
#endif
