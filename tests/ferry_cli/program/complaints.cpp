// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry_cli/program/fixture.hpp"

#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>

// What users of other command lines that move files complain about; each must not happen here. What needs a
// terminal is in terminal_program/, memory and start-up are benchmarks.

using ferry::cli::json_value;
using ferry_test::outcome;
using ferry_test::shell;

namespace {

std::vector<json_value> records_of(outcome const& made) {
    std::istringstream lines(made.out);
    std::vector<json_value> records;
    for (std::string line; std::getline(lines, line);) records.push_back(ferry::cli::parse_json(line));
    return records;
}

std::string text_of(json_value const& of, char const* member) {
    auto const* found = of.find(member);
    return found != nullptr && found->text() != nullptr ? *found->text() : std::string();
}

std::string number_of(json_value const& of, char const* member) {
    auto const* found = of.find(member);
    return found != nullptr && found->number() != nullptr ? found->number()->digits : std::string();
}

bool is_true(json_value const& of, char const* member) {
    auto const* found = of.find(member);
    return found != nullptr && found->boolean() != nullptr && *found->boolean();
}

bool has(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string last_line(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return text.substr(text.rfind('\n') + 1);
}

/// A directory with these files, pushed to llamacloud:docs.
void pushed(shell& at, std::vector<std::string> const& names) {
    for (auto const& name : names) at.home.write("tree/" + name, name);
    REQUIRE(at.run({"push", at.home.path("tree"), "llamacloud:docs"}).code == 0);
}

std::string const every_upload = "/api/v1/beta/directories/*";

}  // namespace

TEST_CASE("exit 0 although files failed") {
    shell at;
    at.home.write("tree/a.txt", "a");
    at.home.write("tree/b.txt", "b");
    at.mock.add_fault({.method = "POST", .path = every_upload, .times = 1, .status = 413});
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs"}).code == 3);
    at.mock.add_fault({.method = "POST", .path = every_upload, .times = 9, .status = 413});
    std::filesystem::remove_all(at.home.path("tree"));
    at.home.write("tree/c.txt", "c");
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs"}).code == 1);
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--quiet"}).code == 1);
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--format", "jsonl"}).code == 1);
}

TEST_CASE("excluded files still warn or change the exit code") {
    shell at;
    at.home.write("tree/a.txt", "a");
    at.home.write("tree/.cache/huge.bin", "x");
    std::filesystem::create_symlink("nowhere", at.home.path("tree/broken"));
    ::mkfifo(at.home.path("tree/pipe").c_str(), 0600);
    std::vector<std::string> words{"push", at.home.path("tree"), "llamacloud:docs", "--follow-links"};
    auto const all = at.run(words);
    CHECK(all.code == 3);
    CHECK(has(all.err, "left out  pipe"));
    words.insert(words.end(), {"--exclude", "broken", "--exclude", "pipe", "--exclude", ".cache/"});
    auto const some = at.run(words);
    CHECK(some.code == 0);
    CHECK(some.err == "complete: 1 already there\n");
}

TEST_CASE("an excluded directory that cannot be read is an error") {
    if (::geteuid() == 0) return;  // who may read everything
    shell at;
    at.home.write("tree/a.txt", "a");
    at.home.write("tree/secret/b.txt", "b");
    ::chmod(at.home.path("tree/secret").c_str(), 0);
    for (std::string const pattern : {"secret", "secret/", "secret/**"})
        CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--exclude", pattern}).code == 0);
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs"}).code == 3);
    ::chmod(at.home.path("tree/secret").c_str(), 0700);
}

TEST_CASE("no last line that says whether everything worked") {
    shell at;
    at.home.write("tree/a.txt", "a");
    std::vector<std::string> const words{"push", at.home.path("tree"), "llamacloud:docs"};
    CHECK(last_line(at.run(words).err).starts_with("complete: 1 moved; 1 B in "));
    CHECK(last_line(at.run(words).err) == "complete: 1 already there");
    at.home.write("tree/b.txt", "b");
    at.mock.add_fault({.method = "POST", .path = every_upload, .status = 413});
    CHECK(last_line(at.run(words).err) == "incomplete: 1 already there, 1 failed");
}

TEST_CASE("failed names are not listed at the end, and nothing says whether a retry helps") {
    shell at;
    at.home.write("tree/a.txt", "a");
    at.home.write("tree/b.txt", "b");
    at.home.write("tree/c.txt", "c");
    at.mock.add_fault({.method = "POST", .path = every_upload, .status = 413});
    at.mock.add_fault({.method = "POST", .path = every_upload, .status = 503});
    auto const made =
        at.run({"push", at.home.path("tree"), "llamacloud:docs", "--jobs", "1", "--max-retries", "0"});
    CHECK(made.code == 3);
    CHECK(has(made.err,
              "failed:\n"
              "  a.txt\n"
              "  b.txt  (may work when it is run again)\n"
              "The service takes no file of this size.\n"
              "incomplete: 1 moved, 2 failed"));
}

TEST_CASE("programs are not told whether a retry helps, nor which files failed") {
    shell at;
    at.home.write("tree/a.txt", "a");
    at.home.write("tree/b.txt", "b");
    at.mock.add_fault({.method = "POST", .path = every_upload, .status = 413});
    at.mock.add_fault({.method = "POST", .path = every_upload, .status = 503});
    auto const records = records_of(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--jobs", "1",
                                            "--max-retries", "0", "--format", "jsonl"}));
    REQUIRE(records.size() == 4);
    CHECK(text_of(records[1], "type") == "error");
    CHECK(text_of(records[1], "name") == "a.txt");
    CHECK(number_of(records[1], "status") == "413");
    CHECK_FALSE(is_true(records[1], "retry"));
    CHECK(is_true(records[2], "retry"));
    auto const& summary = records[3];
    CHECK(text_of(summary, "type") == "summary");
    CHECK_FALSE(is_true(summary, "complete"));
    CHECK(number_of(summary, "exit_code") == "1");
    CHECK(number_of(summary, "failed") == "2");
    CHECK(number_of(summary, "retry") == "1");
    CHECK(summary.find("failed_names")->items()->size() == 2);
}

