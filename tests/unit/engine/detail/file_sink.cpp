// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/file_sink.hpp"

#include "../../support/result.hpp"
#include "../../support/temporary_directory.hpp"

#include "ferry/core/response.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <filesystem>
#include <iterator>

using ferry::detail::disposition_file_name;
using ferry::detail::file_place;
using ferry::detail::file_sink;
using ferry_test::temporary_directory;

namespace {

::mode_t mode(std::string const& path) {
    struct ::stat about = {};
    return ::stat(path.c_str(), &about) == 0 ? about.st_mode & 07777 : 0;
}

/// The temporary file in a directory.
std::string only_part_file(std::filesystem::path const& directory) {
    for (auto const& entry : std::filesystem::directory_iterator(directory))
        if (entry.path().string().ends_with(ferry::part_file_suffix)) return entry.path().string();
    return {};
}
std::string only_part_file(temporary_directory const& here) {
    return only_part_file(here.path());
}

}  // namespace

TEST_CASE("a download appears under its name when it is complete, and not before") {
    temporary_directory const here;
    file_sink sink(here / "copy.bin");
    REQUIRE(sink.open());
    REQUIRE(sink.write("abc"));
    REQUIRE(sink.write(""));
    REQUIRE(sink.write("def"));
    CHECK_FALSE(std::filesystem::exists(here / "copy.bin"));
    CHECK(here.count() == 1);
    REQUIRE(sink.commit());
    CHECK(here.read("copy.bin") == "abcdef");
    CHECK(sink.size() == 6);
    CHECK(here.count() == 1);
}

TEST_CASE("without commit nothing is left behind and the old file stays") {
    temporary_directory const here;
    here.write("copy.bin", "old");
    {
        file_sink sink(here / "copy.bin");
        REQUIRE(sink.open());
        REQUIRE(sink.open());  // once is enough
        REQUIRE(sink.write("new"));
        CHECK(here.count() == 2);
    }
    CHECK(here.count() == 1);
    CHECK(here.read("copy.bin") == "old");
}

TEST_CASE("a restart forgets what was written") {
    temporary_directory const here;
    file_sink sink(here / "copy.bin");
    CHECK(sink.restart());
    REQUIRE(sink.open());
    REQUIRE(sink.write("a long first attempt"));
    CHECK(sink.restart());
    CHECK(sink.size() == 0);
    REQUIRE(sink.write("second"));
    REQUIRE(sink.commit());
    CHECK(here.read("copy.bin") == "second");
    CHECK(sink.size() == 6);
}

TEST_CASE("an existing file's permissions are kept") {
    temporary_directory const here;
    REQUIRE(::chmod(here.write("private", "old").c_str(), 0640) == 0);
    file_sink sink(here / "private");
    REQUIRE(sink.open());
    REQUIRE(sink.commit());
    struct ::stat about = {};
    REQUIRE(::stat((here / "private").c_str(), &about) == 0);
    CHECK((about.st_mode & 07777) == 0640);
    CHECK(here.read("private").empty());
}

TEST_CASE("only the owner can read a download that is under way, and the rights come at the end") {
    temporary_directory const here;
    REQUIRE(::chmod(here.write("old", "old").c_str(), 04751) == 0);
    auto const umask_now = ::umask(027);
    for (auto const* name : {"old", "new"}) {
        file_sink sink(here / name);
        REQUIRE(sink.open());
        CHECK(mode(only_part_file(here)) == 0600);
        REQUIRE(sink.write("x"));
        REQUIRE(sink.commit());
    }
    ::umask(umask_now);
    CHECK(mode(here / "old") == 0751);  // without set-user-id
    CHECK(mode(here / "new") == 0640);
    CHECK(here.count() == 2);
}

