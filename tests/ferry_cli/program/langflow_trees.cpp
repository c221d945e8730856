// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Trees at Langflow off the main road: its names, answers that are lost, replacements that are cut short.
#include "ferry_cli/program/fixture.hpp"

#include <algorithm>

using ferry::mock::profile;
using ferry_test::shell;

namespace {

/// A Langflow that keeps files as the real one does: by the names under which they were uploaded.
ferry::mock::server_options as_observed() {
    return {.profile = profile::observed};
}

ferry::mock::fault failing(std::string const& method, std::string const& path, std::uint64_t times = 1) {
    ferry::mock::fault made;
    made.method = method;
    made.path = path;
    made.times = times;
    made.status = 400;
    return made;
}

/// The request is served, its answer does not arrive.
ferry::mock::fault losing(std::string const& method, std::string const& path) {
    ferry::mock::fault made;
    made.method = method;
    made.path = path;
    made.reset = ferry::mock::reset_point::before_headers;
    return made;
}

/// What Langflow itself calls the files, sorted.
std::vector<std::string> rows(shell& at) {
    auto const listed = at.run({"langflow", "files", "list", "--transform", "name", "--format", "jsonl"});
    std::vector<std::string> made;
    std::istringstream lines(listed.out);
    for (std::string line; std::getline(lines, line);) made.push_back(*ferry::cli::parse_json(line).text());
    std::ranges::sort(made);
    return made;
}

/// A file as somebody else uploads it.
void put(shell& at, std::string const& name, std::string const& bytes) {
    auto const made =
        at.run({"langflow", "files", "upload", "--file", at.home.write("foreign/" + name, bytes)});
    REQUIRE(made.code == 0);
}

void put_as(shell& at, std::string const& name, std::string const& bytes) {
    auto const made =
        at.run({"langflow", "files", "upload", "--file", at.home.write("foreign/x.txt", bytes)});
    auto const id = *made.json().find("id")->text();
    REQUIRE(at.run({"langflow", "files", "rename", "--file-id", id, "--name", name}).code == 0);
}

std::string list(shell& at, std::string const& place = "langflow:") {
    return at.run({"ls", place}).out;
}

}  // namespace

TEST_CASE("every name comes back from Langflow as it was, whatever Langflow makes of it") {
    shell at(as_observed());
    std::vector<std::string> const names{
        "a.txt",
        "a.md",
        "a",
        "annual.txt",
        "a (1).txt",
        "a (1).md",
        "b c.txt",
        "\xc3\xa4pfel/\xe9\xbe\x99.txt",
        "a%5Fb.txt",
        "a%2Cb.txt",
        "a,b.txt",
        "x, y,.txt",
        "__init__.py",
        "_",
        "__",
        "d__e/f_/_g",
        "d_/e",
        "100%.txt",
        "%00",
        "x%00.txt",
        ".profile",
        ".env",
        ".git/config",
        "archive.tar.gz",
        "v1.2 final",
        "name.",
        "a.b/c",
        "..x..",
        "CON.txt",
        "nul",
        "back\\slash.txt",
        "quo\"te'.txt",
        "x~ferry-01234567.txt",
        "~ferry-0123456789abcdef",
        "%7Eferry-01234567.txt",
        std::string(251, 'n') + ".txt",
        std::string(255, 'm'),
        "deep/" + std::string(200, 'd') + "/" + std::string(200, 'e') + ".txt"};
    for (auto const& name : names) at.home.write("tree/" + name, name + "!");
    auto const pushed = at.run({"push", at.home.path("tree"), "langflow:"});
    CHECK(pushed.err.find("failed") == std::string::npos);
    REQUIRE(pushed.code == 0);
    auto const again = at.run({"push", at.home.path("tree"), "langflow:", "--fail-on-nothing"});
    CHECK(again.out.empty());
    CHECK(again.code == 9);
    REQUIRE(at.run({"pull", "langflow:", at.home.path("copy")}).code == 0);
    for (auto const& name : names) {
        CAPTURE(name);
        CHECK(at.home.read("copy/" + name) == name + "!");
    }
    CHECK(rows(at).size() == names.size());
    auto const fetched = at.run({"pull", "langflow:", at.home.path("copy"), "--fail-on-nothing"});
    CHECK(fetched.out.empty());
    CHECK(fetched.code == 9);
}

TEST_CASE("Langflow shows files by the names that they have here, without extensions") {
    shell at;
    for (auto const* name : {"a.txt", "2026/b_c.pdf", "a.md"})
        at.home.write(std::string("tree/") + name, "x");
    at.run({"push", at.home.path("tree"), "langflow:", "--jobs", "1"});
    CHECK(rows(at) == std::vector<std::string>{"2026__b_c", "a", "a.txt%00"});
}

