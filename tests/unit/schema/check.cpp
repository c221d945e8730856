// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
// What each keyword refuses and what it takes: those about values by themselves, and how the walk ends.
#include "ferry/schema/check.hpp"

#include "checked.hpp"

#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

using namespace checked;

TEST_CASE("the schema false takes nothing, a schema without keywords everything") {
    CHECK(found(never, "1") == lines{": must not be there (false)"});
    for (auto const* any : {"null", "true", "1", "\"\"", "[]", "{}"}) {
        CHECK(fits(anything, any));
        CHECK_FALSE(fits(never, any));
    }
}

TEST_CASE("types") {
    CHECK(found(a_string, "1") == lines{": is a number, must be a string (type)"});
    CHECK(found({{keyword::type, types::string | types::null}}, "[]") ==
          lines{": is an array, must be a string or null (type)"});
    CHECK(found({{keyword::type, types::number | types::integer}}, "true") ==
          lines{": is a boolean, must be a number (type)"});
    CHECK(found({{keyword::type, types::object}}, "null") == lines{": is null, must be an object (type)"});
    CHECK(fits({{keyword::type, types::string | types::null}}, "null"));
    CHECK(fits({{keyword::type, types::boolean}}, "false"));
    CHECK(fits({{keyword::type, types::array}}, "[]"));
    CHECK(fits({{keyword::type, types::object}}, "{}"));
}

TEST_CASE("integers are numbers without a fraction, however they are written") {
    for (auto const* whole : {"1", "-1", "1.0", "1e2", "1.5e1", "123456789012345678901234567890"})
        CHECK(fits(an_integer, whole));
    CHECK(found(an_integer, "1.5") == lines{": is a number, must be an integer (type)"});
    CHECK_FALSE(fits(an_integer, "1e-1"));
    CHECK(fits({{keyword::type, types::number}}, "1.5"));
    CHECK(fits({{keyword::type, types::number}}, "1"));
}

TEST_CASE("of a value of another type nothing else is told") {
    static constexpr literal one{types::string, "abc"};
    CHECK(found({{keyword::type, types::string},
                 {keyword::constant, std::span<literal const>(&one, 1)},
                 {keyword::min_length, 3U}},
                "7")
              .size() == 1);
}

TEST_CASE("keywords about values of another type say nothing") {
    std::vector<rule> const all = {{keyword::minimum, "5"},       {keyword::min_length, 5U},
                                   {keyword::pattern, "^x"},      {keyword::min_items, 5U},
                                   {keyword::min_properties, 5U}, {keyword::format, "date"},
                                   {keyword::multiple_of, "7"},   {keyword::unique_items}};
    CHECK(fits(all, "null"));
    CHECK(fits(all, "true"));
    CHECK(found(all, "1").size() == 2);
    CHECK(found(all, "\"\"").size() == 3);
    CHECK(found(all, "[]").size() == 1);
    CHECK(found(all, "{}").size() == 1);
}

TEST_CASE("null is taken where the schema is nullable, whatever else it asks") {
    std::vector<rule> const name = {{keyword::nullable}, {keyword::type, types::string}, {keyword::never}};
    CHECK(fits(name, "null"));
    CHECK(found(name, "1") == lines{": is a number, must be a string (type)"});
}

TEST_CASE("numbers keep to their bounds, exactly") {
    CHECK(found({{keyword::minimum, "1"}}, "0") == lines{": is 0, must be at least 1 (minimum)"});
    CHECK(found({{keyword::maximum, "4"}}, "5") == lines{": is 5, must be at most 4 (maximum)"});
    CHECK(found({{keyword::exclusive_minimum, "0"}}, "0") ==
          lines{": is 0, must be more than 0 (exclusiveMinimum)"});
    CHECK(found({{keyword::exclusive_maximum, "1.5"}}, "1.5") ==
          lines{": is 1.5, must be less than 1.5 (exclusiveMaximum)"});
    CHECK(fits({{keyword::minimum, "1"}, {keyword::maximum, "1"}}, "1"));
    CHECK(fits({{keyword::minimum, "0.1"}, {keyword::maximum, "0.1"}}, "0.1"));
    CHECK(fits({{keyword::minimum, "0.5"}}, "1"));
    CHECK_FALSE(fits({{keyword::minimum, "0.5"}}, "0"));
    CHECK(fits({{keyword::exclusive_minimum, "0"}}, "1e-300"));
    // A double cannot tell these two apart.
    CHECK_FALSE(fits({{keyword::maximum, "9223372036854775806"}}, "9223372036854775807"));
    CHECK(fits({{keyword::maximum, "9223372036854775807"}}, "9223372036854775807"));
    CHECK_FALSE(fits({{keyword::maximum, "1e30"}}, "1000000000000000000000000000001"));
}