TEST_CASE("a temporary file has a suffix by which it is found") {
    temporary_directory const here;
    file_sink sink(here / "copy.pdf");
    REQUIRE(sink.open());
    auto const name = std::filesystem::path(only_part_file(here)).filename().string();
    CHECK(name.size() == std::string("copy.pdf.").size() + 32 + ferry::part_file_suffix.size());
    CHECK(name.starts_with("copy.pdf."));
    CHECK(name.ends_with(".ferry-part"));
}

TEST_CASE("links are followed to the real file, and stay links") {
    temporary_directory const here;
    std::filesystem::create_directory(here / "real");
    REQUIRE(::chmod(here.write("real/file", "old").c_str(), 0640) == 0);
    std::filesystem::create_symlink("real/file", here / "relative");
    std::filesystem::create_symlink(here / "relative", here / "absolute");
    std::filesystem::create_symlink("real/new", here / "dangling");
    std::filesystem::create_symlink("loop", here / "loop");
    for (auto const* name : {"relative", "absolute", "dangling"}) {
        INFO(name);
        file_sink sink(here / name);
        REQUIRE(sink.open());
        CHECK_FALSE(only_part_file(here / "real").empty());
        REQUIRE(sink.write(name));
        REQUIRE(sink.commit());
        CHECK(std::filesystem::is_symlink(here / name));
        CHECK(here.read(name) == name);
    }
    CHECK(here.read("real/file") == "absolute");
    CHECK(mode(here / "real/file") == 0640);
    CHECK(here.read("real/new") == "dangling");
    file_sink loop(here / "loop");
    CHECK(loop.open().error().code().value() == ELOOP);

    std::filesystem::create_symlink("/dev/null", here / "null");
    std::filesystem::create_symlink("real", here / "folder");
    file_sink device(here / "null");
    CHECK_THAT(device.open().error().message(), ferry_test::contains("not a regular file"));
    file_sink folder(here / "folder");
    CHECK(folder.open().error().code().value() == EISDIR);
}

TEST_CASE("a link that someone else laid where everyone may is not followed") {
    if (::geteuid() != 0) return;  // only root can play someone else
    temporary_directory const here;
    temporary_directory const mine;
    REQUIRE(::chmod(here.path().c_str(), 01777) == 0);
    REQUIRE(::symlink((mine / "profile").c_str(), (here / "out").c_str()) == 0);
    REQUIRE(::lchown((here / "out").c_str(), 12345, 12345) == 0);
    file_sink sink(here / "out");
    CHECK(sink.open().error().code().value() == EACCES);
    CHECK(mine.count() == 0);
    REQUIRE(::lchown((here / "out").c_str(), 0, 0) == 0);
    file_sink own(here / "out");
    CHECK(own.open());
}

