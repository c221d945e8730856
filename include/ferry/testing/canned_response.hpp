// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"
#include "ferry/core/headers.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace ferry::inline FERRY_ABI::testing {

/// What the service answers, or how the network fails.
struct canned_response {
    canned_response() = default;
    canned_response(int code, std::string body, std::string type = "application/json")
        : status(code), content(std::move(body)) {
        if (!content.empty()) headers.add("Content-Type", std::move(type));
    }

    /// One more header field, for chains: `canned_response(429, "").with("Retry-After", "1")`.
    canned_response& with(std::string name, std::string value) & {
        headers.add(std::move(name), std::move(value));
        return *this;
    }
    [[nodiscard]] canned_response&& with(std::string name, std::string value) && {
        return std::move(with(std::move(name), std::move(value)));
    }

    /// No connection, or one that broke before the answer.
    static canned_response broken(error why) {
        canned_response answer;
        answer.failure = std::move(why);
        return answer;
    }
    /// No answer until a deadline passes or the caller cancels.
    static canned_response stalled() {
        canned_response answer;
        answer.delay = (std::chrono::milliseconds::max)();
        return answer;
    }

    int status = 200;
    header_fields headers;
    std::string content;
    /// The answer breaks off after so many bytes of `content`.
    std::optional<std::size_t> truncate_after;
    /// Wins over the answer.
    std::optional<error> failure;
    /// With `failure`: whether the request had left.
    bool request_sent = true;
    /// How long the answer takes. Deadlines hold meanwhile, and the caller can cancel.
    std::chrono::milliseconds delay{0};
};

}  // namespace ferry::testing
