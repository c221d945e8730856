// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <string>

namespace ferry::inline FERRY_ABI {

/// How TLS peers are checked. Chain and host name are always verified; there is no switch that turns either
/// off.
struct tls_options {
    tls_options() = default;

    /// PEM file with further trusted certificate authorities. Default: none.
    std::string ca_file;
    /// The same as PEM text.
    std::string ca_pem;
    /// Whether the operating system's certificate store is trusted too.
    bool use_system_store = true;
    /// PEM files of a client certificate chain and its key. Default: none.
    std::string certificate_file;
    std::string private_key_file;
};

}  // namespace ferry
