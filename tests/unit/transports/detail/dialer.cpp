// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/transports/detail/dialer.hpp"

#include "support/catch2.hpp"
#include "support/certificates.hpp"
#include "support/eventually.hpp"
#include "support/raw_server.hpp"
#include "support/silent_address.hpp"
#include "support/slow_names.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

using namespace ferry_test;
using namespace std::chrono_literals;
using ferry::error_kind;
using namespace ferry::detail;

namespace {

using clock_type = std::chrono::steady_clock;

/// Has one connection made and hears how that ends.
class caller final : public dial_owner, public std::enable_shared_from_this<caller> {
public:
    void dial(dial_settings with) {
        dialer_.emplace(std::move(with), weak_from_this());
        dialer_->start();
    }
    dialer& operator*() { return *dialer_; }

    int ends = 0;
    int events = 0;
    std::unique_ptr<ferry::detail::connection> made;
    ferry::error why;

private:
    void dialed(ferry::result<std::unique_ptr<ferry::detail::connection>> how) override {
        ++ends;
        if (how)
            made = std::move(*how);
        else
            why = how.error();
    }
    void dial_event_ended() override { ++events; }

    std::optional<dialer> dialer_;
};

/// All that a dialer needs. A test changes what it is about, then starts.
struct scene {
    std::unique_ptr<asio::io_context> context = std::make_unique<asio::io_context>(1);
    name_resolver names;
    ferry::tls_options trust;
    std::optional<tls_settings> tls;
    std::shared_ptr<connection_tally> tally = std::make_shared<connection_tally>();
    std::shared_ptr<context_link> link = std::make_shared<context_link>();
    ferry::call_metrics metrics;
    ferry::origin target;
    std::optional<proxy_server> proxy;
    std::chrono::milliseconds timeout = 1min;
    std::uint32_t max_header_size = 64 << 10;
    std::shared_ptr<caller> who = std::make_shared<caller>();

    explicit scene(ferry::origin to) : target(std::move(to)) { trust.use_system_store = false; }

    void use_proxy(std::uint16_t port, std::string authorization = {}) {
        proxy = proxy_server{{"http", "127.0.0.1", port}, std::move(authorization), "a test"};
    }

    void start() {
        tls.emplace(trust);
        work_.emplace(context->get_executor());
        who->dial({.target = target,
                   .proxy = proxy ? &*proxy : nullptr,
                   .timeout = timeout,
                   .max_header_size = max_header_size,
                   .names = names,
                   .tls = *tls,
                   .tally = tally,
                   .at = {context->get_executor(), link},
                   .events = context->get_executor(),
                   .metrics = metrics});
    }

    /// Runs without a look at the dialer's deadlines. `false`: that took too long.
    bool run_until(std::function<bool()> const& done) {
        auto const end = clock_type::now() + 1min;
        while (!done() && clock_type::now() < end) context->run_one_until(end);
        return done();
    }
    bool reach(std::string const& doing) {
        return run_until([&] { return (**who).doing() == doing; });
    }
    bool drain() {
        return run_until([&] { return (**who).drained(); });
    }

    /// Runs to the end, deadlines and all. `connected`, or why not.
    std::string end() {
        auto const end = clock_type::now() + 2min;
        while (who->ends == 0 && clock_type::now() < end)
            if (context->run_one_until((std::min)(end, (**who).next_deadline())) == 0)
                (**who).check_deadline();
        if (who->ends != 1) return "has not ended";
        return who->made ? "connected" : who->why.message();
    }
    std::string dial() {
        start();
        return end();
    }

    /// Destroys the context under the dialer.
    void lose_context() {
        work_.reset();
        context.reset();
    }

private:
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_;
};

std::string at(std::uint16_t port) {
    return "127.0.0.1:" + std::to_string(port);
}

/// A port that refuses connections for as long as this lives.
class refusing_port {
public:
    refusing_port() : taken_(context_, {asio::ip::address_v4::loopback(), 0}) {}
    std::uint16_t number() const { return taken_.local_endpoint().port(); }

private:
    asio::io_context context_;
    tcp::socket taken_;
};

void stall(raw_server::peer& peer) {
    peer.stall();
}

/// A dialer that gets no further than one of its phases.
class stalled {
public:
    enum class in { name, connecting, tunnel, handshake };

