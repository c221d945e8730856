// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <ferry/langflow.hpp>
#include <ferry/testing/gtest.hpp>

#include <gtest/gtest-spi.h>

namespace {

namespace models = ferry::langflow::models;

ferry::result<models::health> refused() {
    return ferry::error(ferry::error_kind::invalid_argument, "no key for the service");
}

ferry::result<models::health> healthy() {
    models::health state;
    state.status = "ok";
    return state;
}

TEST(GoogleTest, AResultIsTrueWhereThereIsAValue) {
    EXPECT_TRUE(healthy());
    EXPECT_FALSE(refused());
    ASSERT_TRUE(ferry::result<void>());
}

TEST(GoogleTest, ShowsTheErrorOfAResultThatShouldHaveAValue) {
    EXPECT_NONFATAL_FAILURE(EXPECT_TRUE(refused()), "invalid_argument: no key for the service");
}

TEST(GoogleTest, ShowsModelsAsJson) {
    EXPECT_EQ(testing::PrintToString(*healthy()), R"({"status":"ok"})");
    EXPECT_EQ(testing::PrintToString(healthy()), R"({"status":"ok"})");
    EXPECT_EQ(testing::PrintToString(std::vector{*healthy()}), R"({ {"status":"ok"} })");
    EXPECT_NONFATAL_FAILURE(EXPECT_EQ(*healthy(), models::health()), R"({"status":"ok"})");
}

TEST(GoogleTest, ShowsEnumerationsErrorsAndTimes) {
    EXPECT_EQ(testing::PrintToString(models::run_input_type("any")), "any");
    EXPECT_EQ(testing::PrintToString(refused().error()), "invalid_argument: no key for the service");
    EXPECT_EQ(testing::PrintToString(ferry::timestamp("2026-01-01T00:00:00Z")), "2026-01-01T00:00:00Z");
    EXPECT_EQ(testing::PrintToString(ferry::error_kind::timeout), "timeout");
}

}  // namespace
