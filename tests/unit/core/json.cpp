// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/core/json.hpp"

#include "../../support/catch2.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// --- models of every kind, described as the generator describes them

namespace sample {

struct color : ferry::open_enum<color> {
    enum known : std::uint16_t { red, green };
    static constexpr std::string_view names[] = {"red", "green"};
    color() = default;
    color(known value) : open_enum(static_cast<std::size_t>(value)) {}
    explicit color(std::string text) : open_enum(std::move(text)) {}
};

struct everything {
    bool flag = false;
    std::int64_t count = 0;
    double ratio = 0;
    std::string name;
    color shade;
    ferry::timestamp at;
    std::vector<std::int64_t> list;
    std::vector<bool> flags;
    std::map<std::string, double> map;
    ferry::raw_json raw;
    std::monostate nothing;
    std::optional<std::string> note;
    std::optional<color> maybe_shade;
    ferry::nullable<std::string> tri;
    ferry::nullable<ferry::timestamp> tri_at;
};

struct leaf {
    std::string id;
    std::optional<std::string> note;
};

struct page {
    std::vector<leaf> items;
};

/// Contains itself in each way in which a model can.
struct node {
    std::string name;
    std::optional<ferry::box<node>> child;
    std::vector<node> children;
    std::map<std::string, node> named;
};

struct open_object {
    std::string id;
    std::map<std::string, ferry::raw_json> rest;
};

struct empty {};

struct nulls {
    std::optional<std::string> required_note;
    ferry::nullable<std::string> required_tri;
};

struct cat {
    std::string type;
    std::int64_t lives = 0;
};
struct dog {
    std::string type;
    std::string breed;
};
struct pet : std::variant<cat, dog, ferry::raw_json> {
    using variant::variant;
};
struct strict_pet : std::variant<cat, dog> {
    using variant::variant;
};

struct by_id {
    std::string id;
};
struct by_name {
    std::string name;
    std::optional<std::int64_t> version;
};
struct by_name_and_owner {
    std::string name;
    std::string owner;
};
using lookup = std::variant<by_id, by_name, by_name_and_owner>;

/// 70 fields: more than fit into one word of flags.
struct wide {
    std::int64_t values[70] = {};
};

/// A union that holds itself in two arms that look the same from outside: the worst case for telling them
/// apart.
struct maze;
struct left {
    std::optional<ferry::box<maze>> next;
};
struct right {
    std::optional<ferry::box<maze>> next;
};
struct maze : std::variant<left, right> {
    using variant::variant;
};

}  // namespace sample

namespace ferry::json {

template <>
struct describe<sample::everything> {
    static type_desc const& get() noexcept {
        using sample::everything;
        static constexpr field fields[] = {
            optional<&everything::flag>("flag"),
            optional<&everything::count>("count"),
            optional<&everything::ratio>("ratio"),
            optional<&everything::name>("name"),
            optional<&everything::shade>("shade"),
            optional<&everything::at>("at"),
            optional<&everything::list>("list"),
            optional<&everything::flags>("flags"),
            optional<&everything::map>("map"),
            optional<&everything::raw>("raw"),
            optional<&everything::nothing>("nothing"),
            optional<&everything::note>("note"),
            optional<&everything::maybe_shade>("maybe_shade"),
            optional<&everything::tri>("tri"),
            optional<&everything::tri_at>("tri_at"),
        };
        static constexpr type_desc type = object_of<everything>(fields);
        return type;
    }
};

template <>
struct describe<sample::leaf> {
    static type_desc const& get() noexcept {
        using sample::leaf;
        static constexpr field fields[] = {required<&leaf::id>("id"), optional<&leaf::note>("note")};
        static constexpr type_desc type = object_of<leaf>(fields);
        return type;
    }
};

template <>
struct describe<sample::page> {
    static type_desc const& get() noexcept {
        using sample::page;
        static constexpr field fields[] = {required<&page::items>("items")};
        static constexpr type_desc type = object_of<page>(fields);
        return type;
    }
};

template <>
struct describe<sample::node> {
    static type_desc const& get() noexcept;
};
type_desc const& describe<sample::node>::get() noexcept {
    using sample::node;
    static constexpr field fields[] = {
        required<&node::name>("name"),
        optional<&node::child>("child"),
        optional<&node::children>("children"),
        optional<&node::named>("named"),
    };
    static constexpr type_desc type = object_of<node>(fields);
    return type;
}

template <>
struct describe<sample::open_object> {
    static type_desc const& get() noexcept {
        using sample::open_object;
        static constexpr field fields[] = {required<&open_object::id>("id")};
        static constexpr field rest = optional<&open_object::rest>("");
        static constexpr type_desc type = object_of<open_object>(fields, &rest);
        return type;
    }
};

template <>
struct describe<sample::empty> {
    static type_desc const& get() noexcept {
        static constexpr type_desc type = object_of<sample::empty>();
        return type;
    }
};

template <>
struct describe<sample::nulls> {
    static type_desc const& get() noexcept {
        using sample::nulls;
        static constexpr field fields[] = {required<&nulls::required_note>("required_note"),
                                           required<&nulls::required_tri>("required_tri")};
        static constexpr type_desc type = object_of<nulls>(fields);
        return type;
    }
};

template <>
struct describe<sample::cat> {
    static type_desc const& get() noexcept {
        using sample::cat;
        static constexpr field fields[] = {required<&cat::type>("type"), required<&cat::lives>("lives")};
        static constexpr type_desc type = object_of<cat>(fields);
        return type;
    }
};

template <>
struct describe<sample::dog> {
    static type_desc const& get() noexcept {
        using sample::dog;
        static constexpr field fields[] = {required<&dog::type>("type"), required<&dog::breed>("breed")};
        static constexpr type_desc type = object_of<dog>(fields);
        return type;
    }
};

template <>
struct describe<sample::pet> {
    static type_desc const& get() noexcept {
        static constexpr tag_value tags[] = {{"cat", 0}, {"kitten", 0}, {"dog", 1}};
        static constexpr type_desc type = variant_of<sample::pet>("type", tags);
        return type;
    }
};

template <>
struct describe<sample::strict_pet> {
    static type_desc const& get() noexcept {
        static constexpr tag_value tags[] = {{"cat", 0}, {"dog", 1}};
        static constexpr type_desc type = variant_of<sample::strict_pet>("type", tags);
        return type;
    }
};

template <>
struct describe<sample::by_id> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {required<&sample::by_id::id>("id")};
        static constexpr type_desc type = object_of<sample::by_id>(fields);
        return type;
    }
};

