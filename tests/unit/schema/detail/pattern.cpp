// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/schema/detail/pattern.hpp"

#include "support/catch2.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using ferry::schema::detail::pattern;

namespace {

bool matches(std::string_view ecma, std::string_view text) {
    return pattern::read(ecma).value().is_in(text);
}

struct row {
    std::string_view ecma;
    std::vector<std::string_view> fit;
    std::vector<std::string_view> others;
};

// What Node.js 20 says of `new RegExp(pattern, "u").test(text)`; without "u" where that mode forbids the
// pattern; of an equivalent pattern where ECMA-262 has none (`\pL`, `(?i)`, `(?P<`, `\A`) or neither mode
// means it (`[\p{L}-_]`).
std::vector<row> const rows = {
    {"^[a-zA-Z0-9-_]+$", {"a-b_C9", "-", "_"}, {"a b", "a.b", ""}},
    {R"(^[\w-.]+$)", {"a-b.c"}, {"a/b", "é"}},
    {R"(^[.-\w]+$)", {"a-b.c"}, {"/"}},
    {R"(^[\w.-]+@[\w.-]+$)", {"a.b-c@d-e.f"}, {"a b@c"}},
    {R"(^[a-\d]$)", {"a", "-", "5"}, {"b"}},
    {"^[0-9-]+$", {"1-2"}, {"1_2"}},
    {"^[-a]+$", {"-a"}, {"b"}},
    {"^[+--]+$", {"+,-"}, {"."}},
    {"^[^-a]$", {"b", "\n"}, {"-", "a"}},
    {R"(^\p{L}+$)", {"aÄλ中ʰǅ", "é"}, {"a1", "_", ""}},
    {R"(^\p{Lu}\p{Ll}*$)", {"Élan", "Ω"}, {"élan", "ΑΒ"}},
    {R"(^\P{L}$)", {"1", " ", "😀"}, {"a", "中"}},
    {R"(^[\p{L}\p{N}_.-]+$)", {"é٣_.-", "Ⅷ½"}, {"é é"}},
    {R"(^[^\p{L}]+$)", {"123", "\n"}, {"1a3"}},
    {R"(^[\P{L}\P{N}]$)", {"a", "1", "-"}, {}},
    {R"(^[^\P{L}\d]$)", {"a"}, {"1", "-"}},
    {R"(^\p{Letter}\p{Mark}$)", {"e\u0301"}, {"ee"}},
    {R"(^\p{gc=Nd}\p{General_Category=Decimal_Number}$)", {"1٣"}, {"1½"}},
    {R"(^[\p{Z}\p{P}\p{S}\p{C}]{4}$)", {" !+\001", "\u00a0€\u200d\u2028"}, {"a!+\001"}},
    {R"(^\p{LC}$)", {"a", "ǅ"}, {"中"}},
    {R"(^\p{Any}\p{Assigned}$)", {"a😀"}, {"a"}},
    {R"(^\p{Zs}\p{Zl}\p{Zp}$)", {" \u2028\u2029"}, {"   "}},
    {R"(^\p{So}$)", {"😀"}, {"+"}},
    {R"(^\p{Lo}$)", {"𠀀"}, {"𝐀"}},
    {R"(^\pL+$)", {"aé"}, {"1"}},
    {R"(^[\p{L}-_]+$)", {"a-_"}, {"1"}},
    {R"(^https?:\/\/[^\s\/]+$)", {"http://a.b"}, {"http://a b", "ftp://a"}},
    {R"(^\-\_\@\#\%\&\!\~\:\;\=\,\'\"\<\>\ \`$)", {"-_@#%&!~:;=,'\"<> `"}, {"x"}},
    {R"(^[\-\_\@\.\[\]\^]+$)", {"-_@.[]^"}, {"a"}},
    {R"(^\é$)", {"é"}, {}},
    {R"((?<=\$)\d+)", {"$12"}, {"12", "€12"}},
    {R"((?<!\$)\b\d+)", {"12"}, {"$12"}},
    {R"(^(?<year>\d{4})-\k<year>$)", {"2024-2024"}, {"2024-2025"}},
    {R"(^(?<a>x)(?<b>y)\2\1$)", {"xyyx"}, {"xyxy"}},
    {R"(^(?:(?<q>['"])|)a\k<q>$)", {"'a'", "a", "\"a\""}, {"'a\""}},
    {R"(^(a)?b\1$)", {"b", "aba"}, {"ab"}},
    {R"(^\1(a)$)", {"a"}, {"aa"}},
    {R"(^(.)\1$)", {"aa", "😀😀"}, {"ab"}},
    {R"(^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10$)", {"abcdefghijj"}, {"abcdefghija0"}},
    {"^[^]$", {"\n", "a", "😀"}, {"ab"}},
    {"[]", {}, {"a", ""}},
    {"a[]|b", {"b"}, {"a"}},
    {R"(^\cA\cj$)", {"\001\n"}, {"cAcj"}},
    {R"(^[\cA-\cC]$)", {"\002"}, {"A"}},
    {"^a$", {"a"}, {"a\n", "\na", "b\na"}},
    {"a$", {"ba"}, {"a\n", "a\nb"}},
    {"^b", {"b"}, {"a\nb"}},
    {"a^b|a$b", {}, {"ab", "a\nb"}},
    {"^.$", {"a", "\u0085", "\v", "😀", "é"}, {"\n", "\r", "\u2028", "\u2029"}},
    {R"(^\s$)",
     {" ", "\t", "\n", "\v", "\f", "\r", "\u00a0", "\u1680", "\u2003", "\u2028", "\u202f", "\u205f", "\u3000",
      "\ufeff"},
     {"\u0085", "\u200b", "\u180e"}},
    {R"(^\S+$)", {"a"}, {"a\u00a0"}},
    {R"(^[\s\S]$)", {"\n", "a"}, {}},
    {R"(^[\D\W]$)", {"a", "_", "-"}, {"1"}},
    {R"(^[\d\s]+$)", {"1 2"}, {"a"}},
    {R"(^\w$)", {"a", "_", "K"}, {"é", "ſ"}},
    {R"(^\d$)", {"1"}, {"٣"}},
    {R"(\bword\b)", {"a word.", "éword"}, {"swords"}},
    {R"(o\Br)", {"word"}, {"o r"}},
    {R"(^[\b]$)", {"\b"}, {"b"}},
    {R"(^\v\f\t\r\n$)", {"\v\f\t\r\n"}, {}},
    {R"(^\x41\u0042\u{43}\u{1F600}$)", {"ABC😀"}, {}},
    {R"(^\uD83D\uDE00$)", {"😀"}, {}},
    {R"(^[\u{1F600}-\u{1F64F}]$)", {"😅"}, {"🚀"}},
    {"^[😀-🙏]{2}$", {"😅😀"}, {"a😀"}},
    {R"(^[\u0000-\u001f]$)", {"\037", "\001"}, {" "}},
    {R"(^[^\u0000-\u001f\"*/:<>?\\|]+$)", {"a.txt"}, {"a/b", "a\001"}},
    {R"(^\x{41}$)", {"A"}, {}},
    {"^[[:a]+$", {"[:a"}, {"b"}},
    {"^[[.a.]]$", {"a]", "[]", ".]"}, {"a"}},
    {"^[a&&b]$", {"&", "a"}, {"c"}},
    {"^a]}$", {"a]}"}, {}},
    {"^{a}$", {"{a}"}, {"a"}},
    {R"(^\{\w+\}$)", {"{ab}"}, {"ab"}},
    {"^a{2}b{1,}c{1,2}$", {"aabcc"}, {"abc", "aabccc"}},
    {"^a{2}?$", {"aa"}, {"a"}},
    {"^(|x)$", {"", "x"}, {"y"}},
    {"^$|^a$", {"", "a"}, {"b"}},
    {"", {"", "a"}, {}},
    {"a|", {"", "b"}, {}},
    {"^(?:a|b)+?c$", {"abc"}, {"c"}},
    {R"(^(?=.*\d)(?=.*[a-z]).{4,8}$)", {"abc1"}, {"abcd", "abcdefgh1"}},
    {"^(?!no).*$", {"yes"}, {"nope"}},
    {"^((?!bad).)*$", {"good"}, {"so bad"}},
    {R"(^[^@]+@[^@]+\.[^@]+$)", {"a@b.c"}, {"a@b"}},
    {"^/(?:[^/]+/)*$", {"/a/b/"}, {"/a"}},
    {"^#[0-9a-fA-F]{6}$", {"#a0B1c2"}, {"#a0B1c"}},
    {R"(^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$)", {"192.168.0.1"}, {"256.1.1.1"}},
    {R"(^\S(.*\S)?$)", {"a b"}, {" a", "a "}},
    {"^(?i)abc$", {"ABC"}, {"abd"}},
    {"^(?i:[a-c])d$", {"Bd"}, {"BD"}},
    {"^(?P<n>a)b$", {"ab"}, {}},
    {R"(\Aword\z)", {"word"}, {"words", "word\n"}},
    {R"(^[\w\-\/]+$)", {"a-b/c"}, {"a b"}},
    {R"(^[^\W_]+$)", {"ab1"}, {"a_b"}},
    {R"(^\$\.\*\+\?\(\)\[\]\{\}\|\\\^$)", {"$.*+?()[]{}|\\^"}, {}},
    {"^[$.*+?()|{}]+$", {"$.*+?()|{}"}, {"a"}},
    {"^~!@#%&=<>,;:'\"`-$", {"~!@#%&=<>,;:'\"`-"}, {}},
};

}  // namespace

