// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Answers that all services have in common.

#include "core/json.hpp"
#include "http/message.hpp"

namespace ferry::mock {

[[nodiscard]] http_response json_response(int status, json::value const& body);
[[nodiscard]] http_response empty_response(int status);

/// Thrown by behaviour and guards to end a request with this response.
struct http_error {
    http_response response;

    explicit http_error(http_response answer) : response(std::move(answer)) {}
    /// `{"detail": …}`
    http_error(int status, json::value detail);
};

}  // namespace ferry::mock
