// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What faults do to the bytes of an answer.
#include "../support/catch2.hpp"
#include "backend_fixture.hpp"

using namespace mock_test;
using ferry::mock::blob;
using ferry::mock::http_response;
using ferry::mock::reply;
using kind = ferry::mock::delivery::disturbance;

namespace {

std::string const get = request_bytes("GET", "/", {});

reply with_fault(http_response answer, kind what, std::uint64_t amount = 0) {
    return {std::move(answer), {what, amount}};
}

}  // namespace

TEST_CASE("reset: nothing of the answer arrives", "[faults]") {
    backend_fixture const server([](auto const&) { return with_fault(plain("text"), kind::reset); });
    connection wire(server.port());
    wire.write(get);
    CHECK(wire.read().status == 0);
    CHECK(wire.was_reset());
}

TEST_CASE("reset after the head: status and headers arrive, then the connection breaks", "[faults]") {
    for (bool const streams : {false, true}) {
        INFO("streams: " << streams);
        backend_fixture const server([&](auto const&) {
            return with_fault(streams ? streamed(blob::of("text"), false) : plain("text"),
                              kind::reset_after_head);
        });
        connection wire(server.port());
        wire.write(get);
        response const answer = wire.read();
        CHECK(answer.status == 200);
        CHECK(answer.has("date"));
        CHECK_FALSE(answer.complete);
        CHECK(answer.body.empty());
        CHECK(wire.was_reset());
    }
    backend_fixture const empty([](auto const&) {
        http_response answer;
        answer.status = 204;
        return with_fault(std::move(answer), kind::reset_after_head);
    });
    connection wire(empty.port());
    wire.write(get);
    CHECK(wire.read().status == 204);
    CHECK(wire.closed_by_peer());
    CHECK(wire.was_reset());
}

TEST_CASE("truncation: with a length and in chunks", "[faults]") {
    for (bool const with_length : {true, false}) {
        INFO("with length: " << with_length);
        backend_fixture const server([&](auto const&) {
            return with_fault(streamed(blob::of(std::string(100'000, 'x')), with_length), kind::truncate,
                              50'000);
        });
        connection wire(server.port());
        wire.write(get);
        response const answer = wire.read();
        CHECK(answer.status == 200);
        CHECK(answer.chunked != with_length);
        CHECK_FALSE(answer.complete);
        CHECK_FALSE(wire.was_reset());
        if (with_length) CHECK(answer.body.size() == 50'000);
        CHECK(server.exchange(get).status == 200);
    }
}
