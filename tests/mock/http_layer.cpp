// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <ferry/mock/server.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

#include "../support/catch2.hpp"
#include "client.hpp"

using namespace mock_test;
using namespace std::chrono_literals;

namespace {

using clock = std::chrono::steady_clock;

constexpr char const* files = "/api/v2/files";

response post_raw(int port, std::string const& bytes) {
    connection wire(port);
    wire.write(bytes);
    return wire.read();
}

}  // namespace

TEST_CASE("a server is ready when constructed, on a port of its own", "[http]") {
    ferry::mock::server const first;
    ferry::mock::server const second;
    CHECK(first.port() != second.port());
    CHECK(first.base_url() == "http://127.0.0.1:" + std::to_string(first.port()));
    CHECK(client(first.port()).get("/health").status == 200);
    CHECK(client(second.port()).get("/health").status == 200);
}

TEST_CASE("a taken port is an error that names it", "[http]") {
    ferry::mock::server const first;
    ferry::mock::server_options options;
    options.port = first.port();
    CHECK_THROWS_WITH(ferry::mock::server(options), ferry_test::contains(std::to_string(first.port())));
    options.port = 0;
    options.tls_certificate = "/no/such.pem";
    CHECK_THROWS_AS(ferry::mock::server(options), std::runtime_error);
    options.tls_key = "/no/such.pem";
    CHECK_THROWS_WITH(ferry::mock::server(options), ferry_test::contains("/no/such.pem"));
}

TEST_CASE("stop() does not wait for idle connections", "[http]") {
    auto server = std::make_unique<ferry::mock::server>();
    connection idle(server->port());
    idle.write(request_bytes("GET", "/health", {}));
    CHECK(idle.read().status == 200);
    connection silent(server->port());
    auto const start = clock::now();
    server.reset();
    CHECK(clock::now() - start < 30s);  // the server's patience with a client is a minute
    CHECK(idle.closed_by_peer());
}

TEST_CASE("idle keep-alive connections do not keep others waiting", "[http]") {
    ferry::mock::server const server;
    std::vector<std::unique_ptr<connection>> idle;
    for (int i = 0; i < 100; ++i) {
        idle.push_back(std::make_unique<connection>(server.port()));
        idle.back()->write(request_bytes("GET", "/health", {}));
        REQUIRE(idle.back()->read().status == 200);
    }
    CHECK(client(server.port()).get("/health").status == 200);  // before the client's patience ends
    idle.front()->write(request_bytes("GET", "/health", {}));
    CHECK(idle.front()->read().status == 200);
}

TEST_CASE("requests on one connection, also pipelined", "[http]") {
    ferry::mock::server const server;
    connection wire(server.port());
    std::string const one = request_bytes("GET", "/health", {});
    wire.write(one + one + request_bytes("POST", "/api/v1/login", {{"Content-Type", "text/plain"}}, "body") +
               one);
    CHECK(wire.read().status == 200);
    CHECK(wire.read().status == 200);
    CHECK(wire.read().status == 422);
    CHECK(wire.read().status == 200);
    wire.write(request_bytes("GET", "/health", {{"Connection", "close"}}));
    CHECK(wire.read().header("connection") == "close");
    CHECK(wire.closed_by_peer());
}

TEST_CASE("a response has each header once and the time", "[http]") {
    ferry::mock::server const server;
    response const answer = client(server.port()).get("/health");
    int lengths = 0;
    for (auto const& [name, value] : answer.fields) lengths += name == "Content-Length" ? 1 : 0;
    CHECK(lengths == 1);
    CHECK(answer.header("date").size() == 29);
}

TEST_CASE("chunked request bodies arrive whole", "[http]") {
    ferry::mock::server const server;
    std::string const form = multipart({file("file", "a.txt", "chunked content")});
    std::string chunks;
    for (std::size_t at = 0; at < form.size(); at += 7) {
        std::string const piece = form.substr(at, 7);
        chunks += std::to_string(piece.size()) + ";extension\r\n" + piece + "\r\n";
    }
    std::string const head = "POST " + std::string(files) +
                             " HTTP/1.1\r\nHost: x\r\nx-api-key: sk-alice\r\nTransfer-Encoding: chunked\r\n"
                             "Content-Type: multipart/form-data; boundary=" +
                             boundary + "\r\n\r\n";
    response const answer = post_raw(server.port(), head + chunks + "0\r\nTrailer: x\r\n\r\n");
    CHECK(answer.status == 201);
    CHECK(answer.json().as_object().at("size") == 15);
    CHECK(post_raw(server.port(), head + "zz\r\n").status == 400);
    CHECK(post_raw(server.port(), head + "3\r\nabcd\r\n").status == 400);
}

