// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/inflater.hpp"

#include "../../support/result.hpp"

#include "support/catch2.hpp"

#include <cstdint>
#include <string>
#include <string_view>

using ferry::detail::huffman_code;
using ferry::detail::inflater;

namespace {

/// What comes of `data`, and what was left of it; `broken` or `unfinished` where it has no end.
std::string inflated(std::string_view data) {
    inflater stream;
    std::string text;
    auto const done = stream.write(data, [&](std::string_view piece) -> ferry::result<void> {
        text += piece;
        return {};
    });
    if (!done) return "broken: " + done.error().message().substr(done.error().message().find(": ") + 2);
    return stream.ended() ? text + "|" + std::string(data) : "unfinished";
}

/// One block after the other, from the lowest bit on, as RFC 1951 writes numbers; words are given bit by bit.
class bits {
public:
    bits& number(std::uint64_t value, unsigned size) {
        for (unsigned i = 0; i < size; ++i) put((value >> i & 1U) != 0);
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

}  // namespace

TEST_CASE("blocks of every type are read, and nothing behind the last") {
    using namespace std::string_literals;
    CHECK(inflated("\x03\0tail"s) == "|tail");
    CHECK(inflated("\x01\x02\0\xfd\xffhitail"s) == "hi|tail");
    CHECK(inflated("\0\x01\0\xfe\xff"s + "a\x03\0"s) == "a|");
    // Fixed words: 'a', three bytes from one byte back, end.
    CHECK(inflated(bits().number(3, 3).word("10010001").word("0000001").word("00000").word("0000000").text() +
                   "t") == "aaaa|t");
}

TEST_CASE("data that is cut short is unfinished, data that is wrong is broken") {
    using namespace std::string_literals;
    CHECK(inflated("") == "unfinished");
    CHECK(inflated("\x01\x02\0\xfd\xffh"s) == "unfinished");
    CHECK(inflated("\x03"s) == "unfinished");
    CHECK(inflated("\x07"s) == "broken: it has a block of an unknown type");
    CHECK(inflated("\x01\x02\0\xfd\xfehi"s) == "broken: a length in it is wrong");
    CHECK(inflated(bits().number(3, 3).word("0000001").word("00000").text()) ==
          "broken: a distance in it leads to before its beginning");
    CHECK(inflated(bits().number(3, 3).word("10010001").word("0000001").word("11110").number(0, 16).text()) ==
          "broken: a distance in it is unknown");
    CHECK(inflated(bits().number(3, 3).word("11000110").number(0, 48).text()) ==
          "broken: a length in it is unknown");
    CHECK(inflated(bits().number(5, 3).number(31, 5).number(0, 9).text()) ==
          "broken: a code in it is too large");
    // Code lengths of which none has a word.
    CHECK(inflated(bits().number(5, 3).number(0, 14).number(0, 12).text()) ==
          "broken: a code in it is wrong");
}

TEST_CASE("a code has neither gaps nor words that begin others") {
    huffman_code code;
    std::uint8_t const complete[] = {1, 2, 2};
    std::uint8_t const gap[] = {1, 2};
    std::uint8_t const too_many[] = {1, 1, 2};
    std::uint8_t const one[] = {0, 1};
    std::uint8_t const none[] = {0, 0};
    CHECK(code.assign(complete, false));
    CHECK(code.front(0).symbol == 0);
    CHECK(code.front(3).symbol == 2);
    CHECK_FALSE(code.assign(gap, true));
    CHECK_FALSE(code.assign(too_many, true));
    CHECK_FALSE(code.assign(one, false));
    CHECK(code.assign(one, true));
    CHECK(code.front(0).symbol == 1);
    CHECK(code.front(1).size == 0);
    CHECK(code.assign(none, true));
    CHECK(code.front(0).size == 0);
}

TEST_CASE("words that are longer than the table of the short ones are found") {
    huffman_code code;
    std::uint8_t lengths[16];
    for (unsigned i = 0; i < 15; ++i) lengths[i] = static_cast<std::uint8_t>(i + 1);
    lengths[15] = 15;
    REQUIRE(code.assign(lengths, false));
    for (unsigned ones = 0; ones < 15; ++ones) {
        auto const word = code.front((1U << ones) - 1);
        CHECK(word.symbol == ones);
        CHECK(word.size == ones + 1);
    }
    CHECK(code.front(0x7fff).symbol == 15);
}
