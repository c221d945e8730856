// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Bodies on their way out.

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/eventually.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>

using namespace ferry_test;
using namespace std::chrono_literals;
using ferry::error_kind;

namespace {

/// Takes one connection, with little room for what it has not read, and reads `piece` bytes after each pause.
class slow_reader {
public:
    slow_reader(std::size_t piece, std::chrono::milliseconds pause) : acceptor_(context_) {
        acceptor_.open(tcp::v4());
        acceptor_.set_option(asio::socket_base::receive_buffer_size(16 << 10));
        acceptor_.bind({asio::ip::address_v4::loopback(), 0});
        acceptor_.listen();
        reading_ = std::thread([this, piece, pause] { read(piece, pause); });
    }
    ~slow_reader() { reading_.join(); }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

private:
    void read(std::size_t piece, std::chrono::milliseconds pause) {
        auto socket = acceptor_.accept();
        boost::system::error_code ec;
        std::string input;
        std::size_t wanted = SIZE_MAX;
        while (!ec && input.size() < wanted) {
            std::string more(piece, '\0');
            more.resize(socket.read_some(asio::buffer(more), ec));
            input += more;
            if (auto const end = input.find("\r\n\r\n"); wanted == SIZE_MAX && end != std::string::npos)
                wanted = end + 4 + std::stoul(input.substr(input.find("Content-Length: ") + 16));
            std::this_thread::sleep_for(pause);
        }
        asio::write(socket, asio::buffer(std::string("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")), ec);
    }

    asio::io_context context_;
    tcp::acceptor acceptor_;
    std::thread reading_;
};

}  // namespace

TEST_CASE("an upload is not idle as long as the system sends what it has taken") {
    constexpr std::uint64_t size = 1 << 20;
    auto const blocking = GENERATE(true, false);
    CHECK(at_some_pace([&](std::chrono::milliseconds pace) {
        slow_reader server(16 << 10, pace / 10);  // six times as long as the idle timeout
        pattern_source source(size);
        auto const request = upload(server.port(), source, size);
        auto bounds = limits(10min);
        bounds.idle_timeout = pace;
        auto const transport = ferry::make_beast_transport({});
        auto const got = blocking ? run(*transport, request, bounds) : run_async(*transport, request, bounds);
        return got.text() == "ok" && source.offset() == size;
    }));
}

TEST_CASE("a body of known length is streamed with Content-Length") {
    std::uint64_t const size = GENERATE(0ULL, 1ULL, 262143ULL, 262144ULL, 262145ULL, 3000000ULL);
    auto const largest_read = GENERATE(as<std::size_t>{}, 777, SIZE_MAX);
    std::string head;
    std::string body;
    raw_server server([&](raw_server::peer& peer) {
        head = peer.read_head();
        body = peer.read(static_cast<std::size_t>(size));
        peer.answer("thanks");
    });
    pattern_source source(size, largest_read);
    auto const transport = ferry::make_beast_transport({});
    auto const got = run(*transport, upload(server.port(), source, size));
    CHECK(got.text() == "ok");
    CHECK(got.content == "thanks");
    CHECK_THAT(head, contains("\r\nContent-Length: " + std::to_string(size) + "\r\n"));
    CHECK((body == source.all()));
}

TEST_CASE("a body of unknown length is streamed in chunks") {
    std::uint64_t const size = GENERATE(0ULL, 1ULL, 262144ULL, 1000000ULL);
    auto const largest_read = GENERATE(as<std::size_t>{}, 777, SIZE_MAX);
    std::string head;
    std::string body;
    raw_server server([&](raw_server::peer& peer) {
        head = peer.read_head();
        body = peer.read_chunked();
        peer.answer("thanks");
    });
    pattern_source source(size, largest_read);
    auto const transport = ferry::make_beast_transport({});
    auto const got = run_async(*transport, upload(server.port(), source, std::nullopt));
    CHECK(got.text() == "ok");
    CHECK_THAT(head, contains("\r\nTransfer-Encoding: chunked\r\n"));
    CHECK(head.find("Content-Length") == std::string::npos);
    CHECK((body == source.all()));
}

TEST_CASE("a large body in memory is sent whole") {
    std::string const content(20 << 20, 'x');
    std::uint64_t seen = 0;
    raw_server server([&](raw_server::peer& peer) {
        peer.read_head();
        seen = peer.drain(content.size());
        peer.answer("thanks");
    });
    auto const transport = ferry::make_beast_transport({});
    CHECK(run(*transport, post(server.port(), content)).content == "thanks");
    CHECK(seen == content.size());
}

