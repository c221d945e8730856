// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/file_sink.hpp"

#include "../../support/result.hpp"
#include "../../support/temporary_directory.hpp"

#include <sys/stat.h>
#include <filesystem>

using ferry::detail::disposition_file_name;
using ferry::detail::file_sink;
using ferry_test::temporary_directory;

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
}