TEST_CASE("sync wiped data: the source was empty, or was not there") {
    shell at;
    pushed(at, {"a.txt", "b.txt"});
    std::filesystem::remove_all(at.home.path("tree"));
    auto const missing = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete", "--yes"});
    CHECK(missing.code == 2);
    std::filesystem::create_directories(at.home.path("tree"));
    auto const empty = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete", "--yes"});
    CHECK(empty.code == 2);
    CHECK(has(empty.err, "so all 2 files in llamacloud:docs would be deleted; nothing was done"));
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete", "--max-delete", "9"}).code ==
          2);
    CHECK(at.run({"ls", "llamacloud:docs"}).out == "a.txt\nb.txt\n");

    at.home.write("here/keep.txt", "k");
    CHECK(at.run({"pull", "llamacloud:misspelled", at.home.path("here"), "--delete", "--yes"}).code == 5);
    at.run({"mkdir", "llamacloud:empty"});
    CHECK(at.run({"pull", "llamacloud:empty", at.home.path("here"), "--delete", "--yes"}).code == 2);
    CHECK(at.home.read("here/keep.txt") == "k");
}

TEST_CASE("sync wiped data: the source was a file") {
    shell at;
    pushed(at, {"a.txt", "b.txt"});
    CHECK(at.run({"push", at.home.path("tree/a.txt"), "llamacloud:docs", "--delete", "--yes"}).code == 2);
    CHECK(at.run({"ls", "llamacloud:docs"}).out == "a.txt\nb.txt\n");
    at.home.write("here/keep.txt", "k");
    CHECK(at.run({"pull", "llamacloud:docs/a.txt", at.home.path("here"), "--delete", "--yes"}).code == 2);
    CHECK(at.home.read("here/keep.txt") == "k");
}

