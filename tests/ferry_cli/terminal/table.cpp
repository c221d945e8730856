// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/table.hpp"

#include "support/catch2.hpp"

#include <stdexcept>

using ferry::cli::alignment;
using ferry::cli::table;

namespace {

table files() {
    table all({{"ID"}, {"SIZE", alignment::right}, {"NAME"}});
    all.add({"f1", "9.9 KiB", "report.pdf"});
    all.add({"file-20", "1 B", "a-rather-long-name-of-a-file.pdf"});
    return all;
}

}  // namespace

TEST_CASE("columns stand under one another, numbers to the right") {
    CHECK(files().text() ==
          "ID          SIZE  NAME\n"
          "f1       9.9 KiB  report.pdf\n"
          "file-20      1 B  a-rather-long-name-of-a-file.pdf\n");
}

TEST_CASE("the last column ends with the terminal, and is cut nowhere else") {
    CHECK(files().text(30) ==
          "ID          SIZE  NAME\n"
          "f1       9.9 KiB  report.pdf\n"
          "file-20      1 B  a-rath…e.pdf\n");
    CHECK(files().text(50) == files().text());
    CHECK(files().text(49).find("a-rather-long-n…e-of-a-file.pdf\n") != std::string::npos);
}

TEST_CASE("ten columns stay of the last one where there is no room") {
    auto const narrow =
        "ID          SIZE  NAME\n"
        "f1       9.9 KiB  report.pdf\n"
        "file-20      1 B  a-rat….pdf\n";
    CHECK(files().text(28) == narrow);
    CHECK(files().text(20) == narrow);
    CHECK(files().text(1) == narrow);
    CHECK(files().text(0) == narrow);
}

TEST_CASE("columns are as wide as they look") {
    table all({{"NAME"}, {"N", alignment::right}});
    all.add({"報告", "1"});
    all.add({"e\u0301", "10"});
    all.add({"plain", "7"});
    CHECK(all.text() ==
          "NAME    N\n"
          "報告    1\n"
          "e\u0301      10\n"
          "plain   7\n");
}

TEST_CASE("a row is a line, whatever a cell holds") {
    table all({{"NAME"}, {"NOTE"}});
    all.add({"a\nb", "\x1b[31mred\r\n"});
    all.add({"c\td\u202E", "\xFF"});
    CHECK(all.text() ==
          "NAME  NOTE\n"
          "a\uFFFDb   \uFFFD[31mred\uFFFD\uFFFD\n"
          "c\uFFFDd\uFFFD  \uFFFD\n");
}

TEST_CASE("no line ends in spaces") {
    table all({{"A"}, {"B"}, {"C"}});
    all.add({"1", "", ""});
    all.add({"", "22", ""});
    all.add({"", "", "3  "});
    all.add({"", "", ""});
    CHECK(all.text() ==
          "A  B   C\n"
          "1\n"
          "   22\n"
          "       3\n"
          "\n");
}

TEST_CASE("titles are shown where there are some") {
    table untitled({{""}, {""}});
    CHECK(untitled.empty());
    CHECK(untitled.text().empty());
    untitled.add({"a", "b"});
    CHECK_FALSE(untitled.empty());
    CHECK(untitled.text() == "a  b\n");
    table half({{""}, {"N"}});
    CHECK(half.text() == "  N\n");
}

TEST_CASE("a column of numbers may be the last one") {
    table all({{"NAME"}, {"SIZE", alignment::right}});
    all.add({"a", "5 B"});
    all.add({"b", "1023 KiB"});
    CHECK(all.text(80) ==
          "NAME      SIZE\n"
          "a          5 B\n"
          "b     1023 KiB\n");
}

TEST_CASE("a row has a cell for each column") {
    table all({{"A"}, {"B"}});
    CHECK_THROWS_AS(all.add({"1"}), std::invalid_argument);
    CHECK_THROWS_WITH(all.add({"1", "2", "3"}), "a row of 3 cells in a table of 2 columns");
    CHECK(all.empty());
    CHECK(table({}).text(80).empty());
}
