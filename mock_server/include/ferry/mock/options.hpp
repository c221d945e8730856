// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// ferry/mock/options.hpp: where the mock server listens and whose behaviour it follows.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "ferry/mock/langflow_options.hpp"
#include "ferry/mock/llamacloud_options.hpp"

namespace ferry::mock {

/// Where the services' pages and their servers disagree, which of the two the mock follows.
enum class profile {
    documented,  ///< as the pages say, and as the server does where they are silent
    observed,    ///< as the server does
};

struct server_options {
    /// Address to listen on. Admin paths (`/_ferry/…`) answer loopback peers only.
    std::string host = "127.0.0.1";
    /// 0 takes any free port; see server::port().
    int port = 0;
    /// PEM files; both or none. With them the server speaks TLS only.
    std::string tls_certificate{};
    std::string tls_key{};

    mock::profile profile = mock::profile::documented;

    /// Largest upload in MiB. Without it each service has its own limit: 512 for LlamaCloud, 1024 for
    /// Langflow.
    std::optional<std::uint64_t> max_upload_mb{};

    /// Makes ids, signatures and tokens the same in every run: each namespace draws from a sequence of its
    /// own that this number and its name determine. Without it they cannot be foreseen.
    std::optional<std::uint64_t> id_seed{};

    /// How many namespaces there may be beside the default one; a request for one more is refused with status
    /// 400.
    std::size_t max_namespaces = 256;

    llamacloud_options llamacloud{};
    langflow_options langflow{};
};

}  // namespace ferry::mock
