// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Servers that refuse a large upload before they have read it.

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/certificates.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"

#include <optional>
#include <string>

using namespace ferry_test;

namespace {

constexpr std::uint64_t size = 64 << 20;
std::string const refusal = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 8\r\n\r\ntoolarge";

/// What refuses, and how it goes on.
raw_server::script refuse_and(std::string const& then, bool secure) {
    return [then, secure](raw_server::peer& peer) {
        peer.read_head();
        if (then == "reads on") peer.drain(1 << 20);
        if (then != "ends without a length") peer.send(refusal);
        if (then == "resets") peer.reset();
        if (then == "waits") peer.stall();
        if (then == "reads on") peer.drain();
        if (then == "ends without a length") {
            peer.send("HTTP/1.1 413 Content Too Large\r\n\r\ntoo");
            peer.send("large");
            secure ? peer.send_goodbye() : peer.shutdown_send();
            if (!secure) peer.drain(100000);
        }
    };
}

}  // namespace

TEST_CASE("an early refusal of a large upload is read and reported, and the rest is not sent") {
    bool const secure = GENERATE(false, true);
    std::string const then = GENERATE(as<std::string>{}, "closes with bytes unread", "resets", "waits",
                                      "reads on", "ends without a length");
    INFO((secure ? "TLS, " : "plain, ") + then);
    auto const authority = certificate::authority("ferry test authority");
    auto const issued = authority.issue("DNS:localhost,IP:127.0.0.1");
    auto const context = issued.server_context();
    ferry::client_options options;
    options.tls.use_system_store = false;
    options.tls.ca_pem = authority.pem();
    auto const transport = ferry::make_beast_transport(options);

    raw_server server(refuse_and(then, secure), secure ? context.get() : nullptr);
    for (auto const announced : {std::optional(size), std::optional<std::uint64_t>()}) {
        for (bool const async : {false, true}) {
            pattern_source source(size);
            auto const request = upload(server.port(), source, announced, secure ? "https" : "http");
            auto const got = async ? run_async(*transport, request) : run(*transport, request);
            CHECK(got.text() == "ok");
            CHECK(got.status == 413);
            CHECK(got.content == "toolarge");
            CHECK(source.offset() < size);
            CHECK_FALSE(got.result.reused_connection);
        }
    }
    CHECK(server.connections() == 4);
}
