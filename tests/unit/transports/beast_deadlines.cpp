// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Nothing hangs: peers that stall at each phase, and cancellation at each phase.

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/certificates.hpp"
#include "support/eventually.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"
#include "support/silent_address.hpp"
#include "support/slow_names.hpp"

#include <boost/asio/steady_timer.hpp>

#include <stop_token>
#include <thread>

using namespace ferry_test;
using namespace std::chrono_literals;
using ferry::error_kind;

namespace {

/// A peer that stalls at one phase, and a request that gets there.
class stalled_peer {
public:
    enum class at { resolving, connecting, handshake, sending, waiting, header, content };

    explicit stalled_peer(at phase)
        : phase_(phase), server_([this](raw_server::peer& peer) { talk(peer); }) {}

    ferry::http_request request() {
        switch (phase_) {
            case at::resolving:
                return get(80, "/", "http", slow_name);
            case at::connecting:
                return get(silent_.port(), "/");
            case at::handshake:
                return get(server_.port(), "/", "https");
            case at::sending:
                return upload(server_.port(), source_, 1 << 30);
            default:
                return get(server_.port());
        }
    }

    /// "… while <doing>" in messages.
    std::string doing() const {
        switch (phase_) {
            case at::resolving:
                return std::string("resolving ") + slow_name;
            case at::connecting:
                return "connecting to 127.0.0.1:";
            case at::handshake:
                return "waiting for the TLS handshake";
            case at::sending:
                return "sending the request";
            case at::waiting:
            case at::header:
                return "waiting for the answer";
            case at::content:
                break;
        }
        return "receiving the answer";
    }

    bool connects() const { return phase_ <= at::handshake; }

private:
    void talk(raw_server::peer& peer) const {
        if (phase_ == at::header || phase_ == at::content) peer.read_head();
        if (phase_ == at::header) peer.send("HTTP/1.1 200 OK\r\nContent-Le");
        if (phase_ == at::content) peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
        peer.stall();
    }

    at phase_;
    pattern_source source_{1 << 30};
    silent_address silent_;
    raw_server server_;
};

stalled_peer::at any_phase() {
    using at = stalled_peer::at;
    return GENERATE(as<at>{}, at::resolving, at::connecting, at::handshake, at::sending, at::waiting,
                    at::header, at::content);
}

using clock_type = std::chrono::steady_clock;

/// What `attempt` makes of the first span that is long enough to get to where it stalls, as the error's text
/// says; else of the last one.
template <class Attempt>
outcome when_stalled(stalled_peer const& peer, Attempt const& attempt) {
    outcome got;
    at_some_pace([&](std::chrono::milliseconds span) {
        got = attempt(span);
        return got.text().find("while " + peer.doing()) != std::string::npos;
    });
    return got;
}

}  // namespace

TEST_CASE("the total deadline holds at each phase") {
    auto const phase = any_phase();
    bool const async = GENERATE(false, true);
    stalled_peer peer(phase);
    auto const transport = ferry::make_beast_transport({});

    auto const got = when_stalled(peer, [&](std::chrono::milliseconds span) {
        auto const request = peer.request();
        auto const bounds = limits(span);
        auto ended = async ? run_async(*transport, request, bounds) : run(*transport, request, bounds);
        CHECK(clock_type::now() >= bounds.deadline);
        return ended;
    });

    CHECK(got.ends == 1);
    CHECK(got.kind() == error_kind::timeout);
    CHECK_THAT(got.text(), contains("total timeout: the call's deadline passed while " + peer.doing()));
    CHECK(got.result.failure->code() == asio::error::timed_out);
}

TEST_CASE("the connect timeout and the idle timeout hold at their phases") {
    auto const phase = any_phase();
    bool const async = GENERATE(false, true);
    stalled_peer peer(phase);
    auto const transport = ferry::make_beast_transport({});
    std::string span;

    auto const got = when_stalled(peer, [&](std::chrono::milliseconds longest) {
        auto const request = peer.request();
        auto bounds = limits();
        (peer.connects() ? bounds.connect_timeout : bounds.idle_timeout) = longest;
        span = std::to_string(longest.count()) + " ms";
        return async ? run_async(*transport, request, bounds) : run(*transport, request, bounds);
    });

    CHECK(got.kind() == error_kind::timeout);
    CHECK_THAT(got.text(),
               contains(peer.connects() ? "connect timeout of " + span + ": no connection to "
                                        : "idle timeout: no byte for " + span + " while " + peer.doing()));
}

TEST_CASE("a deadline that has passed already sends nothing") {
    raw_server server([](raw_server::peer& peer) { peer.drain(); });
    auto const transport = ferry::make_beast_transport({});
    auto const got = run(*transport, get(server.port()), limits(-1ms));
    CHECK(got.kind() == error_kind::timeout);
    CHECK_FALSE(got.result.request_sent);
}

