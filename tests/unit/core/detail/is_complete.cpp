// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/is_complete.hpp"

#include "support/catch2.hpp"

#include <memory>
#include <string>

namespace {

struct only_declared;

struct starter {
    static std::string start(std::string name, std::unique_ptr<int> number) {
        return name + std::to_string(*number);
    }
};

}  // namespace

TEST_CASE("a type is complete where its definition has been seen") {
    CHECK(ferry::detail::is_complete<starter>::value);
    CHECK(ferry::detail::is_complete<int>::value);
    CHECK_FALSE(ferry::detail::is_complete<only_declared>::value);
    CHECK_FALSE(ferry::detail::is_complete<void>::value);
}

TEST_CASE("an operation is started with what it was given, moved") {
    CHECK(ferry::detail::initiate<starter>("n", std::make_unique<int>(7)) == "n7");
}
