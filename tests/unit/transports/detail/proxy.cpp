// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/transports/detail/proxy.hpp"

#include "support/catch2.hpp"
#include "support/certificates.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"

#include <cstdlib>
#include <initializer_list>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

using namespace ferry_test;
using ferry::error_kind;
using ferry::detail::parse_proxy;
using ferry::detail::proxy_settings;

namespace {

/// Sets variables for as long as it lives, and hides the proxy variables that are there.
class environment {
public:
    explicit environment(std::initializer_list<std::pair<char const*, char const*>> values) {
        for (auto const* name : {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                 "ALL_PROXY", "no_proxy", "NO_PROXY"}) {
            if (auto const* old = std::getenv(name)) saved_.emplace_back(name, old);
            ::unsetenv(name);
            names_.push_back(name);
        }
        for (auto const& [name, value] : values) ::setenv(name, value, 1);
    }
    ~environment() {
        for (auto const* name : names_) ::unsetenv(name);
        for (auto const& [name, value] : saved_) ::setenv(name.c_str(), value.c_str(), 1);
    }

private:
    std::vector<char const*> names_;
    std::vector<std::pair<std::string, std::string>> saved_;
};

std::string chosen(proxy_settings const& settings, ferry::origin const& target) {
    auto const& found = settings.find(target);
    if (!found) return "direct";
    return *found ? ferry::detail::authority((*found)->at) : "error";
}

}  // namespace

