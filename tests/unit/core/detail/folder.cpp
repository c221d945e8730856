// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/folder.hpp"

#include "../../support/result.hpp"
#include "../../support/temporary_directory.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <cerrno>
#include <filesystem>

using ferry::detail::descriptor;
using ferry::detail::look_at;
using ferry::detail::open_folder;
using ferry::detail::open_folder_below;
using ferry::detail::split_path;
using ferry_test::contains;
using ferry_test::temporary_directory;

TEST_CASE("a path is a folder and a name in it") {
    auto const text = [](std::string const& path) {
        auto const parts = split_path(path);
        return parts.folder + " | " + parts.name;
    };
    CHECK(text("a") == ". | a");
    CHECK(text("a/b") == "a | b");
    CHECK(text("/a") == "/ | a");
    CHECK(text("/a/b/") == "/a/b | ");
    CHECK(text("") == ". | ");
}

TEST_CASE("a descriptor is closed once, by its last owner") {
    descriptor first(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    REQUIRE(first);
    int const number = first.get();
    descriptor second(std::move(first));
    CHECK(second.get() == number);
    CHECK(second.close());
    CHECK(second.close());
    CHECK_FALSE(second);
    CHECK(::fcntl(number, F_GETFD) == -1);
}

TEST_CASE("folders below a folder are opened and made, but not through links") {
    temporary_directory const here;
    temporary_directory const outside;
    auto const root = here.path().string();
    std::filesystem::create_directory(here / "real");
    std::filesystem::create_directory_symlink(outside.path(), here / "link");
    std::filesystem::create_directory_symlink("real", here / "inside");
    std::filesystem::create_directory_symlink(outside.path(), here / "real/deep");
    here.write("file", "x");

    CHECK(open_folder_below(root, "", false));
    CHECK(open_folder_below(root, "real", false));
    CHECK(open_folder_below(root, "new/er", false).error().code().value() == ENOENT);
    CHECK(open_folder_below(root, "new/er", true));
    CHECK(std::filesystem::is_directory(here / "new/er"));
    for (auto const* way : {"link", "link/x", "inside", "real/deep", "real/deep/x"}) {
        INFO(way);
        auto const refused = open_folder_below(root, way, true);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind() == ferry::error_kind::file);
        CHECK_THAT(refused.error().message(), contains("is a link, which may lead out of the directory"));
    }
    CHECK(outside.count() == 0);
    CHECK(open_folder_below(root, "file/x", true).error().code().value() == ENOTDIR);
    CHECK(open_folder(here / "missing").error().code().value() == ENOENT);

    // The root itself may be a link: who named it meant where it leads.
    std::filesystem::create_directory_symlink(root, outside / "way");
    CHECK(open_folder_below(outside / "way", "real", false));
}

TEST_CASE("what is in a folder is looked at without following it, wherever the folder goes") {
    temporary_directory const here;
    std::filesystem::create_directory(here / "a");
    here.write("a/file", "12345");
    std::filesystem::create_symlink("file", here / "a/link");
    auto const folder = open_folder(here / "a").value();
    std::filesystem::rename(here / "a", here / "b");
    CHECK(look_at(folder, "file")->st_size == 5);
    CHECK(S_ISLNK(look_at(folder, "link")->st_mode));
    CHECK_FALSE(look_at(folder, "missing"));
}
