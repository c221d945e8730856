// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Hosts with several addresses, not all of which work (RFC 8305).

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"
#include "support/silent_address.hpp"
#include "support/slow_names.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace ferry_test;
using namespace std::chrono_literals;
using ferry::error_kind;

namespace {

void answer_all(raw_server::peer& peer) {
    while (!peer.read_head().empty()) peer.answer("hello");
}

ferry::http_request get_from(std::vector<std::string> const& addresses, std::uint16_t port) {
    return get(port, "/", "http", name_of(addresses));
}

outcome perform(ferry::transport& transport, bool async, ferry::http_request const& request,
                ferry::exchange_limits const& bounds = limits()) {
    return async ? run_async(transport, request, bounds) : run(transport, request, bounds);
}

}  // namespace

TEST_CASE("an address that refuses or cannot be reached does not stop the next one") {
    bool const async = GENERATE(false, true);
    raw_server server(answer_all);
    auto const transport = ferry::make_beast_transport({});
    // Nobody listens at the first two. 2001:db8::/32 is for documentation: unreachable at once, or silent
    // where there is a default route.
    for (auto const* broken : {"127.0.0.2", "::1", "2001:db8::1"}) {
        INFO(broken);
        auto const got = perform(*transport, async, get_from({broken, "127.0.0.1"}, server.port()));
        REQUIRE(got.text() == "ok");
        CHECK(got.result.metrics.connections_opened == 1);
    }
}

TEST_CASE("an address that says nothing costs a quarter of a second") {
    bool const async = GENERATE(false, true);
    raw_server server(answer_all);
    silent_address const silent("127.0.0.2", server.port());
    ferry::beast_transport transport{ferry::client_options{}};
    auto const got = perform(transport, async, get_from({"127.0.0.2", "127.0.0.1"}, server.port()));
    REQUIRE(got.text() == "ok");
    CHECK(got.result.metrics.connect >= 240ms);
    CHECK(transport.counters().opened == 1);
    CHECK(transport.counters().in_use == 0);
}

TEST_CASE("the first address wins where it answers, and no other is asked") {
    bool const async = GENERATE(false, true);
    raw_server server(answer_all);
    auto const transport = ferry::make_beast_transport({});
    auto const got = perform(*transport, async, get_from({"127.0.0.1", "127.0.0.2"}, server.port()));
    CHECK(got.text() == "ok");
    CHECK(server.connections() == 1);
}

TEST_CASE("where no address works, the last one's reason is told") {
    bool const async = GENERATE(false, true);
    auto const transport = ferry::make_beast_transport({});
    auto const got = perform(*transport, async, get_from({"127.0.0.2", "127.0.0.3", "127.0.0.4"}, 9));
    CHECK(got.kind() == error_kind::connection);
    CHECK_THAT(got.text(), contains("cannot connect to " + name_of({"127.0.0.2", "127.0.0.3", "127.0.0.4"})));
    CHECK(got.result.failure->code() == asio::error::connection_refused);
    CHECK_FALSE(got.result.request_sent);
}

TEST_CASE("the race ends with the connect timeout, with the deadline and with a cancellation") {
    bool const async = GENERATE(false, true);
    raw_server server([](raw_server::peer& peer) { peer.stall(); });
    silent_address const second("127.0.0.2", server.port());
    silent_address const third("127.0.0.3", server.port());
    auto const request = get_from({"127.0.0.2", "127.0.0.3"}, server.port());
    auto const transport = ferry::make_beast_transport({});

    auto bounds = limits();
    bounds.connect_timeout = 350ms;  // time for both to be under way; the outcome is the same with one
    auto const slow = perform(*transport, async, request, bounds);
    CHECK(slow.kind() == error_kind::timeout);
    CHECK_THAT(slow.text(), contains("connect timeout of 350 ms"));

    auto const late = perform(*transport, async, request, limits(100ms));
    CHECK(late.kind() == error_kind::timeout);
    CHECK_THAT(late.text(), contains("total timeout"));

    auto const cancelled = run_async(*transport, request, limits(), [](auto& context, auto handle) {
        auto const timer = std::make_shared<asio::steady_timer>(context, 350ms);
        timer->async_wait([handle, timer](boost::system::error_code) { handle->cancel(); });
    });
    CHECK(cancelled.kind() == error_kind::cancelled);
}

TEST_CASE("a context and a transport may go while a race is on") {
    bool const transport_first = GENERATE(false, true);
    raw_server server([](raw_server::peer& peer) { peer.stall(); });
    silent_address const second("127.0.0.2", server.port());
    silent_address const third("127.0.0.3", server.port());
    auto const request = get_from({"127.0.0.2", "127.0.0.3"}, server.port());
    auto transport = std::make_unique<ferry::beast_transport>(ferry::client_options{});
    std::shared_ptr<ferry::exchange_handle> handle;
    outcome got;
    {
        asio::io_context context;
        handle = transport->start(context.get_executor(), request, limits(), got,
                                  [&](ferry::exchange_result) { ++got.ends; });
        context.run_for(350ms);  // time for both to be under way; the outcome is the same with one
        if (transport_first) transport.reset();
    }
    handle->cancel();
    CHECK(got.ends == 0);
    if (transport) CHECK(transport->counters().opened == 0);
}
