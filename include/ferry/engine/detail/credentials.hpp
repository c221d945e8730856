// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/api_description.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/engine/detail/settings.hpp"

#include <string>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// Puts the credentials of the first alternative that can be met where the description wants them; not where
/// the caller did so with a header field of his own. Refuses where none can be met, and says what to set.
FERRY_DECL result<void> add_credentials(settings const& with, operation const& shape, http_request& request,
                                        std::vector<std::string>& cookies);

/// `name=value`, appended to a target.
FERRY_DECL void append_query(std::string& target, std::string_view name, std::string_view value);
/// The same for what is encoded already.
FERRY_DECL void append_pairs(std::string& target, std::string_view encoded);

inline error refused(std::string_view operation, std::string_view why) {
    return error(error_kind::invalid_argument, std::string(operation) + ": " + std::string(why));
}

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/credentials.ipp"
#endif
