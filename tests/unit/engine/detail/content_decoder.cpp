// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/content_decoder.hpp"

#include "../../support/compressed.hpp"
#include "../../support/fake_api.hpp"
#include "../../support/result.hpp"
#include "../../support/temporary_directory.hpp"

#include "support/catch2.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace std::string_literals;
using ferry::error_kind;
using ferry::detail::content_decoder;
using ferry::testing::canned_response;
using ferry_test::contains;
using ferry_test::deflated;
using ferry_test::gzipped;

namespace {

/// What comes of `bytes` when they arrive in pieces of this size; `error: …` where they are refused.
std::string decode(std::string_view coding, std::string_view bytes, std::size_t piece_size) {
    auto decoder = content_decoder::make(coding);
    if (!decoder) return "error: " + decoder.error().message();
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += piece_size) {
        auto const taken = (*decoder)->write(bytes.substr(at, piece_size),
                                             [&](std::string_view piece) -> ferry::result<void> {
                                                 text += piece;
                                                 return {};
                                             });
        if (!taken) return "error: " + taken.error().message();
    }
    auto const complete = (*decoder)->finish();
    return complete ? text : "error: " + complete.error().message();
}

/// Text that compresses, with bytes of all values.
std::string sample(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i) {
        text += "line " + std::to_string(i * i) + ' ';
        text += static_cast<char>(i & 0xff);
    }
    return text;
}

/// A gzip member with name, comment, extra field and header checksum. \param wrong is added to the latter
std::string gzipped_with_header(std::string_view text, unsigned wrong = 0) {
    auto full = gzipped(text);
    full[3] = 0x1e;
    full.insert(10, "\x03\0abcname\0comment\0"s);
    boost::crc_32_type crc;
    crc.process_bytes(full.data(), 10 + 18);
    auto const sum = crc.checksum() + wrong;
    full.insert(10 + 18, {static_cast<char>(sum & 0xff), static_cast<char>(sum >> 8 & 0xff)});
    return full;
}

/// Deflate data, from the lowest bit on, as RFC 1951 writes numbers; words are given bit by bit.
class bits {
public:
    bits& number(unsigned value, unsigned size) {
        for (unsigned i = 0; i < size; ++i) put(i < 32 && (value >> i & 1U) != 0);
        return *this;
    }
    bits& word(std::string_view digits) {
        for (char const digit : digits) put(digit == '1');
        return *this;
    }
    std::string const& text() const { return text_; }

private:
    void put(bool bit) {
        if (count_ % 8 == 0) text_ += '\0';
        if (bit) text_.back() = static_cast<char>(text_.back() | 1 << count_ % 8);
        ++count_;
    }
    std::string text_;
    unsigned count_ = 0;
};

canned_response encoded(std::string coding, std::string content, std::string type = "application/json",
                        int status = 200) {
    return canned_response(status, std::move(content), std::move(type))
        .with("Content-Encoding", std::move(coding));
}

std::string const json = R"({"id":"1","name":"n"})";

class text_sink final : public ferry::byte_sink {
public:
    ferry::result<void> write(std::string_view bytes) override {
        text += bytes;
        return {};
    }
    std::string text;
};

}  // namespace

// ---- the decoder