TEST_CASE("multiples are those of decimal numbers") {
    CHECK(fits({{keyword::multiple_of, "0.1"}}, "0.3"));
    CHECK(fits({{keyword::multiple_of, "1.5"}}, "-4.5"));
    CHECK(fits({{keyword::multiple_of, "5"}}, "-10"));
    CHECK(fits({{keyword::multiple_of, "1e2"}}, "300"));
    CHECK(fits({{keyword::multiple_of, "1e-07"}}, "1e-7"));
    CHECK(found({{keyword::multiple_of, "0.1"}}, "0.35") ==
          lines{": is 0.35, must be a multiple of 0.1 (multipleOf)"});
    CHECK_FALSE(fits({{keyword::multiple_of, "0.01"}}, "1e-7"));
    CHECK_FALSE(fits({{keyword::multiple_of, "5"}}, "7"));
    CHECK_FALSE(fits({{keyword::multiple_of, "10"}}, "-9223372036854775808"));
    CHECK_FALSE(fits({{keyword::multiple_of, "1"}}, "5e-324"));
}

TEST_CASE("texts are measured in code points") {
    CHECK(found({{keyword::min_length, 1U}}, R"("")") ==
          lines{": has 0 characters, must have at least 1 (minLength)"});
    CHECK(found({{keyword::min_length, 2U}}, R"("a")") ==
          lines{": has 1 character, must have at least 2 (minLength)"});
    CHECK(found({{keyword::max_length, 3U}}, R"("äöü😀")") ==
          lines{": has 4 characters, must have at most 3 (maxLength)"});
    CHECK(fits({{keyword::min_length, 4U}, {keyword::max_length, 4U}}, R"("äöü\ud83d\ude00")"));
}

TEST_CASE("patterns are matched, and what cannot be is not checked") {
    auto const matches = [](char const* pattern, char const* text) {
        return fits({{keyword::pattern, pattern}}, text);
    };
    // The text may be a password.
    CHECK(found({{keyword::pattern, "^[0-9]+$"}}, R"("secret")") == lines{": must match ^[0-9]+$ (pattern)"});
    CHECK(matches("^\\d+$", R"("12")"));
    CHECK(matches("(", R"("anything")"));
    CHECK(matches("\\p{Script=Greek}", R"("anything")"));
    CHECK(matches("^\\p{Lu}", R"("Ä")"));
    CHECK_FALSE(matches("^\\p{Lu}", R"("ä")"));
}

TEST_CASE("a text cannot make a pattern run for ever or take the stack") {
    CHECK(fits({{keyword::pattern, "^[a-z]+$"}}, '"' + std::string(1'000'000, 'a') + '"'));
    CHECK(found({{keyword::pattern, "^(a+)+$"}}, '"' + std::string(5'000, 'a') + "!\"") ==
          lines{": takes too long to match ^(a+)+$ (pattern)"});
}

TEST_CASE("patterns are read once, by whichever thread comes first") {
    std::vector<std::thread> threads;
    std::vector<int> good(4);
    std::vector<rule> const asked = {{keyword::pattern, "^x[0-9]$"}};
    auto const text = value_of(R"("x1")");
    for (auto& count : good)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i) count += find_misfits(rules{asked}, text).empty();
        });
    for (auto& one : threads) one.join();
    CHECK(good == std::vector<int>(4, 50));
}

TEST_CASE("formats") {
    auto const is = [](char const* format, std::string_view text) {
        return fits({{keyword::format, format}}, text);
    };
    CHECK(is("date-time", R"("2026-01-31t23:59:59.123456789+05:30")"));
    CHECK(found({{keyword::format, "date-time"}}, R"("now")") ==
          lines{R"(: is "now", must be a date-time with its zone, such as 2026-01-31T23:59:59Z (format))"});
    CHECK(found({{keyword::format, "utc-date-time"}}, R"("2026")") ==
          lines{R"(: is "2026", must be a date-time, such as 2026-01-31T23:59:59 (format))"});
    CHECK(found({{keyword::format, "date"}}, R"("2026-1-31")") ==
          lines{R"(: is "2026-1-31", must be a date such as 2026-01-31 (format))"});
    CHECK(found({{keyword::format, "uuid"}}, R"("123e4567e89b12d3a456426614174000")") ==
          lines{R"(: is "123e4567e89b12d3a456426614174000", must be a UUID such as )"
                R"(123e4567-e89b-12d3-a456-426614174000 (format))"});
    CHECK(is("int32", "2147483647"));
    CHECK(is("int32", "-2147483648"));
    CHECK(found({{keyword::format, "int32"}}, "2147483648") ==
          lines{": is 2147483648, must be a number of 32 bits (format)"});
    CHECK(found({{keyword::format, "int64"}}, "9223372036854775808") ==
          lines{": is 9223372036854775808, must be a number of 64 bits (format)"});
    CHECK(found({{keyword::format, "uint32"}}, "-1") ==
          lines{": is -1, must be a number of 32 bits without a sign (format)"});
    CHECK(is("uint64", "18446744073709551615"));
    CHECK_FALSE(is("uint64", "18446744073709551616"));
    // Formats of texts say nothing about numbers, and the other way round; others are not known.
    CHECK(is("date", "7"));
    CHECK(is("int32", R"("x")"));
    CHECK(is("email", R"("x")"));
}