template <>
struct describe<sample::by_name> {
    static type_desc const& get() noexcept {
        using sample::by_name;
        static constexpr field fields[] = {required<&by_name::name>("name"),
                                           optional<&by_name::version>("version")};
        static constexpr type_desc type = object_of<by_name>(fields);
        return type;
    }
};

template <>
struct describe<sample::by_name_and_owner> {
    static type_desc const& get() noexcept {
        using sample::by_name_and_owner;
        static constexpr field fields[] = {required<&by_name_and_owner::name>("name"),
                                           required<&by_name_and_owner::owner>("owner")};
        static constexpr type_desc type = object_of<by_name_and_owner>(fields);
        return type;
    }
};

template <>
struct describe<sample::wide> {
    template <std::size_t I>
    static void* at(void* object) {
        return &static_cast<sample::wide*>(object)->values[I];
    }
    static std::string_view name(std::size_t i) {
        static std::vector<std::string> const names = [] {
            std::vector<std::string> all;
            for (int n = 0; n < 70; ++n) all.push_back("f" + std::to_string(n));
            return all;
        }();
        return names[i];
    }
    template <std::size_t... I>
    static type_desc make(std::index_sequence<I...>) {
        static field const fields[] = {{name(I), &describe<std::int64_t>::get, &at<I>, true, nullptr}...};
        return object_of<sample::wide>(fields);
    }
    static type_desc const& get() noexcept {
        static type_desc const type = make(std::make_index_sequence<70>());
        return type;
    }
};

template <>
struct describe<sample::maze> {
    static type_desc const& get() noexcept;
};
template <>
struct describe<sample::left> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {optional<&sample::left::next>("next")};
        static constexpr type_desc type = object_of<sample::left>(fields);
        return type;
    }
};
template <>
struct describe<sample::right> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {optional<&sample::right::next>("next")};
        static constexpr type_desc type = object_of<sample::right>(fields);
        return type;
    }
};
type_desc const& describe<sample::maze>::get() noexcept {
    static constexpr type_desc type = variant_of<sample::maze>();
    return type;
}

}  // namespace ferry::json

namespace {

using namespace sample;
using ferry::raw_json;
namespace json = ferry::json;

template <class T>
T read(std::string_view document) {
    T value;
    json::failure why;
    bool const accepted = json::decode(json::describe<T>::get(), &value, document, why);
    INFO(document << " refused: " << why.to_string());
    REQUIRE(accepted);
    return value;
}

/// What the reader says about a document that it must refuse: `/pointer: message`.
template <class T>
std::string refusal(std::string_view document, json::limits const& bounds = {}) {
    T value;
    json::failure why;
    if (json::decode(json::describe<T>::get(), &value, document, why, bounds)) return "accepted";
    CHECK(why.offset <= document.size());
    return why.pointer + ": " + why.message;
}

template <class T>
std::string write(T const& value) {
    std::string out;
    json::failure why;
    bool const written = json::encode(json::describe<T>::get(), &value, out, why);
    INFO(why.to_string());
    REQUIRE(written);
    return out;
}

template <class T>
std::string round_trip(std::string_view document) {
    return write(read<T>(document));
}

}  // namespace

// --- reading, kind by kind

TEST_CASE("every kind of member is read", "[json]") {
    auto const e = read<everything>(R"({"flag":true,"count":-7,"ratio":0.25,"name":"n","shade":"green",
        "at":"2026-01-02T03:04:05Z","list":[1,2],"flags":[true,false,true],"map":{"a":1,"b":2.5},
        "raw":{"x": [1.50, null]},"nothing":null,"note":"hello","maybe_shade":"mauve","tri":"t","tri_at":"2026"})");
    CHECK(e.flag);
    CHECK(e.count == -7);
    CHECK(e.ratio == 0.25);
    CHECK(e.name == "n");
    CHECK(e.shade == color(color::green));
    CHECK(e.at.text() == "2026-01-02T03:04:05Z");
    CHECK(e.list == std::vector<std::int64_t>{1, 2});
    CHECK(e.flags == std::vector<bool>{true, false, true});
    CHECK(e.map == std::map<std::string, double>{{"a", 1}, {"b", 2.5}});
    CHECK(e.raw.text() == R"({"x":[1.50,null]})");
    CHECK(e.note == "hello");
    REQUIRE(e.maybe_shade);
    CHECK_FALSE(e.maybe_shade->is_known());
    CHECK(e.maybe_shade->text() == "mauve");
    CHECK(e.tri.value() == "t");
    CHECK(e.tri_at.value().text() == "2026");
}

