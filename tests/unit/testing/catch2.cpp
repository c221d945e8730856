// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/testing/catch2.hpp"

#include "../support/fake_api.hpp"
#include "../support/result.hpp"

#include <optional>
#include <vector>

namespace {

fake_api::thing a_model() {
    fake_api::thing made;
    made.id = "1";
    made.name = "a";
    return made;
}

}  // namespace

TEST_CASE("Catch2 shows models as JSON, by themselves and in what holds them") {
    auto const text = std::string(R"({"id":"1","name":"a"})");
    CHECK(Catch::Detail::stringify(a_model()) == text);
    CHECK(Catch::Detail::stringify(ferry::result<fake_api::thing>(a_model())) == text);
    CHECK(Catch::Detail::stringify(std::vector{a_model()}) == "{ " + text + " }");
}

TEST_CASE("Catch2 shows the error of a result that has no value") {
    ferry::result<fake_api::thing> const refused = ferry::error(ferry::error_kind::timeout, "too late");
    CHECK(Catch::Detail::stringify(refused) == "timeout: too late");
    CHECK(Catch::Detail::stringify(ferry::result<void>()) == "a value");
    CHECK(Catch::Detail::stringify(ferry::result<std::string>("text")) == "\"text\"");
}