TEST_CASE("all names of a file stay names of it, and it stays as it was until the end") {
    temporary_directory const here;
    for (auto const& text : {std::string("x"), std::string(200'000, 'y'), std::string()}) {
        INFO(text.size());
        std::filesystem::remove(here / "other");
        REQUIRE(::chmod(here.write("name", "the old content").c_str(), 04640) == 0);
        std::filesystem::create_hard_link(here / "name", here / "other");
        {
            file_sink broken(here / "name");
            REQUIRE(broken.open());
            REQUIRE(broken.write(text));
        }
        CHECK(here.read("other") == "the old content");
        file_sink sink(here / "name");
        REQUIRE(sink.open());
        REQUIRE(sink.write(text));
        CHECK(here.read("other") == "the old content");
        REQUIRE(sink.commit());
        CHECK((here.read("name") == text));
        CHECK((here.read("other") == text));
        CHECK(std::filesystem::equivalent(here / "name", here / "other"));
        CHECK(mode(here / "name") == 0640);
        CHECK(here.count() == 2);
    }
}

TEST_CASE("a file that nobody may write is not replaced") {
    temporary_directory const here;
    REQUIRE(::chmod(here.write("kept", "old").c_str(), 0444) == 0);
    std::filesystem::create_symlink("kept", here / "link");
    for (auto const* name : {"kept", "link"}) {
        file_sink sink(here / name);
        auto const refused = sink.open();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind() == ferry::error_kind::file);
        CHECK(refused.error().code().value() == EACCES);
    }
    CHECK(here.read("kept") == "old");
    CHECK(here.count() == 2);
}

TEST_CASE("owner and group are kept where they can be") {
    if (::geteuid() != 0) return;
    temporary_directory const here;
    auto const path = here.write("theirs", "old");
    REQUIRE(::chown(path.c_str(), 12345, 23456) == 0);
    REQUIRE(::chmod(path.c_str(), 0660) == 0);
    file_sink sink(path);
    REQUIRE(sink.open());
    REQUIRE(sink.commit());
    struct ::stat about = {};
    REQUIRE(::stat(path.c_str(), &about) == 0);
    CHECK(about.st_uid == 12345);
    CHECK(about.st_gid == 23456);
    CHECK(mode(path) == 0660);
}

TEST_CASE("a flushed file is there as any other") {
    temporary_directory const here;
    here.write("linked", "old");
    std::filesystem::create_hard_link(here / "linked", here / "other");
    for (auto const* name : {"new", "linked"}) {
        file_sink sink(file_place{.path = here / name, .flush = true});
        REQUIRE(sink.open());
        REQUIRE(sink.write("safe"));
        REQUIRE(sink.commit());
        CHECK(here.read(name) == "safe");
    }
    CHECK(here.read("other") == "safe");
}

TEST_CASE("below a folder no link is followed, and hard links are cut") {
    temporary_directory const here;
    temporary_directory const outside;
    auto const root = here.path().string();
    outside.write("file", "old");
    std::filesystem::create_directory_symlink(outside.path(), here / "link");
    std::filesystem::create_symlink(outside / "file", here / "name");
    std::filesystem::create_symlink(outside / "new", here / "dangling");
    std::filesystem::create_hard_link(outside / "file", here / "hard");
    for (auto const* name : {"link/x", "link/file", "name", "dangling"}) {
        INFO(name);
        file_sink sink(file_place{.path = here / name, .below = root});
        auto const refused = sink.open();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind() == ferry::error_kind::file);
        CHECK_THAT(refused.error().message(),
                   ferry_test::contains("is a link, which may lead out of the directory"));
    }
    for (auto const& path : {here / "../x", root, here / "a/../../x", outside / "x", root + "x"}) {
        INFO(path);
        file_sink sink(file_place{.path = path, .below = root});
        CHECK_THAT(sink.open().error().message(), ferry_test::contains("is not below"));
    }
    file_sink hard(file_place{.path = here / "hard", .below = root + "/"});
    REQUIRE(hard.open());
    REQUIRE(hard.write("new"));
    REQUIRE(hard.commit());
    CHECK(here.read("hard") == "new");
    CHECK(outside.read("file") == "old");
    CHECK(outside.count() == 1);
}

TEST_CASE("a download stays in its folder, whatever becomes of the path meanwhile") {
    temporary_directory const here;
    temporary_directory const outside;
    std::filesystem::create_directory(here / "a");
    for (bool const commits : {true, false}) {
        file_sink sink(
            file_place{.path = here / "a/x", .below = commits ? here.path().string() : std::string()});
        REQUIRE(sink.open());
        std::filesystem::rename(here / "a", here / "b");
        std::filesystem::create_directory_symlink(outside.path(), here / "a");
        REQUIRE(sink.write("text"));
        if (commits) REQUIRE(sink.commit());
        std::filesystem::remove(here / "a");
        std::filesystem::rename(here / "b", here / "a");
    }
    CHECK(outside.count() == 0);
    CHECK(here.read("a/x") == "text");
    CHECK(std::distance(std::filesystem::directory_iterator(here / "a"), {}) == 1);
}

