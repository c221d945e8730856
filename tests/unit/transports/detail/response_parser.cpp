// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/transports/detail/response_parser.hpp"

#include "support/catch2.hpp"
#include "support/exchange.hpp"

#include <boost/asio/buffer.hpp>

#include <memory>
#include <stdexcept>
#include <vector>

using namespace ferry_test;
using ferry::error_kind;
using ferry::detail::response_parser;
namespace http = boost::beast::http;

namespace {

constexpr std::uint32_t header_limit = 8192;

/// Bytes that arrive in pieces, read as an exchange reads them: what was not taken comes again with the next.
struct reading {
    explicit reading(bool without_content = false) : without_content_(without_content) { begin(); }

    void arrive(std::string_view piece) {
        unread.append(piece);
        while (!unread.empty() && !code && !complete) {
            boost::system::error_code ec;
            unread.erase(0, parser->put(boost::asio::buffer(unread), ec));
            if (ec == http::error::need_more) return;
            code = ec;
            if (code || !parser->is_done()) continue;
            if (parser->interim())
                begin();
            else
                complete = true;
        }
    }
    void close() {
        boost::system::error_code ec;
        if (complete || code) return;
        parser->put_eof(ec);
        code = ec;
        complete = !ec;
    }
    bool keeps_alive() const { return complete && parser->keep_alive(); }

    outcome got;
    std::unique_ptr<response_parser> parser;
    std::string unread;
    boost::system::error_code code;
    bool complete = false;

private:
    void begin() { parser = std::make_unique<response_parser>(&got, header_limit, without_content_); }

    bool without_content_;
};

std::unique_ptr<reading> read(std::string_view bytes, bool without_content = false) {
    auto all = std::make_unique<reading>(without_content);
    all->arrive(bytes);
    return all;
}

std::string const ok = "HTTP/1.1 200 OK\r\n";
std::string const chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";

}  // namespace

TEST_CASE("an answer may be cut anywhere") {
    auto const answer = GENERATE(
        as<std::string>(), ok + "Content-Length: 11\r\nX: y\r\n\r\nhello world",
        ok + "X: y\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b;c\"\r\nhello\r\n6\r\n world\r\n000\r\n\r\n",
        ok +
            "X: y\r\nTransfer-Encoding: Chunked\r\n\r\nB\r\nhello world\r\n0\r\nX-Trailer: 1\r\nY: 2\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + ok +
            "Content-Length: 11\r\nX: y\r\n\r\nhello world");
    for (std::size_t cut = 0; cut <= answer.size(); ++cut) {
        INFO(answer << "\ncut at " << cut);
        reading two;
        two.arrive(answer.substr(0, cut));
        CHECK(two.complete == (cut == answer.size()));
        two.arrive(answer.substr(cut));
        CHECK(two.complete);
        CHECK(two.got.content == "hello world");
        CHECK(two.got.heads == 1);
        CHECK(two.got.headers.find("x") == "y");
        CHECK_FALSE(two.got.headers.contains("Link"));
        CHECK_FALSE(two.got.headers.contains("X-Trailer"));
        CHECK(two.keeps_alive());
        CHECK(two.unread.empty());
    }
    reading drip;
    for (char const& byte : answer) drip.arrive({&byte, 1});
    CHECK(drip.complete);
    CHECK(drip.got.content == "hello world");
}

