// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Where uploads are kept that are not small: what becomes of the directory when its process is killed, and of
// the server when the directory is.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "control.hpp"
#include "http/spool.hpp"

using namespace mock_test;
namespace fs = std::filesystem;

namespace {

/// An empty directory that is the temporary one for as long as this lives.
class temporary_place {
public:
    temporary_place() {
        std::string pattern = (fs::temp_directory_path() / "mock-test-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path = pattern;
        if (char const* const before = std::getenv("TMPDIR")) before_ = before;
        ::setenv("TMPDIR", path.c_str(), 1);
    }
    ~temporary_place() {
        before_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", before_.c_str(), 1);
        fs::remove_all(path);
    }
    temporary_place(temporary_place const&) = delete;
    temporary_place& operator=(temporary_place const&) = delete;

    [[nodiscard]] auto entries() const {
        return std::distance(fs::directory_iterator(path), fs::directory_iterator());
    }

    fs::path path;

private:
    std::string before_;
};

/// A process that has a scratch directory with a file until it is killed.
class owner {
public:
    explicit owner(fs::path const& base) {
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        process_ = ::fork();
        if (process_ == 0) {
            auto const scratch = std::make_shared<ferry::mock::scratch_directory>();
            ferry::mock::spool bytes(scratch);
            bytes.append(std::string(100'000, 'x'));
            (void)!::write(ends[1], "x", 1);
            for (;;) ::pause();
        }
        char ready = 0;
        REQUIRE(::read(ends[0], &ready, 1) == 1);
        ::close(ends[0]);
        ::close(ends[1]);
        place = fs::directory_iterator(base)->path();
    }
    ~owner() { kill(); }
    owner(owner const&) = delete;
    owner& operator=(owner const&) = delete;

    void kill() {
        if (process_ == 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = 0;
    }

    fs::path place;

private:
    pid_t process_ = 0;
};

void write(fs::path const& path) {
    std::ofstream(path) << "x";
}

}  // namespace

TEST_CASE("what a killed process left is removed, what a living one has is not", "[scratch]") {
    temporary_place const base;
    owner other(base.path);
    REQUIRE_FALSE(fs::is_empty(other.place));
    ferry::mock::remove_leftovers(base.path);
    CHECK_FALSE(fs::is_empty(other.place));
    {
        ferry::mock::scratch_directory const own;
        ferry::mock::remove_leftovers(base.path);
        CHECK(fs::exists(own.path()));
    }
    CHECK(base.entries() == 1);
    other.kill();
    CHECK_FALSE(fs::is_empty(other.place));
    ferry::mock::remove_leftovers(base.path);
    CHECK(base.entries() == 0);
    ferry::mock::remove_leftovers(base.path / "nowhere");
}

TEST_CASE("nothing is removed that is no scratch directory", "[scratch]") {
    temporary_place const base;
    fs::path const foreign = base.path / "ferry-mock-scratch-public";  // readable for others
    fs::path const other_name = base.path / "ferry-mock-server";
    fs::path const target = base.path / "target";
    fs::path const with_notes = base.path / "ferry-mock-scratch-notes1";
    for (fs::path const& directory : {foreign, other_name, target, with_notes}) {
        fs::create_directory(directory);
        fs::permissions(directory, directory == foreign ? fs::perms(0755) : fs::perms::owner_all);
        write(directory / "upload-abcdef");
    }
    write(with_notes / "notes");
    fs::create_directory_symlink(target, base.path / "ferry-mock-scratch-linked");
    write(base.path / "ferry-mock-scratch-a_file");
    ferry::mock::remove_leftovers(base.path);
    CHECK(base.entries() == 6);
    CHECK(fs::exists(foreign / "upload-abcdef"));
    CHECK(fs::exists(other_name / "upload-abcdef"));
    CHECK(fs::exists(target / "upload-abcdef"));
    CHECK(fs::exists(with_notes / "notes"));
}

TEST_CASE("a process that was forked does not remove what its parent has", "[scratch]") {
    temporary_place const base;
    auto own = std::make_unique<ferry::mock::scratch_directory>();
    pid_t const child = ::fork();
    if (child == 0) {
        own.reset();
        ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
    CHECK(fs::exists(own->path()));
    own.reset();
    CHECK(base.entries() == 0);
}

TEST_CASE("a scratch folder that vanished is a 500, and the rest goes on", "[scratch]") {
    temporary_place const base;
    ferry::mock::server server;
    client const cloud = alice(server);
    client const flows(server.port(), api_key("sk-alice"));
    std::string const large(300'000, 'x');
    std::string const in_cloud = link_to(cloud, upload(cloud, large));
    auto const store = [&] { return flows.post_form(flow_files, {file("file", "a.txt", large)}); };
    std::string const in_flows = member(store().json(), "id");
    REQUIRE(
        flows.post_form(std::string(flow_files) + "?append=true", {file("file", "b.txt", "small")}).status ==
        201);
    std::string const small = upload(cloud, "small");
    fs::remove_all(fs::directory_iterator(base.path)->path());

    auto const check = [](response const& answer) {
        CHECK(answer.status == 500);
        CHECK_THAT(answer.body, ferry_test::contains("cannot"));
        CHECK_THAT(answer.body, ferry_test::contains("No such file or directory"));
    };
    client const anybody(server.port());
    check(anybody.get(in_cloud));
    check(anybody.get(in_cloud, {{"Range", "bytes=5-9"}}));
    check(flows.get(std::string(flow_files) + '/' + in_flows));
    check(flows.get(std::string(flow_files) + '/' + in_flows + "?return_content=true"));
    check(flows.send_json("POST", "/api/v2/files/batch/", "[\"" + in_flows + "\"]"));
    check(anybody.get("/_ferry/state"));
    check(store());
    CHECK(server.journal({.status = 500}).count >= 5);
    CHECK(anybody.get(link_to(cloud, small)).body == "small");
    CHECK(anybody.send("POST", "/_ferry/reset").status == 204);
    CHECK(anybody.get("/_ferry/state").status == 200);
}
