// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/percent.hpp"

#include "support/catch2.hpp"

using namespace ferry::detail;
using namespace std::string_literals;

TEST_CASE("all but letters, digits and what is named becomes percent signs and digits") {
    CHECK(percent_encoded("aZ09", "") == "aZ09");
    CHECK(percent_encoded("a-b/c", "-") == "a-b%2Fc");
    CHECK(percent_encoded("\u00e9%\xff"s + '\0', "") == "%C3%A9%25%FF%00");
    CHECK(percent_encoded("", "-").empty());
}

TEST_CASE("escapes are decoded, broken ones stay") {
    CHECK(percent_decoded("open%20sesame%2F%c3%A9") == "open sesame/\u00e9");
    CHECK(percent_decoded("%00") == "\0"s);
    for (auto const* text : {"", "%", "%4", "%4g", "%g4", "a%", "%-1", "%+1"})
        CHECK(percent_decoded(text) == text);
    CHECK(percent_decoded("%%41") == "%A");
    CHECK(percent_decoded("%2541") == "%41");
}

TEST_CASE("what was encoded is decoded to what it was") {
    std::string all;
    for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
    CHECK(percent_decoded(percent_encoded(all, "-._~")) == all);
}
