// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
// The keywords that combine schemas.
#include "checked.hpp"

#include <string_view>
#include <vector>

using namespace checked;

namespace {

// Two kinds of objects and what tells them apart.
constexpr rule short_rules[] = {{keyword::type, types::string}, {keyword::max_length, 3U}};
constexpr rules short_text{short_rules};
constexpr std::string_view node_needs[] = {"children"};
constexpr member node_members[] = {{"type", &a_string}, {"children", &anything}, {"a/note", &short_text}};
constexpr rule node_rules[] = {
    {keyword::type, types::object}, {keyword::required, node_needs}, {keyword::properties, node_members}};
constexpr rules node{node_rules, "/components/schemas/node"};
constexpr std::string_view leaf_needs[] = {"name"};
constexpr member leaf_members[] = {{"type", &a_string}, {"name", &a_string}};
constexpr rule leaf_rules[] = {
    {keyword::type, types::object}, {keyword::required, leaf_needs}, {keyword::properties, leaf_members}};
constexpr rules leaf{leaf_rules, "/components/schemas/leaf"};
constexpr rules const* both[] = {&leaf, &node};
constexpr member by_type[] = {{"node", &node}, {"knot", &node}, {"leaf", &leaf}};
constexpr tag told{"type", by_type};
std::vector<rule> const tagged = {{keyword::one_of, both}, {keyword::discriminator, &told}};

}  // namespace

TEST_CASE("all parts hold") {
    static constexpr rules const* parts[] = {&small, &an_integer};
    CHECK(fits({{keyword::all_of, parts}}, "9"));
    CHECK(found({{keyword::all_of, parts}}, "9.5") ==
          lines{": is 9.5, must be at most 9 (maximum)", ": is a number, must be an integer (type)"});
    CHECK_FALSE(fits({{keyword::all_of, parts}}, "10"));
}

TEST_CASE("any of the alternatives will do, or exactly one") {
    static constexpr rule big_rules[] = {{keyword::minimum, "9"}};
    static constexpr rules big{big_rules};
    static constexpr rules const* either[] = {&small, &big};
    static constexpr rules const* neither[] = {&a_null, &never};
    CHECK(fits({{keyword::any_of, either}}, "1"));
    CHECK(fits({{keyword::any_of, either}}, "9"));
    CHECK(found({{keyword::any_of, neither}}, "10") == lines{": is none of the alternatives (anyOf)"});
    CHECK(found({{keyword::one_of, either}}, "9") ==
          lines{": fits 2 of the alternatives, must fit one (oneOf)"});
    CHECK(fits({{keyword::one_of, either}}, "10"));
    CHECK(found({{keyword::one_of, neither}}, "10") == lines{": is none of the alternatives (oneOf)"});
}

TEST_CASE("null beside other alternatives") {
    static constexpr rules const* either[] = {&node, &a_null};
    CHECK(fits({{keyword::one_of, either}}, "null"));
    CHECK_FALSE(fits({{keyword::one_of, either}}, "7"));
    static constexpr rules const* only[] = {&node, &leaf};
    CHECK(fits({{keyword::nullable}, {keyword::one_of, only}}, "null"));
    CHECK(found({{keyword::one_of, only}}, "null") == lines{": is none of the alternatives (oneOf)"});
}

TEST_CASE("where one alternative is for that type, what is wrong with it is told") {
    static constexpr rules const* either[] = {&short_text, &node};
    auto const all = std::vector<rule>{{keyword::any_of, either}};
    CHECK(found(all, R"("long")") == lines{": has 4 characters, must have at most 3 (maxLength)"});
    CHECK(found(all, R"({"children": 1, "a/note": "long"})") ==
          lines{"/a~1note: has 4 characters, must have at most 3 (maxLength)"});
    CHECK(found(all, "7") == lines{": is none of the alternatives (anyOf)"});
    CHECK(find_misfits(rules{all}, value_of(R"("long")")).at(0).rule == "/anyOf/0/maxLength");
    CHECK(find_misfits(rules{all}, value_of("{}")).at(0).rule == "/components/schemas/node/required");
}

