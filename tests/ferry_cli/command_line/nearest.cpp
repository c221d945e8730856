// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/nearest.hpp"

#include "support/catch2.hpp"

using ferry::cli::did_you_mean;
using ferry::cli::nearest;

TEST_CASE("the nearest word is the one that differs in the fewest letters") {
    std::vector<std::string> const words{"push", "pull", "sync", "stat", "rm", "mkdir", "completion"};
    CHECK(nearest("push", words) == "push");
    CHECK(nearest("pusch", words) == "push");
    CHECK(nearest("pul", words) == "pull");
    CHECK(nearest("psuh", words) == "push");  // neighbours that changed places are one difference
    CHECK(nearest("complteion", words) == "completion");
    CHECK(nearest("mkdri", words) == "mkdir");
    CHECK(nearest("mr", words) == "rm");
}

TEST_CASE("a word that is like no other has no nearest one") {
    std::vector<std::string> const words{"push", "pull"};
    CHECK(nearest("xyzzy", words).empty());
    CHECK(nearest("", {}).empty());
    CHECK(nearest("upload", words).empty());
    CHECK(nearest(std::string(100, 'p'), {std::string(100, 'p')}).empty());
}

TEST_CASE("of words that are equally near the first counts") {
    CHECK(nearest("cat", {"bat", "rat"}) == "bat");
}

TEST_CASE("did you mean is the end of a sentence, or nothing") {
    CHECK(did_you_mean("pusch", {"push"}) == "; did you mean 'push'?");
    CHECK(did_you_mean("xyzzy", {"push"}).empty());
}
