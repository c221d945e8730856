// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/error.hpp"

#include <boost/system/result.hpp>

namespace ferry {

/// A value or an error. `if (r)` asks, `*r` and `r->` read (precondition: there is a value), `r.value()`
/// throws the typed exception of the error, `r.error()` reads it.
template <class T>
using result = boost::system::result<T, error>;

}  // namespace ferry
