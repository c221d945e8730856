// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Large files on bad lines: what broke off goes on, progress is told, checksums are made, and nothing is left
// behind.

#include "langflow.hpp"
#include "llamacloud.hpp"

#include <ferry/core/detail/text.hpp>
#include <ferry/core/digest.hpp>

#include <fcntl.h>
#include <unistd.h>
#include <sstream>

using namespace ferry_test;
using namespace ferry_test::cloud;
using ferry::digest_algorithm;
using ferry::transfer_progress;

namespace {

ferry::mock::fault cut_after(std::string path, std::uint64_t bytes) {
    return {.path = std::move(path), .truncate_after = bytes};
}

/// The Range fields of all requests for bytes, in order.
std::vector<std::string> ranges(ferry::mock::server const& mock, std::string path) {
    std::vector<std::string> all;
    for (auto const& entry : mock.journal({.path = std::move(path)}).entries) {
        all.emplace_back("-");
        for (auto const& [name, value] : entry.headers)
            if (ferry::detail::iequals(name, "range")) all.back() = value;
    }
    return all;
}

boost::asio::awaitable<void> write_both(ferry::langflow::client const& langflow, std::string const& id,
                                        ferry::byte_sink& sink, std::ostream& stream) {
    (co_await langflow.files.get(id).async_write_to(sink, boost::asio::use_awaitable)).value();
    (co_await langflow.files.get(id).async_write_to(stream, boost::asio::use_awaitable)).value();
}

}  // namespace

TEST_CASE("a download that breaks off twice goes on twice behind its signed URL") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    scratch_directory const scratch;
    auto const bytes = noise(3 << 20);
    auto const id = stored(service.alice, bytes, "a.bin");
    service.mock.add_fault(cut_after("/storage/*", 1'000'000));
    service.mock.add_fault(cut_after("/storage/*", 500'000));

    auto const saved =
        send.save(service.alice.files.content(id).checksum(digest_algorithm::sha256), scratch.path("copy"))
            .value();

    CHECK(saved.size == bytes.size());
    CHECK(scratch.read("copy") == bytes);
    CHECK(saved.digest == ferry::digest_of(ferry::from_memory(bytes, "a"), digest_algorithm::sha256).value());
    CHECK(scratch.names() == names{"copy"});
    auto const asked = ranges(service.mock, "/storage/*");
    REQUIRE(asked.size() == 3);
    CHECK(asked[0] == "-");
    CHECK(asked[1].starts_with("bytes="));
    CHECK(asked[1].size() > std::string_view("bytes=10000-").size());
    CHECK(std::stoull(asked[2].substr(6)) > std::stoull(asked[1].substr(6)));
}

TEST_CASE("a download with the wrong checksum leaves nothing behind, a continued one neither") {
    llamacloud service;
    scratch_directory const scratch;
    auto const id = stored(service.alice, noise(1 << 20), "a.bin");
    service.mock.add_fault(cut_after("/storage/*", 300'000));
    auto const wrong =
        service.alice.files.content(id).expect_sha256(std::string(64, '0')).save_to(scratch.path("copy"));
    CHECK(error_of(wrong).kind() == ferry::error_kind::decoding);
    CHECK(ranges(service.mock, "/storage/*").size() == 2);
    CHECK(scratch.names().empty());
}

TEST_CASE("a download to a stream goes on; Langflow has no ranges, so there it fails") {
    llamacloud service;
    auto const bytes = noise(1 << 20);
    auto const id = stored(service.alice, bytes, "a.bin");
    service.mock.add_fault(cut_after("/storage/*", 300'000));
    std::ostringstream text;
    REQUIRE(service.alice.files.content(id).write_to(text).has_value());
    CHECK(text.str() == bytes);

    langflow other;
    auto const file = put(other.alice, "a.bin", bytes).id;
    other.kit.mock.add_fault(cut_after("/api/v2/files/*", 300'000));
    std::ostringstream half;
    CHECK(error_of(other.alice.files.get(file).max_retries(3).write_to(half)).kind() ==
          ferry::error_kind::protocol);
    CHECK(bytes.starts_with(half.str()));
}

TEST_CASE("sinks and streams are written asynchronously") {
    langflow const services;
    auto const id = put(services.alice, "a.bin", noise(100'000)).id;
    struct text_sink final : ferry::byte_sink {
        ferry::result<void> write(std::string_view more) override {
            bytes += more;
            return {};
        }
        std::string bytes;
    } sink;
    std::ostringstream stream;
    run(write_both(services.alice, id, sink, stream));
    CHECK(sink.bytes == noise(100'000));
    CHECK(stream.str() == noise(100'000));
}

TEST_CASE("a file is uploaded from its descriptor, after an answer that asks for a retry too") {
    llamacloud service;
    scratch_directory const scratch;
    auto const bytes = noise(300'000);
    int const descriptor = ::open(scratch.write("a", bytes).c_str(), O_RDONLY);
    REQUIRE(descriptor >= 0);
    service.mock.add_fault({.method = "POST", .path = "/api/v1/beta/files", .status = 503, .retry_after = 0});
    auto const sent =
        ferry::with_digest(ferry::from_descriptor(descriptor, "a.bin"), digest_algorithm::sha256);
    auto const file = service.alice.files.create(sent, "user_data").send().value();
    CHECK(content_of(service.alice, file.id) == bytes);
    CHECK(sent.digest() ==
          ferry::digest_of(ferry::from_memory(bytes, "a"), digest_algorithm::sha256).value());
    CHECK(::close(descriptor) == 0);
}

TEST_CASE("progress is told both ways, and may cancel") {
    llamacloud service;
    scratch_directory const scratch;
    auto const bytes = noise(8 << 20);
    std::vector<transfer_progress> told;
    auto const tell = [&](transfer_progress const& now) { told.push_back(now); };

    auto const file =
        service.alice.files.create(ferry::from_memory(bytes, "a"), "user_data").progress(tell).send();
    REQUIRE(told.size() >= 2);
    CHECK(told.front().bytes == 0);
    CHECK(told.back().finished);
    CHECK(told.back().bytes == told.back().total);
    CHECK(told.back().bytes > bytes.size());
    CHECK(told.back().bytes_per_second > 0);

    told.clear();
    REQUIRE(service.alice.files.content(file.value().id)
                .progress(tell)
                .save_to(scratch.path("copy"))
                .has_value());
    CHECK(told.front().total == bytes.size());
    CHECK(told.back().bytes == bytes.size());
    CHECK(told.back().towards == transfer_progress::direction::download);

    service.mock.add_fault({.path = "/storage/*", .drip_bytes_per_s = 1'000'000});
    auto const stop = [](transfer_progress const& now) { return now.bytes < 100'000; };
    auto const cancelled =
        service.alice.files.content(file->id).progress(stop).save_to(scratch.path("other"));
    CHECK(error_of(cancelled).kind() == ferry::error_kind::cancelled);
    CHECK(scratch.names() == names{"copy"});
}