TEST_CASE("wrong types are refused and say where, what was expected and what came", "[json]") {
    CHECK(refusal<everything>(R"({"flag":1})") == "/flag: expected a boolean, got a number");
    CHECK(refusal<everything>(R"({"flags":[true,"x"]})") == "/flags/1: expected a boolean, got a string");
    CHECK(refusal<everything>(R"({"count":"1"})") == "/count: expected an integer, got a string");
    CHECK(refusal<everything>(R"({"count":true})") == "/count: expected an integer, got a boolean");
    CHECK(refusal<everything>(R"({"ratio":[]})") == "/ratio: expected a number, got an array");
    CHECK(refusal<everything>(R"({"name":{}})") == "/name: expected a string, got an object");
    CHECK(refusal<everything>(R"({"note":3})") == "/note: expected a string, got a number");
    CHECK(refusal<everything>(R"({"shade":false})") == "/shade: expected a string, got a boolean");
    CHECK(refusal<everything>(R"({"at":5e300})") == "/at: expected a string, got a number");
    CHECK(refusal<everything>(R"({"list":{}})") == "/list: expected an array, got an object");
    CHECK(refusal<everything>(R"({"list":"x"})") == "/list: expected an array, got a string");
    CHECK(refusal<everything>(R"({"list":[1,null]})") == "/list/1: expected an integer, got null");
    CHECK(refusal<everything>(R"({"map":[]})") == "/map: expected an object, got an array");
    CHECK(refusal<everything>(R"({"map":{"a/b~c":"x"}})") == "/map/a~1b~0c: expected a number, got a string");
    CHECK(refusal<everything>(R"({"nothing":0})") == "/nothing: expected null, got a number");
    CHECK(refusal<everything>(R"({"tri":{}})") == "/tri: expected a string, got an object");
    CHECK(refusal<everything>(R"([])") == ": expected an object, got an array");
    CHECK(refusal<everything>(R"(null)") == ": expected an object, got null");
    CHECK(refusal<everything>(R"("x")") == ": expected an object, got a string");
    CHECK(refusal<page>(R"({"items":[{"id":"a"},{"id":"b"},{"id":7}]})") ==
          "/items/2/id: expected a string, got a number");
}

TEST_CASE("required members must be there", "[json]") {
    CHECK(refusal<leaf>("{}") == "/id: required member is missing");
    CHECK(refusal<leaf>(R"({"id":null})") == "/id: expected a string, got null");
    CHECK(refusal<page>(R"({"items":[{"id":"a"},{"note":"n"}]})") ==
          "/items/1/id: required member is missing");
    CHECK(refusal<page>(R"({"items":null})") == "/items: expected an array, got null");
    CHECK(refusal<nulls>(R"({"required_note":null})") == "/required_tri: required member is missing");
}

TEST_CASE("null means absent where a member is optional, and null where it is nullable", "[json]") {
    auto const e = read<everything>(
        R"({"flag":null,"count":null,"name":null,"list":null,"map":null,"note":null,"raw":null,"tri":null})");
    CHECK_FALSE(e.flag);
    CHECK(e.list.empty());
    CHECK_FALSE(e.note);
    CHECK(e.raw.is_null());
    CHECK(e.tri.is_null());
    CHECK(e.tri_at.is_unset());

    auto const n = read<nulls>(R"({"required_note":null,"required_tri":null})");
    CHECK_FALSE(n.required_note);
    CHECK(n.required_tri.is_null());
}

TEST_CASE("what a document does not say is reset in a value that is used again", "[json]") {
    everything e;
    e.name = "left over";
    e.list = {1, 2, 3};
    e.tri = ferry::null;
    json::failure why;
    REQUIRE(json::decode(json::describe<everything>::get(), &e, R"({"list":[4]})", why));
    CHECK(e.name.empty());
    CHECK(e.list == std::vector<std::int64_t>{4});
    CHECK(e.tri.is_unset());
}

TEST_CASE("unknown members are skipped, whatever they hold", "[json]") {
    auto const l = read<leaf>(
        R"({"a":1,"b":"x\ny","c":null,"d":true,"e":[1,[2,{"id":"inner"}]],"f":{"id":{"id":3}},"g":1e999,"id":"me","h":[]})");
    CHECK(l.id == "me");
    CHECK(round_trip<empty>(R"({"a":{"b":[{}]}})") == "{}");
}

