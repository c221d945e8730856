// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Strict mode: what the services let pass although their description does not have it.

#include "core/conformance.hpp"
#include "core/validate.hpp"

#include <vector>

namespace ferry::mock {

/// For a request that the service itself accepts: parameters, parts and members that nobody declared or that
/// came twice, values that are right only with some goodwill (`yes` for true, `5` as text), values beside the
/// known ones of an open enum, bodies of another type or where none belongs, credentials of another kind.
///
/// Other headers and cookies are not looked at: clients, proxies and browsers add their own.
[[nodiscard]] std::vector<finding> check_request(route const& target, http_request const& request,
                                                 request_values const& values);

/// The findings as the items of a 422 answer. `ctx` says where in the request and in the description.
[[nodiscard]] json::array as_issues(std::vector<finding> const& findings);

}  // namespace ferry::mock
