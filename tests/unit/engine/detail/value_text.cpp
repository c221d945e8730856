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
    CHECK(query(red_and_green, form) == "p=red & p=a%20b");
    CHECK(query(red_and_green, form, false) == "p=red,a%20b");
    CHECK(query(red_and_green, space, false) == "-");
    CHECK(query(list{"a", "b|c"}, space, false) == "p=a%20b%7Cc");
    CHECK(query(red_and_green, pipe, false) == "p=red%7Ca%20b");
    CHECK(query(list{"a|b"}, pipe, false) == "-");
    CHECK(query(red_and_green, json) == "p=%5B%22red%22%2C%22a%20b%22%5D");
    CHECK(query(point, form) == "x=1 & y=2%2C3");
    CHECK(query(point, form, false) == "p=x,1,y,2%2C3");
    CHECK(query(point, deep) == "p%5Bx%5D=1 & p%5By%5D=2%2C3");
    CHECK(query(list(), json) == "p=%5B%5D");
}

TEST_CASE("what is deeper has brackets where the style has them, and is JSON else") {
    using enum value_style;
    std::map<std::string, list> const lists{{"a", {"1", "2"}}};
    CHECK(query(lists, deep) == "p%5Ba%5D=1 & p%5Ba%5D=2");
    CHECK(query(lists, form) == "a=1 & a=2");
    std::vector<object> const objects{point, {{"z", "0"}}};
    CHECK(query(objects, deep) == "p%5B0%5D%5Bx%5D=1 & p%5B0%5D%5By%5D=2%2C3 & p%5B1%5D%5Bz%5D=0");
    CHECK(query(std::vector<object>{{{"z", "0"}}}, form) == "p=%7B%22z%22%3A%220%22%7D");
}

TEST_CASE("what is absent or null is left out, however it is held") {
    using enum value_style;
    CHECK(query(std::optional<list>(), form).empty());
    CHECK(query(std::optional<list>(red_and_green), form, false) == "p=red,a%20b");
    CHECK(query(ferry::nullable<list>(), json).empty());
    CHECK(query(list(), form).empty());
    CHECK(query(std::variant<std::int64_t, list>(red_and_green), form, false) == "p=red,a%20b");
    // But for elements of a list, which have their places.
    CHECK(query(std::vector<std::optional<bool>>{true, std::nullopt}, form, false) == "p=true,null");
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
    CHECK(header(point) == "x,1,y,2%2C3");
    CHECK(header(list{"50% off", "%2C"}) == "50% off,%252C");
    CHECK(header(point, value_style::simple, true) == "x=1,y=2%2C3");
    CHECK(header(object{{"a=b", "c=d"}}, value_style::simple, true) == "a%3Db=c=d");
    CHECK(header(point, value_style::json) == R"({"x":"1","y":"2,3"})");
    CHECK(header(std::int64_t{-5}) == "-5");
    CHECK(header(true) == "true");
}

TEST_CASE("in a path all but the separators is encoded") {
    using enum value_style;
    CHECK(path(red_and_green, simple) == "red,a%20b");
    CHECK(path(red_and_green, label) == ".red,a%20b");
    CHECK(path(red_and_green, label, true) == ".red.a%20b");
    CHECK(path(list{"1.5", "2"}, label, true) == ".1%2E5.2");
    CHECK(path(std::string("1.5"), label, true) == ".1.5");
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
    CHECK(form(members) == "a=text & b=%5B1%5D");
    std::map<std::string, list> const lists{{"p", red_and_green}};
    CHECK(form(lists) == "p=red & p=a%20b");
    auto told = as<list>(value_style::pipe, false);
    told.in = value_place::form;
    CHECK(form(lists, {&told, 1}) == "p=red%7Ca%20b");
    told.in = value_place::query;  // of another place
    CHECK(form(lists, {&told, 1}) == "p=red & p=a%20b");
    CHECK(form(std::map<std::string, object>{{"o", point}}) ==
          "o=%7B%22x%22%3A%221%22%2C%22y%22%3A%222%2C3%22%7D");
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

TEST_CASE("parts of a multipart body are not encoded, but for what tells elements apart") {
    auto told = as<list>(value_style::form, false);
    told.in = value_place::part;
    list const texts{"a,b", "c d", "%2C"};
    CHECK(shown(to_pairs(told, &texts)) == "p=a%2Cb,c d,%252C");
    told.explode = true;
    CHECK(shown(to_pairs(told, &texts)) == "p=a,b & p=c d & p=%2C");
    told.style = value_style::space;
    told.explode = false;
    CHECK(shown(to_pairs(told, &texts)) == "-");
}

TEST_CASE("cookies: what may not stand in a value is encoded, what came from Set-Cookie stays") {
    CHECK(encode_cookie_value("v; admin=1") == "v%3B%20admin=1");
    CHECK(encode_cookie_value(R"(a,b\c"dé)") == "a%2Cb%5Cc%22d%C3%A9");
    CHECK(encode_cookie_value("s%3Aabc.d+/==") == "s%3Aabc.d+/==");
    CHECK(encode_cookie_value(R"("a;b")") == R"("a%3Bb")");
    CHECK(encode_cookie_value("a\r\nb") == "a\r\nb");  // refused with the header field
    CHECK(encode_cookie_name("a; b=\xc3\xa9") == "a%3B%20b%3D%C3%A9");
    auto told = as<list>(value_style::form, true);
    told.in = value_place::cookie;
    CHECK(shown(to_pairs(told, &red_and_green)) == "p=red,a%20b");
}
