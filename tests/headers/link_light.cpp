// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Uses a client that someone hands it; light headers are enough for that.

#include "link.hpp"

std::string target_of_list(ferry::llamacloud::client const& client) {
    return client.files.list().page_size(3).request().value().url;
}