TEST_CASE("a map takes the members without a field where the table says so", "[json]") {
    auto const o = read<open_object>(R"({"x":1.0,"id":"me","y\n":{"id":"inner"},"z":null})");
    CHECK(o.id == "me");
    REQUIRE(o.rest.size() == 3);
    CHECK(o.rest.at("x").text() == "1.0");
    CHECK(o.rest.at("y\n").text() == R"({"id":"inner"})");
    CHECK(o.rest.at("z").is_null());
    CHECK(write(o) == R"({"id":"me","x":1.0,"y\n":{"id":"inner"},"z":null})");
    CHECK(refusal<open_object>(R"({"id":"me","deep":{"a":[1,}}})") == "/deep: not valid JSON: syntax error");
}

TEST_CASE("the last of duplicate members counts", "[json]") {
    CHECK(read<leaf>(R"({"id":"a","id":"b"})").id == "b");
    CHECK(read<leaf>(R"({"id":"a","note":"x","note":null})").note == std::nullopt);
    CHECK(read<everything>(R"({"list":[1,2],"list":[3]})").list == std::vector<std::int64_t>{3});
    CHECK(read<everything>(R"({"map":{"a":1,"b":2},"map":{"b":3,"b":4}})").map ==
          std::map<std::string, double>{{"b", 4}});
    CHECK(read<everything>(R"({"name":"a\n","name":"b\n"})").name == "b\n");
    CHECK(read<everything>(R"({"tri":"x","tri":null})").tri.is_null());
    CHECK(read<node>(R"({"name":"a","child":{"name":"b","children":[{"name":"c"}]},"child":{"name":"d"}})")
              .child->get()
              ->children.empty());
    CHECK(refusal<node>(R"({"name":"a","child":{"name":"b"},"child":{}})") ==
          "/child/name: required member is missing");
}

TEST_CASE("more fields than one word of flags holds are all tracked", "[json]") {
    std::string all = "{";
    for (int i = 69; i >= 0; --i)
        all += "\"f" + std::to_string(i) + "\":" + std::to_string(i) + (i != 0 ? "," : "}");
    auto const w = read<wide>(all);
    CHECK(w.values[0] == 0);
    CHECK(w.values[69] == 69);

    std::string const without_last = "{" + all.substr(all.find(',') + 1);
    CHECK(refusal<wide>(without_last) == "/f69: required member is missing");
    CHECK(refusal<wide>(R"({"f69":1})") == "/f0: required member is missing");
}

// --- numbers

TEST_CASE("integers are exact to the edges of 64 bits", "[json]") {
    auto const count = [](std::string const& number) {
        return read<everything>("{\"count\":" + number + "}").count;
    };
    auto const refused = [](std::string const& number) {
        return refusal<everything>("{\"count\":" + number + "}");
    };
    CHECK(count("9223372036854775807") == (std::numeric_limits<std::int64_t>::max)());
    CHECK(count("-9223372036854775808") == (std::numeric_limits<std::int64_t>::min)());
    CHECK(count("1.0") == 1);
    CHECK(count("-0") == 0);
    CHECK(count("1e3") == 1000);
    CHECK(count("12.5e1") == 125);
    CHECK(count("-9007199254740991.0") == -9007199254740991);
    CHECK(refused("9223372036854775808") ==
          "/count: 9223372036854775808 is outside the range of a 64-bit integer");
    CHECK(refused("-9223372036854775809") ==
          "/count: -9223372036854775809 is outside the range of a 64-bit integer");
    CHECK(refused("18446744073709551616") ==
          "/count: 18446744073709551616 is outside the range of a 64-bit integer");
    CHECK(refused("1.5") == "/count: expected an integer, got 1.5");
    CHECK(refused("1e30") == "/count: expected an integer, got 1e30");
    CHECK(refused("9007199254740992.0") == "/count: expected an integer, got 9007199254740992.0");
}

TEST_CASE("doubles are rounded correctly and refused where they overflow", "[json]") {
    auto const ratio = [](std::string const& number) {
        return read<everything>("{\"ratio\":" + number + "}").ratio;
    };
    CHECK(ratio("3") == 3.0);
    CHECK(ratio("0.1") == 0.1);
    CHECK(ratio("0.30000000000000004") == 0.1 + 0.2);
    CHECK(ratio("2.2250738585072011e-308") == 2.2250738585072011e-308);
    CHECK(ratio("1.7976931348623157e308") == (std::numeric_limits<double>::max)());
    CHECK(ratio("9007199254740993") == 9007199254740992.0);
    CHECK(ratio("18446744073709551615") == 18446744073709551616.0);
    CHECK(ratio("123456789012345678901234567890") == 123456789012345678901234567890.0);
    CHECK(ratio("1e-400") == 0.0);
    CHECK(std::signbit(ratio("-0")));
    CHECK(std::signbit(ratio("-0.0")));
    CHECK(refusal<everything>(R"({"ratio":1e400})") == "/ratio: 1e400 is outside the range of a double");
    CHECK(refusal<everything>(R"({"ratio":-1e400})") == "/ratio: -1e400 is outside the range of a double");
}

TEST_CASE("numbers that JSON does not have are refused", "[json]") {
    for (auto const* number : {"01", "+1", ".5", "1.", "1e", "0x1", "NaN", "Infinity", "-", "--1", "1_000"}) {
        INFO(number);
        CHECK(refusal<everything>(std::string("{\"count\":") + number + "}").find("not valid JSON") !=
              std::string::npos);
    }
}

