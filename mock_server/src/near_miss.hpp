// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Says why a request met nothing, so that nobody has to guess from a bare 404.

#include <string>

#include "http/message.hpp"
#include "world.hpp"

namespace ferry::mock {

/// The route that takes the request; nullptr when there is none.
[[nodiscard]] route const* find_route(world const& home, http_request const& request);

/// For a request that `home` refused: an unknown path or method, a key that belongs elsewhere, something of
/// somebody else or of another namespace. One line of ASCII, fit for a header field and without secrets;
/// empty when the refusal speaks for itself.
[[nodiscard]] std::string explain_miss(world_map const& all, world& home, http_request const& request,
                                       http_response const& response);

}  // namespace ferry::mock
