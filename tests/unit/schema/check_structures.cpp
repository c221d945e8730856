// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
// The keywords about arrays and objects.
#include "checked.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace checked;

TEST_CASE("lists and maps have sizes, and their elements rules") {
    CHECK(found({{keyword::min_items, 1U}}, "[]") == lines{": has 0 items, must have at least 1 (minItems)"});
    CHECK(found({{keyword::max_items, 3U}, {keyword::items, &small}}, "[1, 10, 3, 11]") ==
          lines{": has 4 items, must have at most 3 (maxItems)", "/1: is 10, must be at most 9 (maximum)",
                "/3: is 11, must be at most 9 (maximum)"});
    static constexpr rule inner_rules[] = {{keyword::min_items, 1U}, {keyword::items, &small}};
    static constexpr rules inner{inner_rules};
    CHECK(found({{keyword::max_properties, 1U}, {keyword::additional_properties, &inner}},
                R"({"a~b": [1, 50], "c": []})") ==
          lines{": has 2 members, must have at most 1 (maxProperties)",
                "/a~0b/1: is 50, must be at most 9 (maximum)",
                "/c: has 0 items, must have at least 1 (minItems)"});
    CHECK(found({{keyword::min_properties, 2U}}, R"({"a": 1})") ==
          lines{": has 1 member, must have at least 2 (minProperties)"});
}

TEST_CASE("no two items of a set are equal") {
    std::vector<rule> const set = {{keyword::unique_items}};
    CHECK(found(set, "[1, 2, 3, 2]") ==
          lines{": items 1 and 3 are equal, all must be different (uniqueItems)"});
    CHECK(fits(set, "[true, false, 1, 0, \"1\", null]"));
    CHECK_FALSE(fits(set, "[1, 1.0]"));
    CHECK_FALSE(fits(set, R"([{"a":1,"b":2}, {"b":2,"a":1}])"));
    CHECK(fits(set, "[[1,2],[2,1]]"));
    CHECK(fits(set, "[]"));
}

TEST_CASE("the first items have schemas of their own, the rest the one of items") {
    static constexpr rules const* first[] = {&a_string, &an_integer};
    std::vector<rule> const open = {{keyword::prefix_items, first}};
    std::vector<rule> const closed = {{keyword::prefix_items, first}, {keyword::items, &never}};
    CHECK(fits(open, "[]"));
    CHECK(fits(open, R"(["a"])"));
    CHECK(fits(open, R"(["a", 1, null])"));
    CHECK(found(open, "[1, true]") ==
          lines{"/0: is a number, must be a string (type)", "/1: is a boolean, must be an integer (type)"});
    CHECK(fits(closed, R"(["a", 1])"));
    CHECK(found(closed, R"(["a", 1, 2])") == lines{"/2: must not be there (false)"});
    CHECK(find_misfits(rules{closed}, value_of(R"([1])")).at(0).rule == "/prefixItems/0/type");
    CHECK(find_misfits(rules{closed}, value_of(R"(["a", 1, 2])")).at(0).rule == "/items/false");
}

TEST_CASE("contains counts the items that fit") {
    std::vector<rule> const some = {{keyword::contains, &an_integer}};
    CHECK(fits(some, R"(["a", 1])"));
    CHECK(found(some, R"(["a"])") ==
          lines{": has 0 items that fit the schema of contains, must have at least 1 (contains)"});
    CHECK_FALSE(fits(some, "[]"));
    std::vector<rule> const few = {
        {keyword::contains, &an_integer}, {keyword::max_contains, 2U}, {keyword::min_contains, 2U}};
    CHECK(fits(few, R"([1, "a", 2])"));
    CHECK(found(few, R"([1, "a"])") ==
          lines{": has 1 item that fit the schema of contains, must have at least 2 (minContains)"});
    CHECK(found(few, "[1, 2, 3]") ==
          lines{": has 3 items that fit the schema of contains, must have at most 2 (maxContains)"});
    std::vector<rule> const none = {{keyword::contains, &an_integer}, {keyword::min_contains, 0U}};
    CHECK(fits(none, R"(["a"])"));
    // Without contains they say nothing.
    CHECK(fits({{keyword::min_contains, 7U}, {keyword::max_contains, 0U}}, "[1]"));
}

