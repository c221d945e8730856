// Descriptions that are cut off, huge, deep, or no text at all: refused with their place, or read in a
// moment.
#include "support/catch2.hpp"

#include <chrono>
#include <document/diagnostics.hpp>
#include <fstream>
#include <functional>
#include <generate.hpp>
#include <iterator>
#include <string>

namespace {

using ferry::gen::document;
using ferry_test::contains;
using ferry_test::starts_with;

/// What comes of a description: the message that refuses it, or else the warnings.
struct outcome {
    std::string refused;
    std::vector<std::string> notes;
    ferry::gen::file_set files;
};

outcome generate(std::string const& text, std::string const& name = "bad.json") {
    outcome made;
    try {
        auto const source = document::parse(text, name);
        auto const api = ferry::gen::read_api(source, {});
        made.notes = api.notes.all();
        made.files = ferry::gen::client_files(api, ferry::gen::spelling("acme::bad"), false);
    } catch (ferry::gen::failure const& e) {
        made.refused = e.what();
    }
    return made;
}

std::string repeated(std::size_t times, std::function<std::string(std::size_t)> const& one) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += one(i);
    return text;
}

/// A description with these schemas; `one` gets a number and gives the schema, which may refer to the next
/// number.
std::string chain(std::size_t length, std::function<std::string(std::string const&)> const& one) {
    auto const reference = [](std::size_t i) {
        return R"({"$ref": "#/components/schemas/A)" + std::to_string(i) + "\"}";
    };
    return R"({"openapi": "3.1.0", "components": {"schemas": {)" +
           repeated(length,
                    [&](std::size_t i) {
                        return "\"A" + std::to_string(i) + "\": " + one(reference(i + 1)) + ",\n";
                    }) +
           "\"A" + std::to_string(length) + R"(": {"type": "string"}}}})";
}

