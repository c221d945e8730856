// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Whole directories up and down, against both services.

#include "langflow.hpp"
#include "llamacloud.hpp"
#include "support/eventually.hpp"

#include <ferry/bulk/langflow.hpp>
#include <ferry/bulk/llamacloud.hpp>
#include <ferry/langflow/description.hpp>
#include <ferry/llamacloud/description.hpp>
#include <ferry/testing.hpp>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <set>
#include <thread>

namespace bulk = ferry::bulk;
using namespace ferry_test;
using namespace ferry_test::cloud;
using bulk::status;

namespace {

/// Five hundred files in twenty directories, two deep.
void write_tree(scratch_directory const& scratch, int files = 500) {
    for (int i = 0; i < files; ++i) {
        auto const directory = "tree/d" + std::to_string(i % 5) + "/e" + std::to_string(i % 4);
        std::filesystem::create_directories(scratch.path(directory));
        scratch.write(directory + "/file " + std::to_string(i) + ".txt",
                      noise(static_cast<std::size_t>(50 + i), static_cast<unsigned>(i)));
    }
}

bulk::local_tree tree_of(scratch_directory const& scratch) {
    return bulk::scan(scratch.path("tree")).value();
}

/// That both directories hold the same files.
void check_same(bulk::local_tree const& one, std::string const& other) {
    auto const copy = bulk::scan(other).value();
    REQUIRE(copy.files.size() == one.files.size());
    for (std::size_t i = 0; i < copy.files.size(); ++i) {
        CHECK(copy.files[i].name == one.files[i].name);
        CHECK(copy.files[i].size == one.files[i].size);
    }
}

/// All files below a directory, temporary ones included.
std::size_t entries(std::string const& directory) {
    if (!std::filesystem::exists(directory)) return 0;
    return static_cast<std::size_t>(std::count_if(std::filesystem::recursive_directory_iterator(directory),
                                                  {},
                                                  [](auto const& entry) { return entry.is_regular_file(); }));
}

}  // namespace

TEST_CASE("500 files go up to a LlamaCloud directory and come back, and the second time nothing moves") {
    llamacloud service;
    scratch_directory const scratch;
    write_tree(scratch);
    auto const tree = tree_of(scratch);
    auto const home = service.alice.directories.create("home").send().value().id;

    auto const up = ferry::llamacloud::upload_to_directory(service.alice, home, tree).value();
    CHECK(up.count(status::done) == 500);
    std::set<std::string> ids;
    for (auto const& file : up.files) ids.insert(file.id);
    CHECK(ids.size() == 500);

    auto const again = ferry::llamacloud::upload_to_directory(service.alice, home, tree).value();
    CHECK(again.count(status::skipped) == 500);
    CHECK(again.files[3].id == up.files[3].id);
    CHECK(service.mock.journal({.operation = "llamacloud.directories.files.upload"}).count == 500);

    bulk::download_options with;
    with.concurrency = 8;
    auto const down =
        ferry::llamacloud::download_directory(service.alice, home, scratch.path("copy"), with).value();
    CHECK(down.count(status::done) == 500);
    CHECK(down.bytes() == up.bytes());
    check_same(tree, scratch.path("copy"));
    CHECK(scratch.read("copy/d3/e1/file 13.txt") == noise(63, 13));
    CHECK(ferry::llamacloud::download_directory(service.alice, home, scratch.path("copy"))
              .value()
              .count(status::skipped) == 500);
}

TEST_CASE("LlamaCloud files of a project are known again by their path") {
    llamacloud service;
    scratch_directory const scratch;
    write_tree(scratch, 12);
    auto const tree = tree_of(scratch);
    auto const up = ferry::llamacloud::upload_files(service.alice, tree, "user_data").value();
    CHECK(up.count(status::done) == 12);
    CHECK(service.alice.files.get(up.files[0].id).send().value().external_file_id == tree.files[0].name);
    std::filesystem::create_directories(scratch.path("tree/new"));
    scratch.write("tree/new/one.txt", "x");
    auto const again = ferry::llamacloud::upload_files(service.alice, tree_of(scratch), "user_data").value();
    CHECK(again.count(status::done) == 1);
    CHECK(again.count(status::skipped) == 12);

    std::vector<bulk::remote_file> wanted;
    for (auto const& file : up.files) wanted.emplace_back(file.id, file.name);
    CHECK(ferry::llamacloud::download_files(service.alice, wanted, scratch.path("copy")).is_complete());
    check_same(tree, scratch.path("copy"));
}

