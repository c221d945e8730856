// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/api_description.hpp"
#include "ferry/engine/detail/retry.hpp"
#include "ferry/engine/detail/url.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// What a client works with: its options with the environment and the description filled in. Immutable but
/// for the retry budget.
struct settings {
    api_description const* description = nullptr;
    /// By name: headers and tables may come from different places, which an index would not notice.
    std::unordered_map<std::string_view, operation const*> operations;
    client_options options;
    /// Where the service is, or why that is not known: every call then fails with it.
    result<parsed_url> base = error(error_kind::invalid_argument, "no base URL");
    /// The same for the servers that single operations have.
    std::map<std::string_view, result<parsed_url>> servers;
    std::string user_agent;
    /// Credentials and their forms, which messages and logs must not show: add_secret().
    std::vector<std::string> secrets;
    retry_budget budget;
};

FERRY_DECL std::shared_ptr<settings> resolve_settings(api_description const& description,
                                                      client_options options);

/// The variable's value, trimmed; blank counts as not set.
FERRY_DECL std::optional<std::string> environment_variable(std::string_view name);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/settings.ipp"
#endif
