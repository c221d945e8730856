// The models that ferry-gen writes for kitchen_sink.yaml: what they hold, and that they come back from JSON
// as they went.
#include "support/catch2.hpp"

#include <acme/kitchen/description.hpp>
#include <ferry/json.hpp>

#include <string>
#include <type_traits>

namespace models = acme::kitchen::models;

namespace {

/// What is left of a JSON text after it was read into T and written again.
template <class T>
std::string again(std::string const& json) {
    auto const value = ferry::from_json<T>(json);
    if (!value) return value.error().message();
    return ferry::to_json(*value).value();
}

}  // namespace

TEST_CASE("an object with members of every kind comes back as it went") {
    std::string const dish =
        R"({"id":"1","created_at":"2026-01-01T00:00:00Z","name":"stew","kind":"main","dish":"deep",)"
        R"("place":{"lat":1.5,"lon":-2},"sides":[{"id":"2","created_at":"t","name":"rice","kind":"soup"}],)"
        R"("by_guest":{"ann":{"id":"3","created_at":"t","name":"half","kind":"3d"}},)"
        R"("best":{"id":"4","created_at":"t","name":"last","kind":""},"count":3,"big":9007199254740993,)"
        R"("price":0.5,"hot":true,"day":"2026-01-01","free":{"any":[1,null]},"map":{"a":1},)"
        R"("flags":[true,false],"grid":[[1,2.5],[]],"old_name":"goulash","inline":{"level":2},)"
        R"("color":"red","level":2,"mixed":"a"})";
    CHECK(again<models::dish>(dish) == dish);
}

TEST_CASE("allOf is one struct with the members of all parts, and cycles are boxed") {
    models::dish dish;
    dish.id = "1";
    STATIC_REQUIRE(std::is_same_v<decltype(dish.created_at), ferry::timestamp>);
    STATIC_REQUIRE(std::is_same_v<decltype(dish.best), std::optional<ferry::box<models::dish>>>);
    STATIC_REQUIRE(std::is_same_v<decltype(dish.sides), std::optional<std::vector<models::dish>>>);
    STATIC_REQUIRE(std::is_same_v<decltype(dish.place), std::optional<models::place>>);
    STATIC_REQUIRE(std::is_same_v<decltype(dish.day), std::optional<std::string>>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<models::dish>);
    dish.best = models::dish();
    (*dish.best)->name = "inner";
    auto const copy = dish;
    CHECK(copy == dish);
    (*dish.best)->name = "other";
    CHECK_FALSE(copy == dish);
}

TEST_CASE("a required member that is missing is an error with its place") {
    auto const value = ferry::from_json<models::dish>(R"({"id":"1","created_at":"t","kind":"main"})");
    REQUIRE_FALSE(value.has_value());
    CHECK_THAT(value.error().message(), ferry_test::contains("name"));
}

TEST_CASE("open enums know their values and keep others") {
    models::kind kind = models::kind::delete_;
    CHECK(kind.text() == "delete");
    CHECK(models::kind("été") == models::kind(models::kind::ue9_t_ue9));
    CHECK(models::kind("").as_known() == models::kind::empty_);
    CHECK(models::kind("text").as_known() == models::kind::text_);
    CHECK_FALSE(models::kind("stew").is_known());
    CHECK(again<models::kind>(R"("stew")") == R"("stew")");
    CHECK(models::open_kind("a").is_known());
    CHECK(models::open_kind("c") == "c");
}

TEST_CASE("absent, null and a value are three things in a request body") {
    using matrix = models::null_matrix;
    STATIC_REQUIRE(std::is_same_v<decltype(matrix::required), std::string>);
    STATIC_REQUIRE(std::is_same_v<decltype(matrix::required_nullable), std::optional<std::string>>);
    STATIC_REQUIRE(std::is_same_v<decltype(matrix::optional), std::optional<std::string>>);
    STATIC_REQUIRE(std::is_same_v<decltype(matrix::optional_nullable), ferry::nullable<std::string>>);
    STATIC_REQUIRE(std::is_same_v<decltype(matrix::optional_nullable_30), ferry::nullable<std::string>>);
    STATIC_REQUIRE(std::is_same_v<decltype(matrix::optional_nullable_ref), ferry::nullable<models::place>>);
    STATIC_REQUIRE(std::is_same_v<decltype(matrix::list_of_nullable),
                                  std::optional<std::vector<std::optional<std::int64_t>>>>);
    matrix value;
    value.required = "r";
    CHECK(ferry::to_json(value).value() == R"({"required":"r","required_nullable":null})");
    value.optional_nullable = ferry::null;
    value.list_of_nullable = {{1, std::nullopt}};
    auto const text =
        R"({"required":"r","required_nullable":null,"optional_nullable":null,"list_of_nullable":[1,null]})";
    CHECK(ferry::to_json(value).value() == text);
    CHECK(again<matrix>(text) == text);
    // A model that is only read has no use for the difference.
    STATIC_REQUIRE(std::is_same_v<decltype(models::dish_page::next), std::optional<std::string>>);
}

