// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Peers that send more than anyone asked for: every call ends, with a right answer or with a right error.

#include "scripted.hpp"

#include <string>

using namespace ferry_test;
using namespace ferry_test::cloud;
using ferry::error_kind;

namespace {

constexpr std::string_view id = "11111111-1111-4111-8111-111111111111";

/// Answers with a head, and then with `piece` over and over, `size` bytes in all.
raw_server::script flood(std::string head, std::string piece, std::uint64_t size) {
    return [=](raw_server::peer& peer) {
        if (peer.read_head().empty()) return;
        peer.send(head);
        for (std::uint64_t sent = 0; sent < size; sent += piece.size()) peer.send(piece);
    };
}

}  // namespace

TEST_CASE("two gigabytes behind a delete are not read, and it has been done") {
    sender const send(GENERATE(blocking, coroutine));
    constexpr std::uint64_t size = std::uint64_t{2} << 30;
    scripted const service(flood("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n",
                                 std::string(64 << 10, 'x'), size));
    CHECK(send(service.client().files.delete_(std::string(id))).has_value());
}

TEST_CASE("two gigabytes behind a refusal are not read, and its status counts") {
    sender const send(GENERATE(blocking, coroutine));
    constexpr std::uint64_t size = std::uint64_t{2} << 30;
    scripted const service(flood("HTTP/1.1 404 Not Found\r\nContent-Encoding: br\r\nContent-Length: " +
                                     std::to_string(size) + "\r\n\r\n",
                                 std::string(64 << 10, 'x'), size));
    CHECK(error_of(send(service.client().files.delete_(std::string(id)))).status() == 404);
}

TEST_CASE("trailers without end end the call") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service(
        flood("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
              "c\r\n{\"items\":[]}\r\n0\r\n",
              "X-Trailer: " + std::string(1000, 'x') + "\r\n", std::uint64_t{64} << 20));
    auto const why = error_of(send(service.client().files.list()));
    CHECK(why.kind() == error_kind::limit);
}

TEST_CASE("heads that announce another head, over and over, end the call") {
    sender const send(GENERATE(blocking, coroutine));
    scripted const service(
        flood("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", std::uint64_t{64} << 20));
    auto const why = error_of(send(service.client().files.list()));
    CHECK((why.kind() == error_kind::limit || why.kind() == error_kind::protocol));
}
