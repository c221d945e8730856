// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Trees at LlamaCloud off the main road: answers that are lost, replacements that are cut short, entries that
// somebody else has made.
#include "ferry_cli/program/fixture.hpp"

#include <algorithm>

using ferry_test::shell;

namespace {

constexpr char const* uploads = "*/files/upload";
constexpr char const* entries = "*/directories/*/files/*";

ferry::mock::fault failing(std::string const& method, std::string const& path) {
    ferry::mock::fault made;
    made.method = method;
    made.path = path;
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

std::string id_of(ferry_test::outcome const& made) {
    REQUIRE(made.code == 0);
    return *made.json().find("id")->text();
}

std::string list(shell& at, std::string const& place) {
    return at.run({"ls", place}).out;
}

/// How many files the project has, in directories or not.
std::size_t stored(shell& at) {
    auto const listed = at.run({"llamacloud", "files", "list", "--transform", "id", "--format", "jsonl"});
    return static_cast<std::size_t>(std::ranges::count(listed.out, '\n'));
}

std::string make_directory(shell& at, std::string const& name) {
    return id_of(at.run({"llamacloud", "directories", "create", "--name", name}));
}

/// An entry as others make it: without notes. \returns its id
std::string put(shell& at, std::string const& directory, std::string const& unique_id,
                std::string const& display_name, std::string const& bytes) {
    return id_of(at.run({"llamacloud", "directories", "files", "upload", "--directory-id", directory,
                         "--upload-file", at.home.write("foreign.bin", bytes), "--unique-id", unique_id,
                         "--display-name", display_name}));
}

std::vector<std::string> files_below(std::string const& folder) {
    std::vector<std::string> found;
    if (!std::filesystem::exists(folder)) return found;
    for (auto const& one : std::filesystem::recursive_directory_iterator(folder))
        if (one.is_regular_file()) found.push_back(std::filesystem::relative(one.path(), folder));
    std::ranges::sort(found);
    return found;
}

}  // namespace

TEST_CASE("every name comes back from LlamaCloud as it was") {
    shell at;
    std::vector<std::string> const names{"a.txt",
                                         "a.md",
                                         "a",
                                         "annual.txt",
                                         "b c.txt",
                                         "\xc3\xa4pfel/\xe9\xbe\x99.txt",
                                         "a%5Fb.txt",
                                         "a,b.txt",
                                         "__init__.py",
                                         "d__e/f_/_g",
                                         "100%.txt",
                                         ".env",
                                         ".git/config",
                                         "archive.tar.gz",
                                         "name.",
                                         "CON.txt",
                                         "quo\"te'.txt",
                                         std::string(251, 'n') + ".txt",
                                         std::string(255, 'm')};
    for (auto const& name : names) at.home.write("tree/" + name, name + "!");
    REQUIRE(at.run({"push", at.home.path("tree"), "llamacloud:docs"}).code == 0);
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--fail-on-nothing"}).code == 9);
    REQUIRE(at.run({"pull", "llamacloud:docs", at.home.path("copy")}).code == 0);
    for (auto const& name : names) {
        CAPTURE(name);
        CHECK(at.home.read("copy/" + name) == name + "!");
    }
    CHECK(at.run({"pull", "llamacloud:docs", at.home.path("copy"), "--fail-on-nothing"}).code == 9);
}

TEST_CASE("an upload to LlamaCloud whose answer was lost is not doubled") {
    shell at;
    at.home.write("tree/a.txt", "bytes");
    at.mock.add_fault(losing("POST", uploads));
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs"}).code == 0);
    CHECK(at.mock.faults_fired() == 1);
    CHECK(list(at, "llamacloud:docs") == "a.txt\n");
    CHECK(stored(at) == 1);

    at.home.write("tree/a.txt", "other bytes");
    at.mock.add_fault(losing("POST", uploads));
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs"}).code == 0);
    CHECK(at.mock.faults_fired() == 2);
    CHECK(list(at, "llamacloud:docs") == "a.txt\n");
    CHECK(stored(at) == 1);
    CHECK(at.run({"cat", "llamacloud:docs/a.txt"}).out == "other bytes");
}

TEST_CASE("a directory of LlamaCloud whose making was not answered is not made twice") {
    shell at;
    at.home.write("tree/a.txt", "bytes");
    at.mock.add_fault(losing("POST", "/api/v1/beta/directories"));
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs"}).code == 0);
    CHECK(at.run({"ls"}).out == "docs/\n");
}

TEST_CASE("an upload that the service has refused is one failed file") {
    shell at;
    at.home.write("tree/a.txt", "a");
    at.home.write("tree/b.txt", "b");
    at.mock.add_fault(failing("POST", uploads));
    auto const pushed = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--jobs", "1"});
    CHECK(pushed.code == 3);
    CHECK(pushed.err.find("failed:\n  a.txt\n") != std::string::npos);
    CHECK(list(at, "llamacloud:docs") == "b.txt\n");
}

TEST_CASE("replacing a file at LlamaCloud can be cut short anywhere: the next run ends it") {
    struct step {
        char const* method;
        char const* path;
        bool sent;  ///< whether the new file had arrived
    };
    step const steps[] = {{"POST", uploads, false},
                          {"DELETE", "/api/v1/beta/files/*", true},
                          {"DELETE", entries, true},
                          {"PATCH", entries, true}};
    for (auto const& [method, path, sent] : steps) {
        CAPTURE(method, path);
        ferry::mock::server_options options;
        options.llamacloud.decisions.file_delete_removes_entries = false;
        shell at(options);
        at.home.write("tree/in/a.txt", "old");
        at.run({"push", at.home.path("tree"), "llamacloud:docs"});
        at.home.write("tree/in/a.txt", "newer");
        at.mock.add_fault(failing(method, path));
        CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs"}).code == 1);
        CHECK(at.mock.faults_fired() == 1);
        CHECK(list(at, "llamacloud:docs") == "in/a.txt\n");
        CHECK(at.run({"cat", "llamacloud:docs/in/a.txt"}).out == (sent ? "newer" : "old"));
        auto const pushed = at.run({"push", at.home.path("tree"), "llamacloud:docs"});
        CHECK(pushed.code == 0);
        CHECK(pushed.out.empty() == sent);
        CHECK(at.run({"cat", "llamacloud:docs/in/a.txt"}).out == "newer");
        CHECK(*at.run({"stat", "llamacloud:docs/in/a.txt"}).json().find("unique_id")->text() == "in/a.txt");
        CHECK(stored(at) == 1);
    }
}

TEST_CASE("a name that ferry keeps for unfinished replacements is refused") {
    shell at;
    at.home.write("tree/a~ferry-new", "a");
    auto const pushed = at.run({"push", at.home.path("tree"), "llamacloud:docs"});
    CHECK(pushed.code == 1);
    CHECK(pushed.err.find("unfinished replacements") != std::string::npos);
}

TEST_CASE("a directory of LlamaCloud is named by its name or its id") {
    shell at;
    auto const id = make_directory(at, "docs");
    at.home.write("tree/a.txt", "a");
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:" + id + "/in"}).code == 0);
    CHECK(list(at, "llamacloud:docs") == "in/a.txt\n");
    CHECK(list(at, "llamacloud:" + id + "/in") == "a.txt\n");
    CHECK(at.run({"cat", "llamacloud:" + id + "/in/a.txt"}).out == "a");
}

TEST_CASE("two directories of LlamaCloud with one name have to be named by their ids") {
    shell at;
    auto const one = make_directory(at, "docs");
    auto const other = make_directory(at, "docs");
    put(at, one, "a.txt", "a.txt", "a");
    for (auto const& words : {std::vector<std::string>{"ls", "llamacloud:docs"},
                              std::vector<std::string>{"pull", "llamacloud:docs", at.home.path("copy")}}) {
        auto const refused = at.run(words);
        CHECK(refused.code == 1);
        CHECK(refused.err.find(one) != std::string::npos);
        CHECK(refused.err.find(other) != std::string::npos);
    }
    CHECK(list(at, "llamacloud:" + one) == "a.txt\n");
}

TEST_CASE("mkdir does not make a second directory of LlamaCloud with one name") {
    shell at;
    CHECK(at.run({"mkdir", "llamacloud:docs"}).code == 0);
    auto const again = at.run({"mkdir", "llamacloud:docs"});
    CHECK(again.code == 1);
    CHECK(again.out.empty());
    CHECK(again.err.find("already") != std::string::npos);
    CHECK(at.run({"ls"}).out == "docs/\n");
}

TEST_CASE("a directory of LlamaCloud that is not there is not found, and no id becomes a name") {
    shell at;
    auto const id = make_directory(at, "docs");
    REQUIRE(at.run({"llamacloud", "directories", "delete", id}).code == 0);
    at.home.write("tree/a.txt", "a");
    for (std::string const place : {"llamacloud:docs", "llamacloud:nothing", "llamacloud:nothing/in"}) {
        CHECK(at.run({"ls", place}).code == 5);
        // A mistyped source is no reason to delete everything here.
        CHECK(at.run({"pull", place, at.home.path("tree"), "--delete", "--yes"}).code == 5);
    }
    CHECK(at.home.read("tree/a.txt") == "a");
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:" + id}).code == 5);
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:00000000-0000-4000-8000-000000000000"}).code ==
          5);
    CHECK(at.run({"ls"}).out.empty());
    // A name that was deleted is free.
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs"}).code == 0);
    CHECK(at.run({"ls", "llamacloud:docs/nothing"}).code == 5);
    CHECK(at.run({"rm", "llamacloud:docs/nothing", "--yes"}).code == 5);
    CHECK(at.run({"rm", "--recursive", "llamacloud:docs/nothing", "--yes"}).code == 5);
}

