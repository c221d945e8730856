// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/transport.hpp"

#include <string>
#include <utility>

namespace ferry::detail {

inline error make_failure(error_kind kind, std::string message, boost::system::error_code code) {
    error_details data;
    data.kind = kind;
    data.message = std::move(message);
    data.code = code;
    return error(std::move(data));
}

/// An IPv6 address in brackets, anything else as it is.
inline std::string bracketed(std::string const& host) {
    return host.find(':') == std::string::npos ? host : '[' + host + ']';
}

/// `host:port` for messages and CONNECT.
inline std::string authority(origin const& at) {
    return bracketed(at.host) + ':' + std::to_string(at.port);
}

/// The same for `Host` and the absolute form of a target: without the scheme's own port.
inline std::string host_field(origin const& at) {
    return at.port == (at.scheme == "https" ? 443 : 80) ? bracketed(at.host) : authority(at);
}

}  // namespace ferry::detail
