// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/transports/detail/request_writer.hpp"

#include "support/catch2.hpp"
#include "support/exchange.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace ferry_test;
using ferry::error_kind;
using ferry::http_request;
using ferry::detail::refuse;
using ferry::detail::request_writer;

namespace {

http_request request_of(std::string method, std::string host = "files.test", std::uint16_t port = 80,
                        std::string scheme = "http") {
    http_request request;
    request.method = std::move(method);
    request.origin = {std::move(scheme), std::move(host), port};
    return request;
}

/// The bytes up to the end or to a failure, at most `at_once` of them for each consume().
std::string written(request_writer& writer, std::size_t at_once = SIZE_MAX,
                    std::optional<ferry::error>* failure = nullptr) {
    std::string bytes;
    while (!writer.done()) {
        auto const pieces = writer.next();
        if (!pieces) {
            if (failure) *failure = pieces.error();
            return bytes;
        }
        std::string ready;
        for (auto const& piece : *pieces) ready.append(static_cast<char const*>(piece.data()), piece.size());
        REQUIRE_FALSE(ready.empty());
        ready.resize((std::min)(ready.size(), at_once));
        writer.consume(ready.size());
        bytes += ready;
    }
    return bytes;
}

std::string head_of(http_request const& request, std::string_view extra = {}) {
    request_writer writer(request, request.target, extra);
    return written(writer);
}

/// Gives these pieces, one for each read(); what is thrown comes after them.
class pieces_source : public ferry::byte_source {
public:
    explicit pieces_source(std::vector<std::string> pieces) : pieces_(std::move(pieces)) {}

    ferry::result<std::optional<std::uint64_t>> open() override { return std::optional<std::uint64_t>(); }
    ferry::result<std::size_t> read(char* to, std::size_t size) override {
        if (next_ == pieces_.size()) return at_end();
        auto const n = pieces_[next_].copy(to, size);
        pieces_[next_].erase(0, n);
        if (pieces_[next_].empty()) ++next_;
        return n;
    }
    bool repeatable() const noexcept override { return false; }

private:
    virtual ferry::result<std::size_t> at_end() { return std::size_t{0}; }

    std::vector<std::string> pieces_;
    std::size_t next_ = 0;
};

http_request streaming(ferry::byte_source& source, std::optional<std::uint64_t> size) {
    auto request = request_of("POST");
    request.stream = &source;
    request.stream_size = size;
    return request;
}

std::string content_of(std::string const& bytes) {
    return bytes.substr(bytes.find("\r\n\r\n") + 4);
}

}  // namespace

TEST_CASE("a head is a request line, Host, the fields in their order and an empty line") {
    auto request = request_of("GET");
    request.target = "/a%20b?c=d";
    request.headers.add("X-First", "1");
    request.headers.add("x-second", "two words");
    CHECK(head_of(request) ==
          "GET /a%20b?c=d HTTP/1.1\r\nHost: files.test\r\nX-First: 1\r\nx-second: two words\r\n\r\n");
    CHECK(head_of(request, "Proxy-Authorization: Basic eA==\r\n") ==
          "GET /a%20b?c=d HTTP/1.1\r\nHost: files.test\r\nX-First: 1\r\nx-second: two words\r\n"
          "Proxy-Authorization: Basic eA==\r\n\r\n");
}

TEST_CASE("Host has the port where it is not the scheme's own, and brackets around IPv6") {
    auto const [scheme, host, port, expected] =
        GENERATE(table<std::string, std::string, std::uint16_t, std::string>({
            {"http", "files.test", 80, "files.test"},
            {"http", "files.test", 443, "files.test:443"},
            {"https", "files.test", 443, "files.test"},
            {"https", "files.test", 80, "files.test:80"},
            {"https", "files.test", 8443, "files.test:8443"},
            {"http", "::1", 80, "[::1]"},
            {"http", "::1", 8080, "[::1]:8080"},
            {"http", "127.0.0.1", 8080, "127.0.0.1:8080"},
        }));
    CHECK(head_of(request_of("GET", host, port, scheme)) ==
          "GET / HTTP/1.1\r\nHost: " + expected + "\r\n\r\n");
}

TEST_CASE("a proxy gets the target that it is given") {
    auto const request = request_of("GET");
    request_writer writer(request, "http://files.test/x", {});
    CHECK(written(writer) == "GET http://files.test/x HTTP/1.1\r\nHost: files.test\r\n\r\n");
}

