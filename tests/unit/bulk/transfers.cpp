// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/bulk.hpp"

#include "support/eventually.hpp"

#include "../support/fake_api.hpp"
#include "../support/result.hpp"
#include "../support/temporary_directory.hpp"

#include <atomic>
#include <filesystem>
#include <latch>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

namespace bulk = ferry::bulk;
using bulk::status;
using ferry::error_kind;
using ferry_test::contains;
using ferry_test::eventually;
using ferry_test::temporary_directory;

namespace {

bulk::local_tree files(int count) {
    bulk::local_tree tree;
    for (int i = 0; i < count; ++i) {
        bulk::local_file file;
        file.name = "file-" + std::to_string(i);
        file.path = "/tmp/" + file.name;
        file.size = 10;
        tree.files.push_back(std::move(file));
    }
    return tree;
}

ferry::result<std::string> id_for(bulk::upload_task const& task) {
    return "id of " + task.file.name;
}

ferry::error broken() {
    return {error_kind::connection, "reset by peer"};
}

/// Writes a file as save_to() would.
ferry::result<ferry::saved_file> save(bulk::download_task const& task) {
    std::ofstream(task.path) << task.file.id;
    ferry::saved_file saved;
    saved.size = task.file.id.size();
    return saved;
}

}  // namespace

TEST_CASE("every file is moved once, and its outcome stands in its place") {
    auto const tree = files(200);
    std::mutex mutex;
    std::multiset<std::string> seen;
    std::set<std::thread::id> threads;
    std::atomic<int> now{0};
    std::atomic<int> most{0};
    std::latch first_three(3);
    bulk::upload_options with;
    with.concurrency = 3;
    auto const report = bulk::upload(
        tree,
        [&](bulk::upload_task const& task) {
            int const running = ++now;
            for (int before = most; running > before && !most.compare_exchange_weak(before, running);) {
            }
            {
                std::lock_guard const lock(mutex);
                seen.insert(task.file.name);
                threads.insert(std::this_thread::get_id());
            }
            auto const& name = task.file.name;
            // Who has one of these goes on when others have the other two.
            if (name == "file-0" || name == "file-1" || name == "file-2") first_three.arrive_and_wait();
            --now;
            return id_for(task);
        },
        with);
    CHECK(seen.size() == 200);
    CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == 200);
    CHECK(most == 3);
    CHECK(threads.size() == 3);
    REQUIRE(report.files.size() == 200);
    CHECK(report.count(status::done) == 200);
    CHECK(report.is_complete());
    CHECK(report.bytes() == 2000);
    CHECK(report.files[7].name == "file-7");
    CHECK(report.files[7].id == "id of file-7");
    CHECK(report.files[7].path == "/tmp/file-7");
}

TEST_CASE("one at a time needs no other thread") {
    bulk::upload_options with;
    with.concurrency = 1;
    auto const me = std::this_thread::get_id();
    auto const report = bulk::upload(
        files(5),
        [&](bulk::upload_task const& task) {
            CHECK(std::this_thread::get_id() == me);
            return id_for(task);
        },
        with);
    CHECK(report.is_complete());
}

TEST_CASE("ten thousand files have ten thousand outcomes, each in its place") {
    bulk::upload_options with;
    with.concurrency = 8;
    with.already_there = [](bulk::local_file const& file) {
        return file.name.ends_with('7') ? std::optional<std::string>("known") : std::nullopt;
    };
    std::size_t ended = 0;
    with.file_ended = [&](bulk::outcome const&) { ++ended; };
    auto const send = [](bulk::upload_task const& task) -> ferry::result<std::string> {
        if (task.file.name.ends_with('3')) return broken();
        return id_for(task);
    };
    auto const report = bulk::upload(files(10000), send, with);
    CHECK(ended == 10000);
    REQUIRE(report.files.size() == 10000);
    CHECK(report.count(status::failed) == 1000);
    CHECK(report.count(status::skipped) == 1000);
    CHECK(report.bytes() == 80000);
    for (std::size_t i = 0; i < report.files.size(); ++i)
        if (report.files[i].name != "file-" + std::to_string(i)) FAIL(report.files[i].name);
}

