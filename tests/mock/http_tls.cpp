// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The same listener behind TLS. What the services do there is tested once more by the contract suite.
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include <filesystem>
#include <fstream>

#include "../support/catch2.hpp"
#include "../support/certificates.hpp"
#include "backend_fixture.hpp"

using namespace mock_test;
namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using ferry::mock::blob;
using ferry::mock::http_request;
using ferry::mock::reply;
using kind = ferry::mock::delivery::disturbance;

namespace {

/// A certificate for 127.0.0.1 as files, and the authority that signed it.
class credentials {
public:
    credentials() {
        auto const certificate = authority.issue("IP:127.0.0.1");
        options.tls_certificate = write("cert.pem", certificate.pem());
        options.tls_key = write("key.pem", certificate.key_pem());
    }

    ferry_test::certificate authority = ferry_test::certificate::authority("mock tests");
    ferry::mock::backend_options options;

private:
    std::string write(char const* name, std::string const& text) const {
        std::string const path = (place_.path() / name).string();
        std::ofstream(path) << text;
        return path;
    }
    ferry::mock::scratch_directory place_;
};

credentials const& test_credentials() {
    static credentials const once;
    return once;
}

/// A connection that verifies whom it talks to.
class tls_connection {
public:
    explicit tls_connection(int port) {
        context_.add_certificate_authority(asio::buffer(test_credentials().authority.pem()));
        wire_.set_verify_mode(asio::ssl::verify_peer);
        wire_.set_verify_callback(asio::ssl::host_name_verification("127.0.0.1"));
        wire_.next_layer().connect(
            {asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(port)});
        wire_.handshake(asio::ssl::stream_base::client);
    }

    void write(std::string const& bytes) { asio::write(wire_, asio::buffer(bytes)); }

    /// A whole answer with Content-Length; what there is of it where it breaks off, and why in `error`.
    std::string read() {
        std::size_t const head = asio::read_until(wire_, asio::dynamic_buffer(input_), "\r\n\r\n", error);
        if (error) return std::exchange(input_, {});
        std::size_t const mark = input_.find("Content-Length: ");
        std::size_t const whole = head + std::stoul(input_.substr(mark + 16));
        if (input_.size() < whole) {
            asio::read(wire_, asio::dynamic_buffer(input_), asio::transfer_exactly(whole - input_.size()),
                       error);
        }
        std::string answer = input_.substr(0, whole);
        input_.erase(0, whole);
        return answer;
    }

    /// What the end of the connection looks like: a clean one is `eof`.
    boost::system::error_code rest() {
        boost::system::error_code end;
        asio::read(wire_, asio::dynamic_buffer(input_), end);
        return end;
    }

    boost::system::error_code error;

private:
    asio::io_context io_;
    asio::ssl::context context_{asio::ssl::context::tls_client};
    asio::ssl::stream<tcp::socket> wire_{io_, context_};
    std::string input_;
};

backend_fixture::answer const echo = [](http_request const& request) {
    return plain(request.origin() + ' ' + std::to_string(request.body.size()));
};

}  // namespace

TEST_CASE("TLS: requests on one connection, which ends in order", "[tls]") {
    backend_fixture const server(echo, test_credentials().options);
    tls_connection wire(server.port());
    wire.write(request_bytes("GET", "/", {}) + request_bytes("POST", "/", {}, std::string(300'000, 'x')));
    CHECK_THAT(wire.read(), ferry_test::contains("https://127.0.0.1 0"));
    CHECK_THAT(wire.read(), ferry_test::contains("https://127.0.0.1 300000"));
    wire.write(request_bytes("GET", "/", {{"Connection", "close"}}));
    CHECK_THAT(wire.read(), ferry_test::contains("Connection: close"));
    CHECK(wire.rest() == asio::error::eof);
}

TEST_CASE("TLS: large answers arrive whole", "[tls]") {
    std::string const content(3'000'000, 'x');
    backend_fixture const server([&](auto const&) { return streamed(blob::of(content), true); },
                                 test_credentials().options);
    tls_connection wire(server.port());
    wire.write(request_bytes("GET", "/", {}));
    std::string const answer = wire.read();
    CHECK(answer.substr(answer.find("\r\n\r\n") + 4) == content);
}

TEST_CASE("TLS: an answer that a fault cuts off is no orderly end", "[tls]") {
    for (kind const what : {kind::reset_after_head, kind::truncate}) {
        backend_fixture const server([&](auto const&) { return reply{plain("some text"), {what, 4}}; },
                                     test_credentials().options);
        tls_connection wire(server.port());
        wire.write(request_bytes("GET", "/", {}));
        std::string const answer = wire.read();
        CHECK_THAT(answer, ferry_test::contains("200 OK"));
        CHECK_THAT(answer, !ferry_test::contains("some text"));
        CHECK(wire.error != boost::system::error_code());
        CHECK(wire.error != asio::error::eof);
    }
}

TEST_CASE("TLS: clients that do not speak it, or not to the end, disturb nobody", "[tls]") {
    backend_fixture const server(echo, test_credentials().options);
    connection plain_text(server.port());
    plain_text.write(request_bytes("GET", "/", {}));
    connection silent(server.port());
    connection half(server.port());
    half.write(std::string("\x16\x03\x01\x02\x00\x01", 6));
    tls_connection wire(server.port());
    wire.write(request_bytes("GET", "/", {}));
    CHECK_THAT(wire.read(), ferry_test::contains("200 OK"));
    CHECK(plain_text.read().status == 0);
}
