// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/result.hpp"

#include <string>
#include <type_traits>

namespace ferry::inline FERRY_ABI::bulk::detail {

/// The id of what was uploaded: the value's member `id`, or the value where it is a text; empty where it
/// tells none.
template <class T>
result<std::string> id_of(result<T> const& sent) {
    if (!sent) return sent.error();
    if constexpr (std::is_void_v<T>)
        return std::string();
    else if constexpr (std::is_convertible_v<T const&, std::string>)
        return std::string(*sent);
    else if constexpr (requires { std::string(sent->id); })
        return std::string(sent->id);
    else
        return std::string();
}

}  // namespace ferry::bulk::detail
