// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// An address to connect to, in the system's form.
struct socket_address {
    std::string bytes;
    int family = 0;
    std::string text;  ///< for people
};

struct resolved {
    std::vector<socket_address> addresses;
    std::string why;  ///< where there are none
};

/// The addresses of a host; gives up after that long.
resolved resolve(std::string const& host, std::string const& port, std::chrono::milliseconds patience);

/// Tries to connect to one of them. \returns nothing where that works, else why not
std::string knock(std::vector<socket_address> const& addresses, std::chrono::milliseconds patience);

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace ferry::cli
