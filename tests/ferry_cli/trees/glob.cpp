// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/glob.hpp"

#include "support/catch2.hpp"

using ferry::cli::fits;
using ferry::cli::name_filter;

TEST_CASE("a pattern without a slash is compared with the last part of a name") {
    CHECK(fits("a.txt", "*.txt"));
    CHECK(fits("deep/er/a.txt", "*.txt"));
    CHECK(fits("deep/er/a.txt", "a.txt"));
    CHECK_FALSE(fits("a.txt/b", "a.txt"));
    CHECK_FALSE(fits("deep/a.txt", "deep"));
    CHECK_FALSE(fits("a.txt.bak", "*.txt"));
}

TEST_CASE("a pattern with a slash is compared with the whole name") {
    CHECK(fits("deep/a.txt", "deep/*.txt"));
    CHECK_FALSE(fits("more/deep/a.txt", "deep/*.txt"));
    CHECK_FALSE(fits("deep/er/a.txt", "deep/*.txt"));
    CHECK(fits("a.txt", "/a.txt"));
    CHECK_FALSE(fits("deep/a.txt", "/a.txt"));
}

TEST_CASE("a pattern that ends with a slash fits what is below such directories") {
    CHECK(fits("build/a.o", "build/"));
    CHECK(fits("deep/build/er/a.o", "build/"));
    CHECK_FALSE(fits("build", "build/"));
    CHECK_FALSE(fits("rebuild/a.o", "build/"));
    CHECK(fits("build/a.o", "/build/"));
    CHECK_FALSE(fits("deep/build/a.o", "/build/"));
    CHECK(fits("deep/build/a.o", "deep/build/"));
    CHECK(fits("deep/x1/a.o", "x?/"));
}

TEST_CASE("a star stands for characters but the slash, two for any") {
    CHECK(fits("", "*"));
    CHECK(fits("abcabd", "*abd"));
    CHECK(fits("aXbXc", "a*b*c"));
    CHECK_FALSE(fits("aXbX", "a*b*c"));
    CHECK(fits("a/b/c/d.txt", "a/**/d.txt"));
    CHECK(fits("a/d.txt", "a/**/d.txt"));
    CHECK_FALSE(fits("a/xd.txt", "a/**/d.txt"));
    CHECK(fits("d.txt", "**/d.txt"));
    CHECK(fits("a/b/d.txt", "**/d.txt"));
    CHECK_FALSE(fits("bad.txt", "**/d.txt"));
    CHECK(fits("a/b/c", "a/**"));
    CHECK_FALSE(fits("a", "a/**"));
    CHECK_FALSE(fits("b/a/c", "a/**"));
    CHECK(fits("x/a/b/c.txt", "x/a**c.txt"));
    CHECK(fits("x/a/b/ab.txt", "**/a/**/*b.txt"));
    CHECK(fits("x/b.txt/a/b.txt", "**/a/*.txt"));
}

TEST_CASE("a question mark and a set stand for one character, however many bytes it has") {
    CHECK(fits("a1", "a?"));
    CHECK(fits("\xc3\xa4.txt", "?.txt"));
    CHECK_FALSE(fits("ab", "?"));
    CHECK_FALSE(fits("a/b", "a/b?"));
    CHECK_FALSE(fits("x/a/b", "x/a?b"));
    CHECK(fits("b", "[a-c]"));
    CHECK_FALSE(fits("d", "[a-c]"));
    CHECK(fits("d", "[!a-c]"));
    CHECK_FALSE(fits("b", "[!a-c]"));
    CHECK(fits("]", "[]]"));
    CHECK(fits("-", "[a-]"));
    CHECK(fits("\xc3\xa4", "[\xc3\xa0-\xc3\xbf]"));
    CHECK(fits("[x", "[x"));
    CHECK_FALSE(fits("x/b", "x[!a]b"));
}

TEST_CASE("a backslash in a pattern takes the meaning from what follows") {
    CHECK(fits("*", "\\*"));
    CHECK_FALSE(fits("a", "\\*"));
    CHECK(fits("[a]", "\\[a]"));
    CHECK(fits("\\", "\\"));
}

TEST_CASE("a pattern of many stars and a long name are compared in no time") {
    std::string pattern = "x/";
    for (int i = 0; i < 200; ++i) pattern += "a*";
    CHECK_FALSE(fits("x/" + std::string(4000, 'a') + "b", pattern + "c"));
    CHECK(fits("x/" + std::string(4000, 'a'), pattern));
}

TEST_CASE("what is excluded is not wanted, even where it is included") {
    CHECK(name_filter{}.wants("a"));
    name_filter const some{{"*.txt", "docs/"}, {"secret*"}};
    CHECK(some.wants("a.txt"));
    CHECK(some.wants("docs/a.pdf"));
    CHECK_FALSE(some.wants("a.pdf"));
    CHECK_FALSE(some.wants("docs/secret.txt"));
    name_filter const others{{}, {".git/"}};
    CHECK_FALSE(others.wants("a/.git/config"));
    CHECK(others.wants(".gitignore"));
}