TEST_CASE("a single file is source and target at LlamaCloud as well") {
    shell at;
    auto const file = at.home.write("a.txt", "one");
    CHECK(at.run({"push", file, "llamacloud:docs/in"}).code == 0);
    CHECK(at.run({"pull", "llamacloud:docs/in/a.txt", at.home.path("copy")}).code == 0);
    CHECK(at.home.read("copy/a.txt") == "one");
    at.home.write("a.txt", "three");
    CHECK(at.run({"push", file, "llamacloud:docs/in/a.txt"}).code == 0);
    CHECK(list(at, "llamacloud:docs") == "in/a.txt\n");
    CHECK(at.run({"cat", "llamacloud:docs/in/a.txt"}).out == "three");
}

TEST_CASE("entries of LlamaCloud that others have made have the names that people gave them") {
    shell at;
    auto const id = make_directory(at, "docs");
    put(at, id, "3f2b8c1e-0d4a-4b6f-9a51-7c0e2d9b8f10", "report.pdf", "opaque");
    put(at, id, "1a2B3c4D5e6F", "notes.txt", "of a connector");
    put(at, id, "https://files.example/x", "web page.html", "an address");
    put(at, id, "2026/may.txt", "may.txt", "a path");
    put(at, id, "Makefile", "make it", "no extension");
    REQUIRE(at.run({"pull", "llamacloud:docs", at.home.path("copy")}).code == 0);
    CHECK(at.home.read("copy/report.pdf") == "opaque");
    CHECK(at.home.read("copy/notes.txt") == "of a connector");
    CHECK(at.home.read("copy/web page.html") == "an address");
    CHECK(at.home.read("copy/2026/may.txt") == "a path");
    CHECK(at.home.read("copy/Makefile") == "no extension");
    CHECK(at.run({"cat", "llamacloud:docs/report.pdf"}).out == "opaque");
    CHECK(at.run({"pull", "llamacloud:docs", at.home.path("copy"), "--fail-on-nothing"}).code == 9);
}

