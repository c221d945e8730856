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
///
/// Nothing is added to an answer, and nothing checked: header fields are those of `headers`, and content goes
/// to the client as it is. With `Content-Encoding: gzip` it must be compressed.
///
/// \par Thread safety
/// As its members: copies are independent.
///
/// \par Example
/// ```cpp
/// using ferry::testing::canned_response;
/// canned_response const found(200, R"({"id":"1","name":"a.pdf"})");
/// auto const busy = canned_response(429, "").with("Retry-After", "1");
/// auto const refused = canned_response::broken({ferry::error_kind::connection, "connection refused"});
/// canned_response half(200, R"({"id":"1","name":"a.pdf"})");
/// half.truncate_after = 9;                      // error_kind::protocol
/// half.delay = std::chrono::seconds(2);         // before the answer begins
/// ```
struct canned_response {
    /// 200 without header fields and content.
    canned_response() = default;
    /// \param code the status
    /// \param body the whole content
    /// \param type `Content-Type`; not sent where the body is empty
    canned_response(int code, std::string body, std::string type = "application/json")
        : status(code), content(std::move(body)) {
        if (!content.empty()) headers.add("Content-Type", std::move(type));
    }

    /// One more header field, for chains: `canned_response(429, "").with("Retry-After", "1")`. A name may
    /// stand several times.
    canned_response& with(std::string name, std::string value) & {
        headers.add(std::move(name), std::move(value));
        return *this;
    }
    [[nodiscard]] canned_response&& with(std::string name, std::string value) && {
        return std::move(with(std::move(name), std::move(value)));
    }

    /// No connection, or one that broke before the answer. Whether the request had left, which decides what
    /// may be repeated, is `request_sent`; true by default.
    /// \param why what the exchange ends with
    static canned_response broken(error why) {
        canned_response answer;
        answer.failure = std::move(why);
        return answer;
    }
    /// No answer until a deadline passes or the caller cancels. With fake_time the deadline passes at once.
    static canned_response stalled() {
        canned_response answer;
        answer.delay = (std::chrono::milliseconds::max)();
        return answer;
    }

    int status = 200;  ///< Final: not 1xx.
    header_fields headers;
    std::string content;  ///< All of it; handed to the client in one piece.
    /// The answer breaks off after so many bytes of `content`, with error_kind::protocol; head and bytes have
    /// reached the client. It breaks off even where `content` is shorter.
    std::optional<std::size_t> truncate_after;
    /// Wins over the answer: the exchange ends with it after `delay`, without status and content.
    std::optional<error> failure;
    /// With `failure`: whether the request had left. If not, a call of any method may be repeated; if so,
    /// only one that is idempotent.
    bool request_sent = true;
    /// How long the answer takes to begin. Deadlines hold meanwhile, client_options::idle_timeout among them,
    /// and the caller can cancel. Real time, unless the transport has a fake_time.
    std::chrono::milliseconds delay{0};
};

}  // namespace ferry::testing
