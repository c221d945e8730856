// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
// Models against hand-written rules; what each keyword refuses and takes is in check.cpp.
#include "support/catch2.hpp"

#include <ferry/json/decimal.hpp>
#include <ferry/schema/validation.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

using ferry::violation;
using namespace ferry::schema;

namespace {

template <class T>
std::vector<std::string> found(T const& value, rules const& allowed, std::size_t most = 100) {
    std::vector<std::string> lines;
    auto const& type = ferry::json::describe<T>::get();
    for (auto const& one : find_violations(type, &value, allowed, most)) lines.push_back(one.to_string());
    return lines;
}

template <class T>
bool holds(T const& value, rules const& allowed) {
    return found(value, allowed).empty();
}

template <class T>
std::vector<std::string> found(T const& value, std::vector<rule> const& asked, std::size_t most = 100) {
    return found(value, rules{asked}, most);
}
template <class T>
bool holds(T const& value, std::vector<rule> const& asked) {
    return found(value, asked).empty();
}

using lines = std::vector<std::string>;

struct leaf {
    std::string name;
    std::optional<std::int64_t> size;
    std::map<std::string, std::string> rest;
};

struct node {
    std::string type = "node";
    std::vector<ferry::box<node>> children;
    ferry::nullable<std::string> note;
};

using either = std::variant<leaf, node, ferry::raw_json>;

struct colour : ferry::open_enum<colour> {
    enum known : std::uint16_t { red, green };
    static constexpr std::string_view names[] = {"red", "green"};
    colour(known value) : open_enum(static_cast<std::size_t>(value)) {}
    colour(std::string text = "red") : open_enum(std::move(text)) {}
};

}  // namespace

namespace ferry::inline FERRY_ABI::json {

template <>
struct describe<leaf> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {required<&leaf::name>("name"), optional<&leaf::size>("size")};
        static constexpr field rest = optional<&leaf::rest>("");
        static constexpr type_desc type = object_of<leaf>(fields, &rest);
        return type;
    }
};
template <>
struct describe<node> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {required<&node::type>("type"),
                                           optional<&node::children>("children"),
                                           optional<&node::note>("a/note")};
        static constexpr type_desc type = object_of<node>(fields);
        return type;
    }
};
}  // namespace ferry::json

namespace ferry::inline FERRY_ABI::schema {

template <>
struct constrain<node> {
    static rules const& get() noexcept {
        static constexpr rule note_rules[] = {{keyword::type, types::string | types::null},
                                              {keyword::max_length, 3U}};
        static constexpr rules note{note_rules};
        static rule const children_rules[] = {{keyword::max_items, 2U}, {keyword::items, &all()}};
        static rules const children{children_rules};
        static member const members[] = {{"children", &children}, {"a/note", &note}};
        static rule const node_rules[] = {{keyword::type, types::object}, {keyword::properties, members}};
        all().all = node_rules;
        return all();
    }

private:
    static rules& all() {
        static rules made{};
        return made;
    }
};

}  // namespace ferry::schema

TEST_CASE("a violation says where, what and which keyword in one line") {
    CHECK(violation{"/name", "maxLength", "has 90 characters, must have at most 80"}.to_string() ==
          "/name: has 90 characters, must have at most 80 (maxLength)");
    CHECK(violation{"", "type", "is null"}.to_string() == "the value: is null (type)");
}

TEST_CASE("numbers are compared as they are sent") {
    constexpr auto big = std::numeric_limits<std::int64_t>::max();
    CHECK(found(std::int64_t{0}, {{keyword::minimum, "1"}}) ==
          lines{"the value: is 0, must be at least 1 (minimum)"});
    CHECK(found(1.5, {{keyword::exclusive_maximum, "1.5"}}) ==
          lines{"the value: is 1.5, must be less than 1.5 (exclusiveMaximum)"});
    CHECK(holds(0.1, {{keyword::minimum, "0.1"}, {keyword::maximum, "0.1"}}));
    // A double cannot tell these two apart.
    CHECK_FALSE(holds(big, {{keyword::maximum, "9223372036854775806"}}));
    CHECK(holds(big, {{keyword::maximum, "9223372036854775807"}}));
    CHECK(holds(0.3, {{keyword::multiple_of, "0.1"}}));
    CHECK_FALSE(holds(5e-324, {{keyword::multiple_of, "1"}}));
    CHECK(holds(std::int64_t{0}, std::vector<rule>{}));
}

