// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/bulk/llamacloud.hpp"

#include "ferry/llamacloud/description.hpp"
#include "ferry/testing.hpp"

#include "../support/result.hpp"
#include "../support/temporary_directory.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// What lists that are cut into odd pages mean for whole directories. Everything else is tested over a
// network, in contract/bulk.cpp.

namespace bulk = ferry::bulk;
using ferry::error_kind;
using ferry::testing::canned_response;
using ferry_test::contains;
using ferry_test::temporary_directory;

namespace {

/// LlamaCloud, and what it was asked.
class service {
public:
    explicit service(ferry::testing::memory_transport::responder answer)
        : transport_(std::make_shared<ferry::testing::memory_transport>(std::move(answer))) {}

    ferry::llamacloud::client client() const {
        ferry::client_options options;
        options.api_key = "llx-test";
        options.base_url = "https://cloud.test";
        options.max_retries = 0;
        return ferry::llamacloud::client(
            ferry::make_engine(ferry::llamacloud::description(), options, transport_));
    }
    std::size_t count(std::string_view method) const {
        std::size_t found = 0;
        for (auto const& request : transport_->requests()) found += request.method == method ? 1 : 0;
        return found;
    }

private:
    std::shared_ptr<ferry::testing::memory_transport> transport_;
};

std::string entry(std::string const& name) {
    return R"({"id":"dfl-)" + name + R"(","project_id":"p","directory_id":"dir","file_id":"f-)" + name +
           R"(","unique_id":")" + name + R"(","display_name":")" + name + R"("})";
}

canned_response page(std::string const& items, std::string const& next) {
    auto const token = next.empty() ? "null" : '"' + next + '"';
    return {200, R"({"items":[)" + items + R"(],"next_page_token":)" + token + R"(,"total_size":null})"};
}

/// An endless list: every page leads on to one that was not there before.
auto endless(std::string items) {
    return [items = std::move(items), next = std::make_shared<std::atomic<int>>(0)](auto const&) {
        return page(items, "t" + std::to_string(++*next));
    };
}

bulk::local_tree one_file(temporary_directory const& here) {
    here.write("a.txt", "a");
    return bulk::scan(here.path()).value();
}

}  // namespace

TEST_CASE("what is listed behind an empty page is not uploaded again") {
    temporary_directory const here;
    service const cloud([](auto const& request) {
        return request.target.find("page_token") == std::string::npos ? page("", "more")
                                                                      : page(entry("a.txt"), "");
    });
    auto const report = ferry::llamacloud::upload_to_directory(cloud.client(), "dir", one_file(here)).value();
    CHECK(report.count(bulk::status::skipped) == 1);
    CHECK(report.files.at(0).id == "dfl-a.txt");
    CHECK(cloud.count("GET") == 2);
    CHECK(cloud.count("POST") == 0);
}

TEST_CASE("an upload without an answer that is listed behind an empty page is not repeated") {
    temporary_directory const here;
    service const cloud([](auto const& request) -> canned_response {
        if (request.method == "POST") {
            canned_response lost(200, "");
            lost.failure = ferry::error(error_kind::connection, "reset");
            return lost;
        }
        if (request.target.find("unique_id") == std::string::npos) return page("", "");
        return request.target.find("page_token") == std::string::npos ? page("", "more")
                                                                      : page(entry("a.txt"), "");
    });
    auto const report = ferry::llamacloud::upload_to_directory(cloud.client(), "dir", one_file(here)).value();
    CHECK(report.count(bulk::status::done) == 1);
    CHECK(cloud.count("POST") == 1);
}

TEST_CASE("lists without end are an error, and nothing is moved") {
    temporary_directory const here;
    auto const tree = one_file(here);
    for (auto const& [items, requests, kind] : std::vector<std::tuple<std::string, std::size_t, error_kind>>{
             {"", 1000, error_kind::protocol}, {entry("b"), 10'000, error_kind::limit}}) {
        service const cloud(endless(items));
        auto const down = ferry::llamacloud::download_directory(cloud.client(), "dir", here / "down");
        REQUIRE_FALSE(down);
        CHECK(down.error().kind() == kind);
        CHECK(cloud.count("GET") == requests);
        CHECK(here.count() == 1);

        service const other(endless(items));
        auto const up = ferry::llamacloud::upload_to_directory(other.client(), "dir", tree);
        REQUIRE_FALSE(up);
        CHECK(up.error().kind() == kind);
        CHECK(other.count("POST") == 0);
    }
    bulk::download_options few;
    few.max_pages = 3;
    service const cloud(endless(entry("b")));
    auto const down = ferry::llamacloud::download_directory(cloud.client(), "dir", here / "down", few);
    CHECK_THAT(down.error().message(), contains("more than 3 pages"));
    CHECK(cloud.count("GET") == 3);
}
