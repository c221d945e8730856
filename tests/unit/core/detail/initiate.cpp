// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/initiate.hpp"

#include "support/catch2.hpp"

#include <memory>
#include <string>

namespace {

struct starter {
    static std::string start(std::string name, std::unique_ptr<int> number) {
        return name + std::to_string(*number);
    }
};

}  // namespace

TEST_CASE("an operation is started with what it was given, moved") {
    CHECK(ferry::detail::initiate<starter>("n", std::make_unique<int>(7)) == "n7");
}