// --- text

TEST_CASE("escapes are decoded and surrogates must pair", "[json]") {
    auto const name = [](std::string const& text) {
        return read<everything>("{\"name\":\"" + text + "\"}").name;
    };
    auto const refused = [](std::string const& text) {
        return refusal<everything>("{\"name\":\"" + text + "\"}");
    };
    CHECK(name(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
    CHECK(name(R"(\u0041\u00e9\u4E2d)") == "A\xc3\xa9\xe4\xb8\xad");
    CHECK(name(R"(\ud83d\ude00)") == "\xf0\x9f\x98\x80");
    CHECK(name(R"(a\u0000b)") == std::string("a\0b", 3));
    CHECK(name("\xf4\x8f\xbf\xbf") == "\xf4\x8f\xbf\xbf");
    for (auto const* lone : {R"(\ud800)", R"(\ud800x)", R"(\ud800\u0041)", R"(\udc00)", R"(\ud800\ud800)"}) {
        INFO(lone);
        CHECK(refused(lone).find("/name: not valid JSON: ") == 0);
    }
    for (auto const* bad : {"\x80", "\xc0\xaf", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                            "\xff", "\n", "\x01", R"(\x)", R"(\u12g4)"}) {
        CHECK(refused(bad).find("/name: not valid JSON: ") == 0);
    }
}

TEST_CASE("member names may be escaped", "[json]") {
    CHECK(read<leaf>(R"({"\u0069d":"me"})").id == "me");
    CHECK(read<everything>(R"({"map":{"\u00e9\n":1}})").map.count("\xc3\xa9\n") == 1);
}

// --- documents

TEST_CASE("documents that end early or go on are refused", "[json]") {
    CHECK(refusal<leaf>("") == ": the JSON ends before it is complete");
    CHECK(refusal<leaf>("  \n") == ": the JSON ends before it is complete");
    CHECK(refusal<leaf>(R"({"id":"a)") == "/id: the JSON ends before it is complete");
    CHECK(refusal<leaf>(R"({"id":"a"} x)") == ": something follows the JSON");
    CHECK(refusal<leaf>(R"({"id":"a"}{})") == ": something follows the JSON");
    CHECK(refusal<leaf>("\xef\xbb\xbf{}") == ": not valid JSON: syntax error");
    CHECK(refusal<leaf>("<html>") == ": not valid JSON: syntax error");
    CHECK(refusal<leaf>(R"({"id":"a",})").find("not valid JSON") != std::string::npos);
    CHECK(read<leaf>(" \r\n\t{\"id\":\"a\"} \r\n\t").id == "a");
    CHECK(read<std::string>(R"("top")") == "top");
    CHECK(read<std::int64_t>("42") == 42);
}

TEST_CASE("every truncation of a document is refused", "[json]") {
    std::string const document = R"({"items":[{"id":"a\u00e9","note":null},{"id":"b","x":[1.5e3,true]}]})";
    for (std::size_t length = 0; length < document.size(); ++length) {
        INFO(length);
        CHECK(refusal<page>(document.substr(0, length)).find("ends before it is complete") !=
              std::string::npos);
    }
}

TEST_CASE("the pieces of a document may end anywhere", "[json]") {
    std::string const document =
        "\n{\"flag\":true,\"count\":-1234567,\"ratio\":-12.5e-1,\"name\":\"a\\\"\xc3\xa9\\ud83d\\ude00z\","
        "\"shade\":"
        "\"gr\\u0065en\",\"at\":\"2026-01-02\",\"list\":[10,20],\"flags\":[false,true],\"map\":{\"k\\n\":1,"
        "\"\xe4\xb8\xad\":2},\"raw\":{\"a\":[123.4500,\"x\\ny\xc3\xa9\",{}],\"a\":18446744073709551616},"
        "\"nothing\":"
        "null,\"unknown\":{\"b\":[1.25,\"q\\u0041\"]},\"note\":\"\",\"tri\":null} ";
    std::string const whole = round_trip<everything>(document);

    for (std::size_t first = 0; first <= document.size(); ++first) {
        everything e;
        json::failure why;
        json::reader reader(json::describe<everything>::get(), &e);
        INFO("split at " << first);
        REQUIRE(reader.write_some(std::string_view(document).substr(0, first), why));
        REQUIRE(reader.write_some(std::string_view(document).substr(first), why));
        REQUIRE(reader.finish(why));
        REQUIRE(write(e) == whole);
    }

    everything e;
    json::failure why;
    json::reader reader(json::describe<everything>::get(), &e);
    for (char const c : document) {
        std::string const piece(1, c);  // a copy of its own: nothing may be kept of a piece
        REQUIRE(reader.write_some(piece, why));
    }
    REQUIRE(reader.finish(why));
    CHECK(write(e) == whole);
}

TEST_CASE("pieces change nothing about failures", "[json]") {
    for (std::string const document :
         {R"({"items":[{"id":"a"},{"id":12345}]})", R"({"items":[{"note":"\n"}]})", R"({"items":[}})",
          R"({"items":[]}x)", R"({"items":[{"id":"\ud800"}]})"}) {
        std::string const whole = refusal<page>(document);
        page p;
        json::failure why;
        json::reader reader(json::describe<page>::get(), &p);
        bool refused = false;
        for (char const c : document) refused = !reader.write_some(std::string_view(&c, 1), why) || refused;
        CHECK(refused);
        CHECK(why.pointer + ": " + why.message == whole);

        json::failure again;
        CHECK_FALSE(reader.write_some("{}", again));
        CHECK_FALSE(reader.finish(again));
        CHECK(again.message == why.message);
    }
}

TEST_CASE("a reader can be moved while it reads", "[json]") {
    leaf l;
    json::failure why;
    json::reader first(json::describe<leaf>::get(), &l);
    REQUIRE(first.write_some(R"({"id":"mo)", why));
    json::reader second(std::move(first));
    REQUIRE(second.write_some(R"(ved"})", why));
    REQUIRE(second.finish(why));
    CHECK(l.id == "moved");
}

TEST_CASE("depth and size are bounded", "[json]") {
    auto const nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(read<raw_json>(nested(64)).text() == nested(64));
    CHECK(refusal<raw_json>(nested(65)) == ": nested deeper than 64 levels");
    CHECK(refusal<raw_json>(std::string(1000000, '[')) == ": nested deeper than 64 levels");
    CHECK(refusal<leaf>("{\"x\":" + std::string(1000000, '[')) == ": nested deeper than 64 levels");
    CHECK(refusal<raw_json>(nested(4), {.max_depth = 3}) == ": nested deeper than 3 levels");

    CHECK(refusal<raw_json>("[1,2]", {.max_size = 5}) == "accepted");
    CHECK(refusal<raw_json>("[1,23]", {.max_size = 5}) == ": larger than 5 bytes");
    raw_json raw;
    json::failure why;
    json::reader reader(json::describe<raw_json>::get(), &raw, {.max_size = 5});
    REQUIRE(reader.write_some("[1,", why));
    CHECK_FALSE(reader.write_some("200]", why));
    CHECK(why.message == "larger than 5 bytes");
}

TEST_CASE("a failure says it in one line", "[json]") {
    leaf l;
    json::failure why;
    REQUIRE_FALSE(json::decode(json::describe<leaf>::get(), &l, R"({"id":true})", why));
    CHECK(why.offset == 4);
    CHECK(why.to_string() == "/id: expected a string, got a boolean (at byte 4)");
    REQUIRE_FALSE(json::decode(json::describe<leaf>::get(), &l, "[]", why));
    CHECK(why.to_string() == "expected an object, got an array");
}

// --- raw values

TEST_CASE("raw values keep order, duplicates and every digit", "[json]") {
    std::string const text =
        R"({"b":1.0,"a":[1e5,-0.0,1E+2,123456789012345678901234567890],"b":"x","":{"n":null}})";
    CHECK(read<raw_json>(text).text() == text);
    CHECK(round_trip<raw_json>(" { \"a\" : [ ] , \"b\" : { } } ") == R"({"a":[],"b":{}})");
    CHECK(read<raw_json>(R"("\u00e9\n\/\u0001\"")").text() == "\"\xc3\xa9\\n/\\u0001\\\"\"");
    CHECK(read<raw_json>("[[],[[1],2],{},[true,false,null]]").text() == "[[],[[1],2],{},[true,false,null]]");
    CHECK(read<raw_json>(R"({"a\"b":1})").text() == R"({"a\"b":1})");
    for (auto const* scalar : {"1", "-1.50", "true", "false", "null", R"("")", R"("x")"})
        CHECK(read<raw_json>(scalar).text() == scalar);
}

TEST_CASE("raw values stand in lists and maps", "[json]") {
    CHECK(round_trip<std::vector<raw_json>>(R"([1,"x",[2],{"a":3},null])") == R"([1,"x",[2],{"a":3},null])");
    CHECK(round_trip<std::map<std::string, raw_json>>(R"({"a":[],"b":{"c":1.0}})") ==
          R"({"a":[],"b":{"c":1.0}})");
    CHECK(read<std::optional<raw_json>>("[1]")->text() == "[1]");
}

// --- unions

TEST_CASE("the arm of a union is found by JSON type", "[json]") {
    using any =
        std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>, leaf>;
    CHECK(read<any>("null").index() == 0);
    CHECK(std::get<bool>(read<any>("true")));
    CHECK(std::get<std::int64_t>(read<any>("5")) == 5);
    CHECK(std::get<double>(read<any>("5.0")) == 5.0);
    CHECK(std::get<double>(read<any>("18446744073709551615")) == 18446744073709551616.0);
    CHECK(std::get<std::string>(read<any>(R"("a\nb")")) == "a\nb");
    CHECK(std::get<std::vector<std::string>>(read<any>(R"(["x"])")) == std::vector<std::string>{"x"});
    CHECK(std::get<leaf>(read<any>(R"({"id":"me"})")).id == "me");
    CHECK(refusal<any>(R"({"id":5})") == "/id: expected a string, got a number");

    CHECK(std::get<std::int64_t>(read<std::variant<std::string, std::int64_t>>("5.0")) == 5);
    CHECK(std::get<double>(read<std::variant<std::string, double>>("5")) == 5.0);
    CHECK(refusal<std::variant<std::string, std::int64_t>>("true") ==
          ": expected a string or an integer, got a boolean");
    CHECK(refusal<std::variant<std::string, std::int64_t>>("null") ==
          ": expected a string or an integer, got null");
    CHECK(refusal<std::variant<std::string, std::int64_t>>("1.5") ==
          ": expected a string or an integer, got a number");
}

TEST_CASE("a union may hold an optional, a box or another union", "[json]") {
    using inner = std::variant<std::int64_t, std::string>;
    using outer = std::variant<bool, inner, ferry::box<leaf>>;
    CHECK(std::get<std::string>(std::get<inner>(read<outer>(R"("x")"))) == "x");
    CHECK(std::get<ferry::box<leaf>>(read<outer>(R"({"id":"x"})"))->id == "x");
    CHECK(round_trip<std::optional<outer>>("null") == "null");
    CHECK(round_trip<std::vector<outer>>(R"([true,1,"x",{"id":"y"}])") == R"([true,1,"x",{"id":"y"}])");
}

TEST_CASE("the arm of a union is found by its tag, wherever the tag stands", "[json]") {
    CHECK(std::get<cat>(read<pet>(R"({"type":"cat","lives":9})")).lives == 9);
    CHECK(std::get<cat>(read<pet>(R"({"lives":9,"type":"kitten"})")).lives == 9);
    CHECK(std::get<dog>(read<pet>(R"({"breed":"pug","x":{"type":"cat"},"type":"d\u006fg"})")).breed == "pug");
    CHECK(std::get<dog>(read<pet>(R"({"type":"cat","breed":"pug","type":"dog"})")).type == "dog");
    CHECK(std::get<raw_json>(read<pet>(R"({"type":"fish","depth":3.0})")).text() ==
          R"({"type":"fish","depth":3.0})");
    CHECK(std::get<raw_json>(read<pet>(R"({"depth":3})")).text() == R"({"depth":3})");
    CHECK(std::get<raw_json>(read<pet>("17")).text() == "17");
    CHECK(std::get<raw_json>(read<pet>(R"(["cat"])")).text() == R"(["cat"])");
    CHECK(std::get<raw_json>(read<pet>("null")).is_null());
    CHECK(refusal<std::vector<pet>>(R"([{"type":"cat","lives":"many"}])") ==
          "/0/lives: expected an integer, got a string");
    CHECK(refusal<std::vector<pet>>(R"([{"type":"cat"}])") == "/0/lives: required member is missing");
}

TEST_CASE("a union without a raw arm says which tags it knows", "[json]") {
    CHECK(refusal<strict_pet>(R"({"type":"fish"})") ==
          R"(/type: no alternative of the union has this tag; expected "cat", "dog")");
    CHECK(refusal<std::vector<strict_pet>>(R"([{"type":1}])") ==
          R"(/0/type: the tag of the union is missing; expected "cat", "dog")");
    CHECK(refusal<strict_pet>("3") == ": expected an object, got a number");
}

TEST_CASE("the arm of a union is found by its members", "[json]") {
    CHECK(read<lookup>(R"({"id":"x"})").index() == 0);
    CHECK(read<lookup>(R"({"name":"x"})").index() == 1);
    CHECK(read<lookup>(R"({"version":2,"name":"x"})").index() == 1);
    CHECK(read<lookup>(R"({"owner":"o","name":"x"})").index() == 2);
    CHECK(read<lookup>(R"({"name":"x","owner":null})").index() == 1);
    CHECK(read<lookup>(R"({"name":"x","version":null})").index() == 1);
    CHECK(refusal<std::vector<lookup>>(R"([{"title":"x"}])") ==
          "/0/id: no alternative of the union fits; the closest: required member is missing");

    using with_raw = std::variant<by_id, raw_json, by_name>;
    CHECK(read<with_raw>(R"({"name":"x"})").index() == 2);
    CHECK(std::get<raw_json>(read<with_raw>(R"({"title":"x"})")).text() == R"({"title":"x"})");
    CHECK(read<with_raw>(R"({"name":5})").index() == 1);
}

TEST_CASE("arrays of different elements are told apart by reading them", "[json]") {
    using either = std::variant<std::vector<std::int64_t>, std::vector<leaf>, std::string>;
    CHECK(std::get<0>(read<either>("[1,2]")) == std::vector<std::int64_t>{1, 2});
    CHECK(std::get<1>(read<either>(R"([{"id":"x"}])")).at(0).id == "x");
    CHECK(read<either>("[]").index() == 0);
    CHECK(refusal<either>("[true]") ==
          "/0: no alternative of the union fits; the closest: expected an integer, got a boolean");
}

TEST_CASE("unions are read from pieces", "[json]") {
    std::string const document =
        R"([{"lives":9,"type":"cat"},{"type":"fi\nsh","a\"b":[1.50,{}]},{"breed":"p\u00fcg","type":"dog"},"x\ty",12.50])";
    std::string const whole = round_trip<std::vector<pet>>(document);
    for (std::size_t first = 0; first <= document.size(); ++first) {
        std::vector<pet> pets;
        json::failure why;
        json::reader reader(json::describe<std::vector<pet>>::get(), &pets);
        INFO("split at " << first);
        REQUIRE(reader.write_some(document.substr(0, first), why));
        REQUIRE(reader.write_some(document.substr(first), why));
        REQUIRE(reader.finish(why));
        REQUIRE(write(pets) == whole);
    }
}

TEST_CASE("ambiguous unions within unions end in bounded time", "[json]") {
    std::string deep;
    for (int i = 0; i < 62; ++i) deep += R"({"next":)";
    CHECK(read<maze>(deep + "{}" + std::string(62, '}')).index() == 0);
    // Every level would be tried twice: 2^62 readings without a bound.
    auto const refused = refusal<maze>(deep + "[]" + std::string(62, '}'));
    CHECK(refused.find("union") != std::string::npos);
}

// --- recursion

TEST_CASE("models may contain themselves", "[json]") {
    std::string const document =
        R"({"name":"a","child":{"name":"b","child":{"name":"c","children":[],"named":{}},"children":[],"named":{}},)"
        R"("children":[{"name":"d","children":[],"named":{}}],"named":{"k":{"name":"e","children":[],"named":{}}}})";
    CHECK(round_trip<node>(document) == document);
    CHECK(refusal<node>(R"({"name":"a","child":{"name":"b","named":{"k":{"name":1}}}})") ==
          "/child/named/k/name: expected a string, got a number");
}

// --- writing

TEST_CASE("absent members are left out, null where they are required", "[json]") {
    CHECK(write(leaf{"x", {}}) == R"({"id":"x"})");
    CHECK(write(leaf{"x", ""}) == R"({"id":"x","note":""})");
    CHECK(write(nulls{}) == R"({"required_note":null,"required_tri":null})");

    everything e;
    e.tri = ferry::null;
    CHECK(
        write(e) ==
        R"({"flag":false,"count":0,"ratio":0,"name":"","shade":"red","at":"","list":[],"flags":[],"map":{},)"
        R"("raw":null,"nothing":null,"tri":null})");
    e.tri = std::string("x");
    CHECK(write(e).find(R"("tri":"x"})") != std::string::npos);
    CHECK(write(empty{}) == "{}");
    CHECK(write(std::vector<std::optional<std::string>>{"a", std::nullopt}) == R"(["a",null])");
    CHECK(write(raw_json(std::string())) == "null");
}

TEST_CASE("numbers are written so that the same value is read again", "[json]") {
    CHECK(write((std::numeric_limits<std::int64_t>::min)()) == "-9223372036854775808");
    for (double const n :
         {0.0, 1.0, -1.5, 0.1, 1.0 / 3, 1e22, 5e-324, 1.7976931348623157e308, 9007199254740993.0}) {
        INFO(n);
        CHECK(read<double>(write(n)) == n);
    }
    CHECK(write(0.1) == "0.1");
    CHECK(std::signbit(read<double>(write(-0.0))));
}

TEST_CASE("text is escaped as JSON asks", "[json]") {
    CHECK(write(std::string("\"\\/\b\f\n\r\t\x01\x1f\x7f")) ==
          "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
    CHECK(write(std::string("a\0b", 3)) == R"("a\u0000b")");
    CHECK(write(std::string("\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80")) ==
          "\"\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80\"");
    CHECK(write(std::map<std::string, std::string>{{"k\n", "v"}}) == R"({"k\n":"v"})");

    std::string all;
    for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
    CHECK(read<std::string>(write(all)) == all);
}

TEST_CASE("what JSON cannot say is refused, and nothing is appended", "[json]") {
    auto const refused = [](auto const& value) {
        std::string out = "before";
        json::failure why;
        bool const written =
            json::encode(json::describe<std::remove_cvref_t<decltype(value)>>::get(), &value, out, why);
        CHECK_FALSE(written);
        CHECK(out == "before");
        return why.pointer + ": " + why.message;
    };
    everything e;
    e.ratio = std::numeric_limits<double>::quiet_NaN();
    CHECK(refused(e) == "/ratio: JSON has no way to write NaN or infinity");
    e = {};
    e.map["a/b"] = -std::numeric_limits<double>::infinity();
    CHECK(refused(e) == "/map/a~1b: JSON has no way to write NaN or infinity");

    page p;
    p.items.resize(3);
    p.items[2].id = "bad \xff";
    CHECK(refused(p) == "/items/2/id: the text is not valid UTF-8");
    for (auto const* bad : {"\x80", "\xc0\xaf", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
                            "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe4\xb8", "\xff"})
        CHECK(refused(std::string(bad)) == ": the text is not valid UTF-8");
    CHECK(refused(std::map<std::string, std::string>{{"\xff", "v"}}).find("the name is not valid UTF-8") !=
          std::string::npos);
}

TEST_CASE("everything that is written is read again the same", "[json]") {
    everything e;
    e.flag = true;
    e.count = 12;
    e.ratio = 2.5;
    e.name = "n\"\n\xc3\xa9";
    e.shade = color("mauve");
    e.at = ferry::timestamp("2026-01-02T03:04:05Z");
    e.list = {1, -2};
    e.flags = {true, false};
    e.map = {{"", 0.5}, {"k", 1e300}};
    e.raw = raw_json(R"({"z":[1.0]})");
    e.note = "note";
    e.tri = ferry::null;
    e.tri_at = ferry::timestamp("2027");
    std::string const text = write(e);
    CHECK(round_trip<everything>(text) == text);
}