TEST_CASE("an answer that drips is not idle, but ends with the total deadline") {
    bool const async = GENERATE(false, true);
    auto const transport = ferry::make_beast_transport({});
    auto const exchanged = [&](std::size_t size, std::chrono::milliseconds pause,
                               ferry::exchange_limits const& bounds) {
        raw_server server([&](raw_server::peer& peer) {
            peer.read_head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n");
            peer.drip("12345678901234567890", pause);
            peer.stall();
        });
        return async ? run_async(*transport, get(server.port()), bounds)
                     : run(*transport, get(server.port()), bounds);
    };
    CHECK(at_some_pace([&](std::chrono::milliseconds pace) {
        auto bounds = limits();
        bounds.idle_timeout = pace;
        return exchanged(20, pace / 10, bounds).text() == "ok";  // twice as long as the idle timeout
    }));
    auto const got = exchanged(21, 10ms, limits(100ms));
    CHECK(got.kind() == error_kind::timeout);
    CHECK_THAT(got.text(), contains("total timeout"));
}

TEST_CASE("limits without end are possible") {
    raw_server server([](raw_server::peer& peer) {
        peer.read_head();
        peer.wait(20ms);  // so that the client waits, however long
        peer.answer("hello");
    });
    ferry::exchange_limits bounds;
    bounds.connect_timeout = (std::chrono::milliseconds::max)();
    bounds.idle_timeout = (std::chrono::milliseconds::max)();
    auto const transport = ferry::make_beast_transport({});
    CHECK(run(*transport, get(server.port()), bounds).text() == "ok");
    CHECK(run_async(*transport, get(server.port()), bounds).text() == "ok");
}

TEST_CASE("an exchange is cancelled at each phase") {
    auto const phase = any_phase();
    stalled_peer peer(phase);
    auto const transport = ferry::make_beast_transport({});

    auto const got = when_stalled(peer, [&](std::chrono::milliseconds span) {
        auto const request = peer.request();
        return run_async(*transport, request, limits(), [&](auto& context, auto handle) {
            auto const timer = std::make_shared<asio::steady_timer>(context, span);
            timer->async_wait([handle, timer](boost::system::error_code) { handle->cancel(); });
        });
    });

    CHECK(got.ends == 1);
    CHECK(got.kind() == error_kind::cancelled);
    CHECK_THAT(got.text(), contains("the call was cancelled while " + peer.doing()));
}

TEST_CASE("cancelling twice, before the first step or after the end does no harm") {
    raw_server server([](raw_server::peer& peer) {
        while (!peer.read_head().empty()) peer.answer("hello");
    });
    auto const transport = ferry::make_beast_transport({});
    std::shared_ptr<ferry::exchange_handle> kept;
    auto got = run_async(*transport, get(server.port()), limits(), [&](auto&, auto handle) {
        handle->cancel();
        handle->cancel();
        kept = handle;
    });
    CHECK(got.ends == 1);
    kept->cancel();  // the context is gone

    got = run_async(*transport, get(server.port()), limits(), [&](auto&, auto handle) { kept = handle; });
    CHECK(got.text() == "ok");
    kept->cancel();
}

TEST_CASE("a blocked exchange is stopped at each phase, from another thread") {
    auto const phase = any_phase();
    stalled_peer peer(phase);
    auto const transport = ferry::make_beast_transport({});

    auto const got = when_stalled(peer, [&](std::chrono::milliseconds span) {
        auto const request = peer.request();
        std::stop_source stop;
        auto bounds = limits();
        bounds.stop_token = stop.get_token();
        std::jthread const other([&] {
            std::this_thread::sleep_for(span);
            stop.request_stop();
        });
        return run(*transport, request, bounds);
    });

    CHECK(got.kind() == error_kind::cancelled);
    CHECK_THAT(got.text(), contains("the call was cancelled while " + peer.doing()));
}

TEST_CASE("an exchange that was stopped before it began sends nothing") {
    raw_server server([](raw_server::peer& peer) { peer.drain(); });
    auto const transport = ferry::make_beast_transport({});
    std::stop_source stop;
    stop.request_stop();
    auto bounds = limits();
    bounds.stop_token = stop.get_token();
    auto const got = run(*transport, get(server.port()), bounds);
    CHECK(got.kind() == error_kind::cancelled);
    CHECK_FALSE(got.result.request_sent);
    CHECK(server.connections() == 0);
}

TEST_CASE("stopping races with the end, and the next exchange on the connection hears nothing of it") {
    raw_server server([](raw_server::peer& peer) {
        while (!peer.read_head().empty()) peer.answer("hello");
    });
    auto const transport = ferry::make_beast_transport({});
    int stopped = 0;
    for (int i = 0; i < 200; ++i) {
        std::stop_source stop;
        auto bounds = limits();
        bounds.stop_token = stop.get_token();
        std::jthread const other([&] { stop.request_stop(); });
        auto const got = run(*transport, get(server.port()), bounds);
        if (got.kind() == error_kind::cancelled)
            ++stopped;
        else
            CHECK(got.text() == "ok");
        CHECK(run(*transport, get(server.port())).text() == "ok");
    }
    INFO(stopped << " of 200 were stopped");
}
