// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// How requests may be spelled, and what answers look like for each kind of client.
#include "../support/catch2.hpp"
#include "backend_fixture.hpp"

using namespace mock_test;
using ferry::mock::blob;
using ferry::mock::http_request;

namespace {

/// Answers with method, path and Host as the services see them.
backend_fixture::answer const echo = [](http_request const& request) {
    return plain(request.method + ' ' + request.path + ' ' + std::string(request.header_or_empty("host")));
};

}  // namespace

TEST_CASE("targets: origin form, absolute form, asterisk", "[http]") {
    backend_fixture const server(echo);
    CHECK(server.exchange("GET /a%20b?c=d HTTP/1.1\r\nHost: x\r\n\r\n").body == "GET /a b x");
    CHECK(server.exchange("GET http://other:1/a?c HTTP/1.1\r\nHost: x\r\n\r\n").body == "GET /a x");
    CHECK(server.exchange("GET http://other HTTP/1.1\r\nHost: x\r\n\r\n").body == "GET / x");
    CHECK(server.exchange("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").body == "OPTIONS * x");
}

TEST_CASE("targets that two readers could read differently get 400", "[http]") {
    backend_fixture const server(echo);
    for (std::string const target : {"http://evil?x=/health",
                                     "http://evil#/health",
                                     "http://evil?",
                                     "http://",
                                     "http:///health",
                                     "http://user@evil/health",
                                     "http://a:b@evil/health",
                                     "http://evil:99999/",
                                     "http://evil:x/",
                                     "http://[::1/",
                                     "http://[1]/",
                                     "http://ev il/",
                                     "ftp://evil/health",
                                     "x?y://evil/health",
                                     "://evil/health",
                                     "evil:80",
                                     "?x=/health",
                                     "/a\tb",
                                     "/a\x7f",
                                     "/a\x01"}) {
        INFO(target);
        CHECK(server.exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").status == 400);
    }
    for (std::string const target :
         {"HTTPS://other/a", "http://[::1]:80/a", "http://a.b-c_d~:/a", "http://%41/a"}) {
        INFO(target);
        CHECK(server.exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").body == "GET /a x");
    }
}

TEST_CASE("a request names one host, and nothing but a host", "[http]") {
    backend_fixture const server(echo);
    auto const with = [&](std::string const& fields) {
        return server.exchange("GET / HTTP/1.1\r\n" + fields + "\r\n\r\n").status;
    };
    for (std::string const host :
         {"x", "x:80", "x:", "127.0.0.1:8080", "[::1]", "[2001:db8::1]:80", "a-b.c_d~%41", ""}) {
        INFO(host);
        CHECK(with("Host: " + host) == 200);
    }
    for (std::string const host : {"a/b@c",  "a@b", "a/b", "a b",  "a:b",         "a:80:80", "::1", "[::1",
                                   "[::1]x", "[]",  "[x]", ":80",  "a:65536",     "a:-1",    "a?b", "a#b",
                                   "a\\b",   "<a>", "a%",  "a%zz", "caf\xc3\xa9", "http://a"}) {
        INFO(host);
        CHECK(with("Host: " + host) == 400);
    }
    CHECK(with("Host: x\r\nHost: x") == 400);
    CHECK(with("Host: x\r\nHost: y") == 400);
    CHECK(with("Host: x\r\nhost:") == 400);
    CHECK(server.exchange("GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n").status == 400);
}

TEST_CASE("control characters in header fields get 400", "[http]") {
    backend_fixture const server(echo);
    for (char const control : {'\0', '\x01', '\r', '\n', '\x0b', '\x1f', '\x7f'}) {
        std::string const head = "GET / HTTP/1.1\r\nHost: x\r\nA: b" + std::string(1, control) + "c\r\n\r\n";
        INFO(static_cast<int>(control));
        CHECK(server.exchange(head).status == 400);
    }
    CHECK(server.exchange("GET / HTTP/1.1\r\nHost: x\r\nA: b\tc\r\n\r\n").status == 200);
}

TEST_CASE("empty lines before a request are ignored", "[http]") {
    backend_fixture const server(echo);
    connection wire(server.port());
    wire.write("\r\n\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(wire.read().body == "GET /a x");
    CHECK(wire.read().body == "GET /b x");
}

TEST_CASE("bad heads get 400, and the connection ends", "[http]") {
    backend_fixture const server(echo);
    for (std::string const head :
         {"nonsense", "GET /", "GET / HTTP/2.0", "GET / HTTP/1.1 HTTP/1.1", "GET nowhere HTTP/1.1\r\nHost: x",
          "G(T / HTTP/1.1\r\nHost: x", "GET / HTTP/1.1", "GET / HTTP/1.1\r\nHost: x\r\nno colon",
          "GET / HTTP/1.1\r\nHost: x\r\nbad name: y", "GET / HTTP/1.1\r\nHost : x",
          "GET / HTTP/1.1\r\nHost: x\r\n folded: y"}) {
        INFO(head);
        connection wire(server.port());
        wire.write(head + std::string("\r\n\r\n"));
        CHECK(wire.read().status == 400);
        CHECK(wire.closed_by_peer());
    }
    std::string const nul("GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", 38);
    CHECK(server.exchange(nul).status == 400);
}

TEST_CASE("a request line of 64 KiB is 414, a head of that size 431", "[http]") {
    backend_fixture const server(echo);
    CHECK(server.exchange("GET /" + std::string(70'000, 'x')).status == 414);
    CHECK(server.exchange("GET / HTTP/1.1\r\nA: " + std::string(70'000, 'x')).status == 431);
    CHECK(server.exchange("GET /" + std::string(60'000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n").status == 200);
}

TEST_CASE("lengths that contradict each other or are none get 400", "[http]") {
    backend_fixture const server(echo);
    auto const post = [&](std::string const& framing) {
        return server.exchange("POST / HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n\r\n0\r\n\r\n").status;
    };
    CHECK(post("Content-Length: 5") == 200);
    CHECK(post("Content-Length: 5\r\nContent-Length: 5") == 200);
    CHECK(post("Transfer-Encoding: chunked") == 200);
    CHECK(post("Content-Length: 5\r\nContent-Length: 4") == 400);
    CHECK(post("Content-Length: -1") == 400);
    CHECK(post("Content-Length: 5, 5") == 400);
    CHECK(post("Content-Length: 99999999999999999999") == 400);
    CHECK(post("Content-Length: 5\r\nTransfer-Encoding: chunked") == 400);
    CHECK(post("Transfer-Encoding: gzip, chunked") == 400);
    CHECK(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked") == 400);
    CHECK(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity") == 400);
    CHECK(post("Transfer-Encoding: chunked, chunked") == 400);
    CHECK(post("Transfer-Encoding:") == 400);
    CHECK(post("Content-Length: 5\r\nContent-Length:") == 400);
    CHECK(server.exchange("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").status == 400);
}

TEST_CASE("chunks: sizes, extensions, trailers, and what is none of them", "[http]") {
    backend_fixture const server([](http_request const& request) { return plain(request.body.text()); });
    auto const post = [&](std::string const& chunks) {
        return server.exchange("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
    };
    CHECK(post("3\r\nabc\r\n0\r\n\r\n").body == "abc");
    CHECK(post("3;a=b\r\nabc\r\nA ; c\r\n0123456789\r\n000\r\nTrailer: x\r\n\r\n").body == "abc0123456789");
    for (std::string const bad : {"\r\n", "x\r\n", "-1\r\n", "3\r\nabcd\r\n", "3 3\r\nabc\r\n",
                                  "3\nabc\n0\n\n", "ffffffffffffffffff\r\n"}) {
        INFO(bad);
        CHECK(post(bad).status == 400);
    }
    CHECK(post("3;" + std::string(70'000, 'x') + "\r\nabc\r\n0\r\n\r\n").status == 400);
    std::string trailers;
    for (int i = 0; i < 200; ++i) trailers += "T: x\r\n";
    CHECK(post("0\r\n" + trailers + "\r\n").status == 400);
    for (std::string const line : {"1;a\rb", "1;a=\"\rb\"", "1\r", "1;a\nb", "1;\x01", "1;\x7f"}) {
        INFO(line);
        CHECK(post(line + "\r\nx\r\n0\r\n\r\n").status == 400);
    }
    CHECK(post(std::string("1;\0\r\nx\r\n0\r\n\r\n", 14)).status == 400);
    CHECK(post("1;a\t=\t\"b\"\r\nx\r\n0\r\n\r\n").body == "x");
    for (std::string const trailer : {"no colon", ": x", "A : x", "A: x\ry", "A: x\x01", " folded: x"}) {
        INFO(trailer);
        CHECK(post("0\r\n" + trailer + "\r\n\r\n").status == 400);
    }
}

TEST_CASE("Connection is a list, and close wins", "[http]") {
    backend_fixture const server(echo);
    for (std::string const options : {"close", "Close", "te, close", "keep-alive, close"}) {
        INFO(options);
        connection wire(server.port());
        wire.write(request_bytes("GET", "/", {{"Connection", options}}));
        CHECK(wire.read().header("connection") == "close");
        CHECK(wire.closed_by_peer());
    }
    connection wire(server.port());
    for (std::string const options : {"keep-alive", "te", "upgrade, keep-alive"}) {
        wire.write(request_bytes("GET", "/", {{"Connection", options}}));
        CHECK(wire.read().status == 200);
    }
}

TEST_CASE("HTTP/1.0 clients get no chunks and say when to keep the connection", "[http]") {
    backend_fixture const server([](http_request const& request) {
        return request.path == "/stream" ? streamed(blob::of("streamed"), false) : echo(request);
    });
    connection once(server.port());
    once.write("GET / HTTP/1.0\r\n\r\n");
    CHECK(once.read().header("connection") == "close");
    CHECK(once.closed_by_peer());

    connection kept(server.port());
    kept.write("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    CHECK(kept.read().header("connection") == "keep-alive");
    kept.write("GET /stream HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    std::string const answer = kept.read_all();
    CHECK_THAT(answer, ferry_test::contains("Connection: close"));
    CHECK(answer.find("chunked") == std::string::npos);
    CHECK(answer.substr(answer.find("\r\n\r\n")) == "\r\n\r\nstreamed");
}

TEST_CASE("HEAD is answered as GET would be, without the body", "[http]") {
    backend_fixture const server([](http_request const& request) {
        if (request.path == "/length") return streamed(blob::of("streamed"), true);
        if (request.path == "/chunks") return streamed(blob::of("streamed"), false);
        return plain("hello");
    });
    connection wire(server.port());
    for (auto const& [path, length] :
         {std::pair("/", "5"), std::pair("/length", "8"), std::pair("/chunks", "")}) {
        wire.write(request_bytes("HEAD", path, {}));
        response const answer = wire.read(true);
        CHECK(answer.status == 200);
        CHECK(answer.header("content-length") == length);
    }
    wire.write(request_bytes("GET", "/", {}));
    CHECK(wire.read().body == "hello");  // nothing was left on the connection
}

TEST_CASE("a 204 has neither body nor length", "[http]") {
    backend_fixture const server([](auto const&) {
        ferry::mock::http_response answer;
        answer.status = 204;
        return answer;
    });
    CHECK_FALSE(server.exchange(request_bytes("DELETE", "/", {})).has("content-length"));
}

TEST_CASE("Expect: 100-continue is answered before the body, or with the refusal", "[http]") {
    backend_fixture const server(
        [](http_request const& request) {
            auto answer = plain("");
            answer.status = request.body_too_large ? 413 : 200;
            return answer;
        },
        {100});
    auto const head = [](std::size_t size) {
        return request_bytes("POST", "/",
                             {{"Expect", "100-continue"}, {"Content-Length", std::to_string(size)}});
    };
    connection accepted(server.port());
    accepted.write(head(4));
    CHECK(accepted.read_line() == "HTTP/1.1 100 Continue");
    CHECK(accepted.read_line().empty());
    accepted.write("body");
    CHECK(accepted.read().status == 200);

    connection refused(server.port());
    refused.write(head(101));
    CHECK(refused.read_line() == "HTTP/1.1 413 Payload Too Large");
}