TEST_CASE("patterns match what they match in JavaScript") {
    for (auto const& [ecma, fit, others] : rows) {
        CAPTURE(ecma);
        auto const expression = pattern::read(ecma);
        CHECK(expression);
        if (!expression) continue;
        for (auto const text : fit) {
            CAPTURE(text);
            CHECK(expression->is_in(text));
        }
        for (auto const text : others) {
            CAPTURE(text);
            CHECK_FALSE(expression->is_in(text));
        }
    }
}

TEST_CASE("patterns are searched for as ECMA-262 says") {
    CHECK(matches("b", "abc"));
    CHECK(matches("^.{2}$", "é😀"));
    CHECK(matches("^\\u00e9\\u{1F600}$", "é😀"));
    CHECK(matches("^\\uD83D\\uDE00$", "😀"));
    CHECK(matches("^[\\w\\-\\/]+$", "a-b/c"));
    CHECK(matches("^\\<b\\>$", "<b>"));
    CHECK(matches("[[:a]", "["));
    CHECK(matches("^[^]$", "\n"));
    CHECK(matches("^(?!no).*$", "yes"));
    CHECK_FALSE(matches("^a$", "a\n"));
    CHECK_FALSE(matches("^b", "a\nb"));
    CHECK_FALSE(matches("^.$", "\n"));
    CHECK_FALSE(matches("^\\w$", "é"));
    CHECK_FALSE(matches("^\\d$", "٣"));
    CHECK_FALSE(matches("[]", "a"));
}