TEST_CASE("a failure is its file's, and others go on") {
    auto const send = [](bulk::upload_task const& task) -> ferry::result<std::string> {
        if (task.file.name == "file-3") return broken();
        if (task.file.name == "file-4") throw std::runtime_error("no memory");
        return id_for(task);
    };
    auto const report = bulk::upload(files(10), send);
    CHECK(report.count(status::done) == 8);
    CHECK(report.count(status::failed) == 2);
    CHECK_FALSE(report.is_complete());
    CHECK(report.files[3].why.kind() == error_kind::connection);
    CHECK(report.files[3].bytes == 0);
    CHECK_THAT(report.files[4].why.message(), contains("'file-4' threw: no memory"));
}

TEST_CASE("stop_on_error begins nothing after the first failure") {
    bulk::upload_options with;
    with.concurrency = 1;
    with.stop_on_error = true;
    auto const send = [](bulk::upload_task const& task) -> ferry::result<std::string> {
        if (task.file.name == "file-3") return broken();
        return id_for(task);
    };
    auto const report = bulk::upload(files(10), send, with);
    CHECK(report.count(status::done) == 3);
    CHECK(report.count(status::failed) == 1);
    CHECK(report.count(status::cancelled) == 6);
    CHECK(report.files[9].why.kind() == error_kind::cancelled);
}

TEST_CASE("a stop ends calls in flight and begins no others") {
    std::stop_source stop;
    bulk::upload_options with;
    with.concurrency = 2;
    with.stop_token = stop.get_token();
    std::latch both_in_flight(2);
    std::atomic<int> begun{0};
    auto const send = [&](bulk::upload_task const& task) -> ferry::result<std::string> {
        ++begun;
        if (task.file.name != "file-5" && task.file.name != "file-6") return id_for(task);
        both_in_flight.arrive_and_wait();
        if (task.file.name == "file-5") stop.request_stop();
        if (!eventually([&] { return task.options.stop_token.stop_requested(); })) return id_for(task);
        return ferry::error(error_kind::cancelled, "in flight");
    };
    auto const report = bulk::upload(files(50), send, with);
    CHECK(begun == 7);
    CHECK(report.files[5].why.message() == "in flight");
    CHECK(report.files[6].why.message() == "in flight");
    CHECK_THAT(report.files[7].why.message(), contains("before it was begun"));
    CHECK(report.count(status::done) == 5);
    CHECK(report.count(status::cancelled) == 45);
}

TEST_CASE("what is there already is skipped, what was left out is reported") {
    auto tree = files(4);
    bulk::outcome link;
    link.name = "link";
    link.status = status::skipped;
    tree.left_out.push_back(link);
    bulk::upload_options with;
    with.already_there = [](bulk::local_file const& file) -> std::optional<std::string> {
        if (file.name == "file-1") return "known";
        return std::nullopt;
    };
    auto const report = bulk::upload(tree, id_for, with);
    REQUIRE(report.files.size() == 5);
    CHECK(report.count(status::done) == 3);
    CHECK(report.count(status::skipped) == 2);
    CHECK(report.files[1].id == "known");
    CHECK(report.files[4].name == "link");
    CHECK(report.is_complete());
}

TEST_CASE("progress of all files together ends with everything") {
    bulk::upload_options with;
    std::vector<bulk::progress> told;
    std::vector<std::string> ended;
    with.progress = [&](bulk::progress const& now) {
        told.push_back(now);
        return true;
    };
    with.file_ended = [&](bulk::outcome const& file) { ended.push_back(file.name); };
    auto const send = [](bulk::upload_task const& task) -> ferry::result<std::string> {
        ferry::transfer_progress half;
        half.bytes = 5;
        CHECK(task.options.progress(half));
        if (task.file.name == "file-3") return broken();
        return id_for(task);
    };
    bulk::upload(files(20), send, with);
    REQUIRE_FALSE(told.empty());
    CHECK(told.back().finished);
    CHECK(told.back().files == 20);
    CHECK(told.back().files_total == 20);
    CHECK(told.back().failed == 1);
    CHECK(told.back().bytes == 190);
    CHECK(told.back().bytes_total == 200);
    CHECK(ended.size() == 20);

    with.concurrency = 1;
    with.progress = [](bulk::progress const&) { return false; };
    CHECK(bulk::upload(files(20), send, with).count(status::cancelled) >= 18);
}