TEST_CASE("500 files go up to Langflow and come back, and the second time nothing moves") {
    langflow services;
    scratch_directory const scratch;
    write_tree(scratch);
    auto const tree = tree_of(scratch);

    auto const up = ferry::langflow::upload_files(services.alice, tree).value();
    CHECK(up.count(status::done) == 500);
    CHECK(services.alice.files.list().send().value().size() == 500);
    auto const again = ferry::langflow::upload_files(services.alice, tree).value();
    CHECK(again.count(status::skipped) == 500);

    auto const down = ferry::langflow::download_files(services.alice, scratch.path("copy")).value();
    CHECK(down.count(status::done) == 500);
    CHECK(down.bytes() == up.bytes());
    CHECK(entries(scratch.path("copy")) == 500);
    // A name that is the beginning of no other: those are renamed by the order in which they arrive.
    CHECK(scratch.read("copy/d3__e1__file 493.txt") == noise(543, 493));
    CHECK(ferry::langflow::download_files(services.alice, scratch.path("copy"))
              .value()
              .count(status::skipped) == 500);
}

TEST_CASE("what a service refuses and what cannot be read are these files' outcomes only") {
    langflow services;
    scratch_directory const scratch;
    write_tree(scratch, 10);
    scratch.write("tree/CON.txt", "x");
    scratch.write("tree/gone.txt", "x");
    auto const tree = tree_of(scratch);
    std::filesystem::remove(scratch.path("tree/gone.txt"));
    auto const up = ferry::langflow::upload_files(services.alice, tree).value();
    CHECK(up.count(status::done) == 10);
    REQUIRE(up.count(status::failed) == 2);
    CHECK(up.files[0].name == "CON.txt");
    CHECK(up.files[0].why.status() == 400);
    CHECK(up.files.back().name == "gone.txt");
    CHECK(up.files.back().why.kind() == ferry::error_kind::file);
}

TEST_CASE("a file that fails once is repeated, one that fails for good is reported") {
    llamacloud service;
    scratch_directory const scratch;
    write_tree(scratch, 20);
    service.mock.add_fault(
        {.method = "POST", .path = "/api/v1/beta/files", .times = 2, .status = 503, .retry_after = 0});
    service.mock.add_fault({.method = "POST", .path = "/api/v1/beta/files", .times = 1, .status = 400});
    auto const up = ferry::llamacloud::upload_files(service.alice, tree_of(scratch), "user_data").value();
    CHECK(up.count(status::done) == 19);
    CHECK(up.count(status::failed) == 1);
    CHECK(ferry::llamacloud::upload_files(service.alice, tree_of(scratch), "user_data")
              .value()
              .count(status::done) == 1);

    service.mock.add_fault({.path = "/api/v1/beta/files", .times = 1, .status = 401});
    CHECK(error_of(ferry::llamacloud::upload_files(service.alice, tree_of(scratch), "user_data")).status() ==
          401);
}

TEST_CASE("stopping in the middle leaves no temporary file, and what is complete stays") {
    llamacloud service;
    scratch_directory const scratch;
    write_tree(scratch, 60);
    auto const home = service.alice.directories.create("home").send().value().id;
    REQUIRE(
        ferry::llamacloud::upload_to_directory(service.alice, home, tree_of(scratch)).value().is_complete());
    service.mock.add_fault({.path = "/storage/*", .times = 20, .delay_ms = 1});
    service.mock.add_fault({.path = "/storage/*", .times = 100, .drip_bytes_per_s = 1});

    std::stop_source stop;
    bulk::download_options with;
    with.stop_token = stop.get_token();
    std::atomic<std::size_t> ended = 0;
    with.file_ended = [&](bulk::outcome const&) { ++ended; };
    std::jthread const other([&] {
        // All that come quickly are there, and others are on their way.
        eventually([&] { return ended >= 20 && service.mock.faults_fired() > 20; });
        stop.request_stop();
    });
    auto const down =
        ferry::llamacloud::download_directory(service.alice, home, scratch.path("copy"), with).value();
    CHECK(ended == 60);
    CHECK(down.count(status::failed) == 0);
    CHECK(down.count(status::cancelled) > 0);
    CHECK(down.count(status::done) >= 20);
    CHECK(entries(scratch.path("copy")) == down.count(status::done));
}

