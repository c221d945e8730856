// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Takes the body of a request off the connection and into a spool, raw: multipart stays as it was sent.

#include "http/channel.hpp"
#include "http/message.hpp"

#include <cstdint>
#include <memory>

namespace ferry::mock {

/// How much of a body a service accepts, and whether it insists on hearing all of it before it says no.
struct body_limit {
    std::uint64_t bytes;
    bool hear_out = false;
};

enum class body_result {
    complete,
    too_large,  ///< request.body_received says how much was read
    malformed,  ///< bad Content-Length or chunk framing
    lost,       ///< the peer went away, or was silent for too long
    late,       ///< it was never silent for too long, but took too long for all of it
};

/// Fills request.body, body_received and body_too_large. Answers `Expect: 100-continue`.
body_result read_body(channel& connection, http_request& request, body_limit limit,
                      std::shared_ptr<scratch_directory const> const& scratch);

}  // namespace ferry::mock
