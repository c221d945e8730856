// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/api_description.hpp"
#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/engine/detail/multipart.hpp"
#include "ferry/engine/detail/settings.hpp"
#include "ferry/engine/detail/url.hpp"

#include <memory>
#include <string>

namespace ferry::inline FERRY_ABI::detail {

/// The request that a call stands for, ready to be sent any number of times.
struct prepared_request {
    operation shape;   ///< What the description says; for unlisted endpoints, what follows from the call.
    std::string name;  ///< Of the operation, for messages.
    http_request request;
    std::unique_ptr<byte_source> stream;  ///< A multipart or file body; null where the content is in memory.
    std::string preview = {};             ///< What stands for the stream where a request is shown.

    bool is_repeatable() const noexcept { return !stream || stream->repeatable(); }
};

/// What may be shown of the content of `sent`, which was made of `from`.
inline std::string_view shown_content(prepared_request const& from, http_request const& sent) noexcept {
    return from.stream ? std::string_view(from.preview) : std::string_view(sent.content);
}

/// Turns a call's data into a request: path, query, header fields with credentials, body. Refuses with
/// error_kind::invalid_argument what must not be sent: a missing key, empty ids, `.` and `..`, control
/// characters in header fields and names.
FERRY_DECL result<prepared_request> prepare(settings const& with, call_state const& call, void const* body);

/// The request as it may be shown: credentials are `***`.
FERRY_DECL result<request_preview> preview(settings const& with, call_state const& call, void const* body);

/// A plain GET of what somebody else's URL leads to: no credentials, none of the client's own header fields.
FERRY_DECL http_request prepare_foreign(settings const& with, foreign_url url);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/prepare.ipp"
#endif