TEST_CASE("proxy URLs are taken apart") {
    auto const plain = parse_proxy("http://proxy.test:3128/").value();
    CHECK(plain.at == ferry::origin{"http", "proxy.test", 3128});
    CHECK(plain.authorization.empty());
    CHECK(parse_proxy("PROXY.test").value().at == ferry::origin{"http", "proxy.test", 1080});
    CHECK(parse_proxy("http://[::1]:3128").value().at == ferry::origin{"http", "::1", 3128});
    CHECK(parse_proxy("[::1]").value().at == ferry::origin{"http", "::1", 1080});
    CHECK(parse_proxy("http://Aladdin:open%20sesame@p:1").value().authorization ==
          "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    CHECK(parse_proxy("http://a:b@c@p:1").value().authorization == "Basic YTpiQGM=");
    CHECK(parse_proxy("http://a:b?c#d@p:1").value().authorization == "Basic YTpiP2MjZA==");
    CHECK(parse_proxy("http://a@p:1").value().authorization == "Basic YTo=");
    CHECK(parse_proxy("http://@p:1").value().authorization.empty());
    CHECK(parse_proxy(" http://p:3128\n").value().at == ferry::origin{"http", "p", 3128});
    for (auto const* bad : {"", "http://", "socks5://p:1", "http://p:x", "http://p:0", "http://p:99999",
                            "http://a b:1", "http://[::1]x", "http://p:1:2", "http://secret@:1",
                            "https://u:secret@p:1", "http://u:12/secret@p:1", "u:12/secret@p", "http://[p]:1",
                            "http://[::1", "http://p?x:1", "http://p#:1", "http://p%41:1", "::1"}) {
        auto const got = parse_proxy(bad);
        INFO(bad);
        REQUIRE(got.has_error());
        CHECK(got.error().kind() == error_kind::invalid_argument);
        CHECK(got.error().message().find("secret") == std::string::npos);
    }
}

TEST_CASE("a proxy that cannot be read names the setting that it comes from") {
    ferry::origin const secure{"https", "api.example.org", 443};
    environment const set{{"ALL_PROXY", "socks5://p:1"}};
    auto const from_environment = proxy_settings(std::nullopt).find(secure);
    REQUIRE((from_environment && from_environment->has_error()));
    CHECK(from_environment->error().message() ==
          "the environment variable ALL_PROXY names a scheme that is not supported; it should be "
          "http://[user:password@]host[:port], or empty for no proxy");
    auto const from_option = proxy_settings("socks5://p:1").find(secure);
    REQUIRE((from_option && from_option->has_error()));
    CHECK(from_option->error().message().find("client_options::proxy names a scheme") == 0);
}

TEST_CASE("a proxy is named with the setting that it comes from, and without credentials") {
    environment const set{{"https_proxy", "http://me:secret@p.test:3128"}};
    ferry::origin const secure{"https", "api.example.org", 443};
    CHECK(proxy_settings(std::nullopt).find(secure)->value().name() ==
          "the proxy http://p.test:3128 (from the environment variable https_proxy)");
    CHECK(proxy_settings("[::1]").find(secure)->value().name() ==
          "the proxy http://[::1]:1080 (from client_options::proxy)");
}

TEST_CASE("the environment says which proxy, and for whom none") {
    ferry::origin const plain{"http", "api.example.org", 80};
    ferry::origin const secure{"https", "api.example.org", 443};
    {
        environment const set{{"HTTPS_PROXY", "http://s:1"}, {"http_proxy", "http://h:2"}};
        proxy_settings const settings(std::nullopt);
        CHECK(chosen(settings, secure) == "s:1");
        CHECK(chosen(settings, plain) == "h:2");
        CHECK(chosen(proxy_settings(""), secure) == "direct");
        CHECK(chosen(proxy_settings("http://o:3"), plain) == "o:3");
    }
    {
        environment const set{{"HTTP_PROXY", "http://h:2"}, {"https_proxy", ":bad:"}};
        proxy_settings const settings(std::nullopt);
        CHECK(chosen(settings, plain) == "direct");
        CHECK(chosen(settings, secure) == "error");
    }
    {
        // Lower case first; what is empty is not set.
        environment const set{{"https_proxy", "http://s:1"},
                              {"HTTPS_PROXY", "http://S:2"},
                              {"http_proxy", ""},
                              {"all_proxy", "http://a:3"},
                              {"ALL_PROXY", "http://A:4"}};
        proxy_settings const settings(std::nullopt);
        CHECK(chosen(settings, secure) == "s:1");
        CHECK(chosen(settings, plain) == "a:3");
    }
    {
        environment const set{{"all_proxy", "http://a:3"}, {"no_proxy", "other.org"}, {"NO_PROXY", "*"}};
        CHECK(chosen(proxy_settings(std::nullopt), plain) == "a:3");
    }
    auto const excepts = [&](char const* list, ferry::origin const& target) {
        environment const set{{"ALL_PROXY", "http://p:1"}, {"NO_PROXY", list}};
        return chosen(proxy_settings(std::nullopt), target) == "direct";
    };
    CHECK(excepts("*", plain));
    CHECK(excepts("other.org, example.org", plain));
    CHECK(excepts("example.org:443", secure));
    CHECK(excepts("10.0.0.0/8", {"http", "10.1.2.3", 80}));
    CHECK_FALSE(excepts("", plain));
    CHECK_FALSE(excepts("example.org:443", plain));
    // A proxy that was given is for everything.
    environment const set{{"NO_PROXY", "*"}};
    CHECK(chosen(proxy_settings("http://o:3"), plain) == "o:3");
}

TEST_CASE("only plain requests are written otherwise for a proxy, and share its connections") {
    auto const proxy = parse_proxy("http://me:secret@p:1").value();
    auto const plain = get(8080, "/a", "http", "one.test");
    auto const secure = get(443, "/a", "https", "one.test");
    auto const routed = ferry::detail::route(plain, &proxy);
    CHECK(routed.target == "http://one.test:8080/a");
    CHECK(routed.extra_lines == "Proxy-Authorization: Basic bWU6c2VjcmV0\r\n");
    CHECK(routed.pool_key == ferry::detail::route(get(80, "/", "http", "two.test"), &proxy).pool_key);
    for (auto const& direct : {ferry::detail::route(plain, nullptr), ferry::detail::route(secure, &proxy)}) {
        CHECK(direct.target == "/a");
        CHECK(direct.extra_lines.empty());
    }
    CHECK(ferry::detail::route(secure, &proxy).pool_key == secure.origin);
}

TEST_CASE("plain requests go through the proxy in absolute form, all on one connection") {
    std::mutex mutex;
    std::vector<std::string> heads;
    raw_server proxy([&](raw_server::peer& peer) {
        for (auto head = peer.read_head(); !head.empty(); head = peer.read_head()) {
            {
                std::lock_guard lock(mutex);
                heads.push_back(head);
            }
            peer.answer("hello");
        }
    });
    ferry::client_options options;
    options.proxy = "http://me:secret@127.0.0.1:" + std::to_string(proxy.port());
    auto const transport = ferry::make_beast_transport(options);
    CHECK(run(*transport, get(80, "/a?b", "http", "one.test")).text() == "ok");
    CHECK(run(*transport, get(8080, "/c", "http", "two.test")).text() == "ok");
    CHECK(proxy.connections() == 1);
    std::lock_guard lock(mutex);
    REQUIRE(heads.size() == 2);
    CHECK(heads[0] ==
          "GET http://one.test/a?b HTTP/1.1\r\nHost: one.test\r\nProxy-Authorization: Basic "
          "bWU6c2VjcmV0\r\n\r\n");
    CHECK_THAT(heads[1], contains("GET http://two.test:8080/c HTTP/1.1\r\nHost: two.test:8080\r\n"));
}

TEST_CASE("https goes through a tunnel, and the proxy sees no more of it") {
    auto const authority = certificate::authority("ferry test authority");
    auto const tls = authority.issue("DNS:files.test").server_context();
    std::string tunnel;
    std::string request;
    std::string refusal;
    SECTION("granted") {}
    SECTION("refused") {
        refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 5\r\n\r\nno no";
    }
    SECTION("not HTTP") {
        refusal = "220 mail.test ESMTP\r\n";
    }
    SECTION("too much") {
        refusal = "HTTP/1.1 200 OK\r\n\r\n220 mail.test";
    }
    raw_server proxy([&](raw_server::peer& peer) {
        tunnel = peer.read_head();
        if (!refusal.empty()) {
            peer.send(refusal);
            return peer.drain();
        }
        peer.send("HTTP/1.1 200 Connection established\r\n\r\n");
        if (!peer.handshake(*tls)) return;
        request = peer.read_head();
        peer.answer("hello");
        peer.read_head();
        peer.answer("again");
    });
    ferry::client_options options;
    options.proxy = "http://me:secret@127.0.0.1:" + std::to_string(proxy.port());
    options.tls.ca_pem = authority.pem();
    options.tls.use_system_store = false;
    auto const transport = ferry::make_beast_transport(options);
    auto const got = run_async(*transport, get(443, "/a", "https", "files.test"));
    if (refusal.empty()) {
        CHECK(got.text() == "ok");
        CHECK(got.content == "hello");
        CHECK(request == "GET /a HTTP/1.1\r\nHost: files.test\r\n\r\n");
    } else {
        CHECK((got.kind() == error_kind::connection || got.kind() == error_kind::protocol));
        CHECK_THAT(got.text(), contains("the proxy http://127.0.0.1:" + std::to_string(proxy.port()) +
                                        " (from client_options::proxy)"));
        CHECK_FALSE(got.result.request_sent);
    }
    CHECK(tunnel ==
          "CONNECT files.test:443 HTTP/1.1\r\nHost: files.test:443\r\nProxy-Authorization: Basic "
          "bWU6c2VjcmV0\r\n\r\n");
}

TEST_CASE("a proxy that forwards is named where it fails, and what it wants") {
    bool const has_password = GENERATE(true, false);
    bool const blocking = GENERATE(true, false);
    std::string answer;
    std::string expected;
    auto kind = error_kind::connection;
    int status = 0;
    SECTION("nobody listens") {
        expected = "cannot connect to the proxy NAME: Connection refused";
    }
    SECTION("credentials") {
        answer = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 4\r\n\r\nno no";
        expected = "the proxy NAME refused a request to files.test:80 with status 407; " +
                   std::string(has_password ? "it does not take the user and password of its URL"
                                            : "it wants a user and a password, which belong into its URL: "
                                              "http://user:password@host:port");
        status = 407;
    }
    SECTION("nothing") {
        answer = "close";
        expected = "the proxy NAME closed the connection without an answer while waiting for the answer";
    }
    SECTION("no HTTP") {
        answer = "220 mail.test ESMTP\r\n\r\n";
        expected = "the answer of the proxy NAME is not HTTP: bad version";
        kind = error_kind::protocol;
    }
    asio::io_context context;
    tcp::socket const taken(context, {asio::ip::address_v4::loopback(), 0});  // bound, and does not listen
    raw_server proxy([&](raw_server::peer& peer) {
        peer.read_head();
        if (answer == "close") return;
        peer.send(answer);
        peer.drain();
    });
    auto const at =
        "127.0.0.1:" + std::to_string(answer.empty() ? taken.local_endpoint().port() : proxy.port());
    ferry::client_options options;
    options.proxy = "http://" + std::string(has_password ? "me:secret@" : "") + at;
    auto const transport = ferry::make_beast_transport(options);
    auto const request = get(80, "/", "http", "files.test");
    auto const got = blocking ? run(*transport, request) : run_async(*transport, request);
    expected.replace(expected.find("NAME"), 4, "http://" + at + " (from client_options::proxy)");
    CHECK(got.text() == expected);
    CHECK(got.kind() == kind);
    CHECK(got.result.failure->status() == status);
    CHECK(got.heads == 0);
}

TEST_CASE("407 that no proxy was asked for is an answer like any other") {
    raw_server server([](raw_server::peer& peer) {
        peer.read_head();
        peer.send("HTTP/1.1 407 What\r\nContent-Length: 0\r\n\r\n");
        peer.drain();
    });
    ferry::client_options options;
    options.proxy = "";
    auto const got = run(*ferry::make_beast_transport(options), get(server.port()));
    CHECK(got.text() == "ok");
    CHECK(got.status == 407);
}
