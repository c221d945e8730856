// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// One request on its way through a service: where it leads, and what becomes known of it.

#include "core/routing.hpp"
#include "ferry/mock/fault.hpp"
#include "ferry/mock/journal.hpp"
#include "http/message.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ferry::mock {

class service;

/// Routed once, by whoever makes it.
struct exchange {
    mock::service& service;  ///< that the request is for
    http_request const& request;
    match target;

    /// What a fault does to the place where the service keeps its bytes, for this request.
    storage_fault storage = storage_fault::none;

    /// For the journal: the caller's name, empty for nobody; nothing where the service did not come to look.
    std::optional<std::string> identity{};
    std::vector<journal_part> parts{};
};

}  // namespace ferry::mock