TEST_CASE("objects: members, those that must be there, and how many there are") {
    static constexpr rule name_rules[] = {{keyword::min_length, 1U}};
    static constexpr rules name{name_rules};
    static constexpr rule size_rules[] = {{keyword::minimum, "1"}};
    static constexpr rules size{size_rules};
    static constexpr rule other_rules[] = {{keyword::max_length, 2U}};
    static constexpr rules others{other_rules};
    static constexpr member members[] = {{"name", &name}, {"size", &size}};
    static constexpr std::string_view needed[] = {"x"};
    std::vector<rule> const all = {{keyword::required, needed},
                                   {keyword::properties, members},
                                   {keyword::additional_properties, &others},
                                   {keyword::max_properties, 3U},
                                   {keyword::min_properties, 2U}};
    CHECK(found(all, R"({"name": "", "size": 0, "x": "long", "y": ""})") ==
          lines{"/name: has 0 characters, must have at least 1 (minLength)",
                "/size: is 0, must be at least 1 (minimum)",
                "/x: has 4 characters, must have at most 2 (maxLength)",
                ": has 4 members, must have at most 3 (maxProperties)"});
    CHECK(found(all, R"({"name": "n"})") == lines{": has no member \"x\", which must be there (required)",
                                                  ": has 1 member, must have at least 2 (minProperties)"});
    CHECK(fits(all, R"({"name": "n", "x": ""})"));
    CHECK(find_misfits(rules{all}, value_of(R"({"name": "", "x": ""})")).at(0).rule ==
          "/properties/name/minLength");
}