TEST_CASE("entries of LlamaCloud with the same display name do not overwrite each other") {
    shell at;
    auto const id = make_directory(at, "docs");
    put(at, id, "11111111-0d4a-4b6f-9a51-7c0e2d9b8f10", "report.pdf", "first");
    auto const second = put(at, id, "22222222-0d4a-4b6f-9a51-7c0e2d9b8f10", "report.pdf", "second");
    auto const third = put(at, id, "report.pdf", "report.pdf", "by its own name");
    CAPTURE(third);
    REQUIRE(at.run({"pull", "llamacloud:docs", at.home.path("copy")}).code == 0);
    CHECK(at.home.read("copy/report.pdf") == "by its own name");
    CHECK(at.home.read("copy/report (" + second + ").pdf") == "second");
    CHECK(files_below(at.home.path("copy")).size() == 3);
    CHECK(at.run({"pull", "llamacloud:docs", at.home.path("copy"), "--fail-on-nothing"}).code == 9);
}

TEST_CASE("what is pushed over an entry that others have made takes its place, and leaves their file") {
    shell at;
    auto const id = make_directory(at, "docs");
    put(at, id, "3f2b8c1e-0d4a-4b6f-9a51-7c0e2d9b8f10", "report.pdf", "theirs");
    at.home.write("tree/report.pdf", "pushed");
    auto const pushed = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--checksum"});
    CHECK(pushed.code == 0);
    CHECK(list(at, "llamacloud:docs") == "report.pdf\n");
    CHECK(at.run({"cat", "llamacloud:docs/report.pdf"}).out == "pushed");
    CHECK(stored(at) == 2);
}

