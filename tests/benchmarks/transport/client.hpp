// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "work.hpp"

#include <ferry/llamacloud.hpp>

#include <string>

namespace work {

using client = ferry::llamacloud::client;

/// A client of the server that the words name, whose paths begin with `prefix`.
inline client make_client(words const& words, std::string const& prefix) {
    ferry::client_options options;
    options.base_url = (words.secure ? "https://" : "http://") + words.host + ":" + words.port + prefix;
    options.api_key = "llx-benchmark";
    options.proxy = "";
    options.tls.use_system_store = false;
    options.tls.ca_file = words.ca;
    return client(options);
}

}  // namespace work