TEST_CASE("which types an alternative is for is seen through references, parts, constants and unions") {
    static constexpr literal one[] = {{types::number, "1"}};
    static constexpr rule constant_rules[] = {{keyword::constant, one}};
    static constexpr rules constant{constant_rules};
    static constexpr rule refers_rules[] = {{keyword::reference, &node}};
    static constexpr rules refers{refers_rules};
    static constexpr rules const* parts[] = {&short_text};
    static constexpr rule whole_rules[] = {{keyword::all_of, parts}};
    static constexpr rules whole{whole_rules};
    static constexpr rules const* inner[] = {&constant, &refers};
    static constexpr rule inner_rules[] = {{keyword::any_of, inner}};
    static constexpr rules nested{inner_rules};
    static constexpr rules const* either[] = {&whole, &nested};
    std::vector<rule> const all = {{keyword::one_of, either}};
    CHECK(found(all, R"("long")") == lines{": has 4 characters, must have at most 3 (maxLength)"});
    CHECK(found(all, "2") == lines{": must be 1 (const)"});
    CHECK(found(all, "{}") == lines{": has no member \"children\", which must be there (required)"});
    CHECK(fits(all, "1.0"));
}

TEST_CASE("the tag says which alternative is meant") {
    CHECK(fits(tagged, R"({"type": "node", "children": []})"));
    CHECK(fits(tagged, R"({"type": "knot", "children": []})"));
    CHECK(found(tagged, R"({"type": "leaf"})") ==
          lines{": has no member \"name\", which must be there (required)"});
    CHECK(find_misfits(rules{tagged}, value_of(R"({"type": "leaf"})")).at(0).rule ==
          "/components/schemas/leaf/required");
    CHECK(
        found(tagged, R"({"type": "tree"})") ==
        lines{
            R"(: is none of the alternatives; its member "type" must be "node" or "knot" or "leaf" (oneOf))"});
    CHECK(
        found(tagged, "{}") ==
        lines{
            R"(: is none of the alternatives; its member "type" must be "node" or "knot" or "leaf" (oneOf))"});
    CHECK(found(tagged, "7") == lines{": is none of the alternatives (oneOf)"});
}

TEST_CASE("a value that fits another alternative than its tag names is told: readers go by the tag") {
    CHECK(found(tagged, R"({"type": "leaf", "children": []})") ==
          lines{R"(/type: is "leaf", must be "node" or "knot" in this alternative (discriminator))"});
    CHECK(found(tagged, R"({"type": "knot", "name": "n"})") ==
          lines{R"(/type: is "knot", must be "leaf" in this alternative (discriminator))"});
    // Readers keep what they do not know as it is.
    CHECK(fits(tagged, R"({"type": "tree", "children": []})"));
    CHECK(fits(tagged, R"({"children": []})"));
}

TEST_CASE("alternatives that share a value of the tag, and those that have none") {
    static constexpr member shared[] = {{"x", &node}, {"x", &leaf}};
    static constexpr tag by_x{"type", shared};
    std::vector<rule> const all = {{keyword::one_of, both}, {keyword::discriminator, &by_x}};
    CHECK(fits(all, R"({"type": "x", "name": "n"})"));
    CHECK(fits(all, R"({"type": "x", "children": []})"));
    CHECK(found(all, R"({"type": "x"})") == lines{": is none of the alternatives (oneOf)"});
    static constexpr member some[] = {{"x", &node}};
    static constexpr tag partly{"type", some};
    std::vector<rule> const part = {{keyword::any_of, both}, {keyword::discriminator, &partly}};
    CHECK(fits(part, R"({"type": "y", "name": "n"})"));
    CHECK(fits(part, R"({"type": "x", "name": "n"})"));
}

TEST_CASE("tags that are numbers or booleans are compared as JSON") {
    static constexpr member by_number[] = {{"1", &node}, {"true", &leaf}};
    static constexpr tag numbered{"kind", by_number};
    std::vector<rule> const all = {{keyword::one_of, both}, {keyword::discriminator, &numbered}};
    CHECK(found(all, R"({"kind": 1.0})") ==
          lines{": has no member \"children\", which must be there (required)"});
    CHECK(found(all, R"({"kind": true})") ==
          lines{": has no member \"name\", which must be there (required)"});
}