TEST_CASE("a file at Langflow that is replaced again and again keeps its name and has the last bytes") {
    shell at(as_observed());
    for (std::string const bytes : {"1", "22", "333", "4444"}) {
        for (std::string const name : {"a.txt", "b,c.txt", "CON.txt", ".env"})
            at.home.write("tree/" + name, name + bytes);
        REQUIRE(at.run({"push", at.home.path("tree"), "langflow:docs"}).code == 0);
        for (std::string const name : {"a.txt", "b,c.txt", "CON.txt", ".env"}) {
            CAPTURE(name, bytes);
            CHECK(at.run({"cat", "langflow:docs/" + name}).out == name + bytes);
        }
        CHECK(list(at, "langflow:docs") == ".env\nCON.txt\na.txt\nb,c.txt\n");
        CHECK(rows(at).size() == 4);
    }
}

TEST_CASE("an upload to Langflow whose answer was lost is not doubled") {
    for (std::string const name : {"a.txt", "CON.txt"}) {
        CAPTURE(name);
        shell at(as_observed());
        put(at, "annual.txt", "somebody's");
        at.home.write("tree/" + name, "bytes");
        at.mock.add_fault(losing("POST", "/api/v2/files*"));
        auto const pushed = at.run({"push", at.home.path("tree"), "langflow:"});
        CHECK(pushed.code == 0);
        CHECK(at.mock.faults_fired() == 1);
        CHECK(rows(at).size() == 2);
        CHECK(at.run({"cat", "langflow:" + name}).out == "bytes");
    }
}

TEST_CASE("an upload to Langflow that never got its name gets it in the next run, and is not sent again") {
    shell at(as_observed());
    at.home.write("tree/a.txt", "bytes");
    at.mock.add_fault(failing("PUT", "/api/v2/files/*"));
    CHECK(at.run({"push", at.home.path("tree"), "langflow:docs"}).code != 0);
    // It is complete, and listed by the name that it will have.
    CHECK(list(at, "langflow:docs") == "a.txt\n");
    CHECK(at.run({"cat", "langflow:docs/a.txt"}).out == "bytes");
    auto const pushed = at.run({"push", at.home.path("tree"), "langflow:docs"});
    CHECK(pushed.code == 0);
    CHECK(pushed.out.empty());
    CHECK(rows(at) == std::vector<std::string>{"docs__a"});
}

TEST_CASE("replacing a file at Langflow can be cut short anywhere: the next run ends it") {
    struct step {
        char const* method;
        bool sent;  ///< whether the new file had arrived
    };
    for (auto const& [method, sent] : {step{"POST", false}, step{"DELETE", true}, step{"PUT", true}})
        for (std::string const name : {"a.txt", "b.tar.gz", "c"}) {
            CAPTURE(method, name);
            shell at(as_observed());
            at.home.write("tree/" + name, "old");
            at.run({"push", at.home.path("tree"), "langflow:docs"});
            at.home.write("tree/" + name, "newer");
            at.mock.add_fault(failing(method, "/api/v2/files*"));
            CHECK(at.run({"push", at.home.path("tree"), "langflow:docs"}).code == 1);
            CHECK(list(at, "langflow:docs") == name + "\n");
            CHECK(at.run({"cat", "langflow:docs/" + name}).out == (sent ? "newer" : "old"));
            auto const pushed = at.run({"push", at.home.path("tree"), "langflow:docs"});
            CHECK(pushed.code == 0);
            CHECK(pushed.out.empty() == sent);
            CHECK(rows(at).size() == 1);
            CHECK(rows(at).front().find("~ferry") == std::string::npos);
            CHECK(at.run({"cat", "langflow:docs/" + name}).out == "newer");
        }
}

TEST_CASE("a name that Langflow takes in no upload is replaced as safely, wherever it is cut short") {
    // Its upload says nothing of the name; a renaming says whose successor it is, before the old file goes.
    for (int const good_renamings : {0, 1}) {
        CAPTURE(good_renamings);
        shell at(as_observed());
        at.home.write("tree/a..b.txt", "old");
        at.run({"push", at.home.path("tree"), "langflow:"});
        at.home.write("tree/a..b.txt", "newer");
        if (good_renamings == 1) {
            auto waiting = failing("PUT", "/api/v2/files/*");
            waiting.status.reset();
            waiting.delay_ms = 0;
            at.mock.add_fault(waiting);
        }
        at.mock.add_fault(failing("PUT", "/api/v2/files/*"));
        CHECK(at.run({"push", at.home.path("tree"), "langflow:"}).code == 1);
        CHECK(at.run({"cat", "langflow:a..b.txt"}).out == (good_renamings == 0 ? "old" : "newer"));
        CHECK(at.run({"push", at.home.path("tree"), "langflow:"}).code == 0);
        CHECK(at.run({"cat", "langflow:a..b.txt"}).out == "newer");
        CHECK(rows(at) == std::vector<std::string>{"a..b"});
    }
}

