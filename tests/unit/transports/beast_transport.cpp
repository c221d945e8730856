// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// One exchange after the other: framing, reuse of connections, what the peer may get wrong.

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/eventually.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"

#include <mutex>
#include <stdexcept>
#include <vector>

using namespace ferry_test;
using namespace std::chrono_literals;
using ferry::error_kind;

namespace {

// What the server saw, for the test's thread.
class journal {
public:
    void add(std::string line) {
        std::lock_guard lock(mutex_);
        lines_.push_back(std::move(line));
    }
    std::vector<std::string> lines() {
        std::lock_guard lock(mutex_);
        return lines_;
    }

private:
    std::mutex mutex_;
    std::vector<std::string> lines_;
};

// One answer, then the connection is closed.
outcome run_against(std::string const& answer, ferry::http_request request = get(0),
                    ferry::exchange_limits bounds = limits()) {
    raw_server server([&](raw_server::peer& peer) {
        peer.read_head();
        peer.send(answer);
        peer.shutdown_send();
        peer.drain();
    });
    request.origin.port = server.port();
    auto const transport = ferry::make_beast_transport({});
    return run(*transport, request, bounds);
}

}  // namespace

TEST_CASE("a GET sends exactly its head and delivers the answer") {
    journal seen;
    raw_server server([&](raw_server::peer& peer) {
        seen.add(peer.read_head());
        peer.answer("hello", "X-Two: a\r\nx-two: b\r\n");
    });
    auto request = get(server.port(), "/a?b=c");
    request.headers.add("Accept", "application/json");
    auto const transport = ferry::make_beast_transport({});

    auto const got = run(*transport, request);

    CHECK(got.text() == "ok");
    CHECK(got.status == 200);
    CHECK(got.content == "hello");
    CHECK(got.heads == 1);
    CHECK(got.result.request_sent);
    CHECK(got.result.head_received);
    CHECK_FALSE(got.result.reused_connection);
    REQUIRE(got.headers.size() == 3);
    CHECK((got.headers.begin() + 1)->first == "X-Two");
    CHECK((got.headers.begin() + 2)->second == "b");
    REQUIRE(seen.lines().size() == 1);
    CHECK(seen.lines()[0] == "GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                                 "\r\nAccept: application/json\r\n\r\n");
}

TEST_CASE("connections are kept and used again, the latest first") {
    raw_server server([](raw_server::peer& peer) {
        for (;;) {
            auto const head = peer.read_head();
            if (head.empty()) return;
            peer.read(head.starts_with("POST") ? 3 : 0);
            peer.answer(std::to_string(peer.number()));
        }
    });
    auto const transport = ferry::make_beast_transport(keeping());
    for (int i = 0; i < 5; ++i) {
        auto const got =
            i % 2 ? run(*transport, post(server.port(), "abc")) : run(*transport, get(server.port()));
        CHECK(got.text() == "ok");
        CHECK(got.content == "0");
        CHECK(got.result.reused_connection == (i > 0));
    }
    CHECK(server.connections() == 1);
}

TEST_CASE("a connection is not used again when it must not be") {
    std::string answer;
    ferry::client_options options;
    auto const idle = 5ms;  // or longer
    SECTION("the server closes it") {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    }
    SECTION("HTTP/1.0") {
        answer = "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok";
    }
    SECTION("there are bytes behind the answer") {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok?";
    }
    SECTION("none may be kept") {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        options.max_idle_connections = 0;
    }
    SECTION("the server keeps it for a second only") {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=1, max=5\r\n\r\nok";
    }
    SECTION("it was idle for too long") {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        options.keep_alive_timeout = idle;
    }
    raw_server server([&](raw_server::peer& peer) {
        while (!peer.read_head().empty()) peer.send(answer);
    });
    auto const transport = ferry::make_beast_transport(options);
    for (int i = 0; i < 2; ++i) {
        auto const got = run(*transport, get(server.port()));
        CHECK(got.text() == "ok");
        CHECK(got.content == "ok");
        CHECK_FALSE(got.result.reused_connection);
        std::this_thread::sleep_for(idle);
    }
    CHECK(server.connections() == 2);
}

namespace {

/// A GET, then this, on one transport.
outcome after_a_get(ferry::client_options const& options, std::uint16_t port,
                    ferry::http_request const& second, bool blocking) {
    auto const transport = ferry::make_beast_transport(options);
    asio::io_context context;
    auto const perform = [&](ferry::http_request const& request) {
        if (blocking) return run(*transport, request);
        outcome got;
        transport->start(context.get_executor(), request, limits(), got, [&](ferry::exchange_result how) {
            got.result = std::move(how);
            ++got.ends;
        });
        context.run();
        context.restart();
        return got;
    };
    CHECK(perform(get(port)).text() == "ok");
    return perform(second);
}

/// What can be sent only once.
class single_source final : public pattern_source {
public:
    using pattern_source::pattern_source;
    bool repeatable() const noexcept override { return false; }
};

}  // namespace

// The server closes a kept connection while a request is on its way there.
TEST_CASE("what is sent once goes out on no connection that was idle for long") {
    raw_server server([](raw_server::peer& peer) {
        for (int i = 0;; ++i) {
            auto const head = peer.read_head();
            if (head.empty()) return;
            if (peer.number() == 0 && i == 1) return peer.reset();
            peer.read(head.starts_with("GET") ? 0 : 3);
            peer.answer("hello");
        }
    });
    bool const blocking = GENERATE(true, false);
    ferry::client_options options;
    options.keep_alive_timeout_once = 0ms;
    auto request = post(server.port(), "abc");
    single_source source(3);
    unsigned resent = 0;
    SECTION("a POST has a connection of its own") {}
    SECTION("so has a body that cannot start again") {
        request = upload(server.port(), source, 3);
        request.idempotent = true;
    }
    SECTION("a GET is sent again") {
        request = get(server.port());
        resent = 1;
    }
    SECTION("and what may be repeated") {
        request.idempotent = true;
        resent = 1;
    }
    SECTION("without the limit a POST is lost") {
        options.keep_alive_timeout_once = (std::chrono::milliseconds::max)();
        auto const got = after_a_get(options, server.port(), request, blocking);
        CHECK(got.kind() == ferry::error_kind::connection);
        CHECK(got.result.reused_connection);
        CHECK(got.result.request_sent);
        CHECK(server.connections() == 1);
        return;
    }
    auto const got = after_a_get(options, server.port(), request, blocking);
    CHECK(got.text() == "ok");
    CHECK(got.content == "hello");
    CHECK(got.result.metrics.resent == resent);
    CHECK(got.result.metrics.connections_reused == resent);
    CHECK(got.result.metrics.connections_opened == 1);
    CHECK(server.connections() == 2);
}

TEST_CASE("a POST takes a connection that has served just now") {
    raw_server server([](raw_server::peer& peer) {
        for (auto head = peer.read_head(); !head.empty(); head = peer.read_head()) {
            peer.read(head.starts_with("GET") ? 0 : 3);
            peer.answer("hello");
        }
    });
    CHECK(ferry::client_options().keep_alive_timeout_once == 4s);
    bool const blocking = GENERATE(true, false);
    auto const got = after_a_get(keeping(), server.port(), post(server.port(), "abc"), blocking);
    CHECK(got.text() == "ok");
    CHECK(got.result.reused_connection);
    CHECK(server.connections() == 1);
}

TEST_CASE("a kept connection that went away is replaced without a word") {
    bool reset = false;
    bool late = false;
    SECTION("closed while it was idle") {}
    SECTION("reset while it was idle") {
        reset = true;
    }
    SECTION("closed when the request arrives") {
        late = true;
    }
    SECTION("reset when the request arrives") {
        reset = late = true;
    }
    std::atomic<bool> closed = false;
    raw_server server([&](raw_server::peer& peer) {
        peer.read_head();
        peer.read(3);
        peer.answer(std::to_string(peer.number()));
        if (peer.number() > 0) return peer.drain();
        if (late) {
            peer.read_head();
            peer.read(3);
        }
        reset ? peer.reset() : peer.close();
        closed = true;
    });
    auto const transport = ferry::make_beast_transport(keeping());
    CHECK(run(*transport, post(server.port(), "abc")).content == "0");
    REQUIRE((late || eventually([&] { return closed.load(); })));

    auto request = post(server.port(), "abc");
    request.idempotent = late;
    auto const got = run(*transport, request);

    CHECK(got.text() == "ok");
    CHECK(got.content == "1");
    CHECK(got.heads == 1);
    CHECK_FALSE(got.result.reused_connection);
    CHECK(server.connections() == 2);
}

TEST_CASE("a request that may have arrived and must not do its work twice is not sent again") {
    bool const reset = GENERATE(false, true);
    raw_server server([&](raw_server::peer& peer) {
        peer.read_head();
        peer.read(3);
        peer.answer(std::to_string(peer.number()));
        peer.read_head();
        peer.read(3);
        reset ? peer.reset() : peer.close();
    });
    auto const transport = ferry::make_beast_transport(keeping());
    CHECK(run(*transport, post(server.port(), "abc")).content == "0");

    auto request = post(server.port(), "abc");
    request.method = GENERATE("POST", "PUT");  // the operation decides, not the method
    auto const got = run(*transport, request);

    CHECK(got.kind() == error_kind::connection);
    CHECK(got.result.request_sent);
    CHECK(server.connections() == 1);
}

TEST_CASE("a fresh connection that goes away is not tried twice") {
    bool reset = false;
    SECTION("closed") {}
    SECTION("reset") {
        reset = true;
    }
    raw_server server([&](raw_server::peer& peer) {
        peer.read_head();
        if (reset) peer.reset();
    });
    auto const transport = ferry::make_beast_transport({});
    auto const got = run(*transport, get(server.port()));
    CHECK(got.kind() == error_kind::connection);
    CHECK(got.result.request_sent);
    CHECK_FALSE(got.result.head_received);
    CHECK_THAT(got.text(), contains(reset ? "reset by peer" : "closed the connection without an answer"));
    CHECK(server.connections() == 1);
}

TEST_CASE("every framing of an answer is understood, however it is cut") {
    std::string answer;
    std::string content = "hello world";
    auto request = get(0);
    SECTION("Content-Length") {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world";
    }
    SECTION("chunked") {
        answer =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;ext=1\r\nhello\r\n6\r\n "
            "world\r\n0\r\n\r\n";
    }
    SECTION("chunked with a trailer") {
        answer =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\nb\r\nhello world\r\n0\r\nX: "
            "1\r\n\r\n";
    }
    SECTION("until close") {
        answer = "HTTP/1.1 200 OK\r\n\r\nhello world";
    }
    SECTION("nothing until close") {
        answer = "HTTP/1.1 200 OK\r\n\r\n";
        content.clear();
    }
    SECTION("interim answers first") {
        answer =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
            "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world";
    }
    SECTION("204") {
        answer = "HTTP/1.1 204 No Content\r\n\r\n";
        content.clear();
    }
    SECTION("304 with a length") {
        answer = "HTTP/1.1 304 Not Modified\r\nContent-Length: 11\r\n\r\n";
        content.clear();
    }
    SECTION("HEAD") {
        request.method = "HEAD";
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n";
        content.clear();
    }
    SECTION("Content-Length: 0") {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        content.clear();
    }
    auto const got = run_against(answer, request);
    CHECK(got.text() == "ok");
    CHECK(got.content == content);
    CHECK(got.heads == 1);
    CHECK(got.status >= 200);
    CHECK_FALSE(got.headers.contains("Link"));
    CHECK_FALSE(got.headers.contains("X"));

    raw_server drip([&](raw_server::peer& peer) {
        peer.read_head();
        peer.drip(answer, 0ms);
    });
    request.origin.port = drip.port();
    auto const transport = ferry::make_beast_transport({});
    auto const slow = run_async(*transport, request);
    CHECK(slow.text() == "ok");
    CHECK(slow.content == content);
}

TEST_CASE("an answer that is cut short is told from a complete one") {
    auto const [answer, message] = GENERATE(table<std::string, std::string>({
        {"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello",
         "the answer was cut short after 5 of 11 bytes"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n", "the answer was cut short after 0 bytes"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
         "the answer was cut short after 5 bytes"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
         "the answer was cut short after 2 bytes"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
         "the answer was cut short after 5 bytes"},
        {"HTTP/1.1 200 OK\r\nContent-Le", "the answer was cut short within its header"},
    }));
    auto const got = run_against(answer);
    CHECK(got.kind() == error_kind::protocol);
    CHECK(got.text() == message);
}

TEST_CASE("what is not HTTP is a protocol error") {
    auto const answer = GENERATE(as<std::string>{}, "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 2x0 OK\r\n\r\n",
                                 "HTTP/1.1 000 None\r\n\r\n", "HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n",
                                 "HTTP/1.1 200 OK\r\nBad Header: 1\r\n\r\n",
                                 "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                                 "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
                                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                                 "HTTP/1.1 101 Switching Protocols\r\n\r\n");
    auto const got = run_against(answer);
    CHECK(got.kind() == error_kind::protocol);
    INFO(got.text());
    CHECK(got.result.request_sent);
}

TEST_CASE("interim answers do not go on for ever") {
    std::string answer;
    for (int i = 0; i < 200; ++i) answer += "HTTP/1.1 102 Processing\r\n\r\n";
    CHECK(run_against(answer).kind() == error_kind::protocol);
}

TEST_CASE("a header larger than the limit is refused") {
    auto bounds = limits();
    bounds.max_header_size = 1000;
    std::string answer = "HTTP/1.1 200 OK\r\n";
    SECTION("one long field") {
        answer += "X: " + std::string(2000, 'x') + "\r\n";
    }
    SECTION("many short fields") {
        for (int i = 0; i < 200; ++i) answer += "X: 123456\r\n";
    }
    SECTION("one field without an end") {
        answer += "X: " + std::string(500000, 'x');
    }
    SECTION("larger than the read buffer") {
        bounds.max_header_size = 200000;
        for (int i = 0; i < 30000; ++i) answer += "X: 123456\r\n";
    }
    answer += "\r\n";
    auto const got = run_against(answer, get(0), bounds);
    CHECK(got.kind() == error_kind::limit);
    CHECK_THAT(got.text(),
               contains("larger than the limit of " + std::to_string(bounds.max_header_size) + " bytes"));
}

TEST_CASE("a header larger than the read buffer is read where the limit allows") {
    auto bounds = limits();
    bounds.max_header_size = 400000;
    auto const got =
        run_against("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: " + std::string(150000, 'x') + "\r\n\r\nok",
                    get(0), bounds);
    CHECK(got.text() == "ok");
    CHECK(got.headers.find("X")->size() == 150000);
}

TEST_CASE("a slow header is bound by the same limit") {
    raw_server server([](raw_server::peer& peer) {
        peer.read_head();
        peer.send("HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 500; ++i) {
            peer.send("X: 123456\r\n");
            if (i % 10 == 0) peer.wait(1ms);  // so that it comes in pieces, however many
        }
        peer.stall();
    });
    auto bounds = limits();
    bounds.max_header_size = 1000;
    auto const transport = ferry::make_beast_transport({});
    CHECK(run(*transport, get(server.port()), bounds).kind() == error_kind::limit);
}

TEST_CASE("the handler's error ends the exchange") {
    struct picky : outcome {
        bool on_first = false;
        bool throws = false;
        ferry::result<void> on_head(int code, ferry::header_fields&& fields) override {
            static_cast<void>(outcome::on_head(code, std::move(fields)));
            if (on_first) return ferry::error(error_kind::limit, "not this");
            return {};
        }
        ferry::result<void> on_content(std::string_view) override {
            if (throws) throw std::runtime_error("disk full");
            return ferry::error(error_kind::file, "no space");
        }
    } handler;
    std::string expected = "no space";
    SECTION("at the head") {
        handler.on_first = true;
        expected = "not this";
    }
    SECTION("at the content") {}
    SECTION("as an exception") {
        handler.throws = true;
        expected = "receiving the answer failed: disk full";
    }
    raw_server server([](raw_server::peer& peer) {
        while (!peer.read_head().empty()) peer.answer("hello");
    });
    auto const transport = ferry::make_beast_transport({});
    handler.result = transport->run(get(server.port()), limits(), handler);
    CHECK(handler.text() == expected);
    CHECK(handler.result.head_received);
    CHECK_FALSE(run(*transport, get(server.port())).result.reused_connection);
}

TEST_CASE("refused connections and unknown hosts name the peer") {
    std::uint16_t port = 0;
    {
        raw_server gone([](raw_server::peer&) {});
        port = gone.port();
    }
    auto const transport = ferry::make_beast_transport({});
    auto got = run(*transport, get(port));
    CHECK(got.kind() == error_kind::connection);
    CHECK(got.text() == "cannot connect to 127.0.0.1:" + std::to_string(port) + ": Connection refused");
    CHECK(got.result.failure->code() == boost::asio::error::connection_refused);
    CHECK_FALSE(got.result.request_sent);

    got = run_async(*transport, get(80, "/", "http", "no-such-host.invalid"));
    CHECK(got.kind() == error_kind::connection);
    CHECK_THAT(got.text(), contains("cannot resolve host: no-such-host.invalid"));
    CHECK(got.result.failure->code());
    CHECK_FALSE(got.result.request_sent);
}

TEST_CASE("localhost is this machine, whatever the system's names say") {
    raw_server server([](raw_server::peer& peer) {
        peer.read_head();
        peer.answer("hello", "Connection: close\r\n");
    });
    auto const transport = ferry::make_beast_transport({});
    for (auto const* name : {"localhost", "localhost", "localhost.", "api.localhost", "api.localhost."}) {
        CHECK(run(*transport, get(server.port(), "/", "http", name)).text() == "ok");
        CHECK(run_async(*transport, get(server.port(), "/", "http", name)).text() == "ok");
    }
}

TEST_CASE("requests that could smuggle another are refused before anything is sent") {
    raw_server server([](raw_server::peer& peer) { peer.drain(); });
    auto request = get(server.port());
    SECTION("CR LF in a header's value") {
        request.headers.add("X", "a\r\nEvil: 1");
    }
    SECTION("NUL in a header's value") {
        request.headers.add("X", std::string("a\0b", 3));
    }
    SECTION("CR LF in a header's name") {
        request.headers.add("X: 1\r\nEvil", "1");
    }
    SECTION("an empty header name") {
        request.headers.add("", "1");
    }
    SECTION("a space in the target") {
        request.target = "/a b";
    }
    SECTION("CR LF in the target") {
        request.target = "/a\r\nEvil: 1";
    }
    SECTION("no target") {
        request.target.clear();
    }
    SECTION("a space in the method") {
        request.method = "GET /";
    }
    SECTION("CR LF in the host") {
        request.origin.host = "a\r\nEvil: 1";
    }
    SECTION("no host") {
        request.origin.host.clear();
    }
    SECTION("Content-Length") {
        request.headers.add("content-length", "5");
    }
    SECTION("Transfer-Encoding") {
        request.headers.add("Transfer-Encoding", "chunked");
    }
    SECTION("Host") {
        request.headers.add("Host", "elsewhere");
    }
    SECTION("another scheme") {
        request.origin.scheme = "ftp";
    }
    auto const transport = ferry::make_beast_transport({});
    CHECK(run(*transport, request).kind() == error_kind::invalid_argument);
    auto const got = run_async(*transport, request);
    CHECK(got.kind() == error_kind::invalid_argument);
    CHECK(got.ends == 1);
    CHECK_FALSE(got.result.request_sent);
    CHECK(server.connections() == 0);
}