TEST_CASE("large and exact numbers keep to their bounds") {
    std::vector<rule> const small = {{keyword::minimum, "10"}, {keyword::maximum, "20.5"}};
    CHECK(found(std::uint64_t{18446744073709551615U}, small) ==
          lines{"the value: is 18446744073709551615, must be at most 20.5 (maximum)"});
    CHECK(holds(std::uint64_t{20}, small));
    std::vector<rule> const whole = {{keyword::maximum, "9007199254740993"}};
    CHECK(holds(std::uint64_t{9007199254740993U}, whole));
    CHECK_FALSE(holds(std::uint64_t{9007199254740994U}, whole));
    CHECK(holds(ferry::decimal("20.50"), small));
    CHECK(found(ferry::decimal("20.500000000000000000001"), small) ==
          lines{"the value: is 20.500000000000000000001, must be at most 20.5 (maximum)"});
    static constexpr literal exact[] = {{types::number, "1.5"}};
    CHECK(holds(ferry::decimal("1.50"), {{keyword::enumeration, exact}}));
    CHECK_FALSE(holds(ferry::decimal("1.51"), {{keyword::enumeration, exact}}));
}

TEST_CASE("texts, times and enumerations are what is sent") {
    static constexpr literal colours[] = {{types::string, "red"}, {types::string, "green"}};
    CHECK(holds(std::string("äöü😀"), {{keyword::min_length, 4U}, {keyword::max_length, 4U}}));
    CHECK(found(ferry::timestamp("now"), {{keyword::format, "date-time"}}) ==
          lines{"the value: is \"now\", must be a date-time with its zone, such as 2026-01-31T23:59:59Z "
                "(format)"});
    CHECK(found(colour("gren"), {{keyword::enumeration, colours}}) ==
          lines{R"(the value: is "gren", must be one of "red", "green" (enum))"});
    CHECK(holds(colour(colour::green), {{keyword::enumeration, colours}}));
}

TEST_CASE("vectors and maps have sizes, and their elements rules") {
    static constexpr rule small_rules[] = {{keyword::maximum, "9"}};
    static constexpr rules small{small_rules};
    using list = std::vector<std::int64_t>;
    CHECK(found(list{1, 10, 3, 11}, {{keyword::max_items, 3U}, {keyword::items, &small}}) ==
          lines{"the value: has 4 items, must have at most 3 (maxItems)",
                "/1: is 10, must be at most 9 (maximum)", "/3: is 11, must be at most 9 (maximum)"});
    CHECK(holds(std::vector<bool>{true, false}, {{keyword::unique_items}}));
    std::map<std::string, std::vector<double>> const map{{"a~b", {1, 50}}, {"c", {}}};
    static constexpr rule inner_rules[] = {{keyword::min_items, 1U}, {keyword::items, &small}};
    static constexpr rules inner{inner_rules};
    CHECK(found(map, {{keyword::max_properties, 1U}, {keyword::additional_properties, &inner}}) ==
          lines{"the value: has 2 members, must have at most 1 (maxProperties)",
                "/a~0b/1: is 50, must be at most 9 (maximum)",
                "/c: has 0 items, must have at least 1 (minItems)"});
}

TEST_CASE("classes: members, those without a field, and how many there are") {
    static constexpr rule name_rules[] = {{keyword::min_length, 1U}};
    static constexpr rules name{name_rules};
    static constexpr rule other_rules[] = {{keyword::max_length, 2U}};
    static constexpr rules others{other_rules};
    static constexpr member members[] = {{"name", &name}};
    static constexpr std::string_view needed[] = {"x"};
    std::vector<rule> const all = {{keyword::required, needed},
                                   {keyword::properties, members},
                                   {keyword::additional_properties, &others},
                                   {keyword::max_properties, 3U},
                                   {keyword::min_properties, 2U}};
    CHECK(found(leaf{"", 0, {{"x", "long"}, {"y", ""}}}, all) ==
          lines{"/name: has 0 characters, must have at least 1 (minLength)",
                "/x: has 4 characters, must have at most 2 (maxLength)",
                "the value: has 4 members, must have at most 3 (maxProperties)"});
    CHECK(found(leaf{"n", {}, {}}, all) ==
          lines{"the value: has no member \"x\", which must be there (required)",
                "the value: has 1 member, must have at least 2 (minProperties)"});
    CHECK(holds(leaf{"n", {}, {{"x", ""}}}, all));
}

