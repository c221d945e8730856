// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <vector>

// Host names that only tests know; see slow_names.cpp.

namespace ferry_test {

/// getaddrinfo() of this name takes an hour, as with a name server that does not answer.
inline constexpr char const* slow_name = "slow.name.test";

/// A name with these addresses, in this order.
inline std::string name_of(std::vector<std::string> const& addresses) {
    std::string name;
    for (auto const& address : addresses) {
        for (char c : address) name += c == ':' ? '-' : c;
        name += '+';
    }
    return name + ".addresses.test";
}

}  // namespace ferry_test
