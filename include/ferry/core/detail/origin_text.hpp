// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/transport.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

constexpr std::uint16_t default_port(std::string_view scheme) noexcept {
    return scheme == "https" ? 443 : 80;
}

/// An IPv6 address in brackets, anything else as it is.
inline std::string bracketed(std::string const& host) {
    return host.find(':') == std::string::npos ? host : '[' + host + ']';
}

/// `host:port`, for messages and CONNECT.
inline std::string authority(origin const& at) {
    return bracketed(at.host) + ':' + std::to_string(at.port);
}

/// The same without the scheme's own port, for `Host` and URLs.
inline std::string host_field(origin const& at) {
    return at.port == default_port(at.scheme) ? bracketed(at.host) : authority(at);
}

/// `https://host:port`, without the scheme's own port.
inline std::string to_string(origin const& at) {
    return at.scheme + "://" + host_field(at);
}

}  // namespace ferry::detail
