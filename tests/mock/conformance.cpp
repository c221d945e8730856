// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/conformance.hpp"

#include <boost/json/parse.hpp>

#include "../support/catch2.hpp"
#include "core/plain_schemas.hpp"
#include "core/shape.hpp"

// What the checker finds, in the words of the services' framework; and what of a schema the lenient reader
// sees.

using namespace ferry::mock;
using namespace ferry::mock::plain;
using ferry::schema::literal;
using ferry::schema::tag;

namespace {

/// The findings, as `type where rule: message`.
std::string told(rules const& type, std::string_view input, sender by = sender::service) {
    std::string all;
    for (finding const& one : conform(type, json::parse(input), {"body"}, "#/start", by))
        all += (all.empty() ? "" : "; ") + one.type + ' ' + json_pointer(one.where) + ' ' + one.rule + ": " +
               one.message;
    return all;
}

std::string told_by(rule const& one, std::string_view input) {
    return told(rules{{&one, 1}}, input);
}

constexpr literal colours[] = {{types::string, "red"}, {types::string, "green"}};
constexpr rule colour_rules[] = {{keyword::type, types::string}, {keyword::enumeration, colours}};
constexpr rules colour{colour_rules};
constexpr rules const* open_colour_arms[] = {&colour, &text, &integer};
constexpr rule open_colour_rules[] = {{keyword::any_of, open_colour_arms}};
constexpr rules open_colour{open_colour_rules, "/components/schemas/Colour"};

constexpr member cat_members[] = {{"kind", &text}, {"lives", &integer}};
constexpr std::string_view cat_required[] = {"kind", "lives"};
constexpr rule cat_rules[] = {
    {keyword::type, types::object}, {keyword::properties, cat_members}, {keyword::required, cat_required}};
constexpr rules cat{cat_rules, "/components/schemas/Cat"};

}  // namespace

