// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/bulk/tree.hpp"

#include "../support/result.hpp"
#include "../support/temporary_directory.hpp"

#include <sys/stat.h>
#include <unistd.h>

using ferry::bulk::scan;
using ferry::bulk::status;

namespace {

/// A directory with a little of everything.
struct everything {
    ferry_test::temporary_directory here;

    everything() {
        std::filesystem::create_directories(here.path() / "b/deep");
        std::filesystem::create_directory(here.path() / "empty");
        here.write("z.txt", "12345");
        here.write("a.txt", "");
        here.write("b/deep/c.txt", "123");
        REQUIRE(::symlink("z.txt", (here / "link").c_str()) == 0);
        REQUIRE(::symlink("b", (here / "link to b").c_str()) == 0);
        REQUIRE(::symlink("nowhere", (here / "lost").c_str()) == 0);
        REQUIRE(::mkfifo((here / "pipe").c_str(), 0600) == 0);
    }
};

std::string listed(ferry::bulk::local_tree const& tree) {
    std::string all;
    for (auto const& file : tree.files) all += file.name + ":" + std::to_string(file.size) + " ";
    return all;
}

std::string left_out(ferry::bulk::local_tree const& tree, status as) {
    std::string all;
    for (auto const& entry : tree.left_out) {
        CHECK_THAT(entry.why.message(), ferry_test::contains(entry.path));
        if (entry.status == as) all += entry.name + " ";
    }
    return all;
}

}  // namespace

TEST_CASE("a scan finds all files by name, and says what it leaves out") {
    everything const tree;
    auto const found = scan(tree.here.path().string()).value();
    CHECK(listed(found) == "a.txt:0 b/deep/c.txt:3 z.txt:5 ");
    CHECK(found.files.at(1).path == tree.here / "b/deep/c.txt");
    CHECK(left_out(found, status::skipped) == "empty link link to b lost pipe ");
}

TEST_CASE("links to files are followed where that is asked for") {
    everything const tree;
    ferry::bulk::scan_options with;
    with.follow_links = true;
    auto const found = scan(tree.here.path().string(), with).value();
    CHECK(listed(found) == "a.txt:0 b/deep/c.txt:3 link:5 z.txt:5 ");
    CHECK(left_out(found, status::skipped) == "empty link to b pipe ");
    CHECK(left_out(found, status::failed) == "lost ");
}

TEST_CASE("links that lead in circles end, and cost themselves only") {
    ferry_test::temporary_directory const here;
    std::filesystem::create_directory(here.path() / "d");
    here.write("d/file", "1");
    REQUIRE(::symlink("two", (here / "one").c_str()) == 0);
    REQUIRE(::symlink("one", (here / "two").c_str()) == 0);
    REQUIRE(::symlink("..", (here / "d/up").c_str()) == 0);
    ferry::bulk::scan_options with;
    with.follow_links = true;
    auto const found = scan(here.path().string(), with).value();
    CHECK(listed(found) == "d/file:1 ");
    CHECK(left_out(found, status::skipped) == "d/up ");
    CHECK(left_out(found, status::failed) == "one two ");
}

TEST_CASE("a directory that may not be read costs itself only") {
    if (::geteuid() == 0) return;  // who may read everything
    ferry_test::temporary_directory const here;
    std::filesystem::create_directory(here.path() / "closed");
    here.write("closed/file", "1");
    here.write("open", "1");
    std::filesystem::permissions(here.path() / "closed", std::filesystem::perms::none);
    auto const found = scan(here.path().string()).value();
    std::filesystem::permissions(here.path() / "closed", std::filesystem::perms::owner_all);
    CHECK(listed(found) == "open:1 ");
    CHECK(left_out(found, status::failed) == "closed ");
}

TEST_CASE("a directory that is none is an error, an empty one is nothing") {
    ferry_test::temporary_directory const here;
    auto const none = scan(here / "none");
    REQUIRE_FALSE(none);
    CHECK(none.error().kind() == ferry::error_kind::file);
    CHECK_THAT(none.error().message(), ferry_test::contains(here / "none"));
    CHECK_FALSE(scan(here.write("file", "x")));
    CHECK(scan(here.path().string()).value().files.size() == 1);
}

TEST_CASE("what a killed download left is no file, unless it is asked for") {
    ferry_test::temporary_directory const here;
    here.write("a.pdf", "a");
    here.write("a.pdf.0123456789abcdef0123456789abcdef.ferry-part", "half");
    auto const tree = scan(here.path().string()).value();
    REQUIRE(tree.files.size() == 1);
    CHECK(tree.files[0].name == "a.pdf");
    REQUIRE(tree.left_out.size() == 1);
    CHECK(tree.left_out[0].status == status::skipped);
    CHECK_THAT(tree.left_out[0].why.message(), ferry_test::contains("what a download left that did not end"));
    ferry::bulk::scan_options all;
    all.part_files = true;
    CHECK(scan(here.path().string(), all).value().files.size() == 2);
}