TEST_CASE("Expect: 100-continue is answered before the body comes", "[http]") {
    ferry::mock::server const server;
    std::string const form = multipart({file("file", "a.txt", "x")});
    connection wire(server.port());
    wire.write("POST " + std::string(files) +
               " HTTP/1.1\r\nHost: x\r\nx-api-key: sk-alice\r\nExpect: 100-continue\r\n" +
               "Content-Type: multipart/form-data; boundary=" + boundary +
               "\r\nContent-Length: " + std::to_string(form.size()) + "\r\n\r\n");
    CHECK(wire.read_line() == "HTTP/1.1 100 Continue");
    CHECK(wire.read_line().empty());
    wire.write(form);
    CHECK(wire.read().status == 201);
}

TEST_CASE("malformed requests get 400 and the connection ends", "[http]") {
    ferry::mock::server const server;
    for (std::string const& bytes :
         {std::string("nonsense\r\n\r\n"), std::string("GET /health\r\n\r\n"),
          std::string("GET / HTTP/3.0\r\n\r\n"), std::string("GET /health HTTP/1.1\r\nno colon\r\n\r\n"),
          std::string("GET /health HTTP/1.1\r\nbad name: x\r\n\r\n"),
          std::string("POST /health HTTP/1.1\r\nContent-Length: x\r\n\r\n"),
          std::string("POST /health HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")}) {
        INFO(bytes);
        connection wire(server.port());
        wire.write(bytes);
        CHECK(wire.read().status == 400);
        CHECK(wire.closed_by_peer());
    }
    CHECK(post_raw(server.port(), "GET /health HTTP/1.1\r\nX: " + std::string(70000, 'x') + "\r\n\r\n")
              .status == 431);
    CHECK(client(server.port()).get("/health", {{"X", std::string(20000, 'x')}}).status == 200);
    CHECK(client(server.port()).get("/health?" + std::string(20000, 'x')).status == 200);
}

TEST_CASE("header values arrive as sent", "[http]") {
    ferry::mock::server const server;
    CHECK(client(server.port(), api_key("sk%2Dalice")).get("/api/v1/users/whoami").status == 403);
}

TEST_CASE("a client that leaves during an upload leaves nothing behind", "[http]") {
    ferry::mock::server const server;
    {
        connection wire(server.port());
        wire.write("POST " + std::string(files) +
                   " HTTP/1.1\r\nHost: x\r\nx-api-key: sk-alice\r\nContent-Length: 1000000\r\n" +
                   "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n\r\n" +
                   std::string(300000, 'x'));
        wire.finish_writing();
        CHECK(wire.closed_by_peer());  // so the server has noticed
    }
    CHECK(client(server.port(), api_key("sk-alice")).get(files).body == "[]");
}