TEST_CASE("unions are told apart by a discriminator, by constants, by JSON type and by members") {
    auto const dog = ferry::from_json<models::animal>(R"({"type":"dog","barks":true})").value();
    REQUIRE(std::holds_alternative<models::dog>(dog));
    CHECK(std::get<models::dog>(dog).barks);
    auto const cow = ferry::from_json<models::animal>(R"({"type":"cow","gives":"milk"})").value();
    REQUIRE(std::holds_alternative<ferry::raw_json>(cow));
    CHECK(again<models::animal>(R"({"type":"cow","gives":"milk"})") == R"({"type":"cow","gives":"milk"})");

    models::shape shape = models::shape_square();
    CHECK(ferry::to_json(shape).value() == R"({"kind":"square","side":0})");
    CHECK(ferry::from_json<models::shape>(R"({"kind":"circle","radius":2})").value().index() == 0);

    CHECK(std::get<std::string>(ferry::from_json<models::value>(R"("a")").value()) == "a");
    CHECK(std::get<std::int64_t>(ferry::from_json<models::value>("3").value()) == 3);
    CHECK(std::get<double>(ferry::from_json<models::value>("0.5").value()) == 0.5);
    CHECK(std::get<bool>(ferry::from_json<models::value>("true").value()));
    CHECK(std::get<std::vector<std::string>>(ferry::from_json<models::value>(R"(["a"])").value()).size() ==
          1);
    CHECK(again<models::value>(R"({"un":"known"})") == R"({"un":"known"})");

    CHECK(ferry::from_json<models::guess>(R"({"b":"x"})").value().index() == 1);
    CHECK(ferry::from_json<models::several>("7").value().index() == 1);
}

TEST_CASE("properties beside a union are in each of its arms") {
    auto const payment = ferry::from_json<models::payment>(R"({"id":"1","by":"card","number":"4"})").value();
    REQUIRE(std::holds_alternative<models::payment_card>(payment));
    CHECK(std::get<models::payment_card>(payment).id == "1");
    CHECK(std::get<models::payment_card>(payment).number == "4");
    models::payment cash = models::payment_cash();
    CHECK(ferry::to_json(cash).value() == R"({"id":"","by":"cash"})");
    CHECK(again<models::payment>(R"({"id":"1","by":"shell","n":2})") == R"({"id":"1","by":"shell","n":2})");

    auto const refund = ferry::from_json<models::refund>(R"({"amount":3,"account":"a"})").value();
    REQUIRE(std::holds_alternative<models::refund_money>(refund));
    CHECK(std::get<models::refund_money>(refund).amount == 3);
    CHECK(again<models::refund>(R"({"amount":3,"code":"c"})") == R"({"amount":3,"code":"c"})");
}

TEST_CASE("the tag of an arm fills itself in") {
    models::dish_create order;
    order.name = "n";
    order.animal = models::cat();
    auto const text = ferry::to_json(order).value();
    CHECK_THAT(text, ferry_test::contains(R"("animal":{"type":"cat","meows":false})"));
    CHECK_THAT(text, ferry_test::contains(R"("version":"2")"));
}

TEST_CASE("types that contain themselves") {
    std::string const tree = R"({"label":"a","left":{"label":"b","right":{"label":"c"}}})";
    CHECK(again<models::tree>(tree) == tree);
    std::string const chicken = R"({"egg":{"chicken":{"name":"b"},"flock":[{"name":"c"}]},"name":"a"})";
    CHECK(again<models::chicken>(chicken) == chicken);
    std::string const json = R"({"a":[1,"b",{"c":[true]}],"d":{}})";
    CHECK(again<models::json>(json) == json);
    std::string const forest = R"([{"inner":[{"name":"b"}],"name":"a"}])";
    CHECK(again<models::forest>(forest) == forest);
}

TEST_CASE("names that C++ has taken, and names that are none") {
    std::string const words =
        R"({"class":"a","delete":"b","min":1,"major":2,"LINUX":"c","errno":3,"std":"d","models":"e","ferry":"f",)"
        R"("words":"g","$ref":"h","@type":"i","3d":"j","with space":"k","with-dash":"l","with_dash":"m",)"
        R"("WithDash":"n","+1":4,"-1":5,"größe":"o","!!!":"p","quote\"backslash\\":"q"})";
    CHECK(again<models::words>(words) == words);
    auto const value = ferry::from_json<models::words>(words).value();
    CHECK(value.class_ == "a");
    CHECK(value.linux_ == "c");
    CHECK(value.words_ == "g");
    CHECK(value.with_dash == "m");
    CHECK(value.plus_1 == 4);
    CHECK(value.minus_1 == 5);
}

TEST_CASE("members that are not listed are kept where the description allows them") {
    std::string const extra = R"({"known":"a","one":1,"two":2})";
    CHECK(again<models::extra>(extra) == extra);
    CHECK(ferry::from_json<models::extra>(extra).value().additional_properties.at("two") == 2);
    CHECK(again<models::place>(R"({"lat":1,"lon":2,"alt":3})") == R"({"lat":1,"lon":2})");
}

TEST_CASE("aliases are other names for what they stand for") {
    STATIC_REQUIRE(std::is_same_v<models::text, std::string>);
    STATIC_REQUIRE(std::is_same_v<models::counts, std::map<std::string, std::int64_t>>);
    STATIC_REQUIRE(std::is_same_v<models::anything, ferry::raw_json>);
    STATIC_REQUIRE(std::is_same_v<models::single, models::place>);
    STATIC_REQUIRE(std::is_same_v<models::maybe_kind, models::kind>);
    // Two schemas that differ in case only.
    STATIC_REQUIRE_FALSE(std::is_same_v<models::file, models::file_2>);
}
