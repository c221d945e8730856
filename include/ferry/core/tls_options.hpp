// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <string>

namespace ferry::inline FERRY_ABI {

/// How TLS peers are checked: at least TLS 1.2. Chain and host name are always verified; there is no switch
/// that turns either off.
///
/// \par Errors
/// Files are read with the first `https` request of a client, then kept. What cannot be loaded ends the call
/// with error_kind::tls; so does a peer that does not pass.
///
/// \par Source
/// Host names: RFC 6125; the name that is sent to the server: RFC 6066, section 3.
struct tls_options {
    tls_options() = default;

    /// PEM file with further trusted certificate authorities. Default: none.
    std::string ca_file;
    /// The same as PEM text.
    std::string ca_pem;
    /// Whether the operating system's certificate store is trusted too.
    bool use_system_store = true;
    /// PEM file of a client certificate, its chain behind it. Default: none.
    std::string certificate_file;
    /// PEM file of the certificate's private key. Default: none.
    std::string private_key_file;
};

}  // namespace ferry