    explicit stalled(in phase) : phase_(phase), server_(stall), here_(target()) {
        if (phase == in::tunnel) here_.use_proxy(server_.port());
    }

    scene& operator*() { return here_; }
    scene* operator->() { return &here_; }

    /// "… while <doing>" in messages.
    std::string doing() const {
        switch (phase_) {
            case in::name:
                return std::string("resolving ") + slow_name;
            case in::connecting:
                return "connecting to " + at(silent_.port());
            case in::tunnel:
                return "waiting for the proxy http://" + at(server_.port()) + " (from a test)";
            case in::handshake:
                break;
        }
        return "waiting for the TLS handshake";
    }

private:
    ferry::origin target() const {
        switch (phase_) {
            case in::name:
                return {"http", slow_name, 80};
            case in::connecting:
                return {"http", "127.0.0.1", silent_.port()};
            case in::tunnel:
                return {"https", "files.test", 443};
            case in::handshake:
                break;
        }
        return {"https", "127.0.0.1", server_.port()};
    }

    in phase_;
    silent_address silent_;
    raw_server server_;
    scene here_;
};

stalled::in any_phase() {
    using in = stalled::in;
    return GENERATE(in::name, in::connecting, in::tunnel, in::handshake);
}

}  // namespace

// ---- names and addresses

TEST_CASE("a plain connection is handed over, and its costs are counted") {
    raw_server server(stall);
    scene here({"http", "127.0.0.1", server.port()});
    REQUIRE(here.dial() == "connected");
    CHECK(here.who->made->tls() == nullptr);
    CHECK(here.drain());
    CHECK(here.who->events > 0);
    CHECK(here.metrics.connect > 0us);
    CHECK(here.metrics.tls == 0us);
    CHECK(here.metrics.connections_opened == 1);
    CHECK(here.tally->open == 1);
    here.who->made->close();
    CHECK(here.tally->open == 0);
}

TEST_CASE("a name that does not resolve is an error of the connection") {
    scene here({"http", name_of({}), 80});
    CHECK_THAT(here.dial(), contains("cannot resolve host: " + name_of({}) + " ("));
    CHECK(here.who->why.kind() == error_kind::connection);
    CHECK(here.who->why.code() == asio::error::host_not_found);
    CHECK(here.metrics.connect == 0us);
    CHECK(here.metrics.connections_opened == 0);
}

TEST_CASE("a refusal is told when there is no other address") {
    refusing_port const port;
    scene here({"http", name_of({"127.0.0.1", "127.0.0.2"}), port.number()});
    CHECK_THAT(here.dial(), contains("cannot connect to " + here.target.host + ":"));
    CHECK(here.who->why.kind() == error_kind::connection);
    CHECK(here.who->why.code() == asio::error::connection_refused);
    CHECK(here.drain());
    CHECK(here.tally->opened == 0);
}

TEST_CASE("a second address joins the race when the first says nothing, and wins") {
    raw_server server(stall);
    silent_address const silent("127.0.0.2", server.port());
    scene here({"http", name_of({"127.0.0.2", "127.0.0.1"}), server.port()});
    REQUIRE(here.dial() == "connected");
    CHECK(here.metrics.connect >= 240ms);
    CHECK(here.drain());  // the loser has reported, too
    CHECK(here.tally->opened == 1);
    CHECK(here.tally->open == 1);
}

TEST_CASE("a second address takes over at once when the first refuses") {
    raw_server server(stall);
    scene here({"http", name_of({"127.0.0.2", "127.0.0.1"}), server.port()});
    here.start();
    // Without its deadlines a dialer does not begin a race.
    REQUIRE(here.run_until([&] { return here.who->ends == 1; }));
    CHECK(here.who->made);
}

// ---- tunnels

