// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/value_text.hpp"

#include "../../support/fake_api.hpp"
#include "../../support/result.hpp"

#include <map>
#include <variant>

using namespace ferry::detail;

namespace {

using list = std::vector<std::string>;
using object = std::map<std::string, std::string>;

list const red_and_green{"red", "a b"};
object const point{{"x", "1"}, {"y", "2,3"}};

template <class T>
typed_parameter as(value_style style, bool explode) {
    return {"p", value_place::query, style, explode, &ferry::json::describe<T>::get};
}

struct open_point {
    std::string x;
    object others;
};

/// `name=text` for each pair.
std::string shown(std::optional<text_pairs> const& pairs) {
    if (!pairs) return "-";
    std::string text;
    for (auto const& [name, value] : *pairs) text += (text.empty() ? "" : " & ") + name + "=" + value;
    return text;
}

template <class T>
std::string query(T const& value, value_style style, bool explode = true) {
    return shown(to_pairs(as<T>(style, explode), &value));
}
template <class T>
std::string header(T const& value, value_style style = value_style::simple, bool explode = false) {
    return to_header_text(as<T>(style, explode), &value).value_or("-");
}
template <class T>
std::string path(T const& value, value_style style, bool explode = false) {
    return to_path_text(as<T>(style, explode), &value).value_or("-");
}

}  // namespace

template <>
struct ferry::json::describe<open_point> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {required<&open_point::x>("x")};
        static constexpr field others = optional<&open_point::others>("");
        static constexpr type_desc type = object_of<open_point>(fields, &others);
        return type;
    }
};

TEST_CASE("queries have lists and objects in each of OpenAPI's styles") {
    using enum value_style;
    CHECK(query(red_and_green, form) == "p=red & p=a b");
    CHECK(query(red_and_green, form, false) == "p=red,a b");
    CHECK(query(red_and_green, space, false) == "p=red a b");
    CHECK(query(red_and_green, pipe, false) == "p=red|a b");
    CHECK(query(red_and_green, json) == R"(p=["red","a b"])");
    CHECK(query(point, form) == "x=1 & y=2,3");
    CHECK(query(point, form, false) == "p=x,1,y,2,3");
    CHECK(query(point, deep) == "p[x]=1 & p[y]=2,3");
    CHECK(query(point, json) == R"(p={"x":"1","y":"2,3"})");
}

TEST_CASE("what is deeper has brackets where the style has them, and is JSON else") {
    using enum value_style;
    std::map<std::string, list> const lists{{"a", {"1", "2"}}};
    CHECK(query(lists, deep) == "p[a]=1 & p[a]=2");
    CHECK(query(lists, form) == "a=1 & a=2");
    std::vector<object> const objects{point, {{"z", "0"}}};
    CHECK(query(objects, deep) == "p[0][x]=1 & p[0][y]=2,3 & p[1][z]=0");
    CHECK(query(objects, form) == R"(p={"x":"1","y":"2,3"} & p={"z":"0"})");
}

TEST_CASE("what is absent or null is left out, however it is held") {
    using enum value_style;
    CHECK(query(std::optional<list>(), form).empty());
    CHECK(query(std::optional<list>(red_and_green), form, false) == "p=red,a b");
    CHECK(query(ferry::nullable<list>(), json).empty());
    CHECK(query(list(), form).empty());
    CHECK(query(std::variant<std::int64_t, list>(red_and_green), form, false) == "p=red,a b");
    fake_api::new_thing made;
    made.name = "n";
    CHECK(query(made, form) == "name=n");
    made.rank = 7;
    CHECK(query(made, form) == "name=n & rank=7");
    CHECK(header(std::optional<list>()).empty());
    CHECK(path(std::optional<list>(), simple).empty());
}

TEST_CASE("header fields have one line, with commas") {
    CHECK(header(red_and_green) == "red,a b");
    CHECK(header(point) == "x,1,y,2,3");
    CHECK(header(point, value_style::simple, true) == "x=1,y=2,3");
    CHECK(header(point, value_style::json) == R"({"x":"1","y":"2,3"})");
    CHECK(header(std::int64_t{-5}) == "-5");
    CHECK(header(true) == "true");
}

TEST_CASE("in a path all but the separators is encoded") {
    using enum value_style;
    CHECK(path(red_and_green, simple) == "red,a%20b");
    CHECK(path(red_and_green, label) == ".red,a%20b");
    CHECK(path(red_and_green, label, true) == ".red.a%20b");
    CHECK(path(red_and_green, matrix) == ";p=red,a%20b");
    CHECK(path(red_and_green, matrix, true) == ";p=red;p=a%20b");
    CHECK(path(point, simple, true) == "x=1,y=2%2C3");
    CHECK(path(point, matrix, true) == ";x=1;y=2%2C3");
    CHECK(path(point, matrix) == ";p=x,1,y,2%2C3");
    CHECK(path(point, json) == "%7B%22x%22%3A%221%22%2C%22y%22%3A%222%2C3%22%7D");
}

TEST_CASE("a form's members have the style that was told, else lists repeat and objects are JSON") {
    std::map<std::string, ferry::raw_json> const members{{"a", ferry::raw_json("\"text\"")},
                                                         {"b", ferry::raw_json("[1]")}};
    auto const form = [](auto const& value, std::span<typed_parameter const> styles = {}) {
        return shown(to_form(ferry::json::describe<std::decay_t<decltype(value)>>::get(), &value, styles));
    };
    CHECK(form(members) == "a=text & b=[1]");
    std::map<std::string, list> const lists{{"p", red_and_green}};
    CHECK(form(lists) == "p=red & p=a b");
    auto told = as<list>(value_style::pipe, false);
    told.in = value_place::form;
    CHECK(form(lists, {&told, 1}) == "p=red|a b");
    told.in = value_place::query;  // of another place
    CHECK(form(lists, {&told, 1}) == "p=red & p=a b");
    CHECK(form(std::map<std::string, object>{{"o", point}}) == R"(o={"x":"1","y":"2,3"})");
    CHECK(form(red_and_green) == "-");
    CHECK(form(std::optional<object>()).empty());
}

TEST_CASE("a member without a field cannot have the name of one that has") {
    open_point at{"1", {{"y", "2"}}};
    CHECK(query(at, value_style::form) == "x=1 & y=2");
    at.others["x"] = "3";
    CHECK(query(at, value_style::form) == "-");
    CHECK(query(at, value_style::json) == "-");
}

TEST_CASE("large integers, exact numbers and open integers have their digits") {
    CHECK(query(std::vector<std::uint64_t>{18446744073709551615U}, value_style::form) ==
          "p=18446744073709551615");
    CHECK(path(ferry::decimal("19.90"), value_style::simple) == "19.90");
    CHECK(to_text(ferry::decimal("19.90")) == "19.90");
    CHECK(to_text(std::uint64_t{18446744073709551615U}) == "18446744073709551615");
}

TEST_CASE("a text that is not UTF-8 cannot be written as JSON") {
    CHECK(query(list{"\xff"}, value_style::json) == "-");
    CHECK(header(object{{"x", "\xff"}}, value_style::json) == "-");
    CHECK(path(list{"\xff"}, value_style::json) == "-");
}
