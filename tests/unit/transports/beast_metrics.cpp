// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What an exchange and a call have cost, and what became of the connections.

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/certificates.hpp"
#include "support/eventually.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"
#include "support/slow_names.hpp"

#include "../support/fake_api.hpp"
#include "../support/result.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace ferry_test;
using namespace std::chrono_literals;
using ferry::call_metrics;
using std::chrono::microseconds;

namespace {

constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

void answer_all(raw_server::peer& peer) {
    while (!peer.read_head().empty()) peer.send(answer);
}

outcome perform(ferry::transport& transport, bool async, ferry::http_request const& request,
                ferry::exchange_limits const& bounds = limits()) {
    return async ? run_async(transport, request, bounds) : run(transport, request, bounds);
}

class text_sink final : public ferry::byte_sink {
public:
    ferry::result<void> write(std::string_view bytes) override {
        text += bytes;
        return {};
    }

    std::string text;
};

}  // namespace

TEST_CASE("an exchange says how long its phases took and how many bytes moved") {
    bool const async = GENERATE(false, true);
    watched_outcome got;
    raw_server server([&](raw_server::peer& peer) {
        peer.read_head();
        peer.wait(30ms);
        peer.send(answer.substr(0, answer.size() - 2));
        eventually([&] { return got.has_content.load(); });
        peer.wait(30ms);
        peer.send(answer.substr(answer.size() - 2));
        peer.drain();
    });
    ferry::beast_transport transport{ferry::client_options{}};
    auto const request = get(server.port());
    if (async) {
        asio::io_context context;
        transport.start(context.get_executor(), request, limits(), got,
                        [&](ferry::exchange_result result) { got.result = std::move(result); });
        context.run();
    } else {
        got.result = transport.run(request, limits(), got);
    }
    REQUIRE(got.text() == "ok");
    auto const& cost = got.result.metrics;
    CHECK(cost.connect > microseconds(0));
    CHECK(cost.tls == microseconds(0));
    CHECK(cost.first_byte >= 30ms);
    CHECK(cost.total >= cost.first_byte + 30ms);
    CHECK(cost.total <= 1min);  // the deadline
    CHECK(cost.bytes_sent == std::string("GET / HTTP/1.1\r\nHost: 127.0.0.1:\r\n\r\n").size() +
                                 std::to_string(server.port()).size());
    CHECK(cost.bytes_received == answer.size());
    CHECK(cost.connections_opened == 1);
    CHECK(cost.connections_reused == 0);
    CHECK(cost.resent == 0);
}

TEST_CASE("a connection that was kept costs neither name nor handshake") {
    certificate const authority = certificate::authority("ferry test authority");
    auto const tls = authority.issue("DNS:localhost").server_context();
    raw_server server(answer_all, tls.get());
    ferry::client_options options;
    options.tls.use_system_store = false;
    options.tls.ca_pem = authority.pem();
    ferry::beast_transport transport(options);
    auto const request = get(server.port(), "/", "https", "localhost");
    auto const first = run(transport, request);
    REQUIRE(first.text() == "ok");
    CHECK(first.result.metrics.tls > microseconds(0));
    CHECK(first.result.metrics.first_byte >= first.result.metrics.connect + first.result.metrics.tls);

    auto const second = run(transport, request);
    REQUIRE(second.text() == "ok");
    auto const& cost = second.result.metrics;
    CHECK(cost.resolve + cost.connect + cost.tls == microseconds(0));
    CHECK(cost.connections_opened == 0);
    CHECK(cost.connections_reused == 1);
    CHECK(cost.bytes_received == answer.size());
}

TEST_CASE("a failure has its costs too: the phase that it ended in") {
    bool const async = GENERATE(false, true);
    ferry::beast_transport transport{ferry::client_options{}};
    auto bounds = limits();
    bounds.connect_timeout = 50ms;
    auto const got = perform(transport, async, get(80, "/", "http", slow_name), bounds);
    CHECK(got.kind() == ferry::error_kind::timeout);
    CHECK(got.result.metrics.resolve >= 50ms);
    CHECK(got.result.metrics.total >= got.result.metrics.resolve);
    CHECK(got.result.metrics.first_byte == microseconds(0));
    CHECK(got.result.metrics.bytes_sent == 0);
}

TEST_CASE("connections are counted while they are used, kept and gone") {
    bool const async = GENERATE(false, true);
    std::atomic<bool> may_close = false;
    std::atomic<bool> closed = false;
    raw_server server([&](raw_server::peer& peer) {
        peer.read_head();
        peer.send(answer);
        if (peer.number() > 0) return peer.drain();
        eventually([&] { return may_close.load(); });  // while it is kept
        peer.close();
        closed = true;
    });
    ferry::beast_transport transport{ferry::client_options{}};
    CHECK(transport.counters().open() == 0);

    boost::asio::io_context context;
    auto const perform_here = [&] {
        outcome got;
        auto const request = get(server.port());
        if (!async) {
            got.result = transport.run(request, limits(), got);
        } else {
            transport.start(context.get_executor(), request, limits(), got,
                            [&](ferry::exchange_result result) { got.result = std::move(result); });
            context.restart();
            context.run();
        }
        return got;
    };
    CHECK(perform_here().text() == "ok");
    auto counted = transport.counters();
    CHECK(counted.opened == 1);
    CHECK(counted.idle == 1);
    CHECK(counted.in_use == 0);

    // The peer's end is seen before the connection is used again: it is not reused, and nothing is resent.
    may_close = true;
    REQUIRE(eventually([&] { return closed.load(); }));
    auto const fresh = perform_here();
    CHECK(fresh.text() == "ok");
    CHECK(fresh.result.metrics.connections_opened == 1);
    counted = transport.counters();
    CHECK(counted.opened == 2);
    CHECK(counted.open() == 1);
    CHECK(counted.reused == 0);
    CHECK(counted.resent == 0);
}

