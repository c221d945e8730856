// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// TLS handshakes that fail: nothing of the request has left then, so repeating is safe where it may help.

#include "matrix.hpp"

#include <boost/asio/ssl/context.hpp>

#include <openssl/ssl.h>

using namespace ferry_test;
using namespace ferry_test::faults;
using namespace std::chrono_literals;

namespace {

using context_ptr = std::shared_ptr<boost::asio::ssl::context>;

bool reset(peer& client, good_answer const&) {
    client.read(1);
    client.reset();
    return false;
}
bool leave(peer& client, good_answer const&) {
    client.read(1);
    client.shutdown_send();
    client.drain();
    return false;
}
bool stall(peer& client, good_answer const&) {
    client.stall();
    return false;
}
bool plain_text(peer& client, good_answer const&) {
    client.read(1);
    client.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    client.drain();
    return false;
}
auto shows(context_ptr context) {
    return [=](peer& client, good_answer const&) {
        client.handshake(*context);
        return false;
    };
}

auto const refused = everywhere(error_kind::tls, repeated::never);

fault stalls() {
    fault made{"a handshake that stalls", strikes::in_handshake, stall,
               everywhere(error_kind::timeout, repeated::always)};
    made.connect_timeout = 300ms;
    return made;
}

/// Speaks nothing newer than TLS 1.1.
context_ptr old_server() {
    auto made = authority().issue("IP:127.0.0.1").server_context();
    SSL_CTX_set_security_level(made->native_handle(), 0);
    SSL_CTX_set_max_proto_version(made->native_handle(), TLS1_1_VERSION);
    return made;
}

}  // namespace

TEST_CASE("handshakes that break", "[tls]") {
    check_matrix({
        {"reset", strikes::in_handshake, reset, everywhere(error_kind::connection, repeated::always)},
        {"closed", strikes::in_handshake, leave, refused},
        {"plain text", strikes::in_handshake, plain_text, refused},
        stalls(),
    });
}

TEST_CASE("peers that are not who they should be", "[tls]") {
    auto const stranger = certificate::authority("stranger");
    check_matrix({
        {"an unknown authority", strikes::in_handshake,
         shows(stranger.issue("IP:127.0.0.1").server_context()), refused},
        {"no authority", strikes::in_handshake, shows(stranger.server_context()), refused},
        {"another host", strikes::in_handshake, shows(authority().issue("IP:127.0.0.2").server_context()),
         refused},
        {"expired", strikes::in_handshake, shows(authority().issue("IP:127.0.0.1", -60).server_context()),
         refused},
        {"TLS 1.1 at most", strikes::in_handshake, shows(old_server()), refused},
    });
}