TEST_CASE("an exception of a callback stops everything and comes out") {
    bulk::upload_options with;
    with.file_ended = [](bulk::outcome const&) { throw std::runtime_error("no window"); };
    CHECK_THROWS_WITH(bulk::upload(files(20), id_for, with), "no window");
}

TEST_CASE("an exception of progress comes out, though it was thrown in the middle of a call") {
    bulk::upload_options with;
    std::atomic<bool> threw{false};
    with.progress = [&](bulk::progress const&) -> bool {
        if (!threw.exchange(true)) throw std::runtime_error("no window");
        return true;
    };
    auto const send = [](bulk::upload_task const& task) -> ferry::result<std::string> {
        task.options.progress({});
        return id_for(task);
    };
    CHECK_THROWS_WITH(bulk::upload(files(20), send, with), "no window");
}

TEST_CASE("downloads go below the directory, and nowhere else") {
    temporary_directory const here;
    std::vector<bulk::remote_file> const wanted{{"1", "a.txt"},
                                                {"2", "deep/er/b.txt"},
                                                {"3", "../c"},
                                                {"4", "/d"},
                                                {"5", ""},
                                                {"6", "e/"},
                                                {"7", "f/../../g"},
                                                {"8", "."},
                                                {"9", std::string("h\0i", 3)},
                                                {"10", "a.txt"},
                                                {"11", "a.txt/below a file"}};
    bulk::download_options with;
    with.concurrency = 1;
    auto const report = bulk::download(wanted, here / "new", save, with);
    REQUIRE(report.files.size() == wanted.size());
    CHECK(report.count(status::done) == 2);
    CHECK(report.count(status::failed) == 9);
    CHECK(here.read("new/a.txt") == "1");
    CHECK(here.read("new/deep/er/b.txt") == "2");
    CHECK(report.files[0].path == here / "new/a.txt");
    CHECK(report.files[2].why.kind() == error_kind::invalid_argument);
    CHECK_THAT(report.files[9].why.message(), contains("another file has this name"));
    CHECK(report.files[10].why.kind() == error_kind::file);
    CHECK(here.count() == 1);
}

TEST_CASE("files that are here already are not downloaded again, unless asked for or of another size") {
    temporary_directory const here;
    here.write("same", "old");
    here.write("unknown", "old");
    here.write("other", "older");
    std::vector<bulk::remote_file> const wanted{{"new", "same", 3}, {"new", "unknown"}, {"new", "other", 3}};
    auto const report = bulk::download(wanted, here.path().string(), save);
    CHECK(report.count(status::skipped) == 2);
    CHECK(here.read("same") == "old");
    CHECK(here.read("other") == "new");
    bulk::download_options with;
    with.again = true;
    CHECK(bulk::download(wanted, here.path().string(), save, with).count(status::done) == 3);
    CHECK(here.read("unknown") == "new");
}

namespace {

/// A service whose files' bytes are their ids, and a call for each of them.
auto saver(fake_api::service const& s) {
    return [&](bulk::download_task const& task) {
        return s.things.bytes(task.file.id).options(task.options).save_to(task.path);
    };
}
ferry::testing::canned_response id_as_bytes(ferry::testing::received_request const& request) {
    auto const id = request.target.substr(std::string("/things/").size());
    return {200, id.substr(0, id.find('/')), "application/octet-stream"};
}

}  // namespace

