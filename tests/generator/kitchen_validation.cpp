// The rules that ferry-gen writes for kitchen_sink.yaml, where they are asked for.
#include "support/catch2.hpp"

#include <acme/kitchen/validation.hpp>
#include <ferry/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace models = acme::kitchen::models;

namespace {

using lines = std::vector<std::string>;

template <class T>
lines found(T const& value) {
    lines made;
    for (auto const& one : ferry::validate(value)) made.push_back(one.pointer + " " + std::string(one.rule));
    return made;
}

/// What is wrong with an object of `limits` that has the given members beside the required ones.
lines with(std::string const& members) {
    auto const text = R"({"code":"AB","extra":1)" + (members.empty() ? "" : "," + members) + "}";
    return found(ferry::from_json<models::limits>(text).value());
}

models::dish stew() {
    models::dish dish;
    dish.id = "123e4567-e89b-12d3-a456-426614174000";
    dish.created_at = "2026-01-01T00:00:00Z";
    dish.name = "stew";
    return dish;
}

}  // namespace

TEST_CASE("what conforms has no violations") {
    CHECK(with("").empty());
    CHECK(
        with(R"("short":"été","positive":0.1,"below":0.9,"step":0.3,"big":10,"half":1,"both":"ab")").empty());
    CHECK(with(R"("unique":[1,2],"by_name":{"a":"b"},"grid":[[],[1,2]],"kind":"soup","answer":42,"on":true)")
              .empty());
    CHECK(with(R"("ratio":1,"either":5,"whatever":7,"inner":{"code":"XY","extra":0},"more":3)").empty());
    CHECK(found(stew()).empty());
}

TEST_CASE("each keyword of a schema is a rule of its member") {
    CHECK(with(R"("short":"abcd")") == lines{"/short maxLength"});
    CHECK(with(R"("positive":0)") == lines{"/positive exclusiveMinimum"});
    CHECK(with(R"("below":1)") == lines{"/below exclusiveMaximum"});
    CHECK(with(R"("step":0.35)") == lines{"/step multipleOf"});
    CHECK(with(R"("big":9223372036854775807)") == lines{"/big maximum"});
    CHECK(with(R"("half":0)") == lines{"/half minimum"});
    CHECK(with(R"("answer":41)") == lines{"/answer const"});
    CHECK(with(R"("on":false)") == lines{"/on enum"});
    CHECK(with(R"("ratio":0.75)") == lines{"/ratio enum"});
    CHECK(with(R"("letters":"123")").empty());
    CHECK(with(R"("more":-1)") == lines{"/more minimum"});
    CHECK(found(ferry::from_json<models::limits>(R"({"code":"abc"})").value()) ==
          lines{" minProperties", " required", "/code pattern"});
    CHECK(found(ferry::from_json<models::limits>(R"({"code":"ABé","extra":0})").value()).empty());
}

TEST_CASE("of allOf and of what stands beside a reference all parts hold") {
    CHECK(with(R"("both":"a","beside":"b")") == lines{"/both minLength", "/beside minLength"});
    CHECK(with(R"("both":"abcde")") == lines{"/both maxLength"});
}

TEST_CASE("lists and maps, and what is in them") {
    CHECK(with(R"("unique":[])") == lines{"/unique minItems"});
    CHECK(with(R"("unique":[1,10,3,1])") ==
          lines{"/unique maxItems", "/unique uniqueItems", "/unique/1 maximum"});
    CHECK(with(R"("by_name":{"a":"","b":"","c":"x"})") ==
          lines{"/by_name maxProperties", "/by_name/a minLength", "/by_name/b minLength"});
    CHECK(with(R"("grid":[[0],[1,2,3],[-2]])") == lines{"/grid/1 maxItems", "/grid/2/0 minimum"});
}

TEST_CASE("a value that a closed enumeration does not list is a violation, in an open one it is not") {
    CHECK(with(R"("kind":"soop","maybe_kind":"soop","open_kind":"x","any_kind":"x")") ==
          lines{"/kind enum", "/maybe_kind enum"});
    CHECK(found(models::kind("soop")) == lines{" enum"});
    CHECK(found(models::open_kind("soop")).empty());
}

TEST_CASE("unions: the rules of the arm that holds the value, and none of the alternatives") {
    CHECK(with(R"("either":"abc")") == lines{"/either maxLength"});
    CHECK(with(R"("either":-1)") == lines{"/either minimum"});
    CHECK(with(R"("either":[1])") == lines{"/either anyOf"});
    CHECK(with(R"("either":null,"shared":"ab")").empty());
    CHECK(with(R"("shared":"neither short nor a UUID")") == lines{"/shared anyOf"});
    CHECK(with(R"("animal":{"type":"bird"})") == lines{"/animal oneOf"});
    models::cat cat;
    cat.type = "dog";
    CHECK(found(models::animal(cat)) == lines{"/type discriminator"});
    auto const said = ferry::validate(ferry::from_json<models::animal>(R"({"type":"bird"})").value());
    REQUIRE(said.size() == 1);
    CHECK(said[0].to_string() ==
          R"(the value: is none of the alternatives; its member "type" must be "cat" or "dog" (oneOf))");
}

TEST_CASE("models in models, however deep") {
    CHECK(with(R"("inner":{"code":"XY","extra":0,"inner":{"code":"x","extra":-1}})") ==
          lines{"/inner/inner/code pattern", "/inner/inner/extra minimum"});
    auto dish = stew();
    dish.sides = {stew(), stew()};
    (*dish.sides)[1].name.clear();
    dish.best = stew();
    (*dish.best)->price = 1.005;
    dish.created_at = "2026-01-01T00:00:00";
    CHECK(found(dish) == lines{"/created_at format", "/sides/1/name minLength", "/best/price multipleOf"});
    models::dish_page page;
    page.dishes = {dish};
    CHECK(found(page).front() == "/dishes/0/created_at format");
}

TEST_CASE("the body of a call can be checked before it is sent") {
    acme::kitchen::client const kitchen(std::shared_ptr<ferry::engine>{});
    auto const call = kitchen.dishes.create("stew", "mian", std::nullopt);
    CHECK(found(call) == lines{"/kind enum"});
    CHECK(found(kitchen.dishes.create("stew", models::kind::main, std::nullopt)).empty());
    CHECK(found(kitchen.dishes.mark("1", 1, 2)).empty());
}