TEST_CASE("sync wiped data: not all of the source could be read") {
    shell at;
    pushed(at, {"a.txt", "b.txt"});
    std::filesystem::remove(at.home.path("tree/b.txt"));
    // Something that cannot be read, whoever runs this.
    std::filesystem::create_symlink("nowhere", at.home.path("tree/c.txt"));
    auto const made =
        at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete", "--yes", "--follow-links"});
    CHECK(made.code == 3);
    CHECK(has(made.err, "Nothing will be deleted"));
    CHECK(at.run({"ls", "llamacloud:docs"}).out == "a.txt\nb.txt\n");
}

TEST_CASE("sync wiped data: a transfer had failed") {
    shell at;
    pushed(at, {"a.txt", "b.txt"});
    std::filesystem::rename(at.home.path("tree/b.txt"), at.home.path("tree/moved.txt"));
    at.mock.add_fault({.method = "POST", .path = every_upload, .status = 413});
    auto const made = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete", "--yes"});
    CHECK(made.code == 3);
    CHECK(has(made.err, "Nothing was deleted, because not all files were moved."));
    CHECK(at.run({"ls", "llamacloud:docs"}).out == "a.txt\nb.txt\n");
}

TEST_CASE("sync wiped data: the list of the source broke off") {
    shell at;
    at.home.write("here/a.txt", "a");
    at.home.write("here/b.txt", "b");
    at.run({"push", at.home.path("here"), "llamacloud:docs"});
    at.mock.add_fault({.method = "GET", .path = "/api/v1/beta/directories/*", .times = 9, .status = 500});
    auto const made =
        at.run({"pull", "llamacloud:docs", at.home.path("here"), "--delete", "--yes", "--max-retries", "0"});
    CHECK(made.code == 1);
    CHECK(at.home.read("here/b.txt") == "b");
}

TEST_CASE("sync wiped data: what is excluded was deleted") {
    shell at;
    pushed(at, {"a.txt", "b.txt", "c.log"});
    std::filesystem::remove(at.home.path("tree/b.txt"));
    std::filesystem::remove(at.home.path("tree/c.log"));
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete", "--yes", "--exclude", "*.log"})
              .code == 0);
    CHECK(at.run({"ls", "llamacloud:docs"}).out == "a.txt\nc.log\n");
}

TEST_CASE("sync wiped data: nobody was asked") {
    shell at;
    pushed(at, {"a.txt", "b.txt"});
    std::filesystem::remove(at.home.path("tree/b.txt"));
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs"}).code == 0);
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete"}).code != 0);
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete", "--max-delete", "-1"}).code ==
          2);
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--max-delete", "1"}).code == 2);
    CHECK(at.run({"ls", "llamacloud:docs"}).out == "a.txt\nb.txt\n");
}

TEST_CASE("no report per file with the new ids") {
    shell at;
    at.home.write("tree/a.txt", "a");
    auto const made = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--format", "jsonl"});
    auto const records = records_of(made);
    REQUIRE(records.size() == 3);
    CHECK(text_of(records[1], "name") == "a.txt");
    auto const id = text_of(records[1], "id");
    CHECK(text_of(at.run({"stat", "llamacloud:docs/a.txt"}).json(), "id") == id);
    at.home.write("tree/b.txt", "b");
    auto const lines = at.run({"push", at.home.path("tree"), "llamacloud:docs"}).out;
    CHECK(lines ==
          "uploaded  b.txt  " + text_of(at.run({"stat", "llamacloud:docs/b.txt"}).json(), "id") + "\n");
}

TEST_CASE("ids are not there for scripts without JSON tools") {
    shell at;
    at.home.write("tree/a.txt", "a");
    auto const ids = at.run(
        {"push", at.home.path("tree"), "llamacloud:docs", "--format", "jsonl", "--transform", "id", "-r"});
    CHECK(has(ids.out, "\ndfl-"));
}

