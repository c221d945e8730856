// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Proxies that open no tunnel, or one that leads nowhere.

#include "matrix.hpp"

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

}  // namespace

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
