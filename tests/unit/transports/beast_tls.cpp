// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// TLS: whom the transport trusts, and what it says when it does not.

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/certificates.hpp"
#include "support/eventually.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>

using namespace ferry_test;
using namespace std::chrono_literals;
using ferry::error_kind;

namespace {

struct world {
    certificate authority = certificate::authority("ferry test authority");
    certificate server = authority.issue("DNS:localhost,IP:127.0.0.1");

    ferry::client_options trusting() const {
        ferry::client_options options;
        options.tls.use_system_store = false;
        options.tls.ca_pem = authority.pem();
        return options;
    }
};

void answer_all(raw_server::peer& peer) {
    for (auto head = peer.read_head(); !head.empty(); head = peer.read_head()) {
        if (auto const at = head.find("Content-Length: "); at != std::string::npos)
            peer.drain(std::stoull(head.substr(at + 16)));
        peer.answer("hello");
    }
}

}  // namespace

TEST_CASE("a trusted server is talked to over kept TLS connections") {
    world const all;
    auto const context = all.server.server_context();
    std::mutex mutex;
    std::string name = "none";
    raw_server server(
        [&](raw_server::peer& peer) {
            {
                std::lock_guard lock(mutex);
                name = peer.server_name();
            }
            answer_all(peer);
        },
        context.get());
    auto const transport = ferry::make_beast_transport(all.trusting());
    std::string const host = GENERATE("localhost", "127.0.0.1");
    for (int i = 0; i < 3; ++i) {
        auto const got = run(*transport, get(server.port(), "/", "https", host));
        CHECK(got.text() == "ok");
        CHECK(got.content == "hello");
        CHECK(got.result.reused_connection == (i > 0));
    }
    CHECK(run_async(*transport, get(server.port(), "/", "https", host)).text() == "ok");
    CHECK(server.connections() == 2);
    std::lock_guard lock(mutex);
    CHECK(name == (host == "localhost" ? "localhost" : ""));
}

TEST_CASE("large bodies go both ways through TLS") {
    world const all;
    auto const context = all.server.server_context();
    std::uint64_t const size = 5'000'001;
    std::string const expected = pattern_source(size).all();
    raw_server server(
        [&](raw_server::peer& peer) {
            for (auto head = peer.read_head(); !head.empty(); head = peer.read_head())
                peer.answer(head.find("chunked") == std::string::npos ? peer.read(size)
                                                                      : peer.read_chunked());
        },
        context.get());
    auto const transport = ferry::make_beast_transport(all.trusting());
    for (auto const announced : {std::optional(size), std::optional<std::uint64_t>()}) {
        pattern_source source(size);
        auto const got = run(*transport, upload(server.port(), source, announced, "https"));
        CHECK(got.text() == "ok");
        CHECK((got.content == expected));
        auto const again = run_async(*transport, upload(server.port(), source, announced, "https"));
        CHECK(again.text() == "ok");
        CHECK((again.content == expected));
    }
}