TEST_CASE("after a resume more than 100 % and a stale count of failures") {
    shell at;
    pushed(at, {"a.txt", "b.txt"});
    at.home.write("tree/c.txt", "c");
    at.mock.add_fault({.method = "POST", .path = every_upload, .status = 413});
    std::vector<std::string> const words{"push", at.home.path("tree"), "llamacloud:docs", "--format",
                                         "jsonl"};
    CHECK(number_of(records_of(at.run(words)).back(), "failed") == "1");
    auto const again = records_of(at.run(words));
    auto const status =
        *std::ranges::find(again, "status", [](json_value const& one) { return text_of(one, "type"); });
    CHECK(number_of(status, "files_total") == "1");
    CHECK(number_of(status, "bytes_total") == "1");
    CHECK(number_of(again.back(), "moved") == "1");
    CHECK(number_of(again.back(), "kept") == "2");
    CHECK(number_of(again.back(), "failed") == "0");
    CHECK(number_of(again.back(), "bytes") == "1");
    CHECK(is_true(again.back(), "complete"));
}

TEST_CASE("nothing copied should be able to fail") {
    shell at;
    pushed(at, {"a.txt"});
    std::vector<std::string> words{"push", at.home.path("tree"), "llamacloud:docs"};
    CHECK(at.run(words).code == 0);
    words.push_back("--fail-on-nothing");
    CHECK(at.run(words).code == 9);
    words.push_back("--dry-run");
    CHECK(at.run(words).code == 9);
}

TEST_CASE("quiet is not quiet") {
    shell at;
    at.home.write("tree/a.txt", "a");
    auto const made = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--quiet"});
    CHECK(made.code == 0);
    CHECK(made.out.empty());
    CHECK(made.err.empty());
}

TEST_CASE("logs of cron and CI are full of progress") {
    shell at;
    for (int i = 0; i < 20; ++i) at.home.write("tree/" + std::to_string(i), "a");
    auto const made = at.run({"push", at.home.path("tree"), "llamacloud:docs"});
    CHECK(std::ranges::count(made.err, '\n') == 1);
    CHECK_FALSE(has(made.err + made.out, "\r"));
    CHECK_FALSE(has(made.err + made.out, "\x1b"));
}

TEST_CASE("a resume asks whether to overwrite") {
    shell at;
    pushed(at, {"a.txt", "b.txt"});
    REQUIRE(at.run({"pull", "llamacloud:docs", at.home.path("copy")}).code == 0);
    std::filesystem::remove(at.home.path("copy/b.txt"));
    auto const again = at.run({"pull", "llamacloud:docs", at.home.path("copy")});
    CHECK(again.code == 0);
    CHECK(again.out ==
          "downloaded  b.txt  " + text_of(at.run({"stat", "llamacloud:docs/b.txt"}).json(), "id") + "\n");
}

TEST_CASE("it truncates the file one said not to overwrite") {
    shell at;
    pushed(at, {"a.txt", "b.txt", "c.txt"});
    at.home.write("copy/a.txt", "mine, and longer");
    at.home.write("elsewhere.txt", "behind a link");
    std::filesystem::create_symlink(at.home.path("elsewhere.txt"), at.home.path("copy/b.txt"));
    auto const made = at.run({"pull", "llamacloud:docs", at.home.path("copy"), "--no-overwrite"});
    CHECK(made.code == 0);
    CHECK(at.home.read("copy/a.txt") == "mine, and longer");
    CHECK(std::filesystem::is_symlink(at.home.path("copy/b.txt")));
    CHECK(at.home.read("elsewhere.txt") == "behind a link");
    CHECK(at.home.read("copy/c.txt") == "c.txt");
    at.home.write("tree/a.txt", "another one");
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--no-overwrite"}).code == 0);
    CHECK(at.run({"cat", "llamacloud:docs/a.txt"}).out == "a.txt");
}

TEST_CASE("a download that fails truncates what was there") {
    shell at;
    pushed(at, {"a.txt"});
    at.home.write("copy/a.txt", "the old one");
    at.mock.add_fault({.method = "GET", .path = "/storage/*", .times = 9, .truncate_after = 2});
    auto const made = at.run({"pull", "llamacloud:docs", at.home.path("copy"), "--max-retries", "0"});
    CHECK(made.code == 1);
    CHECK(at.home.read("copy/a.txt") == "the old one");
    CHECK(std::distance(std::filesystem::directory_iterator(at.home.path("copy")), {}) == 1);
}