TEST_CASE("each keyword has the framework's word", "[conformance]") {
    std::string const start = "/body #/start: ";
    CHECK(told_by({keyword::minimum, "2"}, "1") ==
          "greater_than_equal " + start + "Input should be greater than or equal to 2");
    CHECK(told_by({keyword::maximum, "2.5"}, "3") ==
          "less_than_equal " + start + "Input should be less than or equal to 2.5");
    CHECK(told_by({keyword::exclusive_minimum, "2"}, "2") ==
          "greater_than " + start + "Input should be greater than 2");
    CHECK(told_by({keyword::exclusive_maximum, "2"}, "2.0") ==
          "less_than " + start + "Input should be less than 2");
    CHECK(told_by({keyword::multiple_of, "0.1"}, "0.25") ==
          "multiple_of " + start + "Input should be a multiple of 0.1");
    CHECK(told_by({keyword::min_length, 2U}, R"("ü")") ==
          "string_too_short " + start + "Expected at least 2 characters");
    CHECK(told_by({keyword::max_length, 1U}, R"("ab")") ==
          "string_too_long " + start + "Expected at most 1 characters");
    CHECK(told_by({keyword::pattern, "^a"}, R"("b")") ==
          "string_pattern_mismatch " + start + "String should match pattern '^a'");
    CHECK(told_by({keyword::min_items, 1U}, "[]") == "too_short " + start + "Expected at least 1 items");
    CHECK(told_by({keyword::max_items, 1U}, "[1,2]") == "too_long " + start + "Expected at most 1 items");
    CHECK(told_by({keyword::enumeration, colours}, R"("blue")") ==
          "literal_error " + start + "Input should be one of 'red', 'green'");
    CHECK(told_by({keyword::unique_items}, "[1,1.0]") ==
          "value_error " + start + "items 0 and 1 are equal, all must be different");
    CHECK(told_by({keyword::format, "uri"}, R"("no url")") ==
          "url_parsing " + start + "Input should be a valid URL");
    CHECK(told_by({keyword::format, "uri"}, R"("https://a")").empty());
    CHECK(told_by({keyword::type, types::string | types::integer}, "true") ==
          "value_error " + start + "is a boolean, must be a string or an integer");
    CHECK(told_by({keyword::type, types::null}, "1") == "none_required " + start + "Input should be None");
    // A number is none of the texts that are listed, and no UUID.
    CHECK(told(colour, "1") == "literal_error " + start + "Input should be one of 'red', 'green'");
    CHECK(told(uuid, "1") == "uuid_parsing " + start + "Input should be a valid UUID");
}

TEST_CASE("findings say where in message and description", "[conformance]") {
    static constexpr member box_members[] = {{"a/b", &cat}};
    static constexpr rule box_rules[] = {{keyword::properties, box_members}};
    CHECK(told(rules{box_rules}, R"({"a/b":{"kind":"cat"},"more":1})") ==
          "missing /body/a~1b/lives #/components/schemas/Cat/properties/lives: Field required; "
          "extra_forbidden /body/more #/start/properties: Extra inputs are not permitted");
    rule const list(keyword::items, &cat);
    CHECK(
        told(rules{{&list, 1}}, R"([{"kind":"a","lives":7},{"kind":5,"lives":7}])") ==
        "string_type /body/1/kind #/components/schemas/Cat/properties/kind: Input should be a valid string");
    static constexpr rules far{cat_rules, "parts.yaml#/Cat"};
    CHECK(told(far, "1") == "model_type /body parts.yaml#/Cat: Input should be an object");
    auto const found =
        conform(cat, json::parse(R"({"kind":"a","lives":[1]})"), {"body"}, "#/s", sender::client);
    REQUIRE(found.size() == 1);
    CHECK(found[0].input == json::parse("[1]"));
}

TEST_CASE("of a union the arm that comes furthest tells", "[conformance]") {
    static constexpr rules const* arms[] = {&text, &cat, &map_of_text};
    rule const either(keyword::any_of, arms);
    rules const type{{&either, 1}};
    CHECK(told(type, R"({"kind":"a","lives":true})") ==
          "int_type /body/lives #/components/schemas/Cat/properties/lives: Input should be a valid integer");
    CHECK(told(type, "5") == "string_type /body #/start: Input should be a valid string");
    rule const one(keyword::one_of, arms);
    CHECK(told(rules{{&one, 1}}, R"({"kind":"a","lives":7})").empty());
}

TEST_CASE("of a client's open enum only the known texts will do", "[conformance]") {
    CHECK(told(open_colour, R"("blue")").empty());
    CHECK(told(open_colour, R"("blue")", sender::client) ==
          "literal_error /body #/components/schemas/Colour: Input should be one of 'red', 'green'");
    CHECK(told(open_colour, "5", sender::client).empty());
}

TEST_CASE("a tag that no alternative has", "[conformance]") {
    static constexpr rules const* arms[] = {&cat, &map_of_text};
    static constexpr member values[] = {{"cat", &cat}, {"map", &map_of_text}};
    static constexpr tag kind_of_pet{"kind", values};
    rule const both[] = {{keyword::any_of, arms}, {keyword::discriminator, &kind_of_pet}};
    CHECK(told(rules{both}, R"({"kind":5})") ==
          "union_tag_invalid /body #/start: is none of the alternatives; its member \"kind\" must be \"cat\" "
          "or "
          "\"map\"");
    CHECK(told(rules{both}, R"({"kind":"cat","lives":null})") ==
          "int_type /body/lives #/components/schemas/Cat/properties/lives: Input should be a valid integer");
}

TEST_CASE("members that only the other side sends need not be there", "[conformance]") {
    static constexpr rule own_rules[] = {{keyword::read_only}};
    static constexpr rules own{own_rules};
    static constexpr member members[] = {{"id", &own}};
    static constexpr std::string_view needed[] = {"id"};
    static constexpr rule all[] = {{keyword::properties, members}, {keyword::required, needed}};
    CHECK(told(rules{all}, "{}", sender::client).empty());
    CHECK(told(rules{all}, "{}") == "missing /body/id #/start/properties/id: Field required");
}

TEST_CASE("the lenient reader looks through references and compositions", "[conformance]") {
    static constexpr std::string_view needed[] = {"name"};
    static constexpr rule stricter_rules[] = {{keyword::required, needed}};
    static constexpr rules stricter{stricter_rules};
    static constexpr member names[] = {{"name", &text}};
    static constexpr rule named_rules[] = {{keyword::properties, names}};
    static constexpr rules named{named_rules};
    static constexpr rules const* parts[] = {&cat, &stricter, &named};
    static constexpr rule all_rules[] = {{keyword::all_of, parts}};
    static constexpr rules all{all_rules};
    static constexpr rule null_rules[] = {{keyword::type, types::null}};
    static constexpr rules null{null_rules};
    static constexpr rules const* arms[] = {&null, &all};
    static constexpr rule either[] = {{keyword::any_of, arms}};
    shape const made(rules{either});
    CHECK(made.kind == kind::object);
    CHECK(made.nullable);
    REQUIRE(made.fields.size() == 3);
    CHECK(made.find("kind")->required);
    CHECK(made.find("name")->required);
    CHECK(made.find("nobody") == nullptr);

    CHECK(shape(uuid).kind == kind::uuid);
    CHECK(shape(nullable_time).kind == kind::date_time);
    CHECK(shape(nullable_time).nullable);
    CHECK(shape(colour).values == std::vector<std::string_view>{"red", "green"});
    CHECK(shape(open_colour).kind == kind::any_of);
    CHECK(shape(map_of_text).item == &text);
    CHECK(shape(rules{}).kind == kind::any);
    CHECK(shape(nullable_map).kind == kind::map);
    CHECK(shape(stricter).kind == kind::any);
}

TEST_CASE("arms are called as the framework calls them", "[conformance]") {
    static constexpr rule list_rules[] = {{keyword::type, types::array}, {keyword::items, &uuid}};
    static constexpr rules list{list_rules};
    CHECK(arm_name(uuid) == "str");
    CHECK(arm_name(colour) == "str");
    CHECK(arm_name(integer) == "int");
    CHECK(arm_name(flag) == "bool");
    CHECK(arm_name(list) == "list[str]");
    CHECK(arm_name(list, 0) == "list[any]");
    CHECK(arm_name(cat) == "Cat");
    CHECK(arm_name(map_of_text) == "dict[str,any]");
}
