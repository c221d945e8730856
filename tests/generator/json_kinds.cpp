// What comes of json_kinds.yaml: numbers of any size, tags and constants of any kind, known integers.
#include "support/catch2.hpp"

#include <acme/json_kinds/description.hpp>
#include <acme/json_kinds/validation.hpp>
#include <ferry/engine/make_engine.hpp>
#include <ferry/json.hpp>
#include <ferry/testing.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace models = acme::json_kinds::models;

namespace {

/// What is left of a JSON text after it was read into T and written again.
template <class T>
std::string again(std::string const& json) {
    auto const value = ferry::from_json<T>(json);
    if (!value) return value.error().message();
    return ferry::to_json(*value).value();
}

template <class T>
std::size_t arm(std::string const& json) {
    auto const value = ferry::from_json<T>(json);
    REQUIRE(value.has_value());
    CHECK(ferry::to_json(*value).value() == json);
    return value->index();
}

}  // namespace

TEST_CASE("numbers of any size come back as they went") {
    STATIC_REQUIRE(std::is_same_v<decltype(models::numbers::counter), std::uint64_t>);
    STATIC_REQUIRE(std::is_same_v<decltype(models::numbers::price), std::optional<ferry::decimal>>);
    STATIC_REQUIRE(std::is_same_v<decltype(models::numbers::price_text), std::optional<std::string>>);
    STATIC_REQUIRE(std::is_same_v<decltype(models::numbers::huge), std::optional<ferry::decimal>>);
    STATIC_REQUIRE(std::is_same_v<decltype(models::numbers::wide), std::optional<ferry::decimal>>);
    STATIC_REQUIRE(std::is_same_v<decltype(models::numbers::stamp), std::optional<std::uint64_t>>);
    STATIC_REQUIRE(std::is_same_v<decltype(models::numbers::seed), std::optional<std::int64_t>>);
    STATIC_REQUIRE(std::is_same_v<decltype(models::numbers::plain), std::optional<std::int64_t>>);
    std::string const all = R"({"counter":18446744073709551615,"price":19.90,"price_text":"1.50",)"
                            R"("huge":170141183460469231731687303715884105727,"wide":-99999999999999999999,)"
                            R"("stamp":9223372036854775808,"seed":-9223372036854775808,"plain":1})";
    CHECK(again<models::numbers>(all) == all);
    CHECK_THAT(again<models::numbers>(R"({"counter":1,"plain":9223372036854775808})"),
               ferry_test::contains("/plain: 9223372036854775808 is outside the range of a 64-bit integer"));
    CHECK_THAT(again<models::numbers>(R"({"counter":-1})"),
               ferry_test::contains("/counter: -1 is outside the range of an unsigned 64-bit integer"));
    CHECK(models::numbers().counter == 0);

    models::numbers bounded;
    bounded.wide = "100000000000000000001";
    auto const found = ferry::validate(bounded);
    REQUIRE(found.size() == 1);
    CHECK(found[0].to_string() ==
          "/wide: is 100000000000000000001, must be at most 100000000000000000000 (maximum)");
}

TEST_CASE("numbers of any size are parameters, with all their digits") {
    using ferry::testing::canned_response;
    auto const nobody = std::make_shared<ferry::testing::memory_transport>(std::vector<canned_response>());
    acme::json_kinds::client const client(ferry::make_engine(acme::json_kinds::description(), {}, nobody));
    models::numbers filter;
    filter.counter = 18446744073709551615U;
    filter.price = "0.10";
    auto const request = client.things.list(18446744073709551615U)
                             .price("19.90")
                             .prices({"1.0", 2})
                             .level(models::level::minus_1)
                             .levels({models::level::value_1, 77})
                             .per_page(20)
                             .filter(filter)
                             .request()
                             .value();
    CHECK_THAT(
        request.url,
        ferry_test::contains(
            "/things/18446744073709551615?price=19.90&prices=1.0&prices=2&level=-1&per_page=20&levels="));
    CHECK_THAT(request.url, ferry_test::contains("levels=1,77"));
    CHECK_THAT(request.url, ferry_test::contains("=18446744073709551615&"));
    CHECK_THAT(request.url, ferry_test::contains("=0.10"));
}