TEST_CASE("a connection in use is counted as such") {
    raw_server server([](raw_server::peer& peer) { peer.stall(); });
    ferry::beast_transport transport{ferry::client_options{}};
    boost::asio::io_context context;
    outcome got;
    auto const request = get(server.port());
    auto const handle =
        transport.start(context.get_executor(), request, limits(), got,
                        [&](ferry::exchange_result result) { got.result = std::move(result); });
    REQUIRE(run_until(context, [&] { return transport.counters().in_use == 1; }));
    CHECK(transport.counters().idle == 0);
    handle->cancel();
    context.run();
    CHECK(got.kind() == ferry::error_kind::cancelled);
    CHECK(transport.counters().open() == 0);
    CHECK(transport.counters().opened == 1);
}

TEST_CASE("a call says how long it waited for a connection") {
    std::atomic<ferry::beast_transport*> counted = nullptr;
    raw_server server([&](raw_server::peer& peer) {
        while (!peer.read_head().empty()) {
            eventually([&] { return counted.load()->counters().waited == 1; });
            peer.answer(R"({"id":"1","name":"n"})", "Content-Type: application/json\r\n");
        }
    });
    auto options = fake_api::options();
    options.base_url = "http://127.0.0.1:" + std::to_string(server.port());
    options.proxy = "";
    options.max_connections = 1;
    auto const transport = std::make_shared<ferry::beast_transport>(options);
    fake_api::client const things(ferry::make_engine(fake_api::description(), options, transport));
    counted = transport.get();
    std::thread first([&] { static_cast<void>(things.get("1").send()); });
    CHECK(eventually([&] { return transport->counters().in_use == 1; }));
    auto const got = things.get("1").with_response();
    first.join();
    REQUIRE(got);
    CHECK(got->metrics.queued > microseconds(0));
    CHECK(got->metrics.total >= got->metrics.queued);
    CHECK(got->metrics.first_byte >= got->metrics.queued);
    CHECK(transport->counters().waited == 1);
}

TEST_CASE("what was sent again on a fresh connection is counted there, not among the retries") {
    // The peer closes the connection that was kept only when the second request arrives.
    raw_server server([](raw_server::peer& peer) {
        peer.read_head();
        peer.send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n"
            R"({"id":"1","name":"n"})");
        if (peer.read_head().empty()) return;
        if (peer.number() == 0) return peer.reset();
        peer.drain();
    });
    auto options = fake_api::options();
    options.base_url = "http://127.0.0.1:" + std::to_string(server.port());
    options.proxy = "";
    std::vector<std::string> events;
    std::vector<call_metrics> costs;
    options.logger = ferry::make_logger([&](ferry::log_event const& event) {
        events.emplace_back(event.what);
        costs.push_back(event.metrics);
    });
    auto const transport = std::make_shared<ferry::beast_transport>(options);
    fake_api::client const things(ferry::make_engine(fake_api::description(), options, transport));
    REQUIRE(things.get("1").send());
    events.clear();
    costs.clear();

    auto const got = things.get("1").with_response();
    REQUIRE(got);
    CHECK(got->attempts == 1);
    CHECK(got->metrics.resent == 1);
    CHECK(got->metrics.connections_reused == 1);
    CHECK(got->metrics.connections_opened == 1);
    CHECK(got->metrics.total > got->metrics.first_byte);
    CHECK(transport->counters().resent == 1);
    CHECK(events == std::vector<std::string>{"request", "response", "done"});
    CHECK(costs[0].bytes_sent == 0);
    CHECK(costs[1].bytes_received == got->metrics.bytes_received);
    CHECK(costs[2].total >= got->metrics.total);
}

TEST_CASE("a call's metrics add up its attempts, its waits and what is behind a signed URL") {
    std::atomic<int> port = 0;
    raw_server server([&](raw_server::peer& peer) {
        for (int i = 0; !peer.read_head().empty(); ++i) {
            if (i == 0)
                peer.send("HTTP/1.1 503 Busy\r\nretry-after-ms: 40\r\nContent-Length: 0\r\n\r\n");
            else if (i == 1)
                peer.answer(R"({"url":"http://127.0.0.1:)" + std::to_string(port) + R"(/blob"})",
                            "Content-Type: application/json\r\n");
            else
                peer.answer(std::string(100'000, 'x'));
        }
    });
    port = server.port();
    auto options = fake_api::options();
    options.base_url = "http://127.0.0.1:" + std::to_string(server.port());
    options.proxy = "";
    std::string last;
    int ends = 0;
    call_metrics cost;
    options.logger = ferry::make_logger([&](ferry::log_event const& event) {
        last = event.what;
        if (event.what != "done" && event.what != "failure") return;
        ++ends;
        cost = event.metrics;
    });
    fake_api::client const things(
        ferry::make_engine(fake_api::description(), options, ferry::make_beast_transport(options)));
    text_sink sink;
    REQUIRE(things.content("1").write_to(sink));
    CHECK(sink.text.size() == 100'000);
    CHECK(ends == 1);
    CHECK(last == "done");
    CHECK(cost.connections_opened == 1);
    CHECK(cost.connections_reused == 2);
    CHECK(cost.bytes_received > 100'000);
    CHECK(cost.pause >= 40ms);
    CHECK(cost.first_byte >= cost.pause);
    CHECK(cost.total >= cost.first_byte);
}