TEST_CASE("values that are known are the only ones") {
    static constexpr literal colours[] = {{types::string, "red"}, {types::string, "green"}};
    static constexpr literal numbers[] = {{types::number, "1"}, {types::number, "2"}};
    static constexpr literal mixed[] = {{types::null, "null"},
                                        {types::boolean, "true"},
                                        {types::array, "[1]"},
                                        {types::object, R"({"a":1,"b":"x"})"}};
    CHECK(found({{keyword::enumeration, colours}}, R"("gren")") ==
          lines{R"(: is "gren", must be one of "red", "green" (enum))"});
    CHECK(fits({{keyword::enumeration, colours}}, R"("green")"));
    CHECK(found({{keyword::enumeration, numbers}}, "3") == lines{": is 3, must be one of 1, 2 (enum)"});
    CHECK(fits({{keyword::enumeration, numbers}}, "2.0"));
    CHECK_FALSE(fits({{keyword::enumeration, numbers}}, R"("2")"));
    CHECK(fits({{keyword::enumeration, mixed}}, "null"));
    CHECK(fits({{keyword::enumeration, mixed}}, "[1.0]"));
    CHECK(fits({{keyword::enumeration, mixed}}, R"({"b":"x","a":1})"));
    CHECK(found({{keyword::enumeration, mixed}}, "[2]") ==
          lines{R"(: is an array, must be one of null, true, [1], {"a":1,"b":"x"} (enum))"});
    CHECK(found({{keyword::enumeration, std::span<literal const>()}}, "1") ==
          lines{": is 1, must be nothing: no value is allowed (enum)"});
}

TEST_CASE("what differs from a constant is not told: it may be a password") {
    static constexpr literal fixed[] = {{types::string, "v2"}};
    static constexpr literal on[] = {{types::boolean, "true"}};
    CHECK(found({{keyword::constant, fixed}}, R"("v1")") == lines{R"(: must be "v2" (const))"});
    CHECK(found({{keyword::constant, on}}, "false") == lines{": must be true (const)"});
    CHECK(fits({{keyword::constant, on}}, "true"));
    CHECK_FALSE(fits({{keyword::constant, on}}, "1"));
}

TEST_CASE("long lists and long texts are cut in messages") {
    std::vector<literal> const many(13, literal{types::number, "7"});
    CHECK(found({{keyword::enumeration, std::span<literal const>(many)}}, "1") ==
          lines{": is 1, must be one of 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, … (13 in all) (enum)"});
    static constexpr literal one[] = {{types::string, "x"}};
    CHECK(found({{keyword::enumeration, one}}, '"' + std::string(58, 'a') + "äbc\"") ==
          lines{": is \"" + std::string(58, 'a') + "…\", must be \"x\" (enum)"});
    CHECK(found({{keyword::enumeration, one}}, "\"\xff\"") ==
          lines{": is text that is not UTF-8, must be \"x\" (enum)"});
}

TEST_CASE("a finding says where in the value, where in the description, and what is there") {
    static constexpr rule name_rules[] = {{keyword::type, types::string}, {keyword::max_length, 2U}};
    static constexpr rules name{name_rules};
    static constexpr member inside[] = {{"a/b", &name}};
    static constexpr rule thing_rules[] = {{keyword::properties, inside}};
    static constexpr rules thing{thing_rules, "/components/schemas/thing"};
    static constexpr rule things_rules[] = {{keyword::items, &thing}};
    static constexpr rules things{things_rules, "/components/schemas/things"};
    static constexpr rule root_rules[] = {{keyword::reference, &things}};
    static constexpr rules root{root_rules};

    auto const of = value_of(R"([{"a/b": "x"}, {"a/b": "long"}])");
    auto const all = find_misfits(root, of);
    REQUIRE(all.size() == 1);
    CHECK(all[0].pointer == "/1/a~1b");
    CHECK(all[0].rule == "/components/schemas/thing/properties/a~1b/maxLength");
    CHECK(all[0].word == keyword::max_length);
    CHECK(all[0].by == &name);
    CHECK(all[0].input == &of.items[1].items[0]);

    // Without a place, from the schema that was given.
    static constexpr rules const* parts[] = {&anything, &name};
    static constexpr rule rule_all[] = {{keyword::all_of, parts}};
    CHECK(find_misfits(rules{rule_all}, value_of("7")).at(0).rule == "/allOf/1/type");
}

