// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// A process that may open no more descriptors.

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/exchange.hpp"
#include "support/few_descriptors.hpp"
#include "support/raw_server.hpp"

using namespace ferry_test;
using ferry::error_kind;

TEST_CASE("without descriptors an exchange fails, and nothing is thrown") {
    if (!can_do_with_few_descriptors) return;
    raw_server server([](raw_server::peer& peer) {
        while (!peer.read_head().empty()) peer.answer("hello");
    });
    auto const transport = ferry::make_beast_transport({});
    // What Asio needs for itself, one after the other, and the socket.
    for (int left = 0; left < 4; ++left) {
        outcome got;
        {
            few_descriptors const few(left);
            got = run(*transport, get(server.port()));
        }
        INFO(left << " left: " << got.text());
        CHECK(got.kind() == error_kind::connection);
        CHECK(got.result.failure->code() == boost::system::errc::too_many_files_open);
        CHECK_FALSE(got.result.request_sent);
    }
    // Nothing of it stays.
    CHECK(run(*transport, get(server.port())).content == "hello");
}

TEST_CASE("without descriptors an asynchronous exchange fails on its executor") {
    if (!can_do_with_few_descriptors) return;
    raw_server server([](raw_server::peer& peer) {
        while (!peer.read_head().empty()) peer.answer("hello");
    });
    auto const transport = ferry::make_beast_transport({});
    for (int left = 0; left < 4; ++left) {
        outcome got;
        {
            few_descriptors const few(left);
            got = run_async(*transport, get(server.port()));
        }
        INFO(left << " left: " << got.text());
        CHECK(got.ends == 1);
        CHECK(got.kind() == error_kind::connection);
        CHECK(got.result.failure->code() == boost::system::errc::too_many_files_open);
    }
    CHECK(run_async(*transport, get(server.port())).content == "hello");
}

TEST_CASE("a context that has run out of descriptors serves again when there are some") {
    if (!can_do_with_few_descriptors) return;
    raw_server server([](raw_server::peer& peer) {
        while (!peer.read_head().empty()) peer.answer("hello");
    });
    auto const transport = ferry::make_beast_transport({});
    asio::io_context context;
    auto const request = get(server.port());
    auto const exchanged = [&] {
        outcome got;
        auto const handle =
            transport->start(context.get_executor(), request, limits(), got, [&](auto result) {
                got.result = std::move(result);
                ++got.ends;
            });
        context.restart();
        context.run();
        return got;
    };
    {
        few_descriptors const few(0);
        CHECK(exchanged().kind() == error_kind::connection);
    }
    CHECK(exchanged().content == "hello");
}