TEST_CASE("Content-Length is written where there is content, or where its absence would be odd") {
    auto const [method, content, length] = GENERATE(table<std::string, std::string, std::string>({
        {"GET", "", ""},
        {"HEAD", "", ""},
        {"DELETE", "", ""},
        {"DELETE", "x", "Content-Length: 1\r\n"},
        {"POST", "", "Content-Length: 0\r\n"},
        {"PUT", "", "Content-Length: 0\r\n"},
        {"PATCH", "", "Content-Length: 0\r\n"},
        {"POST", "hello", "Content-Length: 5\r\n"},
    }));
    auto request = request_of(method);
    request.content = content;
    CHECK(head_of(request) == method + " / HTTP/1.1\r\nHost: files.test\r\n" + length + "\r\n" + content);
}

TEST_CASE("a source of known length is framed by Content-Length, and by nothing else") {
    pattern_source source(600'000, 1000);
    static_cast<void>(source.open());
    auto const request = streaming(source, 600'000);
    auto const at_once = GENERATE(as<std::size_t>(), 700, 4096, 1'000'000);
    request_writer writer(request, "/", {});
    auto const bytes = written(writer, at_once);
    CHECK(bytes.starts_with("POST / HTTP/1.1\r\nHost: files.test\r\nContent-Length: 600000\r\n\r\n"));
    CHECK((content_of(bytes) == source.all()));
}

TEST_CASE("a source of no bytes is not read") {
    class untouchable final : public pieces_source {
    public:
        untouchable() : pieces_source({}) {}
        ferry::result<std::size_t> at_end() override { throw std::logic_error("it was read"); }
    } source;
    auto const request = streaming(source, 0);
    request_writer writer(request, "/", {});
    CHECK(written(writer) == "POST / HTTP/1.1\r\nHost: files.test\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("a source of unknown length becomes one chunk for each read, and an end") {
    pieces_source source({"hello", " ", "a world of more than sixteen bytes"});
    auto const request = streaming(source, std::nullopt);
    auto const at_once = GENERATE(as<std::size_t>(), 1, 7, SIZE_MAX);
    request_writer writer(request, "/", {});
    auto const bytes = written(writer, at_once);
    CHECK(bytes ==
          "POST / HTTP/1.1\r\nHost: files.test\r\nTransfer-Encoding: chunked\r\n\r\n"
          "5\r\nhello\r\n1\r\n \r\n22\r\na world of more than sixteen bytes\r\n0\r\n\r\n");
}

TEST_CASE("an empty source of unknown length is an end only") {
    pieces_source source({});
    auto const request = streaming(source, std::nullopt);
    request_writer writer(request, "/", {});
    CHECK(content_of(written(writer)) == "0\r\n\r\n");
}

TEST_CASE("a large read is cut into chunks of the buffer's size") {
    pieces_source source({std::string(300'000, 'x')});
    auto const request = streaming(source, std::nullopt);
    request_writer writer(request, "/", {});
    auto const content = content_of(written(writer));
    CHECK(content.starts_with("40000\r\nx"));
    CHECK(content.substr(7 + 0x40000, 9) == "\r\n93e0\r\nx");
    CHECK(content.ends_with("x\r\n0\r\n\r\n"));
    CHECK(content.size() == 7 + 0x40000 + 2 + 6 + 0x93e0 + 2 + 5);
}

TEST_CASE("a source that shrinks is found out, after what it had") {
    pieces_source source({"hello"});
    auto const request = streaming(source, 11);
    request_writer writer(request, "/", {});
    std::optional<ferry::error> failure;
    written(writer, SIZE_MAX, &failure);
    REQUIRE(failure);
    CHECK(failure->kind() == error_kind::file);
    CHECK(failure->message() == "the upload shrank while it was sent: expected 11 bytes, got 5");
    CHECK_FALSE(writer.done());
}

TEST_CASE("of a source that grows no more than was announced is read") {
    pieces_source source({"hello", " world"});
    auto const request = streaming(source, 7);
    request_writer writer(request, "/", {});
    CHECK(content_of(written(writer)) == "hello w");
    CHECK(writer.done());
}

TEST_CASE("what goes wrong in a source is an error, however it says so") {
    class failing final : public pieces_source {
    public:
        explicit failing(int how) : pieces_source({"hello"}), how_(how) {}
        ferry::result<std::size_t> at_end() override {
            if (how_ == 0) return ferry::error(error_kind::cancelled, "no more");
            if (how_ == 1) throw std::runtime_error("no more");
            if (how_ == 2) throw 42;
            return std::size_t{1} << 40;
        }

    private:
        int how_;
    };
    auto const [how, kind, message] = GENERATE(table<int, error_kind, std::string>({
        {0, error_kind::cancelled, "no more"},
        {1, error_kind::file, "reading the upload failed: no more"},
        {2, error_kind::file, "reading the upload failed: something that is no std::exception"},
        {3, error_kind::file, "the byte source returned more bytes than it was asked for"},
    }));
    bool const chunked = GENERATE(true, false);
    failing source(how);
    auto const request = streaming(source, chunked ? std::nullopt : std::optional<std::uint64_t>(100));
    request_writer writer(request, "/", {});
    std::optional<ferry::error> failure;
    auto const bytes = written(writer, SIZE_MAX, &failure);
    REQUIRE(failure);
    CHECK(failure->kind() == kind);
    CHECK(failure->message() == message);
    CHECK(content_of(bytes + "\r\n\r\n").starts_with(chunked ? "5\r\nhello\r\n" : ""));
}

TEST_CASE("a request can be sent again as long as all of it is at hand") {
    pattern_source source(600'000);
    pieces_source pieces({"hello", "world"});
    http_request request;
    SECTION("content in memory, at any time") {
        request = request_of("PUT");
        request.content = "hello";
    }
    SECTION("a source, within its first piece") {
        static_cast<void>(source.open());
        request = streaming(source, 600'000);
    }
    SECTION("a source of unknown length, within its first chunk") {
        request = streaming(pieces, std::nullopt);
    }
    request_writer writer(request, "/", {});
    auto const first = writer.next().value();
    std::string begin;
    for (auto const& piece : first) begin.append(static_cast<char const*>(piece.data()), piece.size());
    writer.consume(begin.size());
    CHECK(writer.can_restart());
    writer.restart();
    CHECK_FALSE(writer.done());
    CHECK((written(writer).substr(0, begin.size()) == begin));
    CHECK(writer.can_restart() == !request.stream);
    CHECK(writer.done());
}

TEST_CASE("requests that are none, or would be two, are refused") {
    auto request = request_of("GET");
    CHECK_FALSE(refuse(request));
    std::string message;
    SECTION("scheme") {
        request.origin.scheme = "ftp";
        message = "the scheme 'ftp' is not supported: use http or https";
    }
    SECTION("no host") {
        request.origin.host.clear();
        message = "the URL has no host";
    }
    SECTION("host") {
        request.origin.host =
            GENERATE(as<std::string>(), "a b", "a\r\nX: y", std::string("a\0b", 3), "a\x7f");
        message = "the host holds a space or a control character";
    }
    SECTION("no method") {
        request.method.clear();
        message = "'' is not a method";
    }
    SECTION("method") {
        request.method = "GET /";
        message = "'GET /' is not a method";
    }
    SECTION("target") {
        request.target =
            GENERATE(as<std::string>(), "", "/a b", "/a\tb", "/ HTTP/1.1\r\nX: y", std::string("/\0", 2));
        message = "the path is empty or holds a space or a control character: percent-encode it";
    }
    SECTION("field name") {
        auto const name = GENERATE(as<std::string>(), "", "X Y", "X:");
        request.headers.add(name, "v");
        message = "'" + name + "' is not a header field name";
    }
    SECTION("field value") {
        request.headers.add("X", GENERATE(as<std::string>(), "a\rb", "a\nb", std::string("a\0b", 3)));
        message = "the value of header field 'X' contains CR, LF or NUL";
    }
    SECTION("framing") {
        auto const name =
            GENERATE(as<std::string>(), "Host", "content-length", "CONTENT-LENGTH", "Transfer-Encoding");
        request.headers.add(name, "1");
        message = "header field '" + name + "' is written by the transport";
    }
    auto const why = refuse(request);
    if (message.empty()) return;  // Catch2 also comes here without a section
    REQUIRE(why);
    CHECK(why->kind() == error_kind::invalid_argument);
    CHECK(why->message() == message);
}