TEST_CASE("keys may change in the middle of bodies, both ways") {
    world const all;
    auto const context = all.server.server_context();
    std::uint64_t const size = 1'000'000;
    std::string const expected = pattern_source(size).all();
    raw_server server(
        [&](raw_server::peer& peer) {
            for (auto head = peer.read_head(); !head.empty(); head = peer.read_head()) {
                peer.send("HTTP/1.1 100 Continue\r\n\r\n");
                peer.renew_keys();
                peer.send("HTTP/1.1 100 Continue\r\n\r\n");
                auto const body = peer.read(size);
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n");
                for (std::size_t i = 0; i < size; i += 100'000) {
                    peer.renew_keys();
                    peer.send(std::string_view(body).substr(i, 100'000));
                }
            }
        },
        context.get());
    auto options = all.trusting();
    options.keep_alive_timeout_once = std::chrono::hours(1);
    auto const transport = ferry::make_beast_transport(options);
    for (int i = 0; i < 3; ++i) {
        pattern_source source(size);
        auto const got = run(*transport, upload(server.port(), source, size, "https"));
        CHECK(got.text() == "ok");
        CHECK((got.content == expected));
        CHECK(got.result.reused_connection == (i > 0));
    }
}

TEST_CASE("a record that was changed on its way is an error of TLS, whatever came before it") {
    world const all;
    auto const context = all.server.server_context();
    bool const at_once = GENERATE(true, false);
    watched_outcome got;
    raw_server server(
        [&](raw_server::peer& peer) {
            peer.read_head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
            if (!at_once) eventually([&] { return got.has_content.load(); });
            peer.send_raw(std::string("\x17\x03\x03\x00\x20", 5) + std::string(32, 'x'));
            peer.drain();
        },
        context.get());
    auto const transport = ferry::make_beast_transport(all.trusting());
    got.result = transport->run(get(server.port(), "/", "https"), limits(), got);
    CHECK(got.kind() == error_kind::tls);
    CHECK_THAT(got.text(), contains("bad record mac"));
    CHECK(got.content == "hello");
}

TEST_CASE("who cannot be trusted is not talked to") {
    world const all;
    auto issued = all.authority.issue("DNS:localhost,IP:127.0.0.1");
    auto options = all.trusting();
    std::string host = "localhost";
    std::string expected;
    SECTION("an unknown authority") {
        options.tls.ca_pem.clear();
        expected = "the certificate is not trusted (unable to get local issuer certificate)";
    }
    SECTION("an unknown authority, beside the system's own") {
        options.tls.ca_pem.clear();
        options.tls.use_system_store = true;
        expected = "the certificate is not trusted";
    }
    SECTION("another host's name") {
        issued = all.authority.issue("DNS:example.org,IP:127.0.0.1");
        expected = "issued for another host (";
    }
    SECTION("another address") {
        issued = all.authority.issue("DNS:localhost");
        host = "127.0.0.1";
        expected = "issued for another host (";
    }
    SECTION("a name that only starts like it") {
        issued = all.authority.issue("DNS:local*");
        expected = "issued for another host (";
    }
    SECTION("the name only as the subject's common name") {
        issued = all.authority.issue("", 3600, "localhost");
        expected = "issued for another host (";
    }
    SECTION("expired") {
        issued = all.authority.issue("DNS:localhost", -60);
        expected = "the certificate is not trusted (certificate has expired)";
    }
    auto const context = issued.server_context();
    raw_server server([](raw_server::peer& peer) { peer.drain(); }, context.get());
    auto const transport = ferry::make_beast_transport(options);
    for (bool const async : {false, true}) {
        auto const request = get(server.port(), "/", "https", host);
        auto const got = async ? run_async(*transport, request) : run(*transport, request);
        CHECK(got.kind() == error_kind::tls);
        CHECK_THAT(got.text(), contains(expected));
        CHECK(got.result.failure->code());
        CHECK_FALSE(got.result.request_sent);
    }
}

TEST_CASE("what does not speak TLS, or an old one, is a TLS error") {
    world const all;
    auto const transport = ferry::make_beast_transport(all.trusting());
    SECTION("plain HTTP") {
        raw_server server([](raw_server::peer& peer) {
            peer.read(10);
            peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
            peer.drain();
        });
        auto const got = run(*transport, get(server.port(), "/", "https"));
        CHECK(got.kind() == error_kind::tls);
        auto const text = got.text();
        CHECK_THAT(text,
                   contains("the peer does not speak TLS; is this a port for http? (wrong version number"));
        CHECK(text.find("wrong version number") == text.rfind("wrong version number"));
        CHECK(server.connections() == 1);
    }
    SECTION("silence, then the end") {
        raw_server server([](raw_server::peer& peer) { peer.read(10); });
        auto const got = run(*transport, get(server.port(), "/", "https"));
        CHECK((got.kind() == error_kind::tls || got.kind() == error_kind::connection));
        CHECK_THAT(got.text(), contains("the TLS handshake with 127.0.0.1:"));
    }
    SECTION("TLS 1.1") {
        auto const context = all.server.server_context();
        SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context->native_handle(), TLS1_1_VERSION);
        SSL_CTX_set_cipher_list(context->native_handle(), "DEFAULT:@SECLEVEL=0");
        raw_server server([](raw_server::peer& peer) { peer.drain(); }, context.get());
        auto const got = run(*transport, get(server.port(), "/", "https"));
        CHECK(got.kind() == error_kind::tls);
    }
}

TEST_CASE("a missing close_notify matters only to an answer that ends with the connection") {
    world const all;
    auto const context = all.server.server_context();
    std::string answer;
    bool notify = false;
    bool fine = true;
    SECTION("with a length") {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
    }
    SECTION("until close, clean") {
        answer = "HTTP/1.1 200 OK\r\n\r\nhello";
        notify = true;
    }
    SECTION("until close, cut") {
        answer = "HTTP/1.1 200 OK\r\n\r\nhello";
        fine = false;
    }
    raw_server server(
        [&](raw_server::peer& peer) {
            peer.read_head();
            peer.send(answer);
            if (notify) return peer.close_tls();
            peer.shutdown_send();
            peer.drain();
        },
        context.get());
    auto const transport = ferry::make_beast_transport(all.trusting());
    auto const got = run(*transport, get(server.port(), "/", "https"));
    CHECK(got.content == "hello");
    CHECK(got.ok() == fine);
    if (!fine) CHECK(got.kind() == error_kind::protocol);
}

TEST_CASE("a kept TLS connection that went away is replaced") {
    world const all;
    auto const context = all.server.server_context();
    raw_server server(
        [&](raw_server::peer& peer) {
            peer.read_head();
            peer.answer(std::to_string(peer.number()));
            if (peer.number() > 0) return peer.drain();
            peer.read_head();
            peer.reset();
        },
        context.get());
    auto const transport = ferry::make_beast_transport(all.trusting());
    CHECK(run(*transport, get(server.port(), "/", "https")).content == "0");
    auto const got = run(*transport, get(server.port(), "/", "https"));
    CHECK(got.text() == "ok");
    CHECK(got.content == "1");
}

TEST_CASE("a POST does not go out on a connection whose peer has ended TLS, though not TCP") {
    world const all;
    auto const context = all.server.server_context();
    std::atomic<unsigned> goodbyes = 0;
    raw_server server(
        [&](raw_server::peer& peer) {
            peer.read_head();
            peer.answer("bye");
            peer.send_goodbye();
            ++goodbyes;
            peer.stall();
        },
        context.get());
    auto const transport = ferry::make_beast_transport(all.trusting());
    for (unsigned i = 1; i < 4; ++i) {
        CHECK(run(*transport, post(server.port(), "", "https")).text() == "ok");
        REQUIRE(eventually([&] { return goodbyes == i; }));
    }
    CHECK(server.connections() == 3);
}

TEST_CASE("a client certificate is shown to a server that asks for one") {
    world const all;
    auto const mine = all.authority.issue("DNS:client");
    auto const context = all.server.server_context();
    context->add_certificate_authority(asio::buffer(all.authority.pem()));
    context->set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
    raw_server server(answer_all, context.get());
    auto options = all.trusting();

    auto const without = run(*ferry::make_beast_transport(options), get(server.port(), "/", "https"));
    CHECK((without.kind() == error_kind::tls || without.kind() == error_kind::connection));

    auto const folder =
        std::filesystem::temp_directory_path() / ("ferry-tls-" + std::to_string(server.port()));
    std::filesystem::create_directory(folder);
    options.tls.certificate_file = (folder / "cert.pem").string();
    options.tls.private_key_file = (folder / "key.pem").string();
    options.tls.ca_file = (folder / "ca.pem").string();
    options.tls.ca_pem.clear();
    std::ofstream(options.tls.certificate_file) << mine.pem();
    std::ofstream(options.tls.private_key_file) << mine.key_pem();
    std::ofstream(options.tls.ca_file) << all.authority.pem();
    CHECK(run(*ferry::make_beast_transport(options), get(server.port(), "/", "https")).text() == "ok");
    std::filesystem::remove_all(folder);
}

TEST_CASE("certificates that cannot be loaded are named") {
    ferry::client_options options;
    std::string expected;
    SECTION("the authorities' file") {
        options.tls.ca_file = "/nowhere/ca.pem";
        expected = "'/nowhere/ca.pem' (tls_options::ca_file)";
    }
    SECTION("the authorities' text") {
        options.tls.ca_pem = "no certificate";
        expected = "tls_options::ca_pem";
    }
    SECTION("the client certificate") {
        options.tls.certificate_file = "/nowhere/cert.pem";
        expected = "'/nowhere/cert.pem' (tls_options::certificate_file)";
    }
    SECTION("the client key") {
        options.tls.private_key_file = "/nowhere/key.pem";
        expected = "'/nowhere/key.pem' (tls_options::private_key_file)";
    }
    raw_server server([](raw_server::peer& peer) { peer.drain(); });
    auto const got = run(*ferry::make_beast_transport(options), get(server.port(), "/", "https"));
    CHECK(got.kind() == error_kind::tls);
    CHECK_THAT(got.text(), contains(expected));
}