TEST_CASE("no name leaves the directory through a link, whoever writes the file") {
    temporary_directory const here;
    temporary_directory const outside;
    outside.write("there", "old");
    auto const target = here / "target";
    std::filesystem::create_directory(target);
    std::filesystem::create_directory_symlink(outside.path(), here / "target/link");
    std::filesystem::create_directory_symlink("../..", here / "target/up");
    std::filesystem::create_symlink(outside / "there", here / "target/file");
    std::filesystem::create_symlink(outside / "new", here / "target/dangling");
    std::filesystem::create_hard_link(outside / "there", here / "target/hard");
    std::vector<bulk::remote_file> const wanted{{"1", "link/x"}, {"2", "link/there"}, {"3", "link/a/b"},
                                                {"4", "up/x"},   {"5", "file"},       {"6", "dangling"},
                                                {"7", "link"},   {"8", "fine"},       {"9", "hard"}};
    fake_api::service const s(id_as_bytes);
    bulk::download_options with;
    with.again = true;
    for (bool const engine : {true, false}) {
        auto const report = engine ? bulk::download(wanted, target, saver(s), with)
                                   : bulk::download({wanted.begin(), wanted.end() - 1}, target, save, with);
        for (std::size_t i = 0; i < 7; ++i) {
            INFO(report.files[i].name);
            CHECK(report.files[i].status == status::failed);
            CHECK(report.files[i].why.kind() == error_kind::file);
            CHECK_THAT(report.files[i].why.message(), contains("may lead out of the directory"));
        }
        CHECK(report.files[7].status == status::done);
        if (engine) CHECK(report.files[8].status == status::done);
    }
    CHECK(outside.read("there") == "old");
    CHECK(outside.count() == 1);
    CHECK(here.count() == 1);
    CHECK(here.read("target/fine") == "8");
    CHECK(here.read("target/hard") == "9");
}

TEST_CASE("a link that is laid between the check and the call leads nowhere") {
    temporary_directory const here;
    temporary_directory const outside;
    fake_api::service const s([&](auto const& request) {
        std::filesystem::remove_all(here / "a");
        std::filesystem::create_directory_symlink(outside.path(), here / "a");
        std::filesystem::create_symlink(outside / "new", here / "b");
        return id_as_bytes(request);
    });
    bulk::download_options with;
    with.concurrency = 1;
    auto const report = bulk::download({{"1", "a/x"}}, here.path().string(), saver(s), with);
    CHECK(report.files[0].why.kind() == error_kind::file);
    std::filesystem::remove(here / "b");
    CHECK(bulk::download({{"1", "b"}}, here.path().string(), saver(s), with).files[0].why.kind() ==
          error_kind::file);
    CHECK(outside.count() == 0);
}

TEST_CASE("new names that may deceive are refused, old ones are the user's own") {
    temporary_directory const here;
    here.write("a\tb", "old");
    std::vector<bulk::remote_file> const wanted{
        {"1", "a\x1b[2Jb"}, {"2", "invoice\u202Efdp.exe"}, {"3", "d\n/x"}, {"4", "\xc2\x9b"}, {"5", "a\tb"}};
    auto const report = bulk::download(wanted, here.path().string(), save);
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(report.files[i].why.kind() == error_kind::invalid_argument);
        CHECK_THAT(report.files[i].why.message(), contains("look like another one"));
    }
    CHECK(report.files[4].status == status::skipped);
    CHECK(here.count() == 1);
}

TEST_CASE("what comes is held against what was listed, unless the caller does not want that") {
    temporary_directory const here;
    ferry::testing::canned_response const page(200, "<html>start</html>", "text/html");
    fake_api::service const s([&](auto const&) { return page; });
    std::vector<bulk::remote_file> const wanted{
        {"1", "a.pdf"}, {"2", "sized", 5}, {"3", "page.html", 18}, {"4", "unknown"}};
    auto const report = bulk::download(wanted, here.path().string(), saver(s));
    CHECK(report.files[0].why.kind() == error_kind::decoding);
    CHECK_THAT(report.files[0].why.message(), contains("text/html, which is no file called 'a.pdf'"));
    CHECK(report.files[1].why.kind() == error_kind::decoding);
    CHECK_THAT(report.files[1].why.message(), contains("has 18 bytes, expected were 5"));
    CHECK(report.files[2].status == status::done);
    CHECK(report.files[3].status == status::done);
    CHECK(here.count() == 2);
    bulk::download_options with;
    with.verify = false;
    with.flush_to_disk = true;
    CHECK(bulk::download(wanted, here.path().string(), saver(s), with).is_complete());
}

TEST_CASE("a directory that is not named is the current one") {
    temporary_directory const here;
    auto const before = std::filesystem::current_path();
    std::filesystem::current_path(here.path());
    auto const report = bulk::download({{"1", "a/b"}}, "", save);
    std::filesystem::current_path(before);
    CHECK(report.is_complete());
    CHECK(here.read("a/b") == "1");
}