TEST_CASE("an https connection through a proxy is a tunnel with TLS in it") {
    auto const authority = certificate::authority("ferry test authority");
    auto const tls = authority.issue("DNS:files.test").server_context();
    std::string head;
    raw_server proxy([&](raw_server::peer& peer) {
        head = peer.read_head();
        peer.drip("HTTP/1.1 200 OK\r\n\r\n", 0ms);
        if (peer.handshake(*tls)) peer.drain();
    });
    scene here({"https", "files.test", 443});
    here.use_proxy(proxy.port(), "Basic bWU6c2VjcmV0");
    here.trust.ca_pem = authority.pem();
    REQUIRE(here.dial() == "connected");
    CHECK(here.who->made->tls() != nullptr);
    CHECK(here.metrics.tls > 0us);
    CHECK(head ==
          "CONNECT files.test:443 HTTP/1.1\r\nHost: files.test:443\r\n"
          "Proxy-Authorization: Basic bWU6c2VjcmV0\r\n\r\n");
}

TEST_CASE("a proxy that cannot be reached is named, whatever it is for") {
    auto const* const scheme = GENERATE("http", "https");
    scene here({scheme, "files.test", 443});
    here.use_proxy(1, "Basic bWU6c2VjcmV0");
    SECTION("its name does not resolve") {
        here.proxy->at.host = name_of({});
        CHECK_THAT(here.dial(), contains("cannot resolve the host of the proxy http://" + name_of({}) +
                                         ":1 (from a test) ("));
        CHECK(here.who->why.code() == asio::error::host_not_found);
    }
    SECTION("nobody listens") {
        refusing_port const port;
        here.proxy->at.port = port.number();
        CHECK_THAT(here.dial(),
                   contains("cannot connect to the proxy http://" + at(port.number()) + " (from a test): "));
        CHECK(here.who->why.code() == asio::error::connection_refused);
    }
    SECTION("nobody answers") {
        silent_address const silent;
        here.proxy->at.port = silent.port();
        here.timeout = 100ms;
        CHECK(here.dial() ==
              "connect timeout of 100 ms: no connection to files.test:443 (while connecting to "
              "the proxy http://" +
                  at(silent.port()) + " (from a test))");
        CHECK(here.who->why.kind() == error_kind::timeout);
    }
}

TEST_CASE("who is not trusted behind a proxy is told with the proxy, which may be why") {
    auto const authority = certificate::authority("ferry test authority");
    auto const tls = authority.issue("DNS:files.test").server_context();
    raw_server proxy([&](raw_server::peer& peer) {
        peer.read_head();
        peer.send("HTTP/1.1 200 OK\r\n\r\n");
        if (peer.handshake(*tls)) peer.drain();
    });
    scene here({"https", "files.test", 443});
    here.use_proxy(proxy.port());
    CHECK_THAT(here.dial(), contains("the TLS handshake with files.test:443 through the proxy http://" +
                                     at(proxy.port()) + " (from a test) failed: the certificate is not "));
    CHECK(here.who->why.kind() == error_kind::tls);
}

TEST_CASE("a plain connection through a proxy is one to the proxy") {
    raw_server proxy(stall);
    scene here({"http", "files.test", 80});
    here.use_proxy(proxy.port());
    CHECK(here.dial() == "connected");
    CHECK(eventually([&] { return proxy.connections() == 1; }));
}

