// Rules by hand-written tables: what each keyword refuses and what it takes.
#include "support/catch2.hpp"

#include <ferry/json/validation.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

using ferry::violation;
using ferry::json::rules;

namespace {

template <class T>
std::vector<std::string> found(T const& value, rules const& allowed, std::size_t most = 100) {
    std::vector<std::string> lines;
    auto const& type = ferry::json::describe<T>::get();
    for (auto const& one : ferry::json::find_violations(type, &value, allowed, most))
        lines.push_back(one.to_string());
    return lines;
}

template <class T>
bool holds(T const& value, rules const& allowed) {
    return found(value, allowed).empty();
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
template <>
struct constrain<node> {
    static rules const& get() noexcept {
        static constexpr rules note{.max_size = 3};
        static constexpr rules itself{.of = &constrain<node>::get};
        static constexpr rules children{.max_size = 2, .each = &itself};
        static constexpr member_rules members[] = {{"children", &children}, {"a/note", &note}};
        static constexpr rules all{.members = members};
        return all;
    }
};

}  // namespace ferry::json

TEST_CASE("numbers keep to their bounds, exactly") {
    constexpr auto big = std::numeric_limits<std::int64_t>::max();
    CHECK(found(std::int64_t{0}, {.minimum = 1}) == lines{"the value: is 0, must be at least 1 (minimum)"});
    CHECK(found(std::int64_t{5}, {.maximum = 4}) == lines{"the value: is 5, must be at most 4 (maximum)"});
    CHECK(found(0.0, {.exclusive_minimum = 0}) ==
          lines{"the value: is 0, must be more than 0 (exclusiveMinimum)"});
    CHECK(found(1.5, {.exclusive_maximum = 1.5}) ==
          lines{"the value: is 1.5, must be less than 1.5 (exclusiveMaximum)"});
    CHECK(holds(std::int64_t{1}, {.minimum = 1, .maximum = 1}));
    CHECK(holds(0.1, {.minimum = 0.1, .maximum = 0.1}));
    CHECK(holds(std::int64_t{1}, {.minimum = 0.5}));
    CHECK_FALSE(holds(std::int64_t{0}, {.minimum = 0.5}));
    // A double cannot tell these two apart.
    CHECK_FALSE(holds(big, {.maximum = big - 1}));
    CHECK(holds(big, {.maximum = big}));
    CHECK(holds(std::int64_t{0}, {}));
}

TEST_CASE("large and exact numbers keep to their bounds") {
    rules const small{.minimum = 10, .maximum = 20.5};
    CHECK(found(std::uint64_t{18446744073709551615U}, small) ==
          lines{"the value: is 18446744073709551615, must be at most 20.5 (maximum)"});
    CHECK(holds(std::uint64_t{20}, small));
    rules const whole{.maximum = std::int64_t{9007199254740993}};
    CHECK(holds(std::uint64_t{9007199254740993U}, whole));
    CHECK_FALSE(holds(std::uint64_t{9007199254740994U}, whole));
    CHECK(holds(ferry::decimal("20.50"), small));
    CHECK(found(ferry::decimal("20.500000000000000000001"), small) ==
          lines{"the value: is 20.500000000000000000001, must be at most 20.5 (maximum)"});
    static constexpr std::string_view texts[] = {"1.5"};
    CHECK(holds(ferry::decimal("1.50"), {.values = texts}));
    CHECK_FALSE(holds(ferry::decimal("1.51"), {.values = texts}));
}

TEST_CASE("multiples are those of decimal numbers") {
    CHECK(holds(0.3, {.multiple_of = "0.1"}));
    CHECK(holds(-4.5, {.multiple_of = "1.5"}));
    CHECK(holds(std::int64_t{-10}, {.multiple_of = "5"}));
    CHECK(holds(std::int64_t{300}, {.multiple_of = "1e2"}));
    CHECK(holds(1e-7, {.multiple_of = "1e-07"}));
    CHECK(found(0.35, {.multiple_of = "0.1"}) ==
          lines{"the value: is 0.35, must be a multiple of 0.1 (multipleOf)"});
    CHECK_FALSE(holds(1e-7, {.multiple_of = "0.01"}));
    CHECK_FALSE(holds(std::int64_t{7}, {.multiple_of = "5"}));
    CHECK_FALSE(holds(std::numeric_limits<std::int64_t>::min(), {.multiple_of = "10"}));
    CHECK_FALSE(holds(5e-324, {.multiple_of = "1"}));
}

TEST_CASE("texts are measured in code points") {
    CHECK(found(std::string(), {.min_size = 1}) ==
          lines{"the value: has 0 characters, must have at least 1 (minLength)"});
    CHECK(found(std::string("a"), {.min_size = 2}) ==
          lines{"the value: has 1 character, must have at least 2 (minLength)"});
    CHECK(holds(std::string("äöü😀"), {.min_size = 4, .max_size = 4}));
    CHECK_FALSE(holds(std::string("äöü😀"), {.max_size = 3}));
}

TEST_CASE("patterns are matched, and what cannot be is not checked") {
    auto const matches = [](char const* pattern, char const* text) {
        return holds(std::string(text), {.pattern = pattern});
    };
    CHECK(found(std::string("secret"), {.pattern = "^[0-9]+$"}) ==
          lines{"the value: must match ^[0-9]+$ (pattern)"});
    CHECK(matches("^\\d+$", "12"));
    CHECK(matches("(", "anything"));
    CHECK(matches("\\p{Lu}", "anything"));
}

TEST_CASE("a text cannot make a pattern run for ever or take the stack") {
    CHECK(holds(std::string(1'000'000, 'a'), {.pattern = "^[a-z]+$"}));
    CHECK(found(std::string(5'000, 'a') + "!", {.pattern = "^(a+)+$"}) ==
          lines{"the value: takes too long to match ^(a+)+$ (pattern)"});
}

TEST_CASE("patterns are read once, by whichever thread comes first") {
    std::vector<std::thread> threads;
    std::vector<int> good(4);
    for (auto& count : good)
        threads.emplace_back([&count] {
            for (int i = 0; i < 50; ++i) count += holds(std::string("x1"), {.pattern = "^x[0-9]$"});
        });
    for (auto& one : threads) one.join();
    CHECK(good == std::vector<int>(4, 50));
}

TEST_CASE("formats") {
    using ferry::json::value_format;
    auto const is = [](value_format format, char const* text) {
        return holds(std::string(text), {.format = format});
    };
    for (auto const* good : {"2026-01-31T23:59:59Z", "2026-01-31t23:59:59.123456789+05:30",
                             "2024-02-29T00:00:00z", "2016-12-31T23:59:60Z"})
        CHECK(is(value_format::date_time, good));
    for (auto const* bad :
         {"2026-01-31T23:59:59", "2026-01-31 23:59:59Z", "2026-02-30T00:00:00Z", "2026-01-31",
          "2026-01-31T24:00:00Z", "2026-01-31T00:00:00.Z", "2026-01-31T00:00:00+0530", "",
          "2026-01-31T00:00:00Zx", "2026-01-31T00:00:00,5Z"})
        CHECK_FALSE(is(value_format::date_time, bad));
    CHECK(is(value_format::date, "2026-01-31"));
    CHECK_FALSE(is(value_format::date, "2026-1-31"));
    CHECK_FALSE(is(value_format::date, "2026-13-01"));
    CHECK(is(value_format::uuid, "123e4567-E89B-12d3-a456-426614174000"));
    CHECK_FALSE(is(value_format::uuid, "123e4567e89b12d3a456426614174000"));
    CHECK_FALSE(is(value_format::uuid, "123e4567-e89b-12d3-a456-42661417400g"));
    CHECK(holds(std::int64_t{2147483647}, {.format = value_format::int32}));
    CHECK(found(std::int64_t{2147483648}, {.format = value_format::int32}) ==
          lines{"the value: is 2147483648, must be a number of 32 bits (format)"});
    CHECK(found(ferry::timestamp("now"), {.format = value_format::date_time}) ==
          lines{"the value: is \"now\", must be a date-time with its zone, such as 2026-01-31T23:59:59Z "
                "(format)"});
}

TEST_CASE("values that are known are the only ones") {
    static constexpr std::string_view small[] = {"1", "2"};
    static constexpr std::string_view fixed[] = {"v2"};
    static constexpr std::string_view on[] = {"true"};
    CHECK(found(colour("gren"), {.values = colour::names}) ==
          lines{R"(the value: is "gren", must be one of "red", "green" (enum))"});
    CHECK(holds(colour(colour::green), {.values = colour::names}));
    CHECK(found(std::int64_t{3}, {.values = small}) == lines{"the value: is 3, must be one of 1, 2 (enum)"});
    CHECK(holds(2.0, {.values = small}));
    CHECK(found(std::string("v1"), {.values = fixed, .constant = true}) ==
          lines{R"(the value: must be "v2" (const))"});
    CHECK(found(false, {.values = on, .constant = true}) == lines{"the value: must be true (const)"});
    CHECK(holds(true, {.values = on}));
}

TEST_CASE("lists and maps have sizes, and their elements rules") {
    static constexpr rules small{.maximum = 9};
    using list = std::vector<std::int64_t>;
    CHECK(found(list{}, {.min_size = 1}) == lines{"the value: has 0 items, must have at least 1 (minItems)"});
    CHECK(found(list{1, 10, 3, 11}, {.max_size = 3, .each = &small}) ==
          lines{"the value: has 4 items, must have at most 3 (maxItems)",
                "/1: is 10, must be at most 9 (maximum)", "/3: is 11, must be at most 9 (maximum)"});
    CHECK(found(list{1, 2, 3, 2}, {.unique = true}) ==
          lines{"the value: items 1 and 3 are equal, all must be different (uniqueItems)"});
    CHECK(holds(std::vector<bool>{true, false}, {.unique = true}));
    std::map<std::string, std::vector<double>> const map{{"a~b", {1, 50}}, {"c", {}}};
    static constexpr rules inner{.min_size = 1, .each = &small};
    CHECK(found(map, {.max_size = 1, .each = &inner}) ==
          lines{"the value: has 2 members, must have at most 1 (maxProperties)",
                "/a~0b/1: is 50, must be at most 9 (maximum)",
                "/c: has 0 items, must have at least 1 (minItems)"});
}

TEST_CASE("objects: members, those without a field, and how many there are") {
    static constexpr rules name{.min_size = 1};
    static constexpr rules size{.minimum = 1};
    static constexpr rules others{.max_size = 2};
    static constexpr ferry::json::member_rules members[] = {{"name", &name}, {"size", &size}};
    static constexpr std::string_view needed[] = {"x"};
    rules const all{.min_size = 2, .max_size = 3, .each = &others, .members = members, .required = needed};
    CHECK(found(leaf{"", 0, {{"x", "long"}, {"y", ""}}}, all) ==
          lines{"the value: has 4 members, must have at most 3 (maxProperties)",
                "/name: has 0 characters, must have at least 1 (minLength)",
                "/size: is 0, must be at least 1 (minimum)",
                "/x: has 4 characters, must have at most 2 (maxLength)"});
    CHECK(found(leaf{"n", {}, {}}, all) ==
          lines{"the value: has 1 member, must have at least 2 (minProperties)",
                "the value: has no member \"x\", which must be there (required)"});
    CHECK(holds(leaf{"n", {}, {{"x", ""}}}, all));
}

TEST_CASE("unions: what is none of the alternatives, and what says that it is another one") {
    rules const open{};
    rules const closed{.alternatives = "oneOf"};
    either const unknown = ferry::raw_json("7");
    CHECK(holds(unknown, open));
    CHECK(found(unknown, closed) == lines{"the value: is none of the alternatives (oneOf)"});
    CHECK(holds(either(ferry::raw_json()), {.alternatives = "oneOf", .nullable = true}));
    CHECK_FALSE(holds(unknown, {.alternatives = "oneOf", .nullable = true}));
    static constexpr rules itself{.of = &ferry::json::constrain<node>::get};
    static constexpr rules const* arms[] = {nullptr, &itself};
    node tall;
    tall.note = "long";
    CHECK(found(either(tall), {.arms = arms, .alternatives = "oneOf"}) ==
          lines{"/a~1note: has 4 characters, must have at most 3 (maxLength)"});
    CHECK(holds(either(leaf{"", {}, {}}), {.arms = arms, .alternatives = "oneOf"}));

    static constexpr ferry::json::tag_value tags[] = {{"node", 1}, {"knot", 1}, {"leaf", 0}};
    static constexpr auto type = ferry::json::variant_of<either>("type", tags);
    auto const lines_of = [](either const& value) {
        lines made;
        for (auto const& one : ferry::json::find_violations(type, &value, {.alternatives = "oneOf"}, 9))
            made.push_back(one.to_string());
        return made;
    };
    tall.type = "leaf";
    CHECK(lines_of(tall) ==
          lines{R"(/type: is "leaf", must be "node" or "knot" in this alternative (discriminator))"});
    tall.type = "knot";
    CHECK(lines_of(tall).empty());
    CHECK(
        lines_of(unknown) ==
        lines{
            R"(the value: is none of the alternatives; its member "type" must be "node" or "knot" or "leaf" (oneOf))"});
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
    STATIC_REQUIRE_FALSE(ferry::json::constrained<std::optional<leaf>>);
}

TEST_CASE("null and absent break no rule") {
    static constexpr rules some{.min_size = 9};
    CHECK(holds(std::optional<std::string>(), some));
    CHECK(holds(ferry::nullable<std::string>(ferry::null), some));
    CHECK_FALSE(holds(ferry::nullable<std::string>("x"), some));
}