TEST_CASE("a mapping to a schema that is no alternative makes nothing fit") {
    static constexpr member elsewhere[] = {{"any", &anything}};
    static constexpr tag lost{"type", elsewhere};
    CHECK(found({{keyword::one_of, both}, {keyword::discriminator, &lost}}, R"({"type": "any"})") ==
          lines{": is none of the alternatives (oneOf)"});
    // By itself a discriminator asks nothing.
    CHECK(fits({{keyword::discriminator, &told}}, R"({"type": "tree"})"));
}

TEST_CASE("closed enumerations: of known texts beside any text only the known ones will do") {
    static constexpr literal known[] = {{types::string, "red"}, {types::string, "green"}};
    static constexpr rule known_rules[] = {{keyword::type, types::string}, {keyword::enumeration, known}};
    static constexpr rules colours{known_rules};
    static constexpr rules const* either[] = {&colours, &a_string, &a_null};
    std::vector<rule> const all = {{keyword::any_of, either}};
    CHECK(fits(all, R"("blue")"));
    CHECK(fits(all, R"("red")", {.closed_enums = true}));
    CHECK(fits(all, "null", {.closed_enums = true}));
    CHECK_FALSE(fits(all, R"("blue")", {.closed_enums = true}));
    static constexpr rules const* texts[] = {&short_text, &a_string};
    CHECK(fits({{keyword::any_of, texts}}, R"("blue")", {.closed_enums = true}));
}

TEST_CASE("closed: of several alternatives that fit, each has to know the member") {
    static constexpr member b[] = {{"name", &anything}, {"size", &anything}};
    static constexpr rule b_rules[] = {{keyword::properties, b}};
    static constexpr rules sized{b_rules};
    static constexpr rules const* either[] = {&leaf, &sized};
    std::vector<rule> const all = {{keyword::any_of, either}};
    CHECK(found(all, R"({"name": "n", "size": 1})", {.closed = true}) ==
          lines{"/size: is not in the description (additionalProperties)"});
    CHECK(fits(all, R"({"size": 1})", {.closed = true}));
}

TEST_CASE("what must not fit") {
    CHECK(found({{keyword::negation, &a_string}}, R"("x")") ==
          lines{": must not fit the schema of not (not)"});
    CHECK(fits({{keyword::negation, &a_string}}, "1"));
    static constexpr rule twice_rules[] = {{keyword::negation, &a_string}};
    static constexpr rules no_string{twice_rules};
    CHECK(fits({{keyword::negation, &no_string}}, R"("x")"));
}

TEST_CASE("conditions") {
    static constexpr rule long_rules[] = {{keyword::min_length, 2U}};
    static constexpr rules long_text{long_rules};
    std::vector<rule> const all = {
        {keyword::condition, &a_string}, {keyword::then, &long_text}, {keyword::otherwise, &small}};
    CHECK(found(all, R"("x")") == lines{": has 1 character, must have at least 2 (minLength)"});
    CHECK(found(all, "10") == lines{": is 10, must be at most 9 (maximum)"});
    CHECK(fits(all, R"("xy")"));
    CHECK(fits(all, "9"));
    CHECK(find_misfits(rules{all}, value_of("10")).at(0).rule == "/else/maximum");
    CHECK(find_misfits(rules{all}, value_of(R"("x")")).at(0).rule == "/then/minLength");
    // One without the other.
    CHECK(fits({{keyword::condition, &a_string}}, "10"));
    CHECK(fits({{keyword::condition, &a_string}, {keyword::then, &long_text}}, "10"));
    CHECK(fits({{keyword::then, &never}, {keyword::otherwise, &never}}, "10"));
    // A condition evaluates.
    static constexpr member a[] = {{"a", &a_string}};
    static constexpr rule a_rules[] = {{keyword::properties, a}};
    static constexpr rules has_a{a_rules};
    CHECK(fits({{keyword::condition, &has_a}, {keyword::unevaluated_properties, &never}}, R"({"a": "x"})"));
    CHECK_FALSE(
        fits({{keyword::condition, &has_a}, {keyword::unevaluated_properties, &never}}, R"({"a": 1})"));
}

TEST_CASE("what is beside a reference holds, too") {
    CHECK(found({{keyword::reference, &a_string}, {keyword::max_length, 1U}}, R"("xy")") ==
          lines{": has 2 characters, must have at most 1 (maxLength)"});
}
