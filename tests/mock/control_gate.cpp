// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The control surface is for programs on this machine, not for the pages that a browser on it shows.
#include "control.hpp"

using namespace mock_test;

namespace {

std::string const rule = R"({"status":500})";

/// A request to the control surface, with these fields in place of the client's own Host.
std::string order(std::string const& start, std::string const& fields, std::string const& body = {}) {
    std::string const size = "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return start + " HTTP/1.1\r\n" + fields + (body.empty() ? "" : size) + "\r\n" + body;
}

std::string repeated_zero(std::size_t count) {
    std::string text = "[0";
    for (std::size_t i = 1; i < count; ++i) text += ",0";
    return text + ']';
}

response ask(ferry::mock::server const& server, std::string const& bytes) {
    connection wire(server.port());
    wire.write(bytes);
    return wire.read();
}

}  // namespace

TEST_CASE("the control surface does not obey pages of other origins", "[control]") {
    ferry::mock::server server;
    std::string const own = "127.0.0.1:" + std::to_string(server.port());
    auto const add = [&](std::string const& fields) {
        return ask(server, order("POST /_ferry/faults",
                                 "Host: " + own + "\r\nContent-Type: application/json\r\n" + fields, rule));
    };
    for (std::string const fields : {"Origin: http://evil.example\r\n", "Origin: null\r\n", "Origin: \r\n",
                                     "origin: http://127.0.0.1\r\n", "Origin: http://localhost:3000\r\n",
                                     "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n",
                                     "sec-fetch-site: Cross-Site\r\n"}) {
        INFO(fields);
        response const refused = add(fields);
        CHECK(refused.status == 403);
        CHECK(error_of(refused) == "admin paths do not answer pages of other origins");
        CHECK_FALSE(refused.has("access-control-allow-origin"));
    }
    std::string const https = "Origin: https://" + own + "\r\n";
    CHECK(add(https).status == 403);
    CHECK(add("Origin: http://" + own + "\r\nOrigin: http://evil.example\r\n").status == 403);
    CHECK(server.faults().empty());

    CHECK(add("Origin: http://" + own + "\r\nSec-Fetch-Site: same-origin\r\n").status == 201);
    CHECK(add("Sec-Fetch-Site: none\r\n").status == 201);
    CHECK(server.faults().size() == 2);
    for (std::string const start : {"GET /_ferry/state", "DELETE /_ferry/journal", "POST /_ferry/reset",
                                    "OPTIONS /_ferry/faults", "GET /_ferry/health"}) {
        INFO(start);
        CHECK(ask(server, order(start, "Host: " + own + "\r\nOrigin: http://evil.example\r\n")).status ==
              403);
    }
    CHECK(server.faults().size() == 2);
}

TEST_CASE("the control surface is addressed by names of this machine", "[control]") {
    ferry::mock::server_options options;
    options.host = "0.0.0.0";
    ferry::mock::server const server(options);
    auto const with_host = [&](std::string const& host) {
        return ask(server, order("GET /_ferry/health", "Host: " + host + "\r\n"));
    };
    for (std::string const host : {"localhost", "LocalHost:1", "localhost.:80", "127.0.0.1", "127.255.0.1:9",
                                   "[::1]:80", "[0:0::1]", "[::ffff:127.0.0.1]", "0.0.0.0:80"}) {
        INFO(host);
        CHECK(with_host(host).status == 200);
    }
    for (std::string const host :
         {"evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", "evil-localhost", "",
          "127.1", "128.0.0.1", "[::2]", "192.168.0.1", "[::ffff:128.0.0.1]", "2130706433"}) {
        INFO(host);
        response const refused = with_host(host);
        CHECK(refused.status == 403);
        CHECK(error_of(refused) ==
              "admin paths are to be addressed by localhost, a loopback address, or --host");
    }
    CHECK(ask(server, order("GET http://evil.example/_ferry/health", "Host: localhost\r\n")).status == 403);
    CHECK(ask(server, order("GET http://localhost/_ferry/health", "Host: evil.example\r\n")).status == 403);
    CHECK(ask(server, order("GET http://127.0.0.1/_ferry/health", "Host: localhost\r\n")).status == 200);
    CHECK(ask(server, "GET /_ferry/health HTTP/1.0\r\n\r\n").status == 200);  // no browser
    // The services are reached by whatever name leads to them.
    CHECK(ask(server, order("GET /health", "Host: mock.example\r\nOrigin: http://evil.example\r\n")).status ==
          200);
}

TEST_CASE("the control surface takes JSON only", "[control]") {
    ferry::mock::server server;
    auto const add = [&](headers const& fields) {
        return client(server.port()).send("POST", "/_ferry/faults", fields, rule);
    };
    for (std::string const type :
         {"text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=b", "application/octet-stream", "json", ""}) {
        INFO(type);
        response const refused = add({{"Content-Type", type}});
        CHECK(refused.status == 415);
        CHECK(error_of(refused) == "admin paths take JSON; send it with Content-Type: application/json");
    }
    CHECK(server.faults().empty());
    for (std::string const type :
         {"application/json", "Application/JSON; charset=utf-8", "application/a+json"})
        CHECK(add({{"Content-Type", type}}).status == 201);
    CHECK(add({}).status == 201);
    // Without a body there is nothing that could be of another kind.
    headers const form{{"Content-Type", "application/x-www-form-urlencoded"}, {"Content-Length", "0"}};
    CHECK(client(server.port()).send("POST", "/_ferry/reset", form).status == 204);
}

TEST_CASE("bodies for the control surface are bounded, and those of strangers unread", "[control]") {
    ferry::mock::server const server;
    client const anybody(server.port());
    response const large = anybody.send_json("POST", "/_ferry/faults", std::string(4 * 1024 * 1024 + 1, ' '));
    CHECK(large.status == 413);
    CHECK(error_of(large) == "the body is too large; at most 4 MiB are read");
    CHECK(anybody.send_json("POST", "/_ferry/state", std::string(5 * 1024 * 1024, ' ') + "{}").status == 204);
    response const many = anybody.send_json("POST", "/_ferry/state", repeated_zero(3'000'000));
    CHECK(many.status == 400);
    CHECK(error_of(many) == "this has more than 2000000 values");
    std::string const text = R"({"x":"\\\"[,{)" + std::string(5 * 1024 * 1024, ',') + "\"}";
    CHECK_THAT(error_of(anybody.send_json("POST", "/_ferry/state", text)),
               ferry_test::contains("/x: is not known"));
    // The answer comes before the body, of which nothing is sent.
    CHECK(ask(server, "POST /_ferry/state HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 10\r\n\r\n")
              .status == 403);
}