TEST_CASE("escapes of ECMA-262 that Perl spells otherwise") {
    CHECK(matches("^\\v\\0$", std::string_view("\x0b\0", 2)));
    CHECK(matches("^[\\0-\\x02]+$", std::string_view("\0\1\2", 3)));
    CHECK(matches("^[^a]$", std::string_view("\0", 1)));
    CHECK(matches("^[\\b]$", "\b"));
    CHECK(matches("\\bword\\b", "a word."));
    CHECK(matches("\\Aword\\z", "word"));
}

TEST_CASE("what is no expression, or cannot be said, is not read") {
    for (auto const* ecma : {"(",
                             ")",
                             "[a",
                             "[a-",
                             "a\\",
                             "*a",
                             "a|*",
                             "{2}",
                             "a{3,1}",
                             "a{,3}",
                             "[z-a]",
                             "\\u12",
                             "\\u{}",
                             "\\u{1234567}",
                             "\\u{110000}",
                             "\\uD83D\\u0041",
                             "\\q",
                             "\\h",
                             "[\\1]",
                             "\\1",
                             "\\01",
                             "\\k<a>",
                             "(?<a",
                             "(?<>",
                             "(?P=a)",
                             "(?#a)",
                             "(?s)a",
                             "\\c1",
                             "\\x4",
                             "\\x{}",
                             "\\p",
                             "\\p{",
                             "\\p{Foo}",
                             "\\P{Any}",
                             "\\p{Script=Greek}"}) {
        CAPTURE(ecma);
        CHECK_FALSE(pattern::read(ecma));
    }
}

TEST_CASE("what looks behind has to know how far") {
    CHECK(matches("(?<=ab|cd)e", "cde"));
    CHECK_FALSE(pattern::read("(?<=a+)b"));
}

TEST_CASE("bytes that are no UTF-8 count as one character each") {
    CHECK(matches("^.$", "\xff"));
    CHECK(matches("^\\ufffd$", "\x80"));
    CHECK(matches("^.a$",
                  "\xe2\x82"
                  "a"));
}

TEST_CASE("a search that would take too long says so") {
    CHECK_THROWS_AS(matches("^(a+)+$", std::string(5'000, 'a') + "!"), std::runtime_error);
    CHECK(matches("^\\p{L}+$", std::string(1'000'000, 'a')));
}
