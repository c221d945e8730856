// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Whom a client trusts: the certificate's authority, its names, its dates; and what happens before it does.

#include "scripted.hpp"
#include "support/certificates.hpp"

#include <atomic>

using namespace ferry_test;
using namespace ferry_test::cloud;
using ferry::error_kind;

namespace {

/// A TLS server that would give away an empty page; counts the requests that reached it.
class guarded_server {
public:
    explicit guarded_server(certificate const& identity)
        : context_(identity.server_context()),
          server_(
              [this](raw_server::peer& peer) {
                  if (peer.read_head().empty()) return;
                  ++requests_;
                  peer.send(answer("200 OK", "application/json", R"({"items":[]})"));
              },
              context_.get()) {}

    ferry::client_options options(std::string const& host, std::string trusted) const {
        auto options = options_for("https://" + host + ":" + std::to_string(server_.port()), "llx-alice");
        options.tls.ca_pem = std::move(trusted);
        return options;
    }
    int requests() const { return requests_; }

private:
    std::atomic<int> requests_ = 0;
    std::shared_ptr<boost::asio::ssl::context> context_;
    raw_server server_;
};

void check_tls(ferry::result<models::file_page> const& outcome, std::string const& words) {
    auto const why = error_of(outcome);
    CHECK(why.kind() == error_kind::tls);
    CHECK(why.status() == 0);
    CHECK(why.retries() == 0);
    CHECK_THAT(why.message(), contains(words));
    check_throws<ferry::tls_error>(outcome);
}

}  // namespace

TEST_CASE("a certificate of the private authority is trusted, from PEM text and from a file") {
    sender const send(GENERATE(blocking, coroutine));
    auto const authority = certificate::authority("ours");
    guarded_server const server(authority.issue("DNS:localhost,IP:127.0.0.1"));
    scratch_directory const scratch;

    for (auto const* host : {"localhost", "127.0.0.1"}) {
        INFO(host);
        CHECK(
            send(ferry::llamacloud::client(server.options(host, authority.pem())).files.list()).has_value());
        auto options = server.options(host, "");
        options.tls.ca_file = scratch.write("ca.pem", authority.pem());
        CHECK(send(ferry::llamacloud::client(options).files.list()).has_value());
    }
    CHECK(server.requests() == 4);
}

TEST_CASE("an untrusted certificate ends the call before the key is sent") {
    sender const send(GENERATE(blocking, coroutine));
    auto const authority = certificate::authority("ours");
    auto const other = certificate::authority("theirs");
    guarded_server const server(authority.issue("DNS:localhost,IP:127.0.0.1"));

    check_tls(send(ferry::llamacloud::client(server.options("localhost", other.pem())).files.list()),
              "certificate");
    check_tls(send(ferry::llamacloud::client(server.options("localhost", "")).files.list()), "certificate");
    auto options = server.options("localhost", "");
    options.tls.use_system_store = true;  // the system does not know our authority
    check_tls(send(ferry::llamacloud::client(options).files.list()), "certificate");
    CHECK(server.requests() == 0);
}

TEST_CASE("a certificate of another host ends the call before the key is sent") {
    sender const send(GENERATE(blocking, coroutine));
    auto const authority = certificate::authority("ours");
    guarded_server const server(authority.issue("DNS:elsewhere.example,IP:127.0.0.2"));
    for (auto const* host : {"localhost", "127.0.0.1"}) {
        INFO(host);
        check_tls(send(ferry::llamacloud::client(server.options(host, authority.pem())).files.list()), host);
    }
    CHECK(server.requests() == 0);
}

TEST_CASE("an expired certificate ends the call before the key is sent") {
    sender const send(GENERATE(blocking, coroutine));
    auto const authority = certificate::authority("ours");
    guarded_server const server(authority.issue("DNS:localhost", -3600));
    check_tls(send(ferry::llamacloud::client(server.options("localhost", authority.pem())).files.list()),
              "expired");
    CHECK(server.requests() == 0);
}

TEST_CASE("https to a server without TLS, and http to one with TLS") {
    sender const send(GENERATE(blocking, coroutine));
    raw_server const plain(always("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
    auto options = options_for("https://127.0.0.1:" + std::to_string(plain.port()), "llx-alice");
    options.connect_timeout = std::chrono::seconds(2);
    options.max_retries = 0;
    auto const why = error_of(send(ferry::llamacloud::client(options).files.list()));
    // The server waits for the end of a head that never comes, or answers with what is no TLS.
    CHECK((why.kind() == error_kind::tls || why.kind() == error_kind::timeout));

    auto const authority = certificate::authority("ours");
    guarded_server const secure(authority.issue("IP:127.0.0.1"));
    auto const port = secure.options("x", "").base_url->substr(10);
    auto unsafe = options_for("http://127.0.0.1:" + port, "llx-alice");
    unsafe.max_retries = 0;
    auto const refused = error_of(send(ferry::llamacloud::client(unsafe).files.list()));
    CHECK((refused.kind() == error_kind::connection || refused.kind() == error_kind::protocol));
    CHECK(secure.requests() == 0);
}

TEST_CASE("an authority that cannot be read is said so") {
    sender const send(GENERATE(blocking, coroutine));
    auto const authority = certificate::authority("ours");
    guarded_server const server(authority.issue("DNS:localhost"));
    check_tls(send(ferry::llamacloud::client(server.options("localhost", "no PEM")).files.list()), "");
    auto options = server.options("localhost", "");
    options.tls.ca_file = "/nonexistent/ca.pem";
    check_tls(send(ferry::llamacloud::client(options).files.list()), "/nonexistent/ca.pem");
    CHECK(server.requests() == 0);
}