TEST_CASE("gzip and deflate are decoded however they are cut") {
    auto const piece = GENERATE(as<std::size_t>{}, 1, 3, 1000, 1'000'000);
    for (auto const size : {0, 1, 100, 100'000}) {
        INFO(size << " bytes in pieces of " << piece);
        auto const text = sample(static_cast<std::size_t>(size));
        CHECK((decode("gzip", gzipped(text), piece) == text));
        CHECK((decode("deflate", deflated(text), piece) == text));
    }
    auto const two = gzipped("first ") + gzipped("second");
    CHECK(decode("x-gzip", two, piece) == "first second");
    // zlib's frame; the name, comment, extra field and header checksum of a gzip member.
    CHECK(decode("deflate", std::string("\x78\x9c") + deflated("Wikipedia") + "\x11\xe6\x03\x98", piece) ==
          "Wikipedia");
    // A short word ends the data: what follows it, or nothing, is not part of it.
    std::string_view const short_end(
        "\x78\x01\x93\xef\xe6\x90\x61\x00\x01\x66\x26\x91\x68\xc5\xd5\x2c\x00\x0f\xaf\x02\x13", 21);
    std::string_view const ended("\x1f\x8b\x08\x1c\0\0\0\0\0\x03\x02\x14[!\xab\x04", 16);
    CHECK(decode("deflate", short_end, piece) == ended);
    CHECK(decode("deflate", short_end.substr(2, 15), piece) == ended);
    CHECK(decode(" GZIP ", gzipped_with_header("x"), piece) == "x");
}

TEST_CASE("blocks of every type are decoded, and nothing may follow the last") {
    auto const piece = GENERATE(as<std::size_t>{}, 1, 1000);
    CHECK(decode("deflate", "\x03\0"s, piece).empty());
    CHECK(decode("deflate", "\x01\x02\0\xfd\xffhi"s, piece) == "hi");
    CHECK(decode("deflate", "\0\x01\0\xfe\xff"s + "a\x03\0"s, piece) == "a");
    // Fixed words: 'a', three bytes from one byte back, end.
    auto const repeated = bits().number(3, 3).word("10010001").word("0000001").word("00000").word("0000000");
    CHECK(decode("deflate", repeated.text(), piece) == "aaaa");
    for (auto const& ended : {"\x03\0"s, "\x01\x02\0\xfd\xffhi"s, repeated.text()})
        CHECK_THAT(decode("deflate", ended + "t", piece), contains("bytes follow its end"));
}

TEST_CASE("what is no compressed content is refused, with the reason") {
    auto const whole = gzipped(sample(1000));
    auto damaged = whole;
    damaged[damaged.size() - 6] ^= 1;
    auto long_by_one = whole;
    long_by_one[long_by_one.size() - 1] ^= 1;
    for (auto const piece : {std::size_t{1}, std::size_t{10'000}}) {
        CHECK_THAT(decode("gzip", whole.substr(0, whole.size() - 1), piece), contains("cut short"));
        CHECK_THAT(decode("gzip", whole.substr(0, 20), piece), contains("cut short"));
        CHECK_THAT(decode("gzip", whole.substr(0, 5), piece), contains("cut short"));
        CHECK_THAT(decode("gzip", damaged, piece), contains("checksum is wrong"));
        CHECK_THAT(decode("gzip", long_by_one, piece), contains("checksum is wrong"));
        CHECK_THAT(decode("gzip", "no gzip at all", piece), contains("it is not gzip"));
        CHECK_THAT(decode("gzip", whole + "and more bytes", piece), contains("it is not gzip"));
        CHECK_THAT(decode("deflate", deflated("x") + "y", piece), contains("bytes follow its end"));
        auto const reserved_flag = whole.substr(0, 3) + '\x20' + whole.substr(4);
        CHECK_THAT(decode("gzip", reserved_flag, piece), contains("it is not gzip"));
        CHECK_THAT(decode("gzip", gzipped_with_header("x", 1), piece), contains("it is not gzip"));
        auto const zlib_frame = "\x78\x9c" + deflated("Wikipedia");
        CHECK_THAT(decode("deflate", zlib_frame + "\x11\xe6\x03\x99", piece), contains("checksum is wrong"));
        CHECK_THAT(decode("deflate", zlib_frame + "\x11\xe6\x03", piece), contains("cut short"));
        for (auto const& cut : {"\x03"s, "x"s, "\x01\x02\0\xfd\xffh"s})
            CHECK_THAT(decode("deflate", cut, piece), contains("cut short"));
    }
    CHECK_THAT(decode("br", "x", 1), contains("encoded as 'br', which ferry did not ask for"));
    CHECK_THAT(decode("gzip, br", "x", 1), contains("encoded as 'gzip, br'"));
    CHECK_THAT(decode("gzip,gzip,gzip,gzip,gzip,gzip", "x", 1), contains("cannot read"));
    CHECK(content_decoder::make(" , identity,").value() == nullptr);
    CHECK(content_decoder::make("identity").value() == nullptr);
    CHECK(content_decoder::make("").value() == nullptr);
}

TEST_CASE("deflate data that breaks its rules is broken") {
    auto const piece = GENERATE(as<std::size_t>{}, 1, 1000);
    auto const text = GENERATE(
        "\xff\xff\xff\xff"s,      // a block of an unknown type
        "\x01\x02\0\xfd\xfehi"s,  // a length and what should be its complement
        bits().number(3, 3).word("0000001").word("00000").text(),  // a distance to before the beginning
        bits().number(3, 3).word("10010001").word("0000001").word("11110").number(0, 16).text(),
        bits().number(3, 3).word("11000110").number(0, 48).text(),  // a length that there is not
        bits().number(5, 3).number(31, 5).number(0, 9).text(),      // too many words
        bits().number(5, 3).number(0, 14).number(0, 300).text());   // no words at all
    CHECK_THAT(decode("deflate", text, piece), contains("error: the compressed answer is broken: "));
}

TEST_CASE("what grows large comes in pieces of bounded size, and an error of the receiver ends it") {
    auto const large = gzipped(std::string(1 << 20, 'x'));
    auto const decoder = content_decoder::make("gzip").value();
    std::size_t size = 0;
    REQUIRE(decoder->write(large, [&](std::string_view piece) -> ferry::result<void> {
        if (piece.empty() || piece.size() > 32 << 10) return ferry::error(error_kind::limit, "piece");
        size += piece.size();
        return {};
    }));
    CHECK(size == 1 << 20);
    CHECK(decoder->finish());

    auto const again = content_decoder::make("gzip").value();
    int calls = 0;
    auto const ended = again->write(large, [&](std::string_view) -> ferry::result<void> {
        ++calls;
        return ferry::error(error_kind::file, "disk full");
    });
    REQUIRE(ended.has_error());
    CHECK(ended.error().message() == "disk full");
    CHECK(calls == 1);
}

// ---- in a call

TEST_CASE("compressed answers of every kind are read, without having been asked for") {
    fake_api::service const s(std::vector<canned_response>{
        encoded("gzip", gzipped(json)), encoded("deflate", deflated("BYTES"), "image/png"),
        encoded("gzip", gzipped(R"({"detail":"no such thing"})"), "application/json", 404),
        encoded("gzip", gzipped("BYTES"), "image/png"), encoded("gzip", "", "image/png"),
        encoded("br", "whatever", "application/json", 404)});
    CHECK(s.things.get("1").send().value().name == "n");
    CHECK(s.things.bytes("1").send().value() == "BYTES");
    CHECK(s.things.get("1").send().error().detail() == "no such thing");
    text_sink sink;
    REQUIRE(s.things.bytes("1").write_to(sink));
    CHECK(sink.text == "BYTES");
    CHECK(s.things.bytes("1").send().value().empty());
    CHECK(s.things.get("1").send().error().status() == 404);
    for (auto const& request : s.requests())
        CHECK(fake_api::header(request.headers, "accept-encoding") == "identity");
}

TEST_CASE("codings one upon the other are undone from the last to the first") {
    auto const text = sample(50'000);
    for (auto const piece : {std::size_t{1}, std::size_t{1000}, std::size_t{1'000'000}}) {
        CHECK((decode("gzip, gzip", gzipped(gzipped(text)), piece) == text));
        CHECK((decode("deflate,identity, GZIP", gzipped(deflated(text)), piece) == text));
        CHECK_THAT(decode("gzip, gzip", gzipped(text), piece), contains("it is not gzip"));
        auto const cut = gzipped(text);
        CHECK_THAT(decode("gzip, gzip", gzipped(cut.substr(0, 100)), piece), contains("cut short"));
    }
}

TEST_CASE("several lines of Content-Encoding are one list") {
    auto const twice = encoded("gzip", gzipped(gzipped(json))).with("content-encoding", "gzip");
    auto const mixed =
        encoded("deflate", gzipped(deflated("BYTES")), "image/png").with("Content-Encoding", "gzip");
    auto const foreign = encoded("gzip", gzipped(json)).with("Content-Encoding", "br");
    fake_api::service const s(std::vector<canned_response>{twice, mixed, foreign});
    CHECK(s.things.get("1").send().value().name == "n");
    text_sink sink;
    REQUIRE(s.things.bytes("1").write_to(sink));
    CHECK(sink.text == "BYTES");
    CHECK(s.things.get("1").send().error().kind() == error_kind::decoding);
}

TEST_CASE("what is accepted is said to signed URLs, too, and the caller may say something else") {
    fake_api::service const s(
        std::vector<canned_response>{canned_response(200, R"({"url":"https://store.test/blob"})"),
                                     canned_response(200, "BYTES", "image/png"), canned_response(200, json)});
    text_sink sink;
    REQUIRE(s.things.content("1").write_to(sink));
    REQUIRE(s.things.get("1").extra_header("accept-encoding", "gzip").send());
    auto const requests = s.requests();
    CHECK(fake_api::header(requests.at(0).headers, "accept-encoding") == "identity");
    CHECK(fake_api::header(requests.at(1).headers, "accept-encoding") == "identity");
    CHECK(fake_api::header(requests.at(2).headers, "accept-encoding") == "gzip");
}

TEST_CASE("members without content are read, and without end they are not") {
    std::string const empty = gzipped("");
    std::string many;
    for (int i = 0; i < 100'000; ++i) many += empty;
    CHECK(decode("gzip", many, 1'000'000).empty());
    auto options = fake_api::options();
    options.max_body_size = 1 << 20;
    fake_api::service const s([&](auto const&) { return encoded("gzip", many, "application/json"); },
                              options);
    text_sink sink;
    for (auto const& got : {s.things.get("1").send().error(), s.things.bytes("1").send().error(),
                            s.things.bytes("1").write_to(sink).error()}) {
        CHECK(got.kind() == error_kind::limit);
        CHECK_THAT(got.message(), contains("hardly anything in it"));
    }
}

TEST_CASE("a broken or foreign coding is a decoding error and leaves no file") {
    auto cut = gzipped(sample(1000));
    cut.resize(cut.size() - 9);
    fake_api::service const s(std::vector<canned_response>{
        encoded("gzip", cut), encoded("br", "whatever"), encoded("gzip", cut, "image/png"),
        encoded("zstd", "whatever", "image/png"), encoded("gzip", "garbage", "application/json", 404)});
    for (int i = 0; i < 2; ++i) CHECK(s.things.get("1").send().error().kind() == error_kind::decoding);
    ferry_test::temporary_directory const directory;
    for (int i = 0; i < 2; ++i)
        CHECK(s.things.bytes("1").save_to(directory / "copy").error().kind() == error_kind::decoding);
    CHECK(directory.count() == 0);
    CHECK(s.things.get("1").send().error().status() == 404);  // the status says enough
    CHECK(s.requests().size() == 5);                          // none was repeated
}

TEST_CASE("compressed answers are bounded by what they expand to") {
    auto const bomb = gzipped(std::string(4 << 20, ' '));
    REQUIRE(bomb.size() < 10'000);
    auto options = fake_api::options();
    options.max_body_size = 1 << 20;
    fake_api::service const s(
        [&](auto const& request) {
            return request.target.find("small") == std::string::npos
                       ? encoded("gzip", bomb, "application/json")
                       : encoded("gzip", gzipped(std::string(200'000, ' ')), "image/png");
        },
        options);
    CHECK(s.things.get("1").send().error().kind() == error_kind::limit);
    CHECK(s.things.bytes("1").send().error().kind() == error_kind::limit);
    text_sink sink;
    auto const streamed = s.things.bytes("1").write_to(sink);
    REQUIRE_FALSE(streamed);
    CHECK(streamed.error().kind() == error_kind::limit);
    CHECK_THAT(streamed.error().message(), contains("more than 100 times its size"));
    CHECK(sink.text.size() <= (1 << 20) + (32 << 10));
    // Below max_body_size any ratio will do.
    CHECK(s.things.bytes("small").write_to(sink));
}