TEST_CASE("no more than the announced length is sent") {
    raw_server server([](raw_server::peer& peer) {
        peer.read_head();
        auto const body = peer.read(1000);
        peer.answer(body == pattern_source(1000).all() ? "right" : "wrong");
        peer.drain();
    });
    pattern_source source(5000);
    auto const transport = ferry::make_beast_transport({});
    CHECK(run(*transport, upload(server.port(), source, 1000)).content == "right");
    CHECK(source.offset() == 1000);
}

TEST_CASE("a source that ends early fails the exchange") {
    std::uint64_t const there = GENERATE(0ULL, 500ULL, 700000ULL);
    raw_server server([](raw_server::peer& peer) { peer.drain(); });
    pattern_source source(there);
    auto const transport = ferry::make_beast_transport({});
    auto const got = run(*transport, upload(server.port(), source, 1000000));
    CHECK(got.kind() == error_kind::file);
    CHECK(got.text() ==
          "the upload shrank while it was sent: expected 1000000 bytes, got " + std::to_string(there));
}

TEST_CASE("a source's error is passed through as it is") {
    struct broken : pattern_source {
        using pattern_source::pattern_source;
        bool throws = false;
        ferry::result<std::size_t> read(char* to, std::size_t size) override {
            if (offset() < 600000) return pattern_source::read(to, size);
            if (throws) throw std::runtime_error("unplugged");
            return ferry::error(error_kind::file, "cannot read 'x': Input/output error");
        }
    } source(1000000);
    std::string expected = "cannot read 'x': Input/output error";
    SECTION("returned") {}
    SECTION("thrown") {
        source.throws = true;
        expected = "reading the upload failed: unplugged";
    }
    raw_server server([](raw_server::peer& peer) { peer.drain(); });
    auto const transport = ferry::make_beast_transport({});
    auto const got = run_async(*transport, upload(server.port(), source, 1000000));
    CHECK(got.kind() == error_kind::file);
    CHECK(got.text() == expected);
}

TEST_CASE("an early success still gets the whole body") {
    std::uint64_t const size = 8 << 20;
    std::atomic<std::uint64_t> seen = 0;
    raw_server server([&](raw_server::peer& peer) {
        while (!peer.read_head().empty()) {
            peer.answer("early");
            seen = peer.drain(size);
        }
    });
    auto const transport = ferry::make_beast_transport(keeping());
    for (int i = 0; i < 2; ++i) {
        pattern_source source(size);
        auto const got = run(*transport, upload(server.port(), source, size));
        CHECK(got.text() == "ok");
        CHECK(got.result.reused_connection == (i > 0));
        CHECK(source.offset() == size);
    }
}

TEST_CASE("a server that breaks an upload off without an answer is a connection error") {
    raw_server server([](raw_server::peer& peer) {
        peer.read_head();
        peer.drain(100000);
        peer.reset();
    });
    std::uint64_t const size = 64 << 20;
    pattern_source source(size);
    auto const transport = ferry::make_beast_transport({});
    auto const got = run(*transport, upload(server.port(), source, size));
    CHECK(got.kind() == error_kind::connection);
    CHECK_THAT(got.text(), contains("while sending the request"));
}

TEST_CASE(
    "an upload on a kept connection that went away is sent again only while it is all at hand and may be") {
    std::uint64_t const size = GENERATE(1000ULL, 8ULL << 20);
    raw_server server([&](raw_server::peer& peer) {
        peer.read_head();
        if (peer.number() == 0) {
            peer.answer("first");
            peer.read_head();
            peer.drain(500);
            return peer.reset();
        }
        peer.drain(size);
        peer.answer("second");
    });
    auto const transport = ferry::make_beast_transport({});
    REQUIRE(run(*transport, get(server.port())).text() == "ok");
    pattern_source source(size);
    auto request = upload(server.port(), source, size);
    request.idempotent = GENERATE(true, false);
    auto const got = run(*transport, request);
    if (size == 1000 && request.idempotent) {
        CHECK(got.text() == "ok");
        CHECK(got.content == "second");
        CHECK(server.connections() == 2);
    } else {
        CHECK(got.kind() == error_kind::connection);
        CHECK(server.connections() == 1);
    }
}
