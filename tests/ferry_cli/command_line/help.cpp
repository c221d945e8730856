// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/help.hpp"

#include "command_line/frame_flags.hpp"
#include "ferry_cli/command_line/sample_program.hpp"
#include "program/ferry.hpp"
#include "program/official.hpp"
#include "support/catch2.hpp"
#include "terminal/text_width.hpp"

#include <sstream>

using namespace ferry::cli;
using ferry_test::sample_program;
using words = std::vector<std::string>;

namespace {

std::string help_of(words const& place, std::size_t columns = 80, program const& all = sample_program) {
    return help(all, locate(all, place).at, columns);
}

/// Up to the flags of every command, which are the same everywhere.
std::string beginning(std::string const& text) {
    return text.substr(0, text.find("Flags of every command:"));
}

/// All places of a program.
void walk(program const& all, words const& place, std::vector<words>& to) {
    to.push_back(place);
    auto const at = locate(all, place).at;
    if (at.which != nullptr) return;
    for (auto const& [word, summary] : words_at(all, at)) {
        auto below = place;
        below.push_back(word);
        walk(all, below, to);
    }
}

std::vector<words> places(program const& all) {
    std::vector<words> made;
    walk(all, {}, made);
    return made;
}

/// A line of a shell in words: blanks between them, single quotes around some.
words split(std::string const& line) {
    words made;
    std::string word;
    bool quoted = false;
    for (char const c : line + " ") {
        if (c == '\'')
            quoted = !quoted;
        else if (c != ' ' || quoted)
            word += c;
        else if (!word.empty())
            made.push_back(std::exchange(word, {}));
    }
    return made;
}

void every_example_parses(program const& all) {
    for (auto const& place : places(all)) {
        auto const at = locate(all, place).at;
        auto const lines = examples(all, at);
        CAPTURE(at.name());
        CHECK_FALSE(lines.empty());
        auto const shown = help(all, at, 80);
        for (auto const& line : lines) {
            CAPTURE(line);
            CHECK(shown.find("  " + line + "\n") != std::string::npos);
            auto example = split(line);
            REQUIRE(example.front() == all.name);
            example.erase(example.begin());
            auto const given = parse(all, example);
            REQUIRE(given.at.which != nullptr);
            for (auto const& one : given.at.which->flags)
                if (one.required) CHECK(given.has(one.name));
        }
    }
}

}  // namespace

TEST_CASE("the help of a command says what it does, how, and with which flags") {
    CHECK(beginning(help_of({"shop", "cans", "paint"})) == R"(Paint something.

Usage: sample shop cans paint --colour TEXT CAN-ID [flags]

Takes paint from a can.

And some time.

Example:
  sample shop cans paint --colour green CAN-ID

Arguments:
  CAN-ID, --can-id  Required. Which can.

Flags:
  -c, --colour TEXT        Required. What it looks like. One of red, green.
  --layers INTEGER         How many.
  --wet                    Not dry.
  --dry-by TEXT            When.
  --tag TEXT               Words. May be given several times.
  --filter YAML            Which.
  --filter.file-name TEXT  By name.
  --filter.size INTEGER    By size.
  --shop-id TEXT           Which shop.

)");
    CHECK(help_of({"shop", "cans", "paint"}).ends_with("\n\nCalls POST /cans/{can_id}.\n"));
}

TEST_CASE("the help of a command of the program's own has its examples") {
    CHECK(beginning(help_of({"copy"})) == R"(Copy things.

Usage: sample copy FROM... [TO] [flags]

Examples:
  sample copy a
  sample copy a b

Arguments:
  FROM, --from  Required. What. May be given several times.
  TO, --to      Where to.

)");
    CHECK(help_of({"copy"}).ends_with("which program this is.\n"));
}

TEST_CASE("the help of a place says what may follow") {
    CHECK(help_of({}) == R"(Paint.

Usage: sample COMMAND

Commands:
  shop  Every operation of The Shop.
  copy  Copy things.

Example:
  sample copy a

sample COMMAND --help says more.
)");
    CHECK(help_of({"shop", "cans"}) == R"(Cans.

Usage: sample shop cans COMMAND

Commands:
  paint  Paint something.
  list   List cans.
  lids   Their lids.

Example:
  sample shop cans paint --colour green CAN-ID

sample shop cans COMMAND --help says more.

The key comes from SHOP_KEY.
)");
}

TEST_CASE("in a narrow window texts stand below the names") {
    auto const text = beginning(help_of({"shop", "cans", "paint"}, 40));
    CHECK(text.find("  --dry-by TEXT\n      When.\n") != std::string::npos);
    CHECK(text.find("  -c, --colour TEXT\n      Required. What it looks like. One\n      of red, green.\n") !=
          std::string::npos);
}

TEST_CASE("no line of any help is wider than the window, but usage and examples, which are to be copied") {
    for (std::size_t const columns : {40U, 60U, 80U, 200U})
        for (auto const& place : places(ferry_program())) {
            std::istringstream lines(help_of(place, columns, ferry_program()));
            for (std::string line; std::getline(lines, line);) {
                CAPTURE(place, line);
                CHECK(line == line.substr(0, line.find_last_not_of(' ') + 1));
                bool const is_copied =
                    line.starts_with("Usage: ") || line.starts_with("  ferry ") || line.starts_with("Calls ");
                bool const is_word =
                    line.find(' ', std::min(line.find_first_not_of(' '), line.size())) == line.npos;
                bool const is_name = columns == 40 && line.starts_with("  -");
                if (!is_copied && !is_name && !is_word) CHECK(display_width(line) <= columns);
            }
        }
}

TEST_CASE("every help has an example, and every example is a command line") {
    every_example_parses(sample_program);
    every_example_parses(ferry_program());
    for (auto const* name : {"llp", "llamacloud-prod"}) {
        official_program const official(name);
        every_example_parses(official.get());
    }
}

TEST_CASE("every place has a summary") {
    for (auto const& place : places(ferry_program())) {
        CAPTURE(place);
        auto const text = summary_of(ferry_program(), locate(ferry_program(), place).at);
        CHECK(text.ends_with('.'));
        CHECK(text.find('\n') == std::string::npos);
    }
}

TEST_CASE("text is wrapped between words, without Markdown's marks") {
    CHECK(wrapped("one two three four five", 20, 0) == "one two three four\nfive");
    CHECK(wrapped("one two three four five", 20, 2) == "one two three four\n  five");
    CHECK(wrapped("`a`  b", 20, 0) == "a b");
    CHECK(wrapped("a\n\nb", 20, 2) == "a\n\n  b");
    CHECK(wrapped("a\nb", 20, 0) == "a\nb");
    CHECK(wrapped("\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4 "
                  "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4",
                  20, 0)
              .find('\n') == std::string::npos);
    auto const address = "https://" + std::string(40, 'x');
    CHECK(wrapped("see " + address + " there", 20, 0) == "see\n" + address + "\nthere");
}
