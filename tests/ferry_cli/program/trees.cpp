// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry_cli/program/fixture.hpp"

using ferry_test::shell;

TEST_CASE("a tree that is pushed and pulled is the same, at both services") {
    for (std::string const place : {"llamacloud:docs/2026", "langflow:docs/2026", "langflow:"}) {
        CAPTURE(place);
        shell at;
        at.home.write("tree/a.txt", "a");
        at.home.write("tree/deep/er/b__c.txt", "b");
        at.home.write("tree/deep/_.bin", std::string("\0\1", 2));
        auto const pushed = at.run({"push", at.home.path("tree"), place});
        CHECK(pushed.code == 0);
        auto const pulled = at.run({"pull", place, at.home.path("copy")});
        CHECK(pulled.code == 0);
        for (auto const* name : {"a.txt", "deep/er/b__c.txt", "deep/_.bin"})
            CHECK(at.home.read(std::string("copy/") + name) == at.home.read(std::string("tree/") + name));
        auto const again = at.run({"push", at.home.path("tree"), place, "--fail-on-nothing"});
        CHECK(again.code == 9);
        CHECK(again.out.empty());
    }
}

TEST_CASE("a file that has changed replaces the one that is there, and nothing is doubled") {
    for (std::string const place : {"llamacloud:docs", "langflow:docs"}) {
        CAPTURE(place);
        shell at;
        at.home.write("tree/a.txt", "one");
        at.run({"push", at.home.path("tree"), place});
        at.home.write("tree/a.txt", "three");
        auto const pushed = at.run({"push", at.home.path("tree"), place});
        CHECK(pushed.out.starts_with("replaced  a.txt"));
        CHECK(at.run({"ls", place}).out == "a.txt\n");
        CHECK(at.run({"cat", place + "/a.txt"}).out == "three");
    }
}

TEST_CASE("--dry-run says what would happen and does nothing") {
    shell at;
    at.home.write("tree/a.txt", "one");
    auto const said = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--dry-run"});
    CHECK(said.code == 0);
    CHECK(said.out == "would upload  a.txt\n");
    CHECK(at.run({"ls"}).out.find("docs") == std::string::npos);
}

TEST_CASE("--delete asks, and obeys its bound") {
    shell at;
    at.home.write("tree/a.txt", "a");
    at.home.write("tree/b.txt", "b");
    at.run({"push", at.home.path("tree"), "llamacloud:docs"});
    std::filesystem::remove(at.home.path("tree/b.txt"));
    auto const asked = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete"});
    CHECK(asked.code != 0);
    CHECK(asked.err.find("--yes") != std::string::npos);
    auto const bounded =
        at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete", "--max-delete", "0"});
    CHECK(bounded.code == 2);
    CHECK(at.run({"ls", "llamacloud:docs"}).out == "a.txt\nb.txt\n");
    auto const agreed =
        at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete", "--max-delete", "1"});
    CHECK(agreed.code == 0);
    CHECK(at.run({"ls", "llamacloud:docs"}).out == "a.txt\n");
}

TEST_CASE("mv, rm, stat and mkdir") {
    shell at;
    CHECK(at.run({"mkdir", "llamacloud:docs"}).code == 0);
    at.home.write("a.txt", "a");
    CHECK(at.run({"push", at.home.path("a.txt"), "llamacloud:docs/in"}).code == 0);
    CHECK(at.run({"mv", "llamacloud:docs/in/a.txt", "llamacloud:docs/b.txt"}).code == 0);
    CHECK(at.run({"cat", "llamacloud:docs/b.txt"}).out == "a");
    CHECK(*at.run({"stat", "llamacloud:docs/b.txt"}).json().find("unique_id")->text() == "b.txt");
    CHECK(at.run({"rm", "llamacloud:docs/b.txt"}).code != 0);  // nobody to ask
    CHECK(at.run({"rm", "llamacloud:docs/b.txt", "--yes"}).code == 0);
    CHECK(at.run({"cat", "llamacloud:docs/b.txt"}).code == 5);
}

TEST_CASE("some that failed are exit code 3, and named at the end") {
    shell at;
    at.home.write("tree/a\nb.txt", "a name that no other place may have");
    at.home.write("tree/ok.txt", "fine");
    auto const pushed = at.run({"push", at.home.path("tree"), "langflow:"});
    CHECK(pushed.code == 3);
    CHECK(pushed.out.starts_with("uploaded  ok.txt"));
    CHECK(pushed.err.find("failed:\n  a\xef\xbf\xbd"
                          "b.txt") != std::string::npos);
}

TEST_CASE("--format jsonl writes a record for each file and last the summary") {
    shell at;
    at.home.write("tree/a.txt", "a");
    auto const pushed = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--format", "jsonl"});
    std::istringstream lines(pushed.out);
    std::string line;
    std::vector<ferry::cli::json_value> records;
    while (std::getline(lines, line)) records.push_back(ferry::cli::parse_json(line));
    REQUIRE(records.size() == 3);
    CHECK(*records[0].find("type")->text() == "status");
    records.erase(records.begin());
    CHECK(*records[0].find("type")->text() == "file");
    CHECK(*records[0].find("action")->text() == "uploaded");
    CHECK(records[0].find("id")->text()->starts_with("dfl-"));
    CHECK(*records[1].find("type")->text() == "summary");
    CHECK(records[1].find("moved")->number()->digits == "1");
    CHECK(pushed.err.empty());
}
