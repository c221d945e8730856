// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Lets `CHECK(result)` say why it failed, also where the value cannot be printed.

#include "../../support/catch2.hpp"

#include "ferry/core/result.hpp"

#include <string>

namespace Catch {

template <class T>
struct StringMaker<boost::system::result<T, ferry::error>> {
    static std::string convert(boost::system::result<T, ferry::error> const& outcome) {
        return outcome ? "a value" : "error: " + outcome.error().message();
    }
};

}  // namespace Catch
