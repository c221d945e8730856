// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Who may use the control surface: programs on this machine. Not the pages that a browser on this machine
// shows, which can send requests as well, wherever they come from.

#include "http/message.hpp"

#include <optional>
#include <string>

namespace ferry::mock {

/// Why the head is refused; nothing when it is not.
///
/// \param own_host server_options::host
[[nodiscard]] std::optional<http_response> refuse_stranger(http_request const& head,
                                                           std::string const& own_host);

/// Why the body is refused, by what it says it is: a page may send text and forms anywhere without asking
/// first, but not JSON.
[[nodiscard]] std::optional<http_response> refuse_body(http_request const& request);

}  // namespace ferry::mock
