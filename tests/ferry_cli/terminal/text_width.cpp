// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/text_width.hpp"

#include "support/catch2.hpp"

#include "terminal/character_widths.hpp"

#include <iterator>
#include <span>

using ferry::cli::alignment;
using ferry::cli::display_width;
using ferry::cli::padded;
using ferry::cli::printable;
using ferry::cli::rows_of;
using ferry::cli::shortened;

namespace {

std::string const replacement = "\uFFFD";

std::string repeated(std::string const& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

void check_ascending(std::span<ferry::cli::character_range const> ranges) {
    char32_t last = 0x2FF;
    for (auto const& range : ranges) {
        CHECK(range.first > last);
        CHECK(range.last >= range.first);
        last = range.last;
    }
}

}  // namespace

TEST_CASE("text that a terminal can show stays as it is") {
    for (std::string const text : {"", "report.pdf", "Übung – naïve.txt", "報告.pdf", "👩‍💻 notes",
                                   "e\u0301", "a\u00ADb", "\U0010FFFD", "\uE000", "שלום", "\uFEFF"})
        CHECK(printable(text) == text);
}

TEST_CASE("control characters are replaced, one for one") {
    CHECK(printable(std::string_view("a\0b", 3)) == "a" + replacement + "b");
    CHECK(printable("a\tb\nc\rd\x1b[31m") == "a\uFFFDb\uFFFDc\uFFFDd\uFFFD[31m");
    CHECK(printable("\x7F") == replacement);
    CHECK(printable("\u0080\u009B2J\u009F") == "\uFFFD\uFFFD2J\uFFFD");
    CHECK(printable("\u00A0") == "\u00A0");
    CHECK(printable("\x1F") == replacement);
    CHECK(printable(" ~") == " ~");
}

TEST_CASE("what changes the direction of writing or ends a line is replaced") {
    for (std::string const hostile :
         {"\u061C", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
          "\u2066", "\u2067", "\u2068", "\u2069", "\u206A", "\u206F"})
        CHECK(printable("a" + hostile + "b") == "a\uFFFDb");
    CHECK(printable("photo\u202Egpj.exe") == "photo\uFFFDgpj.exe");
    CHECK(printable("\u200B\u200D\u2027\u2065\u2070") == "\u200B\u200D\u2027\u2065\u2070");
}

TEST_CASE("each byte that is no UTF-8 is replaced") {
    CHECK(printable("\xFF\xFE") == "\uFFFD\uFFFD");
    CHECK(printable("caf\xE9.txt") == "caf\uFFFD.txt");
    CHECK(printable("\x80z") == "\uFFFDz");
    CHECK(printable("\xC0\xAF") == "\uFFFD\uFFFD");            // "/" in two bytes
    CHECK(printable("\xE0\x80\xAF") == "\uFFFD\uFFFD\uFFFD");  // and in three
    CHECK(printable("\xF0\x80\x80\xAF") == "\uFFFD\uFFFD\uFFFD\uFFFD");
    CHECK(printable("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");            // a surrogate
    CHECK(printable("\xF4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");  // beyond the last plane
    CHECK(printable("\xF5z") == "\uFFFDz");
    CHECK(printable("\xE5\xA0") == "\uFFFD\uFFFD");  // cut short
    CHECK(printable("\xE5z\xA0") == "\uFFFDz\uFFFD");
    CHECK(printable("\xF0\x9F\x98") == "\uFFFD\uFFFD\uFFFD");
    CHECK(printable("\xF4\x8F\xBF\xBF") == "\U0010FFFF");
    CHECK(printable("\xED\x9F\xBF") == "\uD7FF");
}

TEST_CASE("marks without end are cut off") {
    CHECK(printable("a" + repeated("\u0301", 16) + "b") == "a" + repeated("\u0301", 16) + "b");
    CHECK(printable("a" + repeated("\u0301", 5000) + "b") == "a" + repeated("\u0301", 16) + "b");
    CHECK(printable("a" + repeated("\u0301", 17) + "b" + repeated("\u0302", 2)) ==
          "a" + repeated("\u0301", 16) + "b" + repeated("\u0302", 2));
}

TEST_CASE("what is printable stays so when it is made so again") {
    for (std::string const text : {"a\x1b\xFF\u202E", "\xE5\xA0", "\xF0\x9F\x98x"})
        CHECK(printable(printable(text)) == printable(text));
}

TEST_CASE("the width of text is in columns") {
    CHECK(display_width("") == 0);
    CHECK(display_width("abc") == 3);
    CHECK(display_width("über") == 4);
    CHECK(display_width("報告") == 4);
    CHECK(display_width("ｱ") == 1);   // half width
    CHECK(display_width("Ａ") == 2);  // full width
    CHECK(display_width("한글") == 4);
    CHECK(display_width("\u1112\u1161\u11AB") == 2);  // the same in letters
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("か\u3099") == 2);
    CHECK(display_width("…–") == 2);
    CHECK(display_width("\u200B\u200D\uFEFF") == 0);
    CHECK(display_width("a\u00ADb") == 3);
    CHECK(display_width("\U00020000") == 2);
    CHECK(display_width("\U0001FAE8") == 2);              // newer than the table
    CHECK(display_width("\u4DC0\u2630\U0001D300") == 6);  // wide since Unicode 16
    CHECK(display_width("\u00E9\u2500\u25A0") == 3);
}

TEST_CASE("the width of emoji is the larger one of those that terminals give them") {
    CHECK(display_width("😀") == 2);
    CHECK(display_width("👍🏽") == 4);
    CHECK(display_width("👩‍💻") == 4);
    CHECK(display_width("🇩🇪") == 2);
    CHECK(display_width("❤") == 1);
    CHECK(display_width("❤\uFE0F") == 2);
    CHECK(display_width("❤\uFE0E") == 1);
    CHECK(display_width("😀\uFE0F") == 2);
    CHECK(display_width("\uFE0F") == 0);
    CHECK(display_width("a\u0301\uFE0F\uFE0F") == 1);
    CHECK(display_width("❤\uFE0F\uFE0F") == 2);
}

TEST_CASE("the width is that of the text as it is shown") {
    CHECK(display_width("\x1b[31m") == 5);
    CHECK(display_width("\xFF\xFF") == 2);
    CHECK(display_width("\u202E") == 1);
    CHECK(display_width("a\n") == 2);
}

TEST_CASE("the tables are sorted and do not overlap") {
    check_ascending(ferry::cli::zero_width_characters);
    check_ascending(ferry::cli::wide_characters);
}

TEST_CASE("a line takes as many rows as a terminal breaks it into") {
    CHECK(rows_of("", 10) == 1);
    CHECK(rows_of("0123456789", 10) == 1);
    CHECK(rows_of("0123456789a", 10) == 2);
    CHECK(rows_of("0123456789012345678", 10) == 2);
    CHECK(rows_of("012345678901234567890", 10) == 3);
    CHECK(rows_of("報告報告", 4) == 2);
    CHECK(rows_of("報告報告", 5) == 2);
    CHECK(rows_of("報告報告報告", 5) == 3);  // the fifth column stays empty in each row
    CHECK(rows_of("a報告報告", 4) == 3);
    CHECK(rows_of("0123456789\u0301", 10) == 1);
    CHECK(rows_of("abc", 1) == 3);
    CHECK(rows_of("abc", 0) == 3);
    CHECK(rows_of("報告", 1) == 2);
}

TEST_CASE("what fits is not shortened") {
    CHECK(shortened("report.pdf", 10) == "report.pdf");
    CHECK(shortened("report.pdf", 1000) == "report.pdf");
    CHECK(shortened("報告", 4) == "報告");
    CHECK(shortened("", 0).empty());
    CHECK(shortened("e\u0301", 1) == "e\u0301");
}

TEST_CASE("the middle of what does not fit is left out") {
    CHECK(shortened("0123456789", 9) == "0123…6789");
    CHECK(shortened("0123456789", 8) == "0123…789");
    CHECK(shortened("0123456789", 3) == "0…9");
    CHECK(shortened("0123456789", 2) == "0…");
    CHECK(shortened("0123456789", 1) == "…");
    CHECK(shortened("0123456789", 0).empty());
}

TEST_CASE("the extension of a name stays where there is room") {
    CHECK(shortened("a-long-name.jpeg", 8) == "a-….jpeg");
    CHECK(shortened("a-long-name.jpeg", 7) == "a….jpeg");
    CHECK(shortened("a-long-name.jpeg", 6) == "a-l…eg");
    CHECK(shortened("a-long-name.jpeg", 13) == "a-long…e.jpeg");
    CHECK(shortened("no/extension.d/in-a-folder", 9) == "no/e…lder");
    CHECK(shortened("he said. and this is a sentence", 9) == "he s…ence");
    CHECK(shortened("a-long-name.", 5) == "a-…e.");
}

TEST_CASE("shortened text is never wider, and takes no character apart") {
    CHECK(shortened("報告書類", 7) == "報告…類");  // three of six columns hold one ideograph
    CHECK(shortened("報告書類", 6) == "報…類");
    CHECK(shortened("報告書類", 4) == "報…");
    CHECK(shortened("報告書類", 2) == "…");
    CHECK(shortened("ae\u0301bcdxe\u0301", 5) == "ae\u0301…xe\u0301");
    CHECK(shortened("abcdefx\u0301y", 3) == "a…y");  // the mark has no letter to stand on
    CHECK(shortened("\x1b[31mred\x1b[0m", 5) == "\uFFFD[…0m");
    std::string const text = "a報e\u0301告😀❤\uFE0Fb\u202E書.txt";
    for (std::size_t columns = 0; columns < 25; ++columns)
        CHECK(display_width(shortened(text, columns)) <= columns);
}

TEST_CASE("text is padded by its width") {
    CHECK(padded("ab", 4) == "ab  ");
    CHECK(padded("ab", 4, alignment::right) == "  ab");
    CHECK(padded("報", 4) == "報  ");
    CHECK(padded("e\u0301", 3, alignment::right) == "  e\u0301");
    CHECK(padded("abcd", 4) == "abcd");
    CHECK(padded("abcde", 4) == "abcde");
    CHECK(padded("", 2) == "  ");
    CHECK(padded("a\n", 3) == "a\uFFFD ");
}
