// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Answers to what LlamaCloud's behaviour, not its schema, cannot accept.

#include "core/json.hpp"
#include "core/responses.hpp"

#include <span>
#include <string>
#include <string_view>

namespace ferry::mock::llamacloud {

/// A 422 with one item, as pydantic words it.
[[nodiscard]] http_error invalid_value(std::string_view type, json::array location,
                                       std::string const& message, json::value input,
                                       json::object context = {});

/// The 422 for a text that is not one of `values`.
[[nodiscard]] http_error not_one_of(std::span<std::string_view const> values, json::array location,
                                    std::string const& input);

/// A value that cannot be used, with the status that was decided: 422 as an item, others as plain text.
[[nodiscard]] http_error unusable(std::int64_t status, json::array location, std::string const& message,
                                  std::string const& input);

}  // namespace ferry::mock::llamacloud