std::string kitchen_sink() {
    std::ifstream file(FERRY_KITCHEN_SINK, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a description that is cut off is refused with a place, or is a smaller description") {
    auto const whole = kitchen_sink();
    REQUIRE(whole.size() > 20000);
    std::size_t refused = 0;
    for (std::size_t size = 0; size < whole.size(); size += 199) {
        INFO("the first " << size << " bytes");
        auto const made = generate(whole.substr(0, size), "bad.yaml");
        refused += !made.refused.empty();
        if (!made.refused.empty()) CHECK_THAT(made.refused, starts_with("bad.yaml:"));
        for (auto const& note : made.notes) CHECK_THAT(note, starts_with("bad.yaml:"));
    }
    CHECK(refused > 10);

    std::string const json =
        R"({"openapi": "3.1.0", "info": {"title": "\ud83d\ude00 \"x\""}, "paths": {"/a": {"get": {)"
        R"("responses": {"200": {"description": "A \u00e9.", "content": {}}}}}}, "x": [-1.5e3, true, null, {}]})";
    CHECK(generate(json).refused.empty());
    for (std::size_t size = 0; size < json.size(); ++size) {
        INFO("the first " << size << " bytes");
        CHECK_THAT(generate(json.substr(0, size)).refused, starts_with("bad.json:1:"));
    }
}

TEST_CASE("depth is refused, or read without a deep stack") {
    constexpr std::size_t much = 100'000;
    std::string const open(much, '[');
    CHECK_THAT(generate("{\"a\": " + open).refused, contains("nested deeper than 400 levels"));
    CHECK_THAT(generate("{\"a\": " + open, "bad.yaml").refused, starts_with("bad.yaml:1:"));
    auto const maps = repeated(much, [](std::size_t) { return std::string("{\"a\":"); });
    CHECK_THAT(generate(maps).refused, contains("nested deeper than 400 levels"));
    CHECK_THAT(generate(maps, "bad.yaml").refused, starts_with("bad.yaml:1:"));
    auto const block = repeated(600, [](std::size_t i) { return std::string(i, ' ') + "a:\n"; });
    CHECK_THAT(generate(block, "bad.yaml").refused, contains("nested deeper than 400 levels"));
    CHECK_THAT(
        generate("a: " + repeated(much, [](std::size_t) { return std::string("- "); }), "bad.yaml").refused,
        starts_with("bad.yaml:"));

    // As deep as is read, and schemas at the bottom that go on.
    std::string const in = R"({"type": "array", "items": )";
    auto const nested = chain(100, [&](std::string const& next) {
        return repeated(190, [&](std::size_t) { return in; }) + next + std::string(190, '}');
    });
    CHECK(generate(nested).refused.empty());
}

TEST_CASE("long chains of references take a moment") {
    using namespace std::chrono_literals;
    struct {
        char const* what;
        std::function<std::string(std::string const&)> schema;
    } const kinds[] = {
        {"plain", [](std::string const& next) { return next; }},
        {"items", [](std::string const& next) { return R"({"type": "array", "items": )" + next + "}"; }},
        {"members", [](std::string const& next) { return R"({"properties": {"a": )" + next + "}}"; }},
        {"maps", [](std::string const& next) { return R"({"additionalProperties": )" + next + "}"; }},
        {"allOf of one", [](std::string const& next) { return R"({"allOf": [)" + next + "]}"; }},
        {"allOf",
         [](std::string const& next) {
             return R"({"allOf": [)" + next + R"(, {"properties": {"a": {"type": "string"}}}]})";
         }},
        {"anyOf",
         [](std::string const& next) { return R"({"anyOf": [)" + next + R"(, {"type": "integer"}]})"; }},
        {"anyOf of the same",
         [](std::string const& next) { return R"({"anyOf": [)" + next + ", " + next + ", " + next + "]}"; }},
        {"allOf of the same",
         [](std::string const& next) {
             return R"({"type": "string", "allOf": [)" + next + ", " + next + ", " + next + "]}";
         }},
    };
    for (auto const& kind : kinds) {
        INFO(kind.what);
        auto const start = std::chrono::steady_clock::now();
        auto const made = generate(chain(2'000, kind.schema));
        CHECK(made.refused.empty());
        CHECK(std::chrono::steady_clock::now() - start < 20s);
    }
}

TEST_CASE("what is no text is refused with its place") {
    std::string const good = "openapi: 3.1.0\npaths: {}\n";
    CHECK(generate(good, "bad.yaml").refused.empty());
    CHECK_THAT(generate("", "bad.yaml").refused, starts_with("bad.yaml:1:1: "));
    CHECK_THAT(generate("", "bad.json").refused, starts_with("bad.json:1:1: "));
    CHECK_THAT(generate(" \n\t", "bad.json").refused, starts_with("bad.json:"));
    CHECK_THAT(generate("\xef\xbb\xbf"
                        "[]",
                        "bad.json")
                   .refused,
               starts_with("bad.json:1:1: "));

    // A byte order mark and lines that end as on Windows are fine.
    CHECK(generate("\xef\xbb\xbf" + good, "bad.yaml").refused.empty());
    CHECK(generate("openapi: 3.1.0\r\npaths: {}\r\n", "bad.yaml").refused.empty());
    CHECK(generate("\xef\xbb\xbf{\"openapi\":\r\n \"3.1.0\"}\r\n").refused.empty());

    // Bytes that are no UTF-8, and characters that no text has.
    auto const title = [](std::string const& text) {
        return "openapi: 3.1.0\ninfo:\n  title: \"" + text + "\"\n";
    };
    for (auto const* bytes : {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"}) {
        CHECK_THAT(generate(title(bytes), "bad.yaml").refused, starts_with("bad.yaml:3:11: "));
        CHECK_THAT(generate("{\"openapi\": \"3.1.0\",\n \"x\": \"a" + std::string(bytes) + "\"}").refused,
                   starts_with("bad.json:2:9: "));
    }
    std::string const null(1, '\0');
    CHECK_THAT(generate(title(null), "bad.yaml").refused, starts_with("bad.yaml:3:"));
    CHECK_THAT(generate("{\"a\": \"" + null + "\"}").refused, starts_with("bad.json:1:8: "));
    CHECK_THAT(generate("{\"a\": " + null + "1}").refused, starts_with("bad.json:1:7: "));
    CHECK_THAT(generate("{\"a\": 1}" + null).refused, starts_with("bad.json:1:9: "));
    CHECK_THAT(generate("{\"a\": \"\\ud800\"}").refused, contains("bad.json:1:"));
    CHECK_THAT(generate("{\"a\": \"\\ud83d\\u0041\"}").refused, contains("bad.json:1:"));
    CHECK_THAT(generate("{\"a\": \"\\udc00\"}").refused, contains("bad.json:1:"));
    CHECK_THAT(generate("{\"a\": \"\t\"}").refused, starts_with("bad.json:1:8: "));

    for (auto const* number :
         {"01", "+1", "1.", ".5", "1e", "--1", "1.2.3", "0x10", "1e+", "-", "NaN", "Infinity"}) {
        INFO(number);
        CHECK_THAT(generate("{\"a\": " + std::string(number) + "}").refused, starts_with("bad.json:1:"));
    }
    for (auto const* text :
         {"{\"a\":1,}", "[1,]", "{\"a\" 1}", "{'a': 1}", "{\"a\": tru}", "{\"a\":1}}", "{,}", "// c\n{}"}) {
        INFO(text);
        CHECK_THAT(generate(text).refused, starts_with("bad.json:1:"));
    }
}

TEST_CASE("what YAML has beyond JSON") {
    auto const says = [](std::string const& text) { return generate(text, "bad.yaml").refused; };
    CHECK_THAT(says("openapi: 3.1.0\n---\nopenapi: 3.1.0\n"), contains("bad.yaml:2:1: "));
    CHECK(says("%YAML 1.2\n---\nopenapi: 3.1.0\n...\n").empty());
    CHECK_THAT(says("? [a]\n: b\n"), starts_with("bad.yaml:1:"));
    CHECK_THAT(says("openapi: *gone\n"), starts_with("bad.yaml:1:"));
    CHECK_THAT(says("a: &a {b: *a}\n"), contains("part of"));
    CHECK(says("openapi: 3.1.0\ninfo: {&a title: *a}\n").empty());
    CHECK_THAT(says("\ta: b\n"), starts_with("bad.yaml:1:"));
    CHECK_THAT(says("a: b: c\n"), starts_with("bad.yaml:1:"));
    CHECK(says("openapi: !!str 3.1.0\ninfo: !mine {title: x}\n").empty());
    CHECK_THAT(says("openapi: !<\n"), starts_with("bad.yaml:1:"));
    CHECK_THAT(says("%TAG ! x\n%TAG ! y\n---\na: b\n"), starts_with("bad.yaml:2:"));
    // Anchors and merge keys, ten to the power of nine of them.
    auto const bomb = "a0: &a0 {x: 1}\n" + repeated(9, [](std::size_t i) {
                          auto const other = "*a" + std::to_string(i);
                          auto text = "a" + std::to_string(i + 1) + ": &a" + std::to_string(i + 1) + " [";
                          for (int n = 0; n < 10; ++n) text += (n > 0 ? ", " : "") + other;
                          return text + "]\n";
                      });
    CHECK_THAT(says(bomb), contains("aliases stand for more than a million values"));
}