TEST_CASE("a place that takes no file is refused before anything is fetched") {
    temporary_directory const here;
    file_sink nowhere(here / "missing/copy.bin");
    auto const missing = nowhere.open();
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind() == ferry::error_kind::file);
    CHECK_THAT(missing.error().message(), ferry_test::contains("missing/copy.bin"));

    file_sink directory(here.path().string());
    CHECK(directory.open().error().code().value() == EISDIR);

    // As root, a rename would replace the device itself.
    file_sink device("/dev/null");
    auto const refused = device.open();
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message(), ferry_test::contains("not a regular file"));
    CHECK(std::filesystem::is_character_file("/dev/null"));
    CHECK(here.count() == 0);
}

TEST_CASE("names as long as the file system allows work") {
    temporary_directory const here;
    std::string const name(255, 'n');
    file_sink sink(here / name);
    REQUIRE(sink.open());
    REQUIRE(sink.commit());
    CHECK(std::filesystem::exists(here / name));

    std::string characters = "n";
    while (characters.size() < 255) characters += "\u00e9";  // of two bytes, from an odd place on
    file_sink cut(here / characters);
    REQUIRE(cut.open());
    CHECK(std::filesystem::path(only_part_file(here)).filename().string().find("\u00e9.") !=
          std::string::npos);
    REQUIRE(cut.commit());
}

TEST_CASE("file names are read from Content-Disposition") {
    CHECK(disposition_file_name("attachment; filename=\"a (1).txt\"; filename*=UTF-8''a%20%281%29.txt") ==
          "a (1).txt");
    CHECK(disposition_file_name("attachment; filename=\"?.txt\"; filename*=UTF-8''%E9%BE%99.txt") ==
          "\u9f99.txt");
    CHECK(disposition_file_name("attachment; filename=\"q\\\"x.txt\"; filename*=UTF-8''q%22x.txt") ==
          "q\"x.txt");
    CHECK(disposition_file_name("attachment; filename=\"q\\\"x.txt\"") == "q\"x.txt");
    CHECK(disposition_file_name("attachment; filename=\"\"; filename*=UTF-8''").empty());
    // Older servers: no separator, no quotes.
    CHECK(disposition_file_name("attachment; filename=a b.txt filename*=UTF-8''a%20b.txt") == "a b.txt");
    CHECK(disposition_file_name("attachment; filename=flow files.zip") == "flow files.zip");

    CHECK(disposition_file_name("").empty());
    CHECK(disposition_file_name("inline").empty());
    CHECK(disposition_file_name("attachment;").empty());
    CHECK(disposition_file_name("ATTACHMENT ; FileName = x.txt") == " x.txt");
    CHECK(disposition_file_name("attachment; filename=\"a;b=c.txt\"; x=y") == "a;b=c.txt");
    CHECK(disposition_file_name("attachment; filename=\"open") == "open");
    CHECK(disposition_file_name("attachment; filename=\"a.txt\"; filename*=ISO-8859-1''%E9.txt") == "a.txt");
    CHECK(disposition_file_name("attachment; filename*=UTF-8'en'x%zz%4") == "x%zz%4");
}

TEST_CASE("a file name never leads out of a directory") {
    CHECK(disposition_file_name("attachment; filename=\"../../etc/passwd\"") == "passwd");
    CHECK(disposition_file_name("attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd") == "passwd");
    CHECK(disposition_file_name("attachment; filename=\"C:\\\\temp\\\\x.txt\"") == "x.txt");
    CHECK(disposition_file_name("attachment; filename=\"..\"").empty());
    CHECK(disposition_file_name("attachment; filename=\"a/..\"").empty());
    CHECK(disposition_file_name("attachment; filename=\".\"").empty());
    CHECK(disposition_file_name("attachment; filename=\"dir/\"").empty());
    CHECK(disposition_file_name("attachment; filename*=UTF-8''a%00b%0D%0A.txt") == "a_b__.txt");
    CHECK(disposition_file_name("attachment; filename*=UTF-8''a%E2%80%AEfdp.exe") == "a_fdp.exe");
}
