// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/json/raw_json.hpp"

#include "../../support/catch2.hpp"

#include <string>
#include <utility>

using ferry::raw_json;

TEST_CASE("a raw value is null by default", "[raw_json]") {
    CHECK(raw_json().text() == "null");
    CHECK(raw_json().is_null());
}

TEST_CASE("a raw value tells its JSON type", "[raw_json]") {
    auto const types = [](char const* text) {
        raw_json const raw{std::string(text)};
        std::string all;
        if (raw.is_null()) all += 'n';
        if (raw.is_boolean()) all += 'b';
        if (raw.is_number()) all += '1';
        if (raw.is_string()) all += 's';
        if (raw.is_array()) all += 'a';
        if (raw.is_object()) all += 'o';
        return all;
    };
    CHECK(types("null") == "n");
    CHECK(types("true") == "b");
    CHECK(types("false") == "b");
    CHECK(types("-1") == "1");
    CHECK(types("0.5") == "1");
    CHECK(types("\"x\"") == "s");
    CHECK(types("[1]") == "a");
    CHECK(types(" \n{}") == "o");
    CHECK(types("").empty());
    CHECK(types("  ").empty());
}

TEST_CASE("a raw value compares its text and gives it away", "[raw_json]") {
    raw_json a(std::string("1.0"));
    CHECK(a == raw_json(std::string("1.0")));
    CHECK_FALSE(a == raw_json(std::string("1")));
    CHECK(std::move(a).text() == "1.0");
}