TEST_CASE("it stops after as many findings as one asks for") {
    std::vector<rule> const asked = {{keyword::items, &small}};
    CHECK(found(asked, "[10, 11, 12]").size() == 3);
    CHECK(found(asked, "[10, 11, 12]", {.most = 2}) ==
          lines{"/0: is 10, must be at most 9 (maximum)", "/1: is 11, must be at most 9 (maximum)"});
    CHECK(found(asked, "[10]", {.most = 0}).empty());
}

namespace {

// `circle` refers to itself; `tree` does so further inside.
struct circular {
    static rules const circle;
    static rules const tree;
    static rules const doubled;
};
constexpr rule circle_rules[] = {{keyword::reference, &circular::circle}};
constexpr rule children_rules[] = {{keyword::max_items, 2U}, {keyword::items, &circular::tree}};
constexpr rules children{children_rules};
constexpr member tree_properties[] = {{"children", &children}};
constexpr rule tree_rules[] = {{keyword::type, types::object}, {keyword::properties, tree_properties}};
constexpr rules const* twice[] = {&circular::doubled, &circular::doubled};
constexpr rule doubled_rules[] = {{keyword::any_of, twice}};
constinit rules const circular::circle{circle_rules, "/circle"};
constinit rules const circular::tree{tree_rules, "/tree"};
constinit rules const circular::doubled{doubled_rules};

}  // namespace

TEST_CASE("schemas that contain themselves are checked to the end") {
    CHECK(found(circular::tree, R"({"children": [{}, {"children": [{}, {}, {"children": 1}]}]})") ==
          lines{"/children/1/children: has 3 items, must have at most 2 (maxItems)"});
    std::string deep = "{}";
    for (int i = 0; i < 200; ++i) deep = R"({"children": [)" + deep + "]}";
    CHECK(fits(circular::tree, deep));
}

TEST_CASE("schemas that only refer to each other end, and say so") {
    CHECK(found(circular::circle, "1") == lines{": takes too long to check ($ref)"});
    CHECK(find_misfits(circular::circle, value_of("1")).at(0).rule == "/circle/$ref");
    CHECK(found(circular::doubled, "1") == lines{": takes too long to check ($ref)"});
    // Nor can what asks for the contrary make it fit.
    CHECK(found({{keyword::negation, &circular::circle}}, "1") == lines{": takes too long to check ($ref)"});
    static constexpr rules const* either[] = {&anything, &circular::circle};
    CHECK(found({{keyword::one_of, either}}, "1") == lines{": takes too long to check ($ref)"});
    CHECK(found({{keyword::property_names, &circular::circle}}, R"({"a":1})") ==
          lines{": takes too long to check ($ref)"});
}

TEST_CASE("unions within unions take no longer than the value is deep") {
    // Each level is tried without telling, and told once more.
    static constexpr rule leaf_rules[] = {{keyword::type, types::integer}};
    static constexpr rules leaf{leaf_rules};
    struct level {
        rules const* either[2];
        rule list[2] = {{keyword::type, types::array}, {keyword::items, &leaf}};
        rules list_rules{list};
        rule one_of{keyword::one_of, std::span<rules const* const>(either)};
        rules all{{&one_of, 1}};
    };
    std::vector<std::unique_ptr<level>> levels;
    rules const* inner = &leaf;
    std::string text = "\"x\"";
    std::string pointer;
    for (int i = 0; i < 60; ++i) {
        auto& now = *levels.emplace_back(std::make_unique<level>());
        now.list[1] = rule(keyword::items, inner);
        now.either[0] = &leaf;
        now.either[1] = &now.list_rules;
        inner = &now.all;
        text = '[' + text + ']';
        pointer += "/0";
    }
    CHECK(found(*inner, text) == lines{pointer + ": is a string, must be an integer (type)"});
}

TEST_CASE("large values may take more steps than small ones") {
    std::string list = "[1";
    for (int i = 0; i < 300'000; ++i) list += ",1";
    list += ']';
    std::vector<rules const*> const parts(20, &an_integer);
    std::vector<rule> const all = {{keyword::all_of, std::span<rules const* const>(parts)}};
    rules const item{all};
    CHECK(fits({{keyword::items, &item}}, list));
}