TEST_CASE("chunks may come byte by byte, and be none") {
    for (std::string const chunks :
         {"0\r\n\r\n", "0\r\nA: b\r\n\r\n", "3\r\nabc\r\n0\r\n\r\n", "00;x=y\r\n\r\n"}) {
        INFO(chunks);
        reading answer;
        answer.arrive("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (char const byte : chunks) {
            CHECK_FALSE(answer.complete);
            answer.arrive(std::string(1, byte));
        }
        CHECK(answer.complete);
        CHECK(answer.got.content == (chunks.front() == '3' ? "abc" : ""));

        reading together;
        auto const line = chunks.find('\n') + 1;
        together.arrive("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks.substr(0, line));
        for (char const byte : chunks.substr(line)) together.arrive(std::string(1, byte));
        CHECK(together.complete);
    }
}

TEST_CASE("an answer without a length ends with the connection") {
    reading some;
    some.arrive(ok + "\r\nhello");
    CHECK_FALSE(some.complete);
    CHECK(some.got.content == "hello");
    CHECK(some.parser->need_eof());
    some.close();
    CHECK(some.complete);
    CHECK_FALSE(some.keeps_alive());
    CHECK_FALSE(some.parser->content_expected());
}

TEST_CASE("an answer that is cut short does not count as complete") {
    auto const bytes = GENERATE(as<std::string>(), "HTTP/1.1 2", ok, ok + "Content-Length: 5\r\n\r\nhell",
                                chunked, chunked + "5\r\nhello\r\n", chunked + "5\r\nhello\r\n0\r\n");
    reading some;
    some.arrive(bytes);
    some.close();
    CHECK_FALSE(some.complete);
    CHECK(some.code);
}

TEST_CASE("answers that have no content end with their head, whatever it says") {
    auto const [status, to_head] = GENERATE(table<std::string, bool>(
        {{"204 No Content", false}, {"304 Not Modified", false}, {"200 OK", true}, {"404 Not Found", true}}));
    auto const framing = GENERATE(as<std::string>(), "", "Content-Length: 0\r\n", "Content-Length: 11\r\n",
                                  "Transfer-Encoding: chunked\r\n");
    INFO(status << ' ' << framing);
    auto const some = read("HTTP/1.1 " + status + "\r\n" + framing + "\r\nHTTP/1.1 ", to_head);
    CHECK(some->complete);
    CHECK(some->got.heads == 1);
    CHECK(some->got.content.empty());
    CHECK(some->unread == "HTTP/1.1 ");
}

TEST_CASE("content ends where its length says; what follows is left alone") {
    auto const some = read(ok + "Content-Length: 5\r\n\r\nhello" + ok);
    CHECK(some->complete);
    CHECK(some->got.content == "hello");
    CHECK(some->parser->content_expected() == 5u);
    CHECK(some->parser->content_received() == 5u);
    CHECK(some->unread == ok);
    auto const none = read(ok + "Content-Length: 0\r\n\r\nX");
    CHECK(none->complete);
    CHECK(none->unread == "X");
}

TEST_CASE("interim answers are passed over, and nothing of them stays") {
    auto const some = read(
        "HTTP/1.1 100 Continue\r\nContent-Length: 5\r\nKeep-Alive: timeout=9\r\nConnection: close\r\n\r\n" +
        ok + "Content-Length: 5\r\n\r\nhello");
    CHECK(some->complete);
    CHECK(some->got.status == 200);
    CHECK(some->got.content == "hello");
    CHECK(some->got.headers.find("Content-Length") == "5");
    CHECK_FALSE(some->parser->keep_alive_seconds());
    CHECK(some->keeps_alive());
}

TEST_CASE("a message that could be read in two ways is read in none (RFC 9112, 6.3)") {
    auto const head = GENERATE(as<std::string>(), "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                               "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                               "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 5, 6\r\n",
                               "Content-Length: +5\r\n", "Content-Length: -5\r\n", "Content-Length: 0x5\r\n",
                               "Content-Length: 5 5\r\n", "Content-Length:\r\n",
                               "Content-Length: 18446744073709551616\r\n", "Content-Length : 5\r\n",
                               "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: gzip\r\n",
                               "Transfer-Encoding: chunked, identity\r\n", "Transfer-Encoding: xchunked\r\n");
    INFO(head);
    auto const some = read(ok + head + "\r\n5\r\nhello\r\n0\r\n\r\n");
    CHECK(some->code);
    CHECK_FALSE(some->complete);
    CHECK(some->got.content.empty());
    CHECK(some->got.heads == 0);
}

TEST_CASE("a transfer coding that nobody asked for is named") {
    auto const some = read(ok + "Transfer-Encoding: gzip, chunked\r\n\r\n");
    REQUIRE(some->parser->failure());
    CHECK(some->parser->failure()->kind() == error_kind::protocol);
    CHECK(some->parser->failure()->message() ==
          "the answer has a transfer coding that was not asked for: gzip, chunked");
}

TEST_CASE("chunks that are none are refused") {
    auto const chunks =
        GENERATE(as<std::string>(), "g\r\nhello\r\n0\r\n\r\n", "\r\nhello\r\n0\r\n\r\n",
                 "-5\r\nhello\r\n0\r\n\r\n", "5 hello\r\n0\r\n\r\n", "5\r\nhello!\r\n0\r\n\r\n",
                 "fffffffffffffffff\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n");
    INFO(chunks);
    auto const some = read(chunked + chunks);
    CHECK(some->code);
    CHECK_FALSE(some->complete);
}

TEST_CASE("what is not HTTP/1 is refused") {
    auto const bytes =
        GENERATE(as<std::string>(), "SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n",
                 "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n",
                 "http/1.1 200 OK\r\n\r\n", "GET / HTTP/1.1\r\n\r\n");
    INFO(bytes);
    auto const some = read(bytes);
    CHECK(some->code);
    CHECK(some->got.heads == 0);
}

TEST_CASE("fields that are none are refused") {
    auto const field =
        GENERATE(as<std::string>(), "no colon\r\n", ": no name\r\n", "na me: x\r\n", "name\r\n",
                 "n\xc3\xa4me: x\r\n", std::string("name: a\0b\r\n", 11), "name: a\x01\r\n");
    INFO(field);
    auto const some = read(ok + field + "Content-Length: 0\r\n\r\n");
    CHECK(some->code);
    CHECK(some->got.heads == 0);
}

TEST_CASE("fields keep their order and spelling, and folded lines become one") {
    auto const good = read(ok +
                           "X-B: 1\r\nx-a:2\r\nX-B:\t 3 \t\r\nX-Empty:\r\nX-Folded: one\r\n "
                           "two\r\n\tthree\r\nContent-Length: 0\r\n\r\n");
    REQUIRE(good->complete);
    std::vector<std::pair<std::string, std::string>> const fields(good->got.headers.begin(),
                                                                  good->got.headers.end());
    CHECK(fields == std::vector<std::pair<std::string, std::string>>{{"X-B", "1"},
                                                                     {"x-a", "2"},
                                                                     {"X-B", "3"},
                                                                     {"X-Empty", ""},
                                                                     {"X-Folded", "one two three"},
                                                                     {"Content-Length", "0"}});
}

TEST_CASE("whether a connection may be kept") {
    auto const [head, kept] = GENERATE(table<std::string, bool>({
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", true},
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n", true},
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n", false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: CLOSE\r\n", false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: x, close\r\n", false},
        {"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n", false},
        {"HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n", true},
        {"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n", false},
        {"HTTP/1.1 204 No Content\r\n", true},
        {"HTTP/1.1 304 Not Modified\r\n", true},
    }));
    INFO(head);
    auto const some = read(head + "\r\n");
    some->close();
    CHECK(some->complete);
    CHECK(some->keeps_alive() == kept);
}

TEST_CASE("how long a server keeps a connection") {
    auto const [field, seconds] = GENERATE(table<std::string, std::optional<unsigned>>({
        {"timeout=5", 5u},
        {"timeout=5, max=100", 5u},
        {"max=100, timeout=75", 75u},
        {"timeout=0", 0u},
        {"timeout=", std::nullopt},
        {"timeout=soon", std::nullopt},
        {"timeout=99999999999", std::nullopt},
        {"max=100", std::nullopt},
        {"", std::nullopt},
    }));
    INFO(field);
    CHECK(read(ok + "Keep-Alive: " + field + "\r\nContent-Length: 0\r\n\r\n")->parser->keep_alive_seconds() ==
          seconds);
}

TEST_CASE("the limit on the header holds at once and byte by byte, and not for the content") {
    std::string fields;
    while (fields.size() <= header_limit) fields += "X-Some-Name: some value\r\n";
    auto const bytes = ok + fields + "Content-Length: 0\r\n\r\n";
    CHECK(read(bytes)->code);
    CHECK(read(bytes)->got.heads == 0);
    reading drip;
    for (char const& byte : bytes) drip.arrive({&byte, 1});
    REQUIRE(drip.code);
    CHECK(drip.got.heads == 0);

    auto const large = read(ok + "Content-Length: 1000000\r\n\r\n" + std::string(1'000'000, 'x'));
    CHECK(large->complete);
    CHECK(large->got.content.size() == 1'000'000);
    auto const pieces = std::make_unique<reading>();
    pieces->arrive(chunked);
    for (int i = 0; i < 1000; ++i) pieces->arrive("3e8\r\n" + std::string(1000, 'x') + "\r\n");
    pieces->arrive("0\r\n\r\n");
    CHECK(pieces->complete);
    CHECK(pieces->parser->content_received() == 1'000'000);
}

TEST_CASE("what the handler says or throws ends the answer") {
    struct refusing final : outcome {
        refusing(int how, bool at_head) : how_(how), at_head_(at_head) {}
        ferry::result<void> on_head(int code, ferry::header_fields&& fields) override {
            if (at_head_) return refuse();
            return outcome::on_head(code, std::move(fields));
        }
        ferry::result<void> on_content(std::string_view) override { return refuse(); }
        ferry::result<void> refuse() {
            if (how_ == 0) return ferry::error(error_kind::limit, "enough");
            if (how_ == 1) throw std::runtime_error("enough");
            throw 42;
        }
        int how_;
        bool at_head_;
    };
    auto const [how, kind, message] = GENERATE(table<int, error_kind, std::string>({
        {0, error_kind::limit, "enough"},
        {1, error_kind::file, "receiving the answer failed: enough"},
        {2, error_kind::file, "receiving the answer failed: something that is no std::exception"},
    }));
    refusing handler(how, GENERATE(true, false));
    response_parser parser(&handler, header_limit, false);
    std::string const bytes =
        GENERATE(ok + "Content-Length: 5\r\n\r\nhello", chunked + "5\r\nhello\r\n0\r\n\r\n");
    boost::system::error_code ec;
    for (std::string left = bytes; !ec && !left.empty() && !parser.is_done();)
        left.erase(0, parser.put(boost::asio::buffer(left), ec));
    CHECK(ec);
    REQUIRE(parser.failure());
    CHECK(parser.failure()->kind() == kind);
    CHECK(parser.failure()->message() == message);
}

TEST_CASE("without a handler only the status counts") {
    response_parser parser(nullptr, header_limit, true);
    std::string const bytes = "HTTP/1.1 200 Connection established\r\nContent-Length: 9\r\n\r\n";
    boost::system::error_code ec;
    CHECK(parser.put(boost::asio::buffer(bytes), ec) == bytes.size());
    CHECK_FALSE(ec);
    CHECK(parser.is_done());
    CHECK(parser.status() == 200);
    CHECK_FALSE(parser.head_delivered());
}