TEST_CASE("patterns of names, and what neither they nor properties describe") {
    static constexpr member known[] = {{"foo", &anything}};
    static constexpr member patterns[] = {{"^f", &an_integer}, {"o$", &small}};
    std::vector<rule> const all = {{keyword::properties, known},
                                   {keyword::pattern_properties, patterns},
                                   {keyword::additional_properties, &never}};
    CHECK(fits(all, R"({"foo": 1, "fa": 2, "ao": 3})"));
    CHECK(found(all, R"({"foo": 10.5, "bar": 1})") == lines{"/foo: is a number, must be an integer (type)",
                                                            "/foo: is 10.5, must be at most 9 (maximum)",
                                                            "/bar: must not be there (false)"});
    CHECK(find_misfits(rules{all}, value_of(R"({"fa": "x"})")).at(0).rule == "/patternProperties/^f/type");
    // A pattern that cannot be matched matches no name.
    static constexpr member broken[] = {{"(", &never}};
    CHECK(fits({{keyword::pattern_properties, broken}}, R"({"(": 1})"));
}

TEST_CASE("names have rules") {
    static constexpr rule name_rules[] = {{keyword::max_length, 2U}};
    static constexpr rules name{name_rules};
    CHECK(fits({{keyword::property_names, &name}}, R"({"ab": 1})"));
    CHECK(found({{keyword::property_names, &name}}, R"({"abc": 1, "abcd": 2})") ==
          lines{": has a member \"abc\", whose name is not allowed (propertyNames)",
                ": has a member \"abcd\", whose name is not allowed (propertyNames)"});
}

TEST_CASE("what must be there where something else is") {
    static constexpr std::string_view needs[] = {"number", "until"};
    static constexpr dependency dependencies[] = {{"card", needs}};
    CHECK(found({{keyword::dependent_required, dependencies}}, R"({"card": 1, "until": 2})") ==
          lines{R"(: has no member "number", which must be there where "card" is (dependentRequired))"});
    CHECK(fits({{keyword::dependent_required, dependencies}}, R"({"until": 2})"));
    static constexpr rule few_rules[] = {{keyword::max_properties, 1U}};
    static constexpr rules few{few_rules};
    static constexpr member schemas[] = {{"card", &few}};
    CHECK(found({{keyword::dependent_schemas, schemas}}, R"({"card": 1, "until": 2})") ==
          lines{": has 2 members, must have at most 1 (maxProperties)"});
    CHECK(fits({{keyword::dependent_schemas, schemas}}, R"({"a": 1, "until": 2})"));
}

TEST_CASE("members that only the other side sends may be missing") {
    static constexpr rule id_rules[] = {{keyword::read_only}, {keyword::type, types::string}};
    static constexpr rules id{id_rules, "/components/schemas/id"};
    static constexpr rule refers[] = {{keyword::reference, &id}};
    static constexpr rules id_there{refers};
    static constexpr rule secret_rules[] = {{keyword::write_only}};
    static constexpr rules secret{secret_rules};
    static constexpr member members[] = {{"id", &id_there}, {"secret", &secret}, {"name", &a_string}};
    static constexpr std::string_view needed[] = {"id", "secret", "name"};
    std::vector<rule> const all = {{keyword::required, needed}, {keyword::properties, members}};
    auto const missing = [&](direction goes) { return found(all, "{}", {.goes = goes}); };
    CHECK(missing(direction::both).size() == 3);
    CHECK(missing(direction::request) == lines{": has no member \"secret\", which must be there (required)",
                                               ": has no member \"name\", which must be there (required)"});
    CHECK(missing(direction::response) == lines{": has no member \"id\", which must be there (required)",
                                                ": has no member \"name\", which must be there (required)"});
    // What is there is checked all the same.
    CHECK(found(all, R"({"id": 1, "secret": 1, "name": "n"})", {.goes = direction::request}) ==
          lines{"/id: is a number, must be a string (type)"});
}

TEST_CASE("closed: members that are not described are told, where any are described") {
    static constexpr member inner_members[] = {{"b", &anything}};
    static constexpr rule inner_rules[] = {{keyword::properties, inner_members}};
    static constexpr rules inner{inner_rules};
    static constexpr member members[] = {{"a", &inner}, {"map", &anything}};
    std::vector<rule> const all = {{keyword::properties, members}};
    auto const* const json = R"({"a": {"b": 1, "x": 2}, "map": {"y": 3}, "z/": 4})";
    CHECK(fits(all, json));
    CHECK(found(all, json, {.closed = true}) ==
          lines{"/a/x: is not in the description (additionalProperties)",
                "/z~1: is not in the description (additionalProperties)"});
    std::vector<rule> const open = {{keyword::properties, members},
                                    {keyword::additional_properties, &anything}};
    CHECK(found(open, json, {.closed = true}) ==
          lines{"/a/x: is not in the description (additionalProperties)"});
    // Parts describe together.
    static constexpr rule more_rules[] = {{keyword::properties, inner_members}};
    static constexpr rules more{more_rules};
    static constexpr rules const* parts[] = {&more};
    CHECK(found({{keyword::properties, members}, {keyword::all_of, parts}}, R"({"b": 1, "c": 2})",
                {.closed = true}) == lines{"/c: is not in the description (additionalProperties)"});
}

TEST_CASE("unevaluated items are those that no keyword has looked at") {
    static constexpr rules const* first[] = {&a_string};
    static constexpr rule part_rules[] = {{keyword::prefix_items, first}};
    static constexpr rules part{part_rules};
    static constexpr rules const* parts[] = {&part};
    std::vector<rule> const all = {{keyword::all_of, parts}, {keyword::unevaluated_items, &never}};
    CHECK(fits(all, R"(["a"])"));
    CHECK(found(all, R"(["a", 1])") == lines{"/1: must not be there (false)"});
    CHECK(find_misfits(rules{all}, value_of(R"(["a", 1])")).at(0).rule == "/unevaluatedItems/false");
    std::vector<rule> const contained = {{keyword::contains, &an_integer},
                                         {keyword::unevaluated_items, &a_string}};
    CHECK(fits(contained, R"([1, "a", 2])"));
    CHECK(found(contained, "[1, null]") == lines{"/1: is null, must be a string (type)"});
    CHECK(fits({{keyword::items, &anything}, {keyword::unevaluated_items, &never}}, "[1, 2]"));
}

TEST_CASE("unevaluated properties are those that no keyword has looked at") {
    static constexpr member a[] = {{"a", &anything}};
    static constexpr member b[] = {{"b", &an_integer}};
    static constexpr member c[] = {{"^c", &anything}};
    static constexpr rule a_rules[] = {{keyword::properties, a}};
    static constexpr rules has_a{a_rules};
    static constexpr rule b_rules[] = {{keyword::properties, b}};
    static constexpr rules has_b{b_rules};
    static constexpr rules const* parts[] = {&has_a};
    static constexpr rules const* branches[] = {&has_b, &a_string};
    std::vector<rule> const all = {{keyword::pattern_properties, c},
                                   {keyword::all_of, parts},
                                   {keyword::any_of, branches},
                                   {keyword::unevaluated_properties, &never}};
    CHECK(fits(all, R"({"a": 1, "b": 2, "cc": 3})"));
    CHECK(found(all, R"({"a": 1, "d": 2})") == lines{"/d: must not be there (false)"});
    // A branch that does not fit has evaluated nothing, nor has what stands under not.
    CHECK_FALSE(fits(all, R"({"b": "x"})"));
    static constexpr rule no_rules[] = {{keyword::negation, &has_b}};
    static constexpr rules no_b{no_rules};
    static constexpr rules const* denied[] = {&no_b};
    CHECK_FALSE(
        fits({{keyword::all_of, denied}, {keyword::unevaluated_properties, &never}}, R"({"b": "x"})"));
    // Nested unevaluated keywords evaluate what they take.
    static constexpr rule rest_rules[] = {{keyword::unevaluated_properties, &an_integer}};
    static constexpr rules rest{rest_rules};
    static constexpr rules const* open[] = {&rest};
    CHECK(fits({{keyword::all_of, open}, {keyword::unevaluated_properties, &never}}, R"({"x": 1})"));
}

TEST_CASE("what stands beside a schema has evaluated nothing for it") {
    static constexpr member a[] = {{"a", &anything}};
    static constexpr rule a_rules[] = {{keyword::properties, a}};
    static constexpr rules has_a{a_rules};
    static constexpr rule closed_rules[] = {{keyword::unevaluated_properties, &never}};
    static constexpr rules closed{closed_rules};
    static constexpr rules const* cousins[] = {&has_a, &closed};
    CHECK(found({{keyword::all_of, cousins}}, R"({"a": 1})") == lines{"/a: must not be there (false)"});
    static constexpr rules const* first[] = {&anything};
    static constexpr rule first_rules[] = {{keyword::prefix_items, first}};
    static constexpr rules has_first{first_rules};
    static constexpr rule end_rules[] = {{keyword::unevaluated_items, &never}};
    static constexpr rules ends{end_rules};
    static constexpr rules const* lists[] = {&has_first, &ends};
    CHECK(found({{keyword::all_of, lists}}, "[1]") == lines{"/0: must not be there (false)"});
}

TEST_CASE("objects with more members than a word has bits") {
    std::string text = "{\"m0\": 0";
    for (int i = 1; i < 200; ++i) text += ", \"m" + std::to_string(i) + "\": 0";
    static constexpr member tens[] = {{"0$", &anything}};
    static constexpr rule part_rules[] = {{keyword::pattern_properties, tens}};
    static constexpr rules part{part_rules};
    static constexpr rules const* parts[] = {&part};
    std::vector<rule> const all = {{keyword::all_of, parts}, {keyword::unevaluated_properties, &never}};
    CHECK(found(all, text + '}', {.most = 1000}).size() == 180);
    static constexpr rules const* both[] = {&part, &part};
    CHECK(found({{keyword::any_of, both}, {keyword::properties, std::span<member const>()}}, text + '}',
                {.most = 1000, .closed = true})
              .size() == 180);
}