TEST_CASE("many clients at once keep their bytes apart", "[http]") {
    ferry::mock::server const server;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            client const alice(server.port(), api_key("sk-alice"));
            for (int i = 0; i < 10; ++i) {
                std::string const name = "t" + std::to_string(t) + "x" + std::to_string(i) + "end";
                std::string const content =
                    std::string(static_cast<std::size_t>(1000 * t + 20000 * i), 'a') + name;
                response const stored = alice.post_form(files, {file("file", name, content)});
                if (stored.status != 201 ||
                    alice.get(files + ("/" + member(stored.json(), "id"))).body != content)
                    ++wrong;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
    CHECK(client(server.port(), api_key("sk-alice")).get(files).json().as_array().size() == 80);
}

TEST_CASE("faults: status with Retry-After hits so often, then vanishes", "[faults]") {
    ferry::mock::server server;
    server.add_fault({.method = "GET", .path = "/health", .times = 2, .status = 429, .retry_after = 1});
    client const stranger(server.port());
    CHECK(stranger.get("/api/v1/version").status == 200);
    CHECK(stranger.get("/health").header("retry-after") == "1");
    CHECK(stranger.get("/health").status == 429);
    CHECK(stranger.get("/health").status == 200);
    CHECK(server.faults_fired() == 2);
    CHECK_THROWS_AS(server.add_fault({}), std::invalid_argument);
}

TEST_CASE("faults: reset, garbage, truncation, delay, drip, stall", "[faults]") {
    ferry::mock::server server;
    clock::time_point start;
    auto const ask = [&](ferry::mock::fault rule, auto&& look) {
        server.add_fault(std::move(rule));
        connection wire(server.port());
        start = clock::now();
        wire.write(request_bytes("GET", "/health", {}));
        look(wire);
    };
    ask({.reset = ferry::mock::reset_point::before_headers}, [](connection& wire) {
        CHECK(wire.read().status == 0);
        CHECK(wire.was_reset());
    });
    ask({.truncate_after = 5}, [](connection& wire) {
        response const answer = wire.read();
        CHECK(answer.status == 200);
        CHECK_FALSE(answer.complete);
        CHECK(answer.body == R"({"sta)");
    });
    ask({.delay_ms = 80}, [&](connection& wire) {
        CHECK(wire.read().status == 200);
        CHECK(clock::now() - start >= 80ms);
    });
    ask({.drip_bytes_per_s = 100}, [&](connection& wire) {
        CHECK(wire.read().body == R"({"status":"ok"})");
        CHECK(clock::now() - start >= 100ms);
    });
    ask({.garbage = true}, [](connection& wire) { CHECK(wire.closed_by_peer() == false); });
    server.add_fault({.stall = true});
    connection stalled(server.port());
    stalled.write(request_bytes("GET", "/health", {}));
    // The fault is for this request, not for the next, which may be read first.
    CHECK(soon([&] { return server.faults_fired() == 6; }));
    CHECK(client(server.port()).get("/health").status == 200);
    start = clock::now();
    server.stop();
    CHECK(stalled.read().status == 0);
    CHECK(clock::now() - start < 30s);  // the server's patience with a client is a minute
}

TEST_CASE("faults: a pattern, over HTTP, with counts and clear refusals", "[faults]") {
    ferry::mock::server const server;
    client const stranger(server.port());
    auto const post = [&](std::string const& body) {
        return stranger.send_json("POST", "/_ferry/faults", body);
    };
    CHECK(post(R"({"path":"/api/*/version","status":503})").status == 201);
    CHECK(stranger.get("/health").status == 200);
    CHECK(stranger.get("/api/v1/version").status == 503);
    json::value const rules = stranger.get("/_ferry/faults").json();
    CHECK(rules.at("fired") == 1);
    CHECK(rules.at("faults").at(0).at("left") == 0);
    CHECK(member(post("{}").json(), "error").substr(0, 23) == "a fault needs an effect");
    CHECK_THAT(post(R"({"stauts":500})").body, ferry_test::contains("/stauts: is not known here"));
    CHECK_THAT(post(R"({"status":"500"})").body, ferry_test::contains("/status: must be an integer"));
    CHECK(post("{").status == 400);
    post(R"({"status":500,"times":100})");
    CHECK(stranger.get("/health").status == 500);
    CHECK(stranger.del("/_ferry/faults").status == 204);  // faults never hit the control surface
    CHECK(stranger.get("/health").status == 200);
    CHECK(stranger.get("/_ferry/faults").json().at("faults").as_array().empty());
}

TEST_CASE("reset brings back the first moment", "[admin]") {
    ferry::mock::server server;
    client const alice(server.port(), api_key("sk-alice"));
    alice.post_form(files, {file("file", "a.txt", "x")});
    client(server.port(), bearer("llx-alice"))
        .send_json("POST", "/api/v1/beta/directories", R"({"name":"d"})");
    server.add_fault({.path = "/nowhere", .status = 500});
    CHECK(client(server.port()).send("POST", "/_ferry/reset").status == 204);
    CHECK(alice.get(files).body == "[]");
    json::value const state = client(server.port()).get("/_ferry/state").json();
    CHECK(state.at("llamacloud").at("directories").as_array().empty());
    CHECK(state.at("langflow").at("users").as_array().size() == 3);
    CHECK(client(server.port()).get("/_ferry/nothing").status == 404);
    CHECK(client(server.port()).get("/_ferry/reset").header("allow") == "POST");
}
