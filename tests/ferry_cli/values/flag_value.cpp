// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/flag_value.hpp"

#include "values/value_error.hpp"

#include "support/catch2.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace ferry::cli;
using namespace std::string_literals;

namespace {

std::optional<std::string> no_files(std::string const&) {
    return std::nullopt;
}

std::optional<std::string> some_files(std::string const& path) {
    if (path == "note.txt") return "caf\xc3\xa9\n";
    if (path == "note") return "a note";
    if (path == "logo.png") return "\x89PNG\xff";
    if (path == "empty.txt") return "";
    if (path == "at.txt") return "@note.txt";
    if (path == "huge.bin") return std::string(max_embedded_file + 1, 'x');
    if (path == "secret.txt") throw value_error("Permission denied");
    return std::nullopt;
}

std::string value(flag_type const& type, std::vector<std::string> const& given,
                  file_reader const& read = no_files) {
    return compact(flag_value("--flag", type, given, read));
}

std::string value(flag_type const& type, char const* given) {
    return value(type, std::vector<std::string>{given});
}

std::string complaint(flag_type const& type, std::vector<std::string> const& given,
                      file_reader const& read = no_files) {
    try {
        return "means " + value(type, given, read);
    } catch (value_error const& e) {
        return e.what();
    }
}

std::string complaint(flag_type const& type, char const* given) {
    return complaint(type, std::vector<std::string>{given});
}

constexpr flag_type text{value_kind::text};
constexpr flag_type integer{value_kind::integer};
constexpr flag_type number{value_kind::number};
constexpr flag_type boolean{value_kind::boolean};
constexpr flag_type time_of_day{value_kind::time};
constexpr flag_type file{value_kind::file};
constexpr flag_type any{value_kind::any};
constexpr flag_type texts{.kind = value_kind::text, .list = true};
constexpr flag_type integers{.kind = value_kind::integer, .list = true};
constexpr flag_type anys{.kind = value_kind::any, .list = true};

}  // namespace

TEST_CASE("text is what it is", "[flag_value]") {
    for (auto const* const same :
         {"a", "", "null", "1", "true", "[a]", "{a: 1}", " a ", "a\nb", "caf\xc3\xa9"}) {
        INFO(same);
        CHECK(flag_value("--flag", text, {same}, no_files) == json_value(same));
    }
    CHECK(value(text, {"a", "b"}) == R"("b")");
}

TEST_CASE("null is null where that is allowed", "[flag_value]") {
    for (auto const kind : {value_kind::text, value_kind::integer, value_kind::number, value_kind::boolean,
                            value_kind::time, value_kind::file, value_kind::any}) {
        INFO(int(kind));
        CHECK(value({.kind = kind, .nullable = true}, "null") == "null");
        CHECK(value({.kind = kind, .list = true, .nullable = true}, "null") == "null");
    }
    CHECK(value({.kind = value_kind::text, .nullable = true}, "Null") == R"("Null")");
    CHECK(value({.kind = value_kind::text, .list = true, .nullable = true}, {"null", "a"}) ==
          R"(["null","a"])");
    CHECK(complaint(integer, "null") == "--flag: \"null\" is no integer, such as 20 or 0x14");
    CHECK(complaint(boolean, "null") == "--flag: \"null\" is neither true nor false");
}

