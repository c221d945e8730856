// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// A host name whose look-up blocks, as with a name server that does not answer.

namespace ferry_test {

/// getaddrinfo() of this name takes 10 s and then finds nothing; see slow_names.cpp.
inline constexpr char const* slow_name = "slow.name.test";

}  // namespace ferry_test
