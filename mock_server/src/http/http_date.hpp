// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Dates in the form of HTTP headers.

#include <ctime>
#include <string>

namespace ferry::mock {

/// `Sun, 06 Nov 1994 08:49:37 GMT`
[[nodiscard]] std::string http_date(std::time_t when);

/// The same for now; formatted once per second and thread.
[[nodiscard]] std::string const& current_http_date();

}  // namespace ferry::mock