TEST_CASE("files that others have uploaded to Langflow are pulled under Langflow's names for them") {
    shell at(as_observed());
    put(at, "report.pdf", "1");
    put(at, "report.pdf", "2");
    put(at, "__init__.py", "python");
    put(at, "a__b.txt", "below");
    put_as(at, "2026/may", "slash");
    auto const pulled = at.run({"pull", "langflow:", at.home.path("copy")});
    CHECK(pulled.code == 0);
    CHECK(at.home.read("copy/report.pdf") == "1");
    CHECK(at.home.read("copy/report (1).pdf") == "2");
    CHECK(at.home.read("copy/__init__.py") == "python");
    CHECK(at.home.read("copy/a/b.txt") == "below");
    CHECK(at.home.read("copy/2026/may.txt") == "slash");
}

TEST_CASE("two files of Langflow that would have one name here get two") {
    shell at(as_observed());
    at.home.write("tree/2026/may.txt", "pushed");
    at.run({"push", at.home.path("tree"), "langflow:"});
    put_as(at, "2026/may", "renamed by hand");
    REQUIRE(at.run({"pull", "langflow:", at.home.path("copy")}).code == 0);
    CHECK(at.home.read("copy/2026/may.txt") == "pushed");
    auto const listed = at.run({"ls", "langflow:", "--format", "jsonl"});
    auto const other = ferry::cli::parse_json(listed.out.substr(0, listed.out.find('\n')));
    auto const name = "2026/may (" + *other.find("id")->text() + ").txt";
    CHECK(*other.find("name")->text() == name);
    CHECK(at.home.read("copy/" + name) == "renamed by hand");
}

TEST_CASE("names from Langflow that lead out of the directory are refused one by one") {
    shell at(as_observed());
    put(at, "good.txt", "good");
    std::vector<std::string> const names{
        "../out", "/abs", "a//b", "a/./b", "a/../../b", "line\nbreak", std::string(300, 'n')};
    for (auto const& name : names) put_as(at, name, "bad");
    auto const pulled = at.run({"pull", "langflow:", at.home.path("in/copy"), "--format", "jsonl"});
    CHECK(pulled.code == 3);
    std::size_t errors = 0;
    std::istringstream lines(pulled.out);
    for (std::string line; std::getline(lines, line);)
        if (*ferry::cli::parse_json(line).find("type")->text() == "error") ++errors;
    CHECK(errors == names.size());
    CHECK(at.home.read("in/copy/good.txt") == "good");
    std::vector<std::string> found;
    for (auto const& one : std::filesystem::recursive_directory_iterator(at.home.path("in")))
        if (one.is_regular_file()) found.push_back(one.path().filename());
    CHECK(found == std::vector<std::string>{"good.txt"});
    CHECK(list(at).find("line\xef\xbf\xbd"
                        "break.txt\n") != std::string::npos);
}

TEST_CASE("mv at Langflow changes directory and extension, and never takes a name that is in use") {
    shell at(as_observed());
    at.home.write("tree/a.txt", "a");
    at.home.write("tree/b.txt", "b");
    at.run({"push", at.home.path("tree"), "langflow:"});
    CHECK(at.run({"mv", "langflow:a.txt", "langflow:deep/er/c.md"}).code == 0);
    CHECK(list(at) == "b.txt\ndeep/er/c.md\n");
    CHECK(at.run({"cat", "langflow:deep/er/c.md"}).out == "a");
    auto const taken = at.run({"mv", "langflow:b.txt", "langflow:deep/er/c.md"});
    CHECK(taken.code == 2);
    CHECK(taken.err.find("is there already") != std::string::npos);
    CHECK(at.run({"mv", "langflow:b.txt", "langflow:deep/er/c.txt"}).code == 0);
    CHECK(list(at) == "deep/er/c.md\ndeep/er/c.txt\n");
    CHECK(at.run({"mv", "langflow:nothing", "langflow:x"}).code == 5);
    CHECK(at.run({"rm", "langflow:nothing", "--yes"}).code == 5);
}

TEST_CASE("a path at Langflow with nothing below it is not found, a user without files is empty") {
    shell at;
    CHECK(at.run({"ls", "langflow:nothing"}).code == 5);
    at.home.write("copy/mine.txt", "mine");
    CHECK(at.run({"pull", "langflow:nothing", at.home.path("copy"), "--delete", "--yes"}).code == 5);
    CHECK(at.home.read("copy/mine.txt") == "mine");
    CHECK(at.run({"ls", "langflow:"}).code == 0);
}

TEST_CASE("a single file is source and target at Langflow as well") {
    shell at(as_observed());
    auto const file = at.home.write("a.txt", "one");
    CHECK(at.run({"push", file, "langflow:docs"}).code == 0);
    CHECK(at.run({"pull", "langflow:docs/a.txt", at.home.path("copy")}).code == 0);
    CHECK(at.home.read("copy/a.txt") == "one");
    at.home.write("a.txt", "three");
    CHECK(at.run({"push", file, "langflow:docs/a.txt"}).code == 0);
    CHECK(list(at) == "docs/a.txt\n");
    CHECK(at.run({"cat", "langflow:docs/a.txt"}).out == "three");
}