TEST_CASE("names from LlamaCloud that lead out of the directory are refused one by one") {
    shell at;
    auto const id = make_directory(at, "docs");
    put(at, id, "good.txt", "good.txt", "good");
    std::vector<std::string> const names{
        "../out", "/abs", "a//b", "a/./b", "a/../../b", "line\nbreak", std::string(300, 'n'), ".."};
    for (auto const& name : names) put(at, id, name, name, "bad");
    auto const pulled = at.run({"pull", "llamacloud:docs", at.home.path("in/copy"), "--format", "jsonl"});
    CHECK(pulled.code == 3);
    std::size_t errors = 0;
    std::istringstream lines(pulled.out);
    for (std::string line; std::getline(lines, line);)
        if (*ferry::cli::parse_json(line).find("type")->text() == "error") ++errors;
    CHECK(errors == names.size());
    CHECK(files_below(at.home.path("in")) == std::vector<std::string>{"copy/good.txt"});
    CHECK(list(at, "llamacloud:docs")
              .find("line\xef\xbf\xbd"
                    "break\n") != std::string::npos);
    auto const planned = at.run({"pull", "llamacloud:docs", at.home.path("other"), "--dry-run"});
    CHECK(planned.code != 0);
    // What was refused is no reason to delete what is here.
    at.home.write("in/copy/mine.txt", "mine");
    CHECK(at.run({"pull", "llamacloud:docs", at.home.path("in/copy"), "--delete", "--yes"}).code == 3);
    CHECK(at.home.read("in/copy/mine.txt") == "mine");
}

TEST_CASE("mv at LlamaCloud changes the path, and never takes a name that is in use") {
    shell at;
    at.home.write("tree/a.txt", "a");
    at.home.write("tree/b.txt", "b");
    at.run({"push", at.home.path("tree"), "llamacloud:docs"});
    CHECK(at.run({"mv", "llamacloud:docs/a.txt", "llamacloud:docs/deep/er/c.md"}).code == 0);
    CHECK(list(at, "llamacloud:docs") == "b.txt\ndeep/er/c.md\n");
    CHECK(*at.run({"stat", "llamacloud:docs/deep/er/c.md"}).json().find("display_name")->text() == "c.md");
    auto const taken = at.run({"mv", "llamacloud:docs/b.txt", "llamacloud:docs/deep/er/c.md"});
    CHECK(taken.code == 2);
    CHECK(taken.err.find("is there already") != std::string::npos);
    CHECK(at.run({"cat", "llamacloud:docs/deep/er/c.md"}).out == "a");
    CHECK(at.run({"cat", "llamacloud:docs/b.txt"}).out == "b");
    CHECK(at.run({"mv", "llamacloud:docs/nothing", "llamacloud:docs/x"}).code == 5);
    CHECK(at.run({"mv", "llamacloud:docs/b.txt", "llamacloud:other/b.txt"}).code == 2);
}