TEST_CASE("a proxy that grants no tunnel is told with what it did") {
    std::string answer;
    std::string expected;
    auto kind = error_kind::connection;
    int status = 0;
    SECTION("refused") {
        answer = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 5\r\n\r\nno no";
        expected = " refused a tunnel to files.test:443 with status 502";
        status = 502;
    }
    SECTION("refused without a password") {
        answer = "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
        expected =
            "with status 407; it wants a user and a password, which belong into its URL: "
            "http://user:password@host:port";
        status = 407;
    }
    SECTION("a large header in fields") {
        answer = "HTTP/1.1 200 OK\r\nX-A: " + std::string(600, 'a') + "\r\n\r\n";
        expected = "larger than the limit of 500 bytes";
        kind = error_kind::limit;
    }
    SECTION("a large header without an end") {
        answer = "HTTP/1.1 200 OK\r\nX-A: " + std::string(200'000, 'a');
        expected = "larger than the limit of 500 bytes";
        kind = error_kind::limit;
    }
    SECTION("bytes ahead of the handshake") {
        answer = "HTTP/1.1 200 OK\r\n\r\n220 mail.test";
        expected = " sent bytes ahead of the TLS handshake";
        kind = error_kind::protocol;
    }
    SECTION("something else than HTTP") {
        answer = "220 mail.test ESMTP\r\n";
        expected = " did not answer in HTTP: ";
        kind = error_kind::protocol;
    }
    SECTION("nothing") {
        expected = " closed the connection instead of answering: ";
    }
    raw_server proxy([&](raw_server::peer& peer) {
        peer.read_head();
        if (answer.empty()) return;
        peer.send(answer);
        peer.drain();
    });
    scene here({"https", "files.test", 443});
    here.use_proxy(proxy.port());
    here.max_header_size = 500;
    auto const told = here.dial();
    CHECK_THAT(told, contains(expected));
    CHECK_THAT(told, contains("the proxy http://" + at(proxy.port()) + " (from a test)"));
    CHECK(here.who->why.kind() == kind);
    CHECK(here.who->why.status() == status);
    CHECK(here.drain());
    CHECK(here.tally->open == 0);
}

// ---- TLS

TEST_CASE("who shows another host's certificate is not connected to") {
    auto const authority = certificate::authority("ferry test authority");
    auto const context = authority.issue("DNS:example.org").server_context();
    raw_server server([](raw_server::peer& peer) { peer.drain(); }, context.get());
    scene here({"https", "127.0.0.1", server.port()});
    here.trust.ca_pem = authority.pem();
    CHECK_THAT(here.dial(), contains("the TLS handshake with " + at(server.port()) +
                                     " failed: the certificate was issued for another host"));
    CHECK(here.who->why.kind() == error_kind::tls);
    CHECK(here.drain());
    CHECK(here.tally->open == 0);
}

TEST_CASE("certificates that cannot be loaded end a dial before its handshake") {
    raw_server server(stall);
    scene here({"https", "127.0.0.1", server.port()});
    here.trust.ca_file = "/nowhere/ca.pem";
    CHECK_THAT(here.dial(), contains("'/nowhere/ca.pem' (tls_options::ca_file)"));
    CHECK(here.who->why.kind() == error_kind::tls);
}

// ---- ending early

TEST_CASE("a dialer is stopped in each phase, and its owner hears nothing more than that it drains") {
    stalled here(any_phase());
    here->start();
    REQUIRE(here->reach(here.doing()));
    auto& dialer = **here->who;
    dialer.stop();
    dialer.stop();
    CHECK(here->tally->open == 0);
    REQUIRE(here->drain());
    dialer.check_deadline();
    CHECK(here->who->ends == 0);
    CHECK(here->metrics.resolve + here->metrics.connect + here->metrics.tls > 0us);
}

TEST_CASE("the timeout holds in each phase, which it names") {
    stalled here(any_phase());
    here->timeout = 100ms;
    auto const begin = clock_type::now();
    here->start();
    REQUIRE(here->reach(here.doing()));
    auto const told = here->end();
    CHECK(clock_type::now() - begin >= 100ms);
    CHECK_THAT(told, contains("connect timeout of 100 ms: no connection to " + here->target.host + ":"));
    CHECK_THAT(told, contains("(while " + here.doing() + ")"));
    CHECK(here->who->why.kind() == error_kind::timeout);
    CHECK(here->who->why.code() == asio::error::timed_out);
    CHECK(here->drain());
    CHECK(here->who->ends == 1);
    CHECK(here->tally->open == 0);
}

TEST_CASE("a context may go in each phase") {
    stalled here(any_phase());
    here->start();
    REQUIRE(here->reach(here.doing()));
    std::weak_ptr<caller> const gone = here->who;
    here->link->close();
    here->who.reset();
    here->lose_context();
    CHECK(gone.expired());
    CHECK(here->tally->open == 0);
}
