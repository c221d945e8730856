// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/formats.hpp"

#include "values/value_error.hpp"

#include "support/catch2.hpp"

#include <sstream>
#include <string>
#include <vector>

using namespace ferry::cli;

namespace {

colour_scheme const colours{"<k>", "<t>", "<n>", "<b>", "<0>", "</>"};

std::string printed(print_options const& options, std::vector<std::string> const& documents) {
    std::ostringstream to;
    printer out(to, options);
    for (auto const& document : documents) out.print(parse_json(document));
    return to.str();
}

std::string printed_bytes(print_options const& options, std::vector<std::string> const& came) {
    std::ostringstream to;
    printer out(to, options);
    for (auto const& bytes : came) out.print_bytes(bytes);
    return to.str();
}

constexpr format all[] = {format::auto_,  format::explore, format::json, format::jsonl,
                          format::pretty, format::raw,     format::yaml};

}  // namespace

TEST_CASE("formats have names, in any case", "[formats]") {
    CHECK(parse_format("auto") == format::auto_);
    CHECK(parse_format("explore") == format::explore);
    CHECK(parse_format("json") == format::json);
    CHECK(parse_format("JSONL") == format::jsonl);
    CHECK(parse_format("Pretty") == format::pretty);
    CHECK(parse_format("rAw") == format::raw);
    CHECK(parse_format("YAML") == format::yaml);
    for (auto const one : all) CHECK(parse_format(name_of(one)) == one);
}

TEST_CASE("an unknown format names those that there are", "[formats]") {
    auto const known = "; the formats are auto, explore, json, jsonl, pretty, raw, yaml";
    CHECK_THROWS_WITH(parse_format("xml"), std::string("there is no format \"xml\"") + known);
    CHECK_THROWS_WITH(parse_format(""), std::string("there is no format \"\"") + known);
    CHECK_THROWS_WITH(parse_format("\x1b"), std::string("there is no format \"\\u001b\"") + known);
    CHECK_THROWS_AS(parse_format("json "), value_error);
}

TEST_CASE("documents in each format", "[formats]") {
    std::vector<std::string> const two = {R"({ "a": [1.10, null] })", R"("x")"};
    for (auto const indented : {format::auto_, format::explore, format::pretty, format::json}) {
        CHECK(printed({.as = indented}, two) == "{\n  \"a\": [\n    1.10,\n    null\n  ]\n}\n\"x\"\n");
    }
    for (auto const in_one_line : {format::jsonl, format::raw})
        CHECK(printed({.as = in_one_line}, two) == "{\"a\":[1.10,null]}\n\"x\"\n");
    CHECK(printed({.as = format::yaml}, two) == "a:\n  - 1.10\n  - null\n---\nx\n");
    CHECK(printed({.as = format::yaml}, {"1", "[]", "{}"}) == "1\n---\n[]\n---\n{}\n");
    for (auto const one : all) CHECK(printed({.as = one}, {}).empty());
}

TEST_CASE("what people look at is coloured, what programs read is not", "[formats]") {
    std::vector<std::string> const one = {R"({"a":[1,"x"]})"};
    for (auto const coloured : {format::auto_, format::explore, format::pretty}) {
        CHECK(printed({.as = coloured, .colours = colours}, one) ==
              "{\n  <k>\"a\"</>: [\n    <n>1</>,\n    <t>\"x\"</>\n  ]\n}\n");
    }
    for (auto const plain : {format::json, format::jsonl, format::raw, format::yaml}) {
        CHECK(printed({.as = plain, .colours = colours}, one) == printed({.as = plain}, one));
    }
}

TEST_CASE("raw output takes the quotes off texts and does nothing else", "[formats]") {
    for (auto const one : all) {
        INFO(name_of(one));
        print_options const quoted{.as = one};
        print_options const raw{.as = one, .raw_output = true};
        CHECK(printed({.as = one, .raw_output = true, .colours = colours}, {R"("a \"b\"\n\u001b")"}) ==
              "a \"b\"\n\x1b\n");
        for (auto const* const same : {"1", "null", "true", R"(["x"])", R"({"a":"x"})"})
            CHECK(printed(raw, {same}) == printed(quoted, {same}));
    }
    CHECK(printed({.as = format::yaml, .raw_output = true}, {R"("yes")", R"("b")"}) == "yes\n---\nb\n");
}

TEST_CASE("a terminal gets nothing that it would obey", "[formats]") {
    std::vector<std::string> const nasty = {"{\"k\xc2\x9b\":\"\\u001b]0;x\\u0007\xe2\x80\xae\x7f\"}"};
    for (auto const one : all) {
        auto const text = printed({.as = one, .for_terminal = true}, nasty);
        INFO(text);
        CHECK(text.find_first_of("\x1b\x07\x7f\xc2\xe2") == text.npos);
        CHECK(text.find("\\u009b") != text.npos);
        CHECK(text.find("\\u202e") != text.npos);
    }
    CHECK(printed({.raw_output = true, .for_terminal = true}, {R"("a\tb\n\u001b[2Jc")"}) ==
          "a\tb\n\\u001b[2Jc\n");
}

TEST_CASE("raw is the bytes as they came", "[formats]") {
    print_options const raw{.as = format::raw};
    CHECK(printed_bytes(raw, {"{ \"a\" :\t1.0,\n\"a\":2}"}) == "{ \"a\" :\t1.0,\n\"a\":2}");
    CHECK(printed_bytes(raw, {"no json \xff\x1b\n"}) == "no json \xff\x1b\n");
    CHECK(printed_bytes(raw, {"a", "", "b"}) == "ab");
    print_options const terminal{.as = format::raw, .for_terminal = true};
    CHECK(printed_bytes(terminal, {"{ \"a\":1}"}) == "{ \"a\":1}\n");
    CHECK(printed_bytes(terminal, {"{ \"a\":1}\n"}) == "{ \"a\":1}\n");
    CHECK(printed_bytes(terminal, {"\x1b[2J\xff"}) == "\\u001b[2J\xef\xbf\xbd\n");
    print_options const without_quotes{.as = format::raw, .raw_output = true};
    CHECK(printed_bytes(without_quotes, {" \"a\\tb\"", "[ 1 ]", "oops"}) == "a\tb\n[ 1 ]oops");
}

TEST_CASE("what came is printed in the format that was asked for", "[formats]") {
    CHECK(printed_bytes({.as = format::jsonl}, {"{ \"a\" : 1 }", "[ ]"}) == "{\"a\":1}\n[]\n");
    CHECK(printed_bytes({.as = format::yaml}, {"{ \"a\" : 1 }", "2"}) == "a: 1\n---\n2\n");
    CHECK(printed_bytes({}, {"", "{\"a\":1}"}) == "{\n  \"a\": 1\n}\n");
    CHECK_THROWS_AS(printed_bytes({}, {"<html>"}), value_error);
}