TEST_CASE("members begin with their constants, of whatever kind") {
    models::constants const made;
    CHECK(made.flag);
    CHECK_FALSE(made.off);
    CHECK(made.version == 3);
    CHECK(made.lowest == INT64_MIN);
    CHECK(made.ratio == 0.5);
    CHECK(made.top == UINT64_MAX);
    CHECK(made.text == std::string_view("a\0b", 3));
    CHECK(made.empty.empty());
    CHECK(ferry::validate(made).empty());
    std::string const json =
        R"({"flag":true,"off":false,"version":3,"lowest":-9223372036854775808,"ratio":0.5,)"
        R"("top":18446744073709551615,"text":"a\u0000b","empty":""})";
    CHECK(ferry::to_json(made).value() == json);
    CHECK(again<models::constants>(json) == json);
}

TEST_CASE("values with null characters keep their length") {
    auto const first = ferry::from_json<models::nul>(R"("a\u0000b")").value();
    CHECK(first.is_known());
    CHECK(first.text().size() == 3);
    CHECK(ferry::from_json<models::nul>(R"("a")").value() != first);
    CHECK(again<models::nul>(R"("a\u0000c")") == R"("a\u0000c")");
    CHECK(ferry::validate(first).empty());
    CHECK_FALSE(ferry::validate(models::nul(std::string("a\0d", 3))).empty());
}

TEST_CASE("tags are numbers, booleans and texts") {
    CHECK(arm<models::counted>(R"({"version":1,"a":"x"})") == 0);
    CHECK(arm<models::counted>(R"({"version":2,"a":"x"})") == 1);
    CHECK(arm<models::counted>(R"({"version":"2","a":"x"})") == 2);
    CHECK(arm<models::counted>(R"({"version":3,"a":"x"})") == 3);
    CHECK(arm<models::counted>(R"({"version":"1","a":"x"})") == 3);
    CHECK(ferry::from_json<models::counted>(R"({"version":2.0})").value().index() == 1);
    CHECK(arm<models::outcome>(R"({"ok":true,"data":"x"})") == 0);
    CHECK(arm<models::outcome>(R"({"ok":false,"data":"x"})") == 1);
    CHECK(arm<models::outcome>(R"({"ok":"true","data":"x"})") == 2);
    CHECK(arm<models::numbered>(R"({"n":2,"a":"x"})") == 1);
    CHECK(arm<models::numbered>(R"({"n":3})") == 2);
    CHECK(models::first().n == 1);
    CHECK_FALSE(models::bad().ok);
}

TEST_CASE("arms that share a tag are told apart by their other constants") {
    CHECK(arm<models::event>(R"({"type":"sync","name":"made","id":"1"})") == 0);
    CHECK(arm<models::event>(R"({"type":"sync","name":"gone","id":"1"})") == 1);
    CHECK(arm<models::event>(R"({"type":"ping"})") == 2);
    CHECK(arm<models::event>(R"({"type":"sync","name":"moved","id":"1"})") == 3);
    CHECK(arm<models::event>(R"({"type":"pong"})") == 3);
    CHECK(arm<models::found>(R"({"type":"sync","name":"gone","id":"1"})") == 2);
    CHECK(arm<models::found>(R"({"type":"ping"})") == 0);
    CHECK(arm<models::found>(R"({"type":"sync","name":"moved","id":"1"})") == 3);
    CHECK(ferry::validate(models::event(models::gone())).empty());
}

