// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Answers that are no HTTP, too large, framed wrongly, or not what the description promises.

#include "matrix.hpp"

using namespace ferry_test;
using namespace ferry_test::faults;

namespace {

/// Sends these bytes, whatever the good answer is.
auto sends(std::string bytes) {
    return [bytes = std::move(bytes)](peer& client, good_answer const&) {
        client.send(bytes);
        return false;
    };
}

/// Sends the good answer with other framing: `%` stands for its content.
auto frames(std::string fields, std::string content = "%") {
    return [=](peer& client, good_answer const& good) {
        auto body = content;
        if (auto const at = body.find('%'); at != std::string::npos) body.replace(at, 1, good.content);
        client.send("HTTP/1.1 200 OK\r\nContent-Type: " + good.type + "\r\n" + fields + "\r\n" + body);
        return false;
    };
}

auto half(peer& client, good_answer const& good) {
    auto less = good;
    less.content.resize(good.content.size() / 2);
    client.send(less.text() + good.content.substr(less.content.size()));
    return false;
}

bool interim_for_ever(peer& client, good_answer const&) {
    for (int i = 0; i < 1000; ++i) client.send("HTTP/1.1 102 Processing\r\n\r\n");
    return false;
}

std::string blanks(std::size_t count) {
    return std::string(count, ' ');
}

auto const no_http = everywhere(error_kind::protocol, repeated::if_idempotent);
auto const too_large = everywhere(error_kind::limit, repeated::never);
std::vector<content> const json = {content::json};
std::vector<content> const in_memory = {content::json, content::bytes};
std::vector<content> const kept = {content::json, content::bytes, content::file};
auto const unusable = where(kept, error_kind::decoding, repeated::never);

}  // namespace

TEST_CASE("answers that are no HTTP") {
    std::vector<fault> const all = {
        {"garbage", strikes::after_body, sends("\x16\x03\x01garbage, and no HTTP\r\n\r\n"), no_http},
        {"an unknown version", strikes::after_body, sends("HTTP/3.7 200 OK\r\nContent-Length: 0\r\n\r\n"),
         no_http},
        {"an impossible status", strikes::after_body, sends("HTTP/1.1 99999 OK\r\nContent-Length: 0\r\n\r\n"),
         no_http},
        {"a broken field", strikes::after_body, sends("HTTP/1.1 200 OK\r\nno colon\r\n\r\n"), no_http},
        {"another protocol", strikes::after_body,
         sends("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"), no_http},
        {"interim answers without end", strikes::after_body, interim_for_ever, no_http},
    };
    check_matrix(all);
}

TEST_CASE("answers that are framed wrongly") {
    std::vector<fault> const all = {
        {"truncated chunk", strikes::after_body, frames("Transfer-Encoding: chunked\r\n", "ffff\r\n%"),
         no_http},
        {"no last chunk", strikes::after_body, frames("Transfer-Encoding: chunked\r\n", "1\r\n \r\n"),
         no_http},
        {"a chunk's size is no number", strikes::after_body,
         frames("Transfer-Encoding: chunked\r\n", "zz\r\n%"), no_http},
        {"the length is no number", strikes::after_body, frames("Content-Length: many\r\n"), no_http},
        {"two lengths", strikes::after_body, frames("Content-Length: 1\r\nContent-Length: 2\r\n"), no_http},
        {"a length too short", strikes::after_body, half, where(json, error_kind::decoding, repeated::never)},
    };
    check_matrix(all);
}

TEST_CASE("answers that are too large") {
    auto const large = std::to_string(200 << 10);
    std::vector<fault> const all = {
        {"a head too large", strikes::after_body, frames("X: " + std::string(80 << 10, 'x') + "\r\n"),
         too_large},
        {"a head without end", strikes::after_body,
         sends("HTTP/1.1 200 OK\r\nX: " + std::string(1 << 20, 'x')), too_large},
        {"content too large", strikes::after_body,
         frames("Content-Length: " + large + "\r\n", blanks(200 << 10)),
         where(in_memory, error_kind::limit, repeated::never)},
        {"a refusal's content too large", strikes::after_body,
         sends("HTTP/1.1 503 No\r\nretry-after-ms: 1\r\nContent-Length: 3000000\r\n\r\n" + blanks(3'000'000)),
         answered(503, repeated::always)},
    };
    check_matrix(all);
}

TEST_CASE("answers that the description does not know") {
    std::vector<fault> const all = {
        {"another shape", strikes::after_body, frames("Content-Length: 4\r\n", "true"),
         where(json, error_kind::decoding, repeated::never)},
        {"no JSON", strikes::after_body, frames("Content-Length: 4\r\n", "oops"),
         where(json, error_kind::decoding, repeated::never)},
        {"another media type", strikes::after_body,
         sends("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<a/>"),
         where(json, error_kind::decoding, repeated::never)},
        {"no compression", strikes::after_body,
         frames("Content-Encoding: gzip\r\nContent-Length: 4\r\n", "oops"), unusable},
        {"half of a compressed answer", strikes::after_body,
         frames("Content-Encoding: gzip\r\nContent-Length: 10\r\n",
                std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10)),
         unusable},
        {"an unknown compression", strikes::after_body,
         frames("Content-Encoding: br\r\nContent-Length: 4\r\n", "oops"),
         everywhere(error_kind::decoding, repeated::never)},
    };
    check_matrix(all);
}

namespace {

/// Sends the good answer with another status line.
auto calls_it(std::string status, std::string fields = {}) {
    return [=](peer& client, good_answer const& good) {
        auto text = good.text(fields);
        client.send("HTTP/1.1 " + status + text.substr(text.find("\r\n")));
        return false;
    };
}

bool trailers_for_ever(peer& client, good_answer const& good) {
    client.send("HTTP/1.1 200 OK\r\nContent-Type: " + good.type +
                "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
    for (int i = 0; i < 1000; ++i) client.send("X-Trailer: " + std::string(1000, 'x') + "\r\n");
    return false;
}

}  // namespace

TEST_CASE("answers that bring something else than was asked for") {
    std::vector<content> const files = {content::bytes, content::file};
    auto const no_file = where(files, error_kind::decoding, repeated::never);
    std::vector<fault> const all = {
        {"not yet", strikes::after_body, calls_it("202 Accepted"), no_file},
        {"reset your view", strikes::after_body,
         sends("HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n"), unusable},
        {"a part of it", strikes::after_body,
         calls_it("206 Partial Content", "Content-Range: bytes 5-7/1000\r\n"), no_http},
        {"several answers", strikes::after_body, calls_it("207 Multi-Status"), no_file},
        {"trailers without end", strikes::after_body, trailers_for_ever,
         where(kept, error_kind::limit, repeated::never)},
        {"compressed twice, and not at all", strikes::after_body,
         frames("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n", "oops"),
         unusable},
    };
    check_matrix(all);
}
