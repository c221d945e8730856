// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <type_traits>

namespace ferry::inline FERRY_ABI::detail {

/// Whether the header that defines `T` has been included. Ask for a type that depends on a template's
/// parameter: the answer is kept.
template <class T, class = void>
struct is_complete : std::false_type {};
template <class T>
struct is_complete<T, std::void_t<decltype(sizeof(T))>> : std::true_type {};

}  // namespace ferry::detail