TEST_CASE("unions: what is none of the alternatives, and what says that it is another one") {
    static constexpr std::string_view needs_name[] = {"name"};
    static constexpr rule leaf_rules[] = {{keyword::type, types::object}, {keyword::required, needs_name}};
    static constexpr rules a_leaf{leaf_rules};
    static rules const* const arms[] = {&a_leaf, &constrain<node>::get()};
    static member const values[] = {{"node", arms[1]}, {"knot", arms[1]}, {"leaf", arms[0]}};
    static tag const told{"type", values};
    std::vector<rule> const plain = {{keyword::one_of, arms}};
    std::vector<rule> const tagged = {{keyword::one_of, arms}, {keyword::discriminator, &told}};
    either const unknown = ferry::raw_json("7");
    CHECK(found(unknown, plain) == lines{"the value: is none of the alternatives (oneOf)"});
    CHECK(holds(either(ferry::raw_json()), {{keyword::nullable}, {keyword::one_of, arms}}));
    CHECK_FALSE(holds(unknown, {{keyword::nullable}, {keyword::one_of, arms}}));
    node tall;
    tall.note = "long";
    CHECK(found(either(tall), tagged) ==
          lines{"/a~1note: has 4 characters, must have at most 3 (maxLength)"});
    tall.note = "low";
    tall.type = "leaf";
    CHECK(found(either(tall), tagged) ==
          lines{R"(/type: is "leaf", must be "node" or "knot" in this alternative (discriminator))"});
    tall.type = "knot";
    CHECK(holds(either(tall), tagged));
    CHECK(found(either(ferry::raw_json(R"({"name": 1, "a/note": "long"})")), plain).empty());
    CHECK(
        found(either(ferry::raw_json(R"({"a/note": "long"})")), tagged) ==
        lines{
            R"(the value: is none of the alternatives; its member "type" must be "node" or "knot" or "leaf" (oneOf))"});
}

TEST_CASE("what is kept as JSON is checked like the rest, and must be JSON") {
    std::vector<rule> const text = {{keyword::type, types::string}, {keyword::max_length, 1U}};
    CHECK(found(ferry::raw_json(R"("ab")"), text) ==
          lines{"the value: has 2 characters, must have at most 1 (maxLength)"});
    CHECK(found(ferry::raw_json("1"), text) == lines{"the value: is a number, must be a string (type)"});
    CHECK(found(ferry::raw_json(), text) == lines{"the value: is null, must be a string (type)"});
    CHECK(found(std::vector<ferry::raw_json>{ferry::raw_json("{")}, text) ==
          lines{"the value: holds raw_json that is not JSON (type)"});
}

TEST_CASE("what JSON cannot say is a violation") {
    auto const all =
        found(std::vector<double>{1, std::numeric_limits<double>::quiet_NaN()}, std::vector<rule>{});
    REQUIRE(all.size() == 1);
    CHECK(all[0].starts_with("/1: "));
    CHECK(all[0].ends_with(" (type)"));
}

TEST_CASE("models that contain themselves are checked to the end, or to as many violations as one asks for") {
    node tree;
    tree.children.resize(2);
    tree.children[1]->children.resize(3);
    tree.children[1]->children[2]->note = "long";
    auto const all = ferry::validate(tree);
    REQUIRE(all.size() == 2);
    CHECK(all[0].pointer == "/children/1/children");
    CHECK(all[0].rule == "maxItems");
    CHECK(all[1].pointer == "/children/1/children/2/a~1note");
    CHECK(ferry::validate(tree, 1).size() == 1);
    CHECK(ferry::validate(tree, 0).empty());
    CHECK(ferry::validate(std::vector<node>{node(), tree})[0].pointer == "/1/children/1/children");
    CHECK(ferry::validate(std::optional<node>()).empty());
    CHECK(ferry::validate(std::vector<std::optional<node>>(1)).empty());
    CHECK(ferry::validate(std::vector<ferry::nullable<node>>{ferry::null, tree}, 1)[0].pointer ==
          "/1/children/1/children");
    CHECK(ferry::validate(std::map<std::string, node>{{"a/b", tree}})[0].pointer ==
          "/a~1b/children/1/children");
    STATIC_REQUIRE_FALSE(constrained<std::optional<leaf>>);
}

TEST_CASE("null and absent break no rule") {
    std::vector<rule> const some = {{keyword::min_length, 9U}};
    CHECK(holds(std::optional<std::string>(), some));
    CHECK(holds(ferry::nullable<std::string>(ferry::null), some));
    CHECK_FALSE(holds(ferry::nullable<std::string>("x"), some));
}
