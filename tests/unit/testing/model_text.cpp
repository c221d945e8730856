// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/testing/model_text.hpp"

#include "../support/fake_api.hpp"
#include "../support/result.hpp"

#include <map>

using ferry::testing::model;

TEST_CASE("models are those classes that have nothing else to be shown by") {
    CHECK(model<fake_api::thing>);
    CHECK_FALSE(model<std::string>);
    CHECK_FALSE(model<std::vector<fake_api::thing>>);
    CHECK_FALSE(model<std::map<std::string, fake_api::thing>>);
    CHECK_FALSE(model<std::optional<fake_api::thing>>);
    CHECK_FALSE(model<ferry::nullable<fake_api::thing>>);
    CHECK_FALSE(model<ferry::timestamp>);
    CHECK_FALSE(model<ferry::raw_json>);
    CHECK_FALSE(model<int>);
}

TEST_CASE("a model that is no JSON is shown too") {
    fake_api::thing made;
    made.id = "1";
    made.name = "\xff";
    CHECK_THAT(ferry::testing::to_text(made), ferry_test::contains("a model that is no JSON: /name"));
}