TEST_CASE("an upload whose answer is lost is in LlamaCloud once") {
    llamacloud service;
    scratch_directory const scratch;
    write_tree(scratch, 10);
    auto const home = service.alice.directories.create("home").send().value().id;
    auto const lost = ferry::mock::reset_point::before_headers;  // the request is served
    service.mock.add_fault({.method = "POST", .path = "/api/v1/beta/files", .times = 3, .reset = lost});
    service.mock.add_fault({.method = "POST", .path = "*/files/upload", .times = 3, .reset = lost});

    CHECK(
        ferry::llamacloud::upload_files(service.alice, tree_of(scratch), "user_data").value().is_complete());
    std::set<std::string> seen;
    for (auto& file : service.alice.files.list().items())
        CHECK(seen.insert(file.value().external_file_id.value()).second);
    CHECK(seen.size() == 10);

    CHECK(ferry::llamacloud::upload_to_directory(service.alice, home, tree_of(scratch))
              .value()
              .count(status::done) == 10);
    CHECK(service.mock.journal({.operation = "llamacloud.directories.files.upload"}).count == 10);
    CHECK(service.mock.faults_fired() == 6);
}

TEST_CASE("what a service lists in place of the lost upload is not taken for it") {
    using ferry::testing::canned_response;
    scratch_directory const scratch;
    write_tree(scratch, 1);
    auto const tree = tree_of(scratch);
    auto const name = tree.files.at(0).name;
    auto const listed = [](std::string const& id, std::string const& external) {
        return R"({"id":")" + id + R"(","name":"n","project_id":"p","external_file_id":")" + external + "\"}";
    };
    int posts = 0;
    auto const transport = std::make_shared<ferry::testing::memory_transport>([&](auto const& request) {
        if (request.method == "POST") {
            if (++posts == 1)
                return canned_response::broken({ferry::error_kind::connection, "reset by peer"});
            return canned_response(200, listed("mine", name));
        }
        // The filter is not obeyed.
        bool const filtered = request.target.find("external_file_id=") != std::string::npos;
        return canned_response(200, R"({"items":[)" + (filtered ? listed("other", "other/name") : "") + "]}");
    });
    auto options = options_for("https://api.test", "llx-alice");
    options.max_retries = 0;
    ferry::llamacloud::client const cloud(
        ferry::make_engine(ferry::llamacloud::description(), options, transport));
    auto const up = ferry::llamacloud::upload_files(cloud, tree, "user_data").value();
    CHECK(up.files.at(0).status == status::done);
    CHECK(up.files.at(0).id == "mine");
    CHECK(posts == 2);
}

TEST_CASE("a start page in place of the files is nobody's file") {
    langflow services;
    scratch_directory const scratch;
    std::filesystem::create_directories(scratch.path("tree"));
    scratch.write("tree/a.pdf", "%PDF-1.7 and so on");
    scratch.write("tree/notes", "plain");
    REQUIRE(ferry::langflow::upload_files(services.alice, tree_of(scratch)).value().is_complete());
    auto const listed = services.alice.files.list().send().value();
    using ferry::testing::canned_response;
    auto const page = std::make_shared<ferry::testing::memory_transport>([&](auto const& request) {
        if (request.target.ends_with("/files")) return canned_response(200, ferry::to_json(listed).value());
        return canned_response(200, "<html>Langflow</html>", "text/html");
    });
    ferry::langflow::client const behind_a_gateway(ferry::make_engine(
        ferry::langflow::description(), options_for("https://flow.test", "sk-alice"), page));
    auto const down = ferry::langflow::download_files(behind_a_gateway, scratch.path("copy")).value();
    CHECK(down.count(status::failed) == 2);
    for (auto const& file : down.files) CHECK(file.why.kind() == ferry::error_kind::decoding);
    CHECK(entries(scratch.path("copy")) == 0);
}
