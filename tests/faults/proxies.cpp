// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Proxies that are not there, open no tunnel, or one that leads nowhere, or do not pass on what is plain.

#include "matrix.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

using namespace ferry_test;
using namespace ferry_test::faults;
using namespace std::chrono_literals;

namespace {

fault tunnel(std::string name, std::string bytes, error_kind kind, repeated again) {
    return {std::move(name), strikes::in_tunnel,
            [bytes = std::move(bytes)](peer& client, good_answer const&) {
                client.send(bytes);
                client.shutdown_send();
                client.drain();
                return false;
            },
            everywhere(kind, again)};
}

fault stalls() {
    fault made{"a proxy that stalls", strikes::in_tunnel,
               [](peer& client, good_answer const&) {
                   client.stall();
                   return false;
               },
               everywhere(error_kind::timeout, repeated::always)};
    made.connect_timeout = 300ms;
    return made;
}

fault resets() {
    return {"a proxy that resets", strikes::in_tunnel,
            [](peer& client, good_answer const&) {
                client.reset();
                return false;
            },
            everywhere(error_kind::connection, repeated::always)};
}

fault forwards(std::string name, std::string bytes, error_kind kind, repeated again) {
    fault made{std::move(name), strikes::after_body,
               [bytes = std::move(bytes)](peer& client, good_answer const&) {
                   client.send(bytes);
                   client.shutdown_send();
                   client.drain();
                   return false;
               },
               everywhere(kind, again)};
    made.forwards = true;
    return made;
}

/// Each operation by a proxy where nobody listens; the services themselves are there.
std::string trouble_without_proxy(operation const& call, call_form form, std::string const& scheme,
                                  std::string const& proxy) {
    fault const none{"nobody listens", strikes::after_body, [](peer&, good_answer const&) { return false; },
                     everywhere(error_kind::connection, repeated::always)};
    cell const one{&none, &call, form, true};
    auto got = observe(one, [&](ferry::client_options& options, unsigned port) {
        options.base_url = scheme + "://127.0.0.1:" + std::to_string(port);
        options.proxy = "http://user:5ecret-proxy@" + proxy;
    });
    auto wrong = indiscretions(got);
    if (got.met != 0) wrong += "\n    went past the proxy";
    got.met = call.rewinds ? 2 : 1;
    wrong += complaints(one, got);
    auto const expected =
        ": cannot connect to the proxy http://" + proxy + " (from client_options::proxy): Connection refused";
    if (got.failure && !got.failure->message().ends_with(expected))
        wrong += "\n    has another message: " + got.failure->message();
    return wrong.empty() ? wrong : call.title() + ", " + scheme + wrong;
}

}  // namespace

TEST_CASE("proxies that are not there", "[tls]") {
    // Bound but not listening: nobody else can listen there meanwhile.
    boost::asio::io_context context;
    using boost::asio::ip::tcp;
    tcp::socket const nobody(context, {boost::asio::ip::address_v4::loopback(), 0});
    auto const at = "127.0.0.1:" + std::to_string(nobody.local_endpoint().port());
    auto const& operations = all_operations();
    all_at_once(operations.size() * 4, [&](std::size_t i) {
        auto const& call = operations[i / 4];
        if (call.at_storage) return std::string();
        return trouble_without_proxy(call, i % 2 ? coroutine : blocking, i % 4 / 2 ? "https" : "http", at);
    });
}

// What is refused for want of a password has not been looked at; anything else may have been passed on.
TEST_CASE("proxies that do not forward", "[tls]") {
    check_matrix({
        forwards("407", "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\nno",
                 error_kind::connection, repeated::never),
        forwards("closed", "", error_kind::connection, repeated::if_idempotent),
        forwards("garbage", "what?\r\n\r\n", error_kind::protocol, repeated::if_idempotent),
    });
}

// Nothing of the request has left, so all of it may be sent again, unless the proxy has refused for good.
TEST_CASE("proxies that open no tunnel", "[tls]") {
    auto const connection = error_kind::connection;
    check_matrix({
        tunnel("407", "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", connection,
               repeated::never),
        tunnel("403", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", connection, repeated::never),
        tunnel("502", "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", connection, repeated::always),
        tunnel("closed", "", connection, repeated::always),
        tunnel("garbage", "what?\r\n\r\n", error_kind::protocol, repeated::always),
        tunnel("a head too large", "HTTP/1.1 200 OK\r\nX: " + std::string(80 << 10, 'x') + "\r\n\r\n",
               error_kind::limit, repeated::never),
        resets(),
        stalls(),
    });
}

TEST_CASE("tunnels that lead nowhere", "[tls]") {
    std::string const opened = "HTTP/1.1 200 Connected\r\n\r\n";
    check_matrix({
        tunnel("no TLS behind it", opened, error_kind::tls, repeated::never),
        tunnel("something ahead of TLS", opened + "hello", error_kind::protocol, repeated::always),
    });
}