TEST_CASE("a mapping neither takes from other arms nor hides them") {
    CHECK(arm<models::pet>(R"({"kind":"hound","a":"x"})") == 1);
    CHECK(arm<models::pet>(R"({"kind":"puppy","a":"x"})") == 1);
    CHECK(arm<models::pet>(R"({"kind":"tom","a":"x"})") == 0);
    CHECK(arm<models::pet>(R"({"kind":"kitten","a":"x"})") == 0);
    CHECK(arm<models::pet>(R"({"kind":"Fish","a":"x"})") == 2);
    CHECK(arm<models::pet>(R"({"kind":"Dog","a":"x"})") == 3);
}

TEST_CASE("constants tell objects apart beside other kinds of values") {
    CHECK(arm<models::mixed>(R"("text")") == 0);
    CHECK(arm<models::mixed>(R"({"on":true,"a":"x"})") == 1);
    CHECK(arm<models::mixed>(R"({"on":false,"a":"x"})") == 2);
    CHECK(arm<models::mixed>(R"({"on":0.5,"a":"x"})") == 3);
    CHECK(arm<models::mixed>(R"({"on":7,"a":"x"})") == 4);
}

TEST_CASE("integers have names, and others are kept") {
    STATIC_REQUIRE(models::level::value_1 == 1);
    STATIC_REQUIRE(models::level::minus_1 == -1);
    STATIC_REQUIRE(std::size(models::level::values) == 3);
    STATIC_REQUIRE(models::channel::guild_text == 0);
    STATIC_REQUIRE(models::channel::dm == 1);
    STATIC_REQUIRE(models::channel::in_a_group == 3);
    STATIC_REQUIRE(models::channel::value_4 == 4);
    STATIC_REQUIRE(models::status::status_ok == 0);
    STATIC_REQUIRE(models::status::status_failed == 1);
    STATIC_REQUIRE(models::status::highest == INT64_MAX);
    STATIC_REQUIRE(models::status::lowest == INT64_MIN);
    STATIC_REQUIRE(models::settings_maybe::value_5 == 5);
    STATIC_REQUIRE(std::is_same_v<decltype(models::settings::only), std::optional<std::int64_t>>);
    STATIC_REQUIRE(std::is_same_v<decltype(models::settings::beyond), std::optional<models::beyond>>);
    STATIC_REQUIRE(std::is_same_v<models::beyond, std::uint64_t>);
    STATIC_REQUIRE(std::is_same_v<models::opened, models::level>);

    std::string const all =
        R"({"level":10,"channel":99,"maybe":6,"only":7,"status":-9223372036854775808,"sorting":"desc",)"
        R"("code":"1","beyond":18446744073709551615,"opened":5,"levels":{"a":-1}})";
    CHECK(again<models::settings>(all) == all);
    auto const read = ferry::from_json<models::settings>(all).value();
    CHECK(read.level == models::level::value_10);
    CHECK(read.level > 9);
    CHECK_FALSE(read.channel.is_known());
    CHECK(read.channel == 99);
    CHECK(read.sorting == models::sorting::desc);
    CHECK(read.code == models::code::active);
    models::settings made;
    made.level = models::level::value_1;
    made.channel = models::channel::dm;
    made.maybe = 5;
    CHECK(ferry::validate(made).empty());
    auto const found = ferry::validate(read);
    REQUIRE(found.size() == 1);
    CHECK(found[0].to_string() == "/channel: is 99, must be one of 0, 1, 3, 4 (enum)");
}

TEST_CASE("null that is all or one of all a member may be is not absent") {
    for (auto const* json : {R"({"premium":null})", R"({"anything":null})", R"({"anything":1})", "{}"})
        CHECK(again<models::roles>(json) == json);
    CHECK(ferry::from_json<models::roles>(R"({"premium":null})").value().premium.has_value());
    CHECK_FALSE(ferry::from_json<models::roles>("{}").value().premium.has_value());
}

TEST_CASE("a member that has a field is written once") {
    models::open open;
    open.id = "1";
    open.additional_properties["id"] = "2";
    CHECK_THAT(ferry::to_json(open).error().message(), ferry_test::contains("a member of its own"));
}
