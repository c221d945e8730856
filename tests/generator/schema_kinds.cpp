// What ferry-gen makes of schema_kinds.yaml.
#include "support/catch2.hpp"

#include <acme/schema_kinds/validation.hpp>
#include <ferry/json.hpp>

#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace models = acme::schema_kinds::models;

namespace {

using lines = std::vector<std::string>;

template <class T>
T read(std::string const& text) {
    return ferry::from_json<T>(text).value();
}

/// Read and written back.
template <class T>
std::string back(std::string const& text) {
    return ferry::to_json(read<T>(text)).value();
}

template <class T>
lines found(std::string const& text) {
    lines made;
    for (auto const& one : ferry::validate(read<T>(text)))
        made.push_back(one.pointer + " " + std::string(one.rule));
    return made;
}

}  // namespace

TEST_CASE("allOf is merged keyword by keyword") {
    STATIC_REQUIRE(std::is_same_v<decltype(models::narrowed::bar), std::string>);
    STATIC_REQUIRE(std::is_same_v<decltype(models::narrowed::foo), std::optional<std::string>>);
    CHECK_FALSE(ferry::from_json<models::narrowed>("{}").has_value());
    auto const deep = R"({"inner":{"a":"x","b":1}})";
    CHECK(back<models::deep_parts>(deep) == deep);
    CHECK_FALSE(ferry::from_json<models::deep_parts>(R"({"inner":{"a":"x"}})").has_value());
}

TEST_CASE("a narrower part leaves the type of the member as it is, and is checked") {
    STATIC_REQUIRE(
        std::is_same_v<decltype(models::few_rows::rows), std::optional<std::vector<models::entry>>>);
    CHECK(found<models::few_rows>(R"({"rows":[{"id":"a"},{"id":"b"}]})") == lines{"/rows maxItems"});
    STATIC_REQUIRE(std::is_same_v<decltype(models::refined::kind), std::optional<models::colour>>);
    STATIC_REQUIRE(std::is_same_v<decltype(models::refined::maybe), std::optional<models::entry>>);
    CHECK(found<models::refined>(R"({"name":""})") == lines{"/name minLength"});
    CHECK(found<models::refined>(R"({"name":"long"})") == lines{"/name maxLength"});
}

TEST_CASE("types that have nothing in common leave any JSON") {
    STATIC_REQUIRE(std::is_same_v<models::clash, ferry::raw_json>);
}

TEST_CASE("what stands beside a reference counts") {
    STATIC_REQUIRE(std::is_same_v<decltype(models::beside::more), std::int64_t>);
    auto const all = R"({"foo":"a","bar":"b","more":1})";
    CHECK(back<models::beside>(all) == all);
    CHECK(found<models::holder>(R"({"only_red":"green"})") == lines{"/only_red enum"});
    STATIC_REQUIRE(std::is_same_v<decltype(models::holder::told), std::optional<models::entry>>);
}

TEST_CASE("a base with a discriminator is one of its descendants, or itself") {
    for (char const* text :
         {R"({"pet":{"petType":"feline","name":"Tom","claws":18}})",
          R"({"pet":{"petType":"Dog","bark":true}})", R"({"pet":{"petType":"Pet","name":"Rex"}})",
          R"({"pet":{"petType":"fish","fins":2}})"})
        CHECK(back<models::owner>(text) == text);
    auto const owner = read<models::owner>(R"({"pet":{"petType":"feline","claws":18}})");
    CHECK(std::get<models::cat>(*owner.pet).claws == 18);
    models::owner sent;
    sent.pets = {models::dog(), models::pet_base()};
    CHECK(ferry::to_json(sent).value() == R"({"pets":[{"petType":"Dog"},{"petType":"Pet"}]})");
}

TEST_CASE("items by place, members by pattern, and all others are kept") {
    for (char const* text : {R"({"pair":["a",1]})", R"({"tail":["a",1,2]})", R"({"same":["a","b"]})"})
        CHECK(back<models::tuple>(text) == text);
    CHECK(found<models::tuple>(R"({"pair":[1,"a"]})") == lines{"/pair/0 type", "/pair/1 type"});
    CHECK(found<models::tuple>(R"({"pair":["a",1,2]})") == lines{"/pair/2 false"});
    STATIC_REQUIRE(std::is_same_v<decltype(models::tuple::same), std::optional<std::vector<std::string>>>);
    for (char const* text : {R"({"id":"a","x_1":2})", R"({"id":"a","other":{"deep":[1]}})"})
        CHECK(back<models::patterned>(text) == text);
    CHECK(found<models::patterned>(R"({"x_1":"no"})") == lines{"/x_1 type"});
    CHECK(back<models::unevaluated>(R"({"id":"a","on":true})") == R"({"id":"a","on":true})");
    CHECK(back<models::unnamed>(R"({"id":"a","ghost":[1]})") == R"({"id":"a","ghost":[1]})");
    CHECK(found<models::unnamed>(R"({"id":"a","ghost":[1]})").empty());
    CHECK(back<models::by_pattern>(R"({"a":1,"B":"kept"})") == R"({"B":"kept","a":1})");
    STATIC_REQUIRE(std::is_same_v<models::only_pattern, std::map<std::string, std::int64_t>>);
}

TEST_CASE("arms are named by what tells them apart") {
    auto const value = read<models::destination>(R"({"type":"googleCloudPubSub","topic":"t"})");
    CHECK(std::get<models::destination_google_cloud_pub_sub>(value).topic == "t");
}

TEST_CASE("structs that are made alike are one") {
    STATIC_REQUIRE(std::is_same_v<decltype(models::twins::left), decltype(models::twins::right)>);
}

TEST_CASE("a member whose only value is null is there or is not") {
    CHECK(back<models::premium>(R"({"premium_subscriber":null})") == R"({"premium_subscriber":null})");
    CHECK(back<models::premium>("{}") == "{}");
}