TEST_CASE("newer replaces what is newer") {
    shell at;
    pushed(at, {"a.txt"});
    auto const path = at.home.write("tree/a.txt", "older here");
    std::filesystem::last_write_time(path,
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours(48));
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--newer", "--fail-on-nothing"}).code ==
          9);
    CHECK(at.run({"cat", "llamacloud:docs/a.txt"}).out == "a.txt");
    std::filesystem::last_write_time(path,
                                     std::filesystem::file_time_type::clock::now() + std::chrono::hours(48));
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--newer"}).code == 0);
    CHECK(at.run({"cat", "llamacloud:docs/a.txt"}).out == "older here");
}

TEST_CASE("changed contents of the same size and time are not seen even when one asks") {
    shell at;
    pushed(at, {"a.txt"});
    auto const path = at.home.path("tree/a.txt");
    auto const before = std::filesystem::last_write_time(path);
    at.home.write("tree/a.txt", "A.TXT");
    std::filesystem::last_write_time(path, before);
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--fail-on-nothing"}).code == 9);
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--checksum"}).code == 0);
    CHECK(at.run({"cat", "llamacloud:docs/a.txt"}).out == "A.TXT");
    CHECK(at.run({"push", at.home.path("tree"), "llamacloud:docs", "--checksum", "--fail-on-nothing"}).code ==
          9);
}

TEST_CASE("a dry run does not say exactly what would happen") {
    shell at;
    pushed(at, {"a.txt", "b.txt"});
    at.home.write("tree/a.txt", "changed");
    at.home.write("tree/new.txt", "new");
    std::filesystem::remove(at.home.path("tree/b.txt"));
    auto const said = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--delete", "--dry-run"});
    CHECK(said.code == 0);
    CHECK(said.out ==
          "would replace  a.txt    another size\n"
          "would upload   new.txt\n"
          "would delete   b.txt\n");
    CHECK(said.err == "dry run: 3 would be done; 10 B\n");
    CHECK(at.run({"ls", "llamacloud:docs"}).out == "a.txt\nb.txt\n");
}

TEST_CASE("the last record is missing where all of it failed") {
    shell at;
    at.home.write("tree/a.txt", "a");
    at.mock.add_fault({.method = "GET", .path = "*", .times = 9, .status = 401});
    auto const made = at.run({"push", at.home.path("tree"), "llamacloud:docs", "--format", "jsonl"});
    CHECK(made.code == 4);
    auto const records = records_of(made);
    REQUIRE(records.size() == 2);
    CHECK(text_of(records[0], "type") == "error");
    CHECK(number_of(records[1], "exit_code") == "4");
    CHECK_FALSE(is_true(records[1], "complete"));
    CHECK(has(made.err, "The key is not accepted"));
}

TEST_CASE("half a file of a killed download is taken for a file") {
    shell at;
    pushed(at, {"a.txt"});
    std::string const half = ".0123456789abcdef0123456789abcdef.ferry-part";
    at.home.write("copy/a.txt" + half, "a.");
    at.home.write("copy/other.txt" + half, "ot");
    at.home.write("copy/a.txt.ferry-part", "a file of its own");
    CHECK(at.run({"push", at.home.path("copy"), "llamacloud:other"}).code == 0);
    CHECK(at.run({"ls", "llamacloud:other"}).out == "a.txt.ferry-part\n");
    CHECK(at.run({"pull", "llamacloud:docs", at.home.path("copy")}).code == 0);
    CHECK_FALSE(std::filesystem::exists(at.home.path("copy/a.txt" + half)));
    // It may be somebody else's.
    CHECK(at.home.read("copy/other.txt" + half) == "ot");
    CHECK(at.home.read("copy/a.txt.ferry-part") == "a file of its own");
}

TEST_CASE("the key is visible in the list of processes, and nobody says so") {
    shell at;
    auto const said = at.run({"llamacloud", "files", "list", "--api-key", "llx-alice"});
    CHECK(said.code == 0);
    CHECK(has(said.err, "--api-key-file"));
}