TEST_CASE("integers", "[flag_value]") {
    CHECK(value(integer, "20") == "20");
    CHECK(value(integer, "+20") == "20");
    CHECK(value(integer, "-7") == "-7");
    CHECK(value(integer, "007") == "7");
    CHECK(value(integer, "-0") == "0");
    CHECK(value(integer, "0x1F") == "31");
    CHECK(value(integer, "0Xff") == "255");
    CHECK(value(integer, "-0x10") == "-16");
    CHECK(value(integer, "9223372036854775807") == "9223372036854775807");
    CHECK(value(integer, "-9223372036854775808") == "-9223372036854775808");
    CHECK(value(integer, "0x7fffffffffffffff") == "9223372036854775807");
    CHECK(value(integer, "-0x8000000000000000") == "-9223372036854775808");
    for (auto const* const large : {"9223372036854775808", "-9223372036854775809", "0x8000000000000000",
                                    "99999999999999999999999", "-0xffffffffffffffff"}) {
        INFO(large);
        CHECK(complaint(integer, large) == "--flag: \"" + std::string(large) + "\" does not fit 64 bits");
    }
    for (auto const* const wrong :
         {"", "a", "1.0", "1e3", " 1", "1 ", "0x", "0xg", "--1", "+-1", "-", "1_000", "0x-1", "1,000"}) {
        INFO(wrong);
        CHECK(complaint(integer, wrong) ==
              "--flag: \"" + std::string(wrong) + "\" is no integer, such as 20 or 0x14");
    }
    CHECK(complaint(integer, "\x1b[31m") == R"(--flag: "\u001b[31m" is no integer, such as 20 or 0x14)");
}

TEST_CASE("numbers", "[flag_value]") {
    CHECK(value(number, "0.5") == "0.5");
    CHECK(value(number, ".5") == "0.5");
    CHECK(value(number, "-1.10") == "-1.10");
    CHECK(value(number, "1e400") == "1e400");
    CHECK(value(number, "9223372036854775809") == "9223372036854775809");
    CHECK(value(number, "0x10") == "16");
    CHECK(value(number, "-0x10") == "-16");
    for (auto const* const wrong : {"", "inf", "nan", ".inf", "1,5", "abc", "1.2.3", "0x1.8"}) {
        INFO(wrong);
        CHECK(complaint(number, wrong) ==
              "--flag: \"" + std::string(wrong) + "\" is no number, such as 0.5, 1e3 or 0x14");
    }
    CHECK(complaint(number, "0xfffffffffffffffff") == "--flag: \"0xfffffffffffffffff\" does not fit 64 bits");
}

TEST_CASE("booleans", "[flag_value]") {
    for (auto const* const yes : {"1", "t", "T", "TRUE", "true", "True"})
        CHECK(value(boolean, yes) == "true");
    for (auto const* const no : {"0", "f", "F", "FALSE", "false", "False"})
        CHECK(value(boolean, no) == "false");
    for (auto const* const wrong : {"", "yes", "no", "on", "tRUE", "2", " true"}) {
        INFO(wrong);
        CHECK(complaint(boolean, wrong) ==
              "--flag: \"" + std::string(wrong) + "\" is neither true nor false");
    }
}

TEST_CASE("times and paths", "[flag_value]") {
    CHECK(value(time_of_day, "2026-01-31") == R"("2026-01-31T00:00:00Z")");
    CHECK(complaint(time_of_day, "tomorrow") ==
          "--flag: \"tomorrow\" is no time, such as 2026-01-31 or 2026-01-31T12:00:00Z");
    CHECK(value(file, "-") == R"("-")");
    CHECK(value(file, "@note.txt") == R"("@note.txt")");
    CHECK(complaint(file, "") == "--flag: the path is empty");
}

TEST_CASE("maps and the like are YAML or JSON", "[flag_value]") {
    CHECK(value(any, "{a: 1, b: [x, 'y']}") == R"({"a":1,"b":["x","y"]})");
    CHECK(value(any, R"({"a":{"b":1.10}})") == R"({"a":{"b":1.10}})");
    CHECK(value(any, "a: 1\nb:\n  - 2\n") == R"({"a":1,"b":[2]})");
    CHECK(value(any, "word") == R"("word")");
    CHECK(value(any, "7") == "7");
    CHECK(value(any, "true") == "true");
    CHECK(value(any, "null") == "null");
    CHECK(value(any, "") == "null");
    CHECK(value(any, "v1.2-x_3=") == R"("v1.2-x_3=")");
    CHECK(value(any, ".inf") == R"(".inf")");
    CHECK_THAT(complaint(any, "{a: 1"),
               ferry_test::starts_with("--flag: \"{a: 1\" is neither YAML nor JSON: line 1, column "));
    CHECK(complaint(any, "{a: 1, a: 2}") ==
          "--flag: \"{a: 1, a: 2}\" is neither YAML nor JSON: line 1, column 8: the key \"a\" occurs twice; "
          "remove one "
          "of them");
    CHECK(complaint(any, "[.inf]") ==
          "--flag: \"[.inf]\" is neither YAML nor JSON: line 1, column 2: JSON has no number \".inf\"; quote "
          "it where a "
          "text is meant");
    auto const long_text = "{" + std::string(1000, 'x');
    CHECK(complaint(any, {long_text}).size() < 400);
}

TEST_CASE("a list is a repeated flag or a YAML list", "[flag_value]") {
    CHECK(value(texts, {"a", "b"}) == R"(["a","b"])");
    CHECK(value(texts, "a") == R"(["a"])");
    CHECK(value(texts, "[a, b]") == R"(["a","b"])");
    CHECK(value(texts, R"(["a","b,c"])") == R"(["a","b,c"])");
    CHECK(value(texts, {" [a, 'b c'] ", "d"}) == R"(["a","b c","d"])");
    CHECK(value(texts, "[]") == "[]");
    CHECK(value(texts, "[1, 0x10, 1.0, true, null, yes]") == R"(["1","0x10","1.0","true","null","yes"])");
    CHECK(value(texts, "a,b") == R"(["a,b"])");
    CHECK(value(texts, "") == R"([""])");
    CHECK(value(texts, "- a") == R"(["- a"])");
    CHECK(value(integers, {"1", "0x10"}) == "[1,16]");
    CHECK(value(integers, {"[1, 0x10]", "3"}) == "[1,16,3]");
    CHECK(complaint(integers, "[1, x]") == "--flag: \"x\" is no integer, such as 20 or 0x14");
    CHECK(complaint(integers, "[1") == "--flag: \"[1\" is no integer, such as 20 or 0x14");
    CHECK(value({.kind = value_kind::boolean, .list = true}, "[t, 0]") == "[true,false]");
}

TEST_CASE("a text that is no YAML list stays text", "[flag_value]") {
    for (auto const* const same :
         {"[draft] report", "[a", "[a]]", "[a, b] c", "[", "[a: b: c]", "[*x]", "[.inf"}) {
        INFO(same);
        CHECK(flag_value("--flag", texts, {same}, no_files) == json_value(json_value::list{same}));
    }
    CHECK(complaint(texts, "[a, [b, 1]]") ==
          R"(--flag: in the list "[a, [b, 1]]", "[\"b\",\"1\"]" is a list or a map)");
    CHECK(complaint(texts, "[{a: b}]") ==
          R"(--flag: in the list "[{a: b}]", "{\"a\":\"b\"}" is a list or a map)");
}

TEST_CASE("lists of whatever", "[flag_value]") {
    CHECK(value(anys, {"{a: 1}", "{b: 2}"}) == R"([{"a":1},{"b":2}])");
    CHECK(value(anys, {"[{a: 1}, 2]", "x"}) == R"([{"a":1},2,"x"])");
    CHECK(value(anys, "[[1], [2]]") == "[[1],[2]]");
    CHECK(value(anys, "- 1\n- 2") == "[1,2]");
    CHECK_THAT(complaint(anys, "[1, "), ferry_test::contains("is neither YAML nor JSON"));
}

TEST_CASE("@file stands for what is in the file", "[flag_value]") {
    CHECK(value(text, {"@note.txt"}, some_files) == "\"caf\xc3\xa9\\n\"");
    CHECK(value(text, {"@note"}, some_files) == R"("a note")");
    CHECK(value(text, {"@logo.png"}, some_files) == R"("iVBOR/8=")");
    CHECK(value(text, {"@empty.txt"}, some_files) == R"("")");
    CHECK(value(text, {"@file://note.txt"}, some_files) == "\"caf\xc3\xa9\\n\"");
    CHECK(value(text, {"@data://note.txt"}, some_files) == R"("Y2Fmw6kK")");
    CHECK(value(text, {"@data://note"}, some_files) == R"("YSBub3Rl")");
    CHECK(value(text, {"@data://empty.txt"}, some_files) == R"("")");
    CHECK(value(any, {R"({"a":["@note","x",{"@note":"@logo.png"}],"b":1})"}, some_files) ==
          R"({"a":["a note","x",{"@note":"iVBOR/8="}],"b":1})");
    CHECK(value(any, {"{a: '@note.txt'}"}, some_files) == "{\"a\":\"caf\xc3\xa9\\n\"}");
    CHECK(value(texts, {"@note", "['@note.txt', b]"}, some_files) == "[\"a note\",\"caf\xc3\xa9\\n\",\"b\"]");
}

TEST_CASE("what was embedded is not looked into", "[flag_value]") {
    CHECK(value(text, {"@at.txt"}, some_files) == R"("@note.txt")");
}

TEST_CASE("a text may begin with @", "[flag_value]") {
    CHECK(value(text, {R"(\@note.txt)"}, some_files) == R"("@note.txt")");
    CHECK(value(text, {R"(\\@x)"}, some_files) == R"("\\\\@x")");
    CHECK(value(text, {R"(\x)"}, some_files) == R"("\\x")");
    CHECK(value(any, {R"({"a":"\\@x.y"})"}, some_files) == R"({"a":"@x.y"})");
    CHECK(value(text, {"@ada"}, some_files) == R"("@ada")");
    CHECK(value(text, {"@ada lovelace"}, some_files) == R"("@ada lovelace")");
    CHECK(value(text, {"@"}, some_files) == R"("@")");
    CHECK(value(text, {"a@note.txt"}, some_files) == R"("a@note.txt")");
    CHECK(value({.kind = value_kind::text, .embeds_files = false}, {"@note.txt"}, some_files) ==
          R"("@note.txt")");
    CHECK(value({.kind = value_kind::any, .embeds_files = false}, {R"({"a":"\\@x"})"}, some_files) ==
          R"({"a":"\\@x"})");
}

TEST_CASE("a file that cannot be embedded is told with its path", "[flag_value]") {
    auto const missing = ": there is no such file; a text that begins with @ is written \\@";
    for (auto const* const path : {"nope.txt", "no/pe", "./nope", "ada@example.org"}) {
        INFO(path);
        CHECK(complaint(text, {"@"s + path}, some_files) == "--flag: "s + path + missing);
    }
    CHECK(complaint(text, {"@file://nope"}, some_files) == "--flag: nope"s + missing);
    CHECK(complaint(text, {"@data://"}, some_files) == "--flag: "s + missing);
    CHECK(complaint(any, {"{a: ['@no.txt']}"}, some_files) == "--flag: no.txt"s + missing);
    CHECK(complaint(text, {"@file://logo.png"}, some_files) ==
          "--flag: logo.png: not UTF-8, so it is no text; with @data:// it becomes base64");
    CHECK(complaint(text, {"@huge.bin"}, some_files) ==
          "--flag: huge.bin: larger than 64 MiB, too large for a value");
    CHECK(complaint(text, {"@secret.txt"}, some_files) == "--flag: secret.txt: Permission denied");
    CHECK(complaint(text, {"@\x1b.txt"}, some_files) == "--flag: \\u001b.txt"s + missing);
}

TEST_CASE("base64 of every length", "[flag_value]") {
    auto const of = [](std::string const& bytes) {
        json_value made("@data://x");
        embed_files(made, "--flag", [&](std::string const&) { return bytes; });
        return *made.text();
    };
    CHECK(of("").empty());
    CHECK(of("f") == "Zg==");
    CHECK(of("fo") == "Zm8=");
    CHECK(of("foo") == "Zm9v");
    CHECK(of("foob") == "Zm9vYg==");
    CHECK(of("\xff\xfe\xfd\0"s) == "//79AA==");
}

TEST_CASE("files are read from the disk", "[flag_value]") {
    auto const folder =
        std::filesystem::temp_directory_path() / ("ferry-" + std::to_string(std::random_device()()));
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "a.txt", std::ios::binary) << "a\r\nb" << '\0';
    std::ofstream(folder / "exact", std::ios::binary) << std::string(64 << 10, 'x');
    CHECK(read_embedded_file((folder / "a.txt").string()) == "a\r\nb\0"s);
    CHECK(read_embedded_file((folder / "exact").string()) == std::string(64 << 10, 'x'));
    CHECK(read_embedded_file((folder / "none").string()) == std::nullopt);
    CHECK(read_embedded_file((folder / "a.txt" / "b").string()) == std::nullopt);
    CHECK(read_embedded_file(folder.string()) == std::nullopt);
    CHECK(read_embedded_file("") == std::nullopt);
    CHECK(read_embedded_file(std::string(10'000, 'a')) == std::nullopt);
    CHECK(read_embedded_file((folder / "a.txt").string() + "\0x"s) == std::nullopt);
    std::filesystem::resize_file(folder / "exact", max_embedded_file);
    CHECK(read_embedded_file((folder / "exact").string())->size() == max_embedded_file);
    std::filesystem::resize_file(folder / "exact", max_embedded_file + 1);
    CHECK_THROWS_WITH(read_embedded_file((folder / "exact").string()),
                      "larger than 64 MiB, too large for a value");
    CHECK(compact(flag_value("--flag", text, {"@" + (folder / "a.txt").string()})) == R"("a\r\nb\u0000")");
    std::filesystem::remove_all(folder);
}
