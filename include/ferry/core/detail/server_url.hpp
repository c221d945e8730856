// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// A server's URL with values for its `{variables}`. A value stays where it stands: one that would change the
/// host from inside of a part of it, such as `evil.example/`, is percent-encoded, and such a URL is then
/// refused by whatever is to connect to it.
FERRY_DECL std::string server_url(
    std::string_view url, std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/core/impl/server_url.ipp"
#endif
