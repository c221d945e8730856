// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/arguments.hpp"

#include "command_line/exit_code.hpp"
#include "ferry_cli/command_line/sample_program.hpp"
#include "support/catch2.hpp"

using namespace ferry::cli;
using ferry_test::sample_program;
using words = std::vector<std::string>;

namespace {

arguments parsed(words const& all) {
    return parse(sample_program, all);
}

std::string value(arguments const& given, std::string_view flag) {
    auto const* text = given.find(flag);
    return text != nullptr ? *text : "nothing";
}

words names(std::vector<std::pair<std::string, std::string>> const& of) {
    words made;
    for (auto const& [name, summary] : of) made.push_back(name);
    return made;
}

}  // namespace

TEST_CASE("words lead to a command") {
    auto const given = parsed({"shop", "cans", "paint", "7", "--colour", "red"});
    CHECK(given.at.name() == "sample shop cans paint");
    CHECK(given.at.of == &ferry_test::shop);
    CHECK(given.at.which == &ferry_test::can_commands[0]);
    CHECK(parsed({"shop", "cans", "lids", "open"}).at.which == &ferry_test::lid_commands[0]);
    CHECK(parsed({"copy", "x"}).at.which == &ferry_test::own_commands[0]);
    CHECK(parsed({"shop", "cans"}).at.which == nullptr);
    CHECK(parsed({}).at.name() == "sample");
}

TEST_CASE("the words that may follow are groups and commands, each once") {
    CHECK(names(words_at(sample_program, parsed({}).at)) == words{"shop", "copy"});
    CHECK(names(words_at(sample_program, parsed({"shop"}).at)) == words{"cans"});
    CHECK(names(words_at(sample_program, parsed({"shop", "cans"}).at)) == words{"paint", "list", "lids"});
    auto flat = sample_program;
    flat.flat = true;
    CHECK(names(words_at(flat, parse(flat, {}).at)) == words{"copy", "cans"});
    CHECK(parse(flat, {"cans", "list"}).at.name() == "sample cans list");
}

TEST_CASE("a flag is given with a space, an equals sign, its letter or its other spelling") {
    for (auto const& flag : {words{"--colour", "red"}, words{"--colour=red"}, words{"-c", "red"},
                             words{"-cred"}, words{"--color", "red"}, words{"--color=red"}}) {
        words all{"shop", "cans", "paint"};
        all.insert(all.end(), flag.begin(), flag.end());
        CAPTURE(flag);
        CHECK(value(parsed(all), "colour") == "red");
    }
}

TEST_CASE("flags may stand before, between and behind the words") {
    auto const given =
        parsed({"--format", "json", "shop", "-q", "cans", "--base-url=u", "paint", "--wet", "7"});
    CHECK(value(given, "format") == "json");
    CHECK(value(given, "base-url") == "u");
    CHECK(value(given, "quiet") == "true");
    CHECK(value(given, "wet") == "true");
    CHECK(value(given, "can-id") == "7");
}

TEST_CASE("the positional flag may have its name, and values may begin with a dash behind an equals sign") {
    CHECK(value(parsed({"shop", "cans", "paint", "--can-id", "7"}), "can-id") == "7");
    CHECK(value(parsed({"shop", "cans", "paint", "--layers=-1"}), "layers") == "-1");
    CHECK(value(parsed({"shop", "cans", "paint", "--layers", "-1"}), "layers") == "-1");
    CHECK(value(parsed({"shop", "cans", "paint", "--wet=false"}), "wet") == "false");
    CHECK(value(parsed({"shop", "cans", "paint", "--", "--odd"}), "can-id") == "--odd");
    CHECK(value(parsed({"shop", "cans", "paint", "--tag="}), "tag").empty());
}

TEST_CASE("a flag that is given again is kept again; the last one is found") {
    auto const given =
        parsed({"shop", "cans", "paint", "--tag", "a", "--tag", "b", "--layers", "1", "--layers", "2"});
    CHECK(given.values.at("tag") == words{"a", "b"});
    CHECK(value(given, "layers") == "2");
    CHECK(parsed({"copy", "a", "b", "c"}).values.at("from") == words{"a", "b", "c"});
}

TEST_CASE("members of an object have flags of their own") {
    auto const given = parsed({"shop", "cans", "paint", "--filter.file-name", "x", "--filter", "{a: 1}"});
    CHECK(value(given, "filter.file-name") == "x");
    CHECK(value(given, "filter") == "{a: 1}");
}

TEST_CASE("lists take --max-items, other commands do not") {
    CHECK(value(parsed({"shop", "cans", "list", "--max-items", "3"}), "max-items") == "3");
    CHECK_THROWS_WITH(parsed({"shop", "cans", "paint", "--max-items", "3"}),
                      Catch::Contains("unknown flag '--max-items'"));
}

TEST_CASE("a word that is no command is refused with the nearest one") {
    CHECK_THROWS_WITH(parsed({"shp"}), "'shp' is no command of 'sample'; did you mean 'shop'?");
    CHECK_THROWS_WITH(parsed({"shop", "cans", "paitn"}),
                      "'paitn' is no command of 'sample shop cans'; did you mean 'paint'?");
    CHECK_THROWS_WITH(parsed({"shop", "xyzzy"}), "'xyzzy' is no command of 'sample shop'");
}

TEST_CASE("a flag that is none is refused with the nearest one, whatever its value") {
    CHECK_THROWS_WITH(parsed({"shop", "cans", "paint", "--colur", "red"}),
                      "unknown flag '--colur'; did you mean '--colour'?");
    CHECK_THROWS_WITH(parsed({"shop", "cans", "paint", "--colur=secret"}),
                      "unknown flag '--colur'; did you mean '--colour'?");
    CHECK_THROWS_WITH(parsed({"shop", "cans", "paint", "--xyzzyx"}), "unknown flag '--xyzzyx'");
    CHECK_THROWS_WITH(parsed({"shop", "cans", "list", "more", "words"}),
                      "unexpected extra arguments: more words");
    CHECK_THROWS_AS(parsed({"shop", "cans", "paint", "--layers"}), usage_error);
}

TEST_CASE("locating follows the words that lead somewhere, and keeps the others") {
    auto const found = locate(sample_program, {"shop", "xyzzy", "cans", "paint", "--colour", "r"});
    CHECK(found.at.name() == "sample shop cans paint");
    CHECK(found.rest == words{"xyzzy", "--colour", "r"});
}
