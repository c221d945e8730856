// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// How a response travels to the client: as it should, or late, slowly, in part, not at all.

#include <chrono>
#include <cstdint>
#include <utility>

#include "http/message.hpp"

namespace ferry::mock {

struct delivery {
    enum class disturbance {
        none,
        reset,             ///< the connection is reset, nothing of the response arrives
        reset_after_head,  ///< status and header fields arrive, then the reset
        truncate,          ///< the connection is closed after `amount` bytes of the body
        garbage,           ///< bytes arrive that are not HTTP
        stall,             ///< nothing arrives until the client gives up or the server stops
        drip,              ///< `amount` bytes of the body arrive per second
    };

    disturbance what = disturbance::none;
    std::uint64_t amount = 0;
    std::chrono::milliseconds delay{};  ///< before the first byte
};

/// A response and how it travels.
struct reply {
    reply(http_response answer, delivery travels = {}) : response(std::move(answer)), how(travels) {}

    http_response response;
    delivery how;
};

}  // namespace ferry::mock
