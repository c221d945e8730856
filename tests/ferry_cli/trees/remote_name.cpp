// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/remote_name.hpp"

#include "command_line/exit_code.hpp"
#include "support/catch2.hpp"

using namespace ferry::cli;

namespace {

remote_name parsed(std::string_view word, remote_service by_default = remote_service::llamacloud) {
    return parse_remote(word, by_default);
}

}  // namespace

TEST_CASE("a place at LlamaCloud is a directory and a path below it") {
    auto const place = parsed("llamacloud:reports/2026/may.pdf");
    CHECK(place.service == remote_service::llamacloud);
    CHECK(place.directory == "reports");
    CHECK(place.path == "2026/may.pdf");
    CHECK(place.text() == "llamacloud:reports/2026/may.pdf");
    CHECK(parsed("llamacloud:reports").path.empty());
    CHECK(parsed("llamacloud:reports").text() == "llamacloud:reports");
    CHECK(parsed("llamacloud:").directory.empty());
}

TEST_CASE("a place at Langflow is the beginning of names") {
    auto const place = parsed("langflow:reports/2026");
    CHECK(place.service == remote_service::langflow);
    CHECK(place.directory.empty());
    CHECK(place.path == "reports/2026");
    CHECK(place.text() == "langflow:reports/2026");
    CHECK(parsed("langflow:").text() == "langflow:");
}

TEST_CASE("a place without a service is at the one that is usual") {
    CHECK(parsed("reports/2026").text() == "llamacloud:reports/2026");
    CHECK(parsed("reports/2026", remote_service::langflow).text() == "langflow:reports/2026");
    CHECK(parsed("llamacloud:a", remote_service::langflow).text() == "llamacloud:a");
    CHECK(parsed("a/b:c").text() == "llamacloud:a/b:c");
}

TEST_CASE("slashes too many mean nothing") {
    CHECK(parsed("llamacloud:/reports//2026/").text() == "llamacloud:reports/2026");
    CHECK(parsed("langflow:///").text() == "langflow:");
}

TEST_CASE("a path at a service has no dots for directories, and only the services that there are") {
    CHECK_THROWS_WITH(parsed("llamacloud:a/../b"), "'llamacloud:a/../b': a path at a service has no '..'");
    CHECK_THROWS_WITH(parsed("./a"), "'./a': a path at a service has no '.'");
    CHECK_THROWS_WITH(parsed("lamacloud:a"),
                      "'lamacloud:a': there is no service 'lamacloud'; there are llamacloud and langflow");
    CHECK(parsed("llamacloud:..a/b..").text() == "llamacloud:..a/b..");
}

TEST_CASE("a word with a service and a colon names a place there") {
    CHECK(is_remote("llamacloud:"));
    CHECK(is_remote("langflow:a"));
    CHECK_FALSE(is_remote("langflow"));
    CHECK_FALSE(is_remote("./langflow:a"));
    CHECK_FALSE(is_remote("a"));
}

TEST_CASE("a place has others below it") {
    CHECK(parsed("langflow:").below("a/b").text() == "langflow:a/b");
    CHECK(parsed("llamacloud:d/p").below("a").text() == "llamacloud:d/p/a");
    CHECK(parsed("llamacloud:d").below("a").text() == "llamacloud:d/a");
}
