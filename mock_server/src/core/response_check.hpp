// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The mock holds its own answers against the description.

#include "core/conformance.hpp"
#include "http/message.hpp"

#include <vector>

namespace ferry::mock {

/// What is wrong with an answer: a status that the description does not have (errors that it leaves open
/// excepted), another media type, a header that is missing, a body that the schema does not allow. Binary
/// and streamed bodies are not looked into.
[[nodiscard]] std::vector<finding> check_response(route const& target, http_response const& response);

/// The answer that takes the place of one with findings, so that no test overlooks them.
[[nodiscard]] http_response explain_response(route const& target, std::vector<finding> const& findings);

}  // namespace ferry::mock
