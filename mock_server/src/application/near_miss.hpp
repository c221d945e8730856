// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Says why a request met nothing, so that nobody has to guess from a bare 404.

#include "application/name_spaces.hpp"
#include "core/exchange.hpp"

#include <string>

namespace ferry::mock {

/// For a request that `home` refused: an unknown path or method, a key that belongs elsewhere, something of
/// somebody else or of another namespace.
/// \returns one line of ASCII, fit for a header field and without secrets; empty when the refusal speaks for
/// itself
[[nodiscard]] std::string explain_miss(name_spaces const& all, name_space_contents const& home,
                                       exchange const& on, int status);

}  // namespace ferry::mock
