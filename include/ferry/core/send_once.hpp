// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"
#include "ferry/core/result.hpp"

#include <optional>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// Whether a call that ended with `why` may have done its work all the same: no complete answer came, or that
/// of a gateway which had none (502, 504).
///
/// \par Source
/// RFC 9110, sections 15.6.3 and 15.6.5.
inline bool may_have_arrived(error const& why) noexcept {
    return why.kind() == error_kind::connection || why.kind() == error_kind::timeout ||
           why.kind() == error_kind::protocol || why.status() == 502 || why.status() == 504;
}

/// The first item of a list call, or nothing where it is empty. Fetches one page on the calling thread, and
/// more only where that one is empty and leads on.
///
/// \param list a generated list call
/// \returns the item, nothing, or the error of the call
template <class List>
result<std::optional<typename List::item_type>> first_item(List const& list) {
    auto items = list.items();
    for (auto& item : items) {
        if (!item) return item.error();
        return std::optional(std::move(*item));
    }
    return std::optional<typename List::item_type>();
}

/// The first item of a list call that `fits`, or nothing where none does. Fetches as many pages as that
/// takes, on the calling thread: one, where the service filters as it was asked.
///
/// \param list a generated list call
/// \param fits `bool(item const&)`
/// \returns the item, nothing, or the error of a call
template <class List, class Fits>
result<std::optional<typename List::item_type>> first_item(List const& list, Fits const& fits) {
    auto items = list.items();
    for (auto& item : items) {
        if (!item) return item.error();
        if (fits(std::as_const(*item))) return std::optional(std::move(*item));
    }
    return std::optional<typename List::item_type>();
}

/// Repeats an upload that was sent but never answered, which ferry does not do by itself, after a look
/// whether it has arrived. A service that is still busy with the first copy does not list it yet: then there
/// are two.
///
/// \par Example
/// ```cpp
/// auto file = ferry::send_once(
///     [&] {
///         auto const file = ferry::from_path("a.pdf");
///         return cloud.files.create(file, "parse").external_file_id("inv-42").send();
///     },
///     [&] {
///         return ferry::first_item(cloud.files.list().external_file_id("inv-42"),
///                                  [](auto const& file) { return file.external_file_id == "inv-42"; });
///     });
/// ```
///
/// \param send makes the call; returns result<T>
/// \param find looks for what it would have made; returns result<std::optional<T>>. What it finds is taken
/// for
///     what was sent: let it look at the id, because a service that does not know a filter leaves it out
/// \param repeats how often to send again at the most
/// \returns what `send` or `find` yielded; where `find` fails, the error of `send`
template <class Send, class Find>
auto send_once(Send const& send, Find const& find, int repeats = 1) -> decltype(send()) {
    while (true) {
        auto sent = send();
        if (sent || !may_have_arrived(sent.error())) return sent;
        auto found = find();
        if (!found) return sent;
        if (*found) return std::move(**found);
        if (repeats-- <= 0) return sent;
    }
}

}  // namespace ferry
