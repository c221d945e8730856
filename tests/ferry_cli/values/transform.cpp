// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/transform.hpp"

#include "values/value_error.hpp"

#include "support/catch2.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

using namespace ferry::cli;

namespace {

json_value const& people() {
    static json_value const value = parse_json(R"({
        "name": {"first": "Ada", "last": "Byron"},
        "age": 36,
        "pets": ["Sula", "Alan", "Jock"],
        "fav.book": "Flatland",
        "a*b": "star", "a|b": "pipe", "back\\slash": 1, "#": "hash", "": "empty", "@x": "at",
        "none": null,
        "friends": [
            {"first": "Mary", "last": "Moss", "age": 44, "works": true, "tags": ["m", "f"]},
            {"first": "Rob", "last": "Carr", "age": 68, "works": false, "tags": ["f", "t"]},
            {"first": "Jane", "last": "Moss", "age": 47, "tags": ["m", "t"]}
        ],
        "mixed": [1, [2], [3, [4, [5]]], "x", null, {"k": 1}],
        "maps": [{"a": 1, "b": 2}, {"a": 3, "c": 4}, 5]
    })");
    return value;
}

std::string of(json_value const& document, std::string const& path) {
    auto const made = transform(document, path);
    return made ? compact(*made) : "nothing";
}

std::string of(std::string const& path) {
    return of(people(), path);
}

std::string of_json(std::string const& json, std::string const& path) {
    return of(parse_json(json), path);
}

}  // namespace

TEST_CASE("members and elements", "[transform]") {
    CHECK(of("name.last") == R"("Byron")");
    CHECK(of("age") == "36");
    CHECK(of("name") == R"({"first":"Ada","last":"Byron"})");
    CHECK(of("pets.1") == R"("Alan")");
    CHECK(of("friends.1.tags.0") == R"("f")");
    CHECK(of("none") == "null");
    CHECK(of("") == R"("empty")");
    for (auto const* const path :
         {"nope", "name.nope", "age.x", "pets.3", "pets.-1", "pets.x", "pets.1x", "name.0", "none.x", "pets.",
          "pets.99999999999999999999999", "name.first.x", ".", "..", "pets.01x"}) {
        INFO(path);
        CHECK(of(path) == "nothing");
    }
    CHECK(of_json("5", "a") == "nothing");
    CHECK(of_json("[7,8]", "1") == "8");
    CHECK(of_json(R"({"a":1,"a":2})", "a") == "1");
    CHECK(of_json(R"({"a":{"":3}})", "a.") == "3");
}

TEST_CASE("wildcards in keys", "[transform]") {
    CHECK(of("pe*.2") == R"("Jock")");
    CHECK(of("p?ts.0") == R"("Sula")");
    CHECK(of("n*.last") == R"("Byron")");
    CHECK(of("*.last") == R"("Byron")");
    CHECK(of("n*e") == R"({"first":"Ada","last":"Byron"})");
    CHECK(of("no?e") == "null");
    CHECK(of("p?s") == "nothing");
    CHECK(of("p*") == R"(["Sula","Alan","Jock"])");
    CHECK(of("*.k*") == "nothing");
    CHECK(of_json("{\"\xc3\xa9t\":1}", "?t") == "1");
    CHECK(of_json(R"({"x":{"b":1},"xy":{"a":2}})", "x*.a") == "2");
    CHECK(of_json(R"({"x":5,"xy":[0,{"a":2}]})", "x*.1.?") == "2");
    CHECK(of_json(R"({"aXbXc":1})", "a*b*c") == "1");
    CHECK(of_json(R"({"aab":1})", "*ab") == "1");
    CHECK(of_json(R"({"":1})", "*") == "1");
}

TEST_CASE("a backslash takes the meaning from what follows", "[transform]") {
    CHECK(of(R"(fav\.book)") == R"("Flatland")");
    CHECK(of(R"(a\*b)") == R"("star")");
    CHECK(of(R"(a\|b)") == R"("pipe")");
    CHECK(of(R"(back\\slash)") == "1");
    CHECK(of(R"(\#)") == R"("hash")");
    CHECK(of("#") == R"("hash")");
    CHECK(of(R"(\@x)") == R"("at")");
    CHECK(of("@x") == R"("at")");
    CHECK(of(R"(f\a\v*k)") == R"("Flatland")");
    CHECK(of(R"(f*\.book)") == R"("Flatland")");
    CHECK(of_json(R"({"a*b":1,"axb":2})", R"(?\*b)") == "1");
    CHECK(of_json(R"({"a\\":1})", R"(a\\)") == "1");
    CHECK(of(R"(age\)") == "36");
}

TEST_CASE("how many, and the rest of the path for each", "[transform]") {
    CHECK(of("friends.#") == "3");
    CHECK(of("friends.#.age") == "[44,68,47]");
    CHECK(of("friends.#.works") == "[true,false]");
    CHECK(of("friends.#.nope") == "[]");
    CHECK(of("friends.#.tags.#") == "[2,2,2]");
    CHECK(of("friends.#.tags.#.x") == "[[],[],[]]");
    CHECK(of("friends.#.tags.0") == R"(["m","f","m"])");
    CHECK(of("age.#") == "nothing");
    CHECK(of("mixed.#.0") == "[2,3]");
    CHECK(of_json("[[1,2],[3]]", "#.#") == "[2,1]");
    CHECK(of_json("[]", "#") == "0");
    CHECK(of_json(R"({"a":{"#":{"b":7}}})", "a.#.b") == "7");
}

TEST_CASE("queries find the first that fits, or all", "[transform]") {
    CHECK(of(R"(friends.#(last=="Moss").first)") == R"("Mary")");
    CHECK(of(R"(friends.#(last=="Moss")#.first)") == R"(["Mary","Jane"])");
    CHECK(of(R"(friends.#(last=Moss)#.first)") == R"(["Mary","Jane"])");
    CHECK(of(R"(friends.#[last=="Moss"].first)") == R"("Mary")");
    CHECK(of(R"(friends.#( last == "Moss" ).first)") == R"("Mary")");
    CHECK(of(R"(friends.#(last!="Moss").first)") == R"("Rob")");
    CHECK(of(R"(friends.#(age>45)#.first)") == R"(["Rob","Jane"])");
    CHECK(of(R"(friends.#(age>=47)#.first)") == R"(["Rob","Jane"])");
    CHECK(of(R"(friends.#(age<47)#.first)") == R"(["Mary"])");
    CHECK(of(R"(friends.#(age<=47)#.first)") == R"(["Mary","Jane"])");
    CHECK(of(R"(friends.#(age==44.0).first)") == R"("Mary")");
    CHECK(of(R"(friends.#(first>"Mary")#.first)") == R"(["Rob"])");
    CHECK(of(R"(friends.#(first%"?a*")#.first)") == R"(["Mary","Jane"])");
    CHECK(of(R"(friends.#(first!%"*a*").first)") == R"("Rob")");
    CHECK(of(R"(friends.#(works).first)") == R"("Mary")");
    CHECK(of(R"(friends.#(works)#.first)") == R"(["Mary","Rob"])");
    CHECK(of(R"(friends.#(works==true)#.first)") == R"(["Mary"])");
    CHECK(of(R"(friends.#(works!=true)#.first)") == R"(["Rob"])");
    CHECK(of(R"(friends.#(works<true)#.first)") == R"(["Rob"])");
    CHECK(of(R"(friends.#(works<=false)#.first)") == R"(["Rob"])");
    CHECK(of(R"(friends.#(age%"4*")#.first)") == "[]");
    CHECK(of(R"(friends.#(age=="Moss")#.first)") == "[]");
    CHECK(of(R"(friends.#(age!="Moss")#|#)") == "3");
    CHECK(of(R"(friends.#(tags=="m")#)") == "[]");
    CHECK(of(R"(friends.#(tags.0=="m")#.first)") == R"(["Mary","Jane"])");
    CHECK(of(R"(friends.#(last=="Nobody").first)") == "nothing");
    CHECK(of(R"(friends.#(last=="Nobody")#.first)") == "[]");
    CHECK(of(R"(friends.#(last=="Moss").works.x)") == "nothing");
    CHECK(of(R"(name.#(first=="Ada"))") == "nothing");
}

TEST_CASE("queries compare elements themselves", "[transform]") {
    CHECK(of(R"(pets.#(!%"*a*"))") == R"("Jock")");
    CHECK(of(R"(pets.#(%"*a*")#)") == R"(["Sula","Alan"])");
    CHECK(of_json("[1,5,3,9]", "#(>3)") == "5");
    CHECK(of_json("[1,5,3,9]", "#(>3)#") == "[5,9]");
    CHECK(of_json("[1,5,3,9]", "#(==3)#") == "[3]");
    CHECK(of_json("[1,[5],{\"a\":5},null,\"5\",5]", "#(==5)#") == R"(["5",5])");
    CHECK(of_json("[1,null]", "#(==null)#") == "[]");
    CHECK(of_json("[1,null,2]", "#(==~null)#") == "[null]");
    CHECK(of_json("[true,false]", "#(==false)#") == "[false]");
    CHECK(of_json("[1,2]", "#(a!=1)#") == "[]");
}

TEST_CASE("queries within queries", "[transform]") {
    CHECK(of(R"(friends.#(tags.#(=="f"))#.first)") == R"(["Mary","Rob"])");
    CHECK(of(R"(friends.#(tags.#(=="t")).first)") == R"("Rob")");
    CHECK(of_json(R"({"a":[{"b":[{"c":1}]},{"b":[{"c":2}]}]})", "a.#(b.#(c==2)).b.0.c") == "2");
    CHECK(of_json(R"([[1,2],[3]])", "#(#>1)#") == "[[1,2]]");
}

TEST_CASE("a tilde compares with what is like true, false, null or there", "[transform]") {
    auto const* const json = R"({"v":[{"a":1,"b":"data"},{"a":2,"b":true},{"a":3,"b":false},{"a":4,"b":"0"},
        {"a":5,"b":0.0},{"a":6,"b":"1"},{"a":7,"b":1},{"a":8,"b":"True"},{"a":9,"b":"f"},{"a":10,"b":null},{"a":11},
        {"a":12,"b":[]}]})";
    CHECK(of_json(json, "v.#(b==~true)#.a") == "[2,6,7,8]");
    CHECK(of_json(json, "v.#(b==~false)#.a") == "[3,4,5,9,10,11]");
    CHECK(of_json(json, "v.#(b==~null)#.a") == "[10,11]");
    CHECK(of_json(json, "v.#(b==~*)#.a") == "[1,2,3,4,5,6,7,8,9,10,12]");
    CHECK(of_json(json, "v.#(b!=~*)#.a") == "[11]");
    CHECK(of_json(json, "v.#(b==~other)#.a") == "[]");
}

TEST_CASE("texts in queries may have quotes, brackets and escapes", "[transform]") {
    auto const* const json =
        R"([{"k":"a\"b"},{"k":"a)b"},{"k":"a*b"},{"k":"axb"},{"k":"~"},{"k":" s "},{"k":"é"}])";
    CHECK(of_json(json, R"(#(k=="a\"b").k)") == R"("a\"b")");
    CHECK(of_json(json, R"(#(k=="a)b").k)") == R"("a)b")");
    CHECK(of_json(json, R"x(#(k%"a\*b")#.k)x") == R"(["a*b"])");
    CHECK(of_json(json, R"x(#(k%"a?b")#.k)x") == R"(["a\"b","a)b","a*b","axb"])");
    CHECK(of_json(json, R"x(#(k==" s ").k)x") == R"(" s ")");
    CHECK(of_json(json, R"x(#(k=="\u00e9").k)x") == R"("é")");
    CHECK(of_json(R"([{"a.b":1}])", R"(#(a\.b==1))") == R"({"a.b":1})");
    CHECK(of_json(R"([{"a=b":1}])", R"(#(a\=b==1))") == R"({"a=b":1})");
}

TEST_CASE("numbers are compared exactly", "[transform]") {
    CHECK(of_json("[9223372036854775808,9223372036854775809]", "#(==9223372036854775809)#") ==
          "[9223372036854775809]");
    CHECK(of_json("[1e400,1e401]", "#(>1e400)#") == "[1e401]");
    CHECK(of_json("[1.10,-1.1]", "#(==1.1)#") == "[1.10]");
}

TEST_CASE("a pipe goes on with the whole list", "[transform]") {
    CHECK(of("friends|0.first") == R"("Mary")");
    CHECK(of("friends.0|first") == R"("Mary")");
    CHECK(of("friends|#") == "3");
    CHECK(of("friends.#|0") == "nothing");
    CHECK(of("friends.#.first|0") == R"("Mary")");
    CHECK(of("friends.#.first|#") == "3");
    CHECK(of("friends.#.tags.#.x|1") == "[]");
    CHECK(of(R"(friends.#(last="Moss")#|first)") == "nothing");
    CHECK(of(R"(friends.#(last="Moss")#.0)") == "[]");
    CHECK(of(R"(friends.#(last="Moss")#|0.first)") == R"("Mary")");
    CHECK(of(R"(friends.#(last="Moss")#.#)") == "[]");
    CHECK(of(R"(friends.#(last="Moss")#|#)") == "2");
    CHECK(of(R"(friends.#(last="Moss")#|#.first)") == R"(["Mary","Jane"])");
    CHECK(of(R"(friends.#(last="Moss")#|#(age>45).first)") == R"("Jane")");
    CHECK(of("nope|@this") == "nothing");
    CHECK(of("name|") == "nothing");
}

TEST_CASE("modifiers", "[transform]") {
    CHECK(of("pets.@reverse") == R"(["Jock","Alan","Sula"])");
    CHECK(of("pets.@reverse.0") == R"("Jock")");
    CHECK(of("pets|@reverse|0") == R"("Jock")");
    CHECK(of("name.@reverse") == R"({"last":"Byron","first":"Ada"})");
    CHECK(of("age.@reverse") == "36");
    for (auto const* const same :
         {"name.@this", "name.@ugly", "name.@pretty", "name.@valid", "@this.name", "@this|name",
          "name.@pretty:{\"indent\":\"\"}", "@valid.@ugly.name.@this"}) {
        INFO(same);
        CHECK(of(same) == R"({"first":"Ada","last":"Byron"})");
    }
    CHECK(of("friends.#.@this.age") == "[44,68,47]");
    CHECK(of("friends.#.tags.@reverse") == R"([["f","m"],["t","f"],["t","m"]])");
    CHECK(of("friends.#.tags|@reverse") == R"([["m","t"],["f","t"],["m","f"]])");
    CHECK(of_json(R"({"b":1,"a":{"d":1,"c":2},"b":0})", R"(@pretty:{"sortKeys":true})") ==
          R"({"a":{"c":2,"d":1},"b":1,"b":0})");
    CHECK(of("@nope") == "nothing");
    CHECK(of("name.@nope") == "nothing");
    CHECK(of_json(R"({"@nope":1})", "@nope") == "1");
    CHECK(of_json("5", "@this") == "5");
}

TEST_CASE("@flatten", "[transform]") {
    CHECK(of("mixed.@flatten") == R"([1,2,3,[4,[5]],"x",null,{"k":1}])");
    CHECK(of(R"(mixed.@flatten:{"deep":true})") == R"([1,2,3,4,5,"x",null,{"k":1}])");
    CHECK(of(R"(mixed.@flatten:{"deep":false}.1)") == "2");
    CHECK(of(R"(mixed.@flatten:{"deep":true}|#)") == "8");
    CHECK(of("name.@flatten.first") == R"("Ada")");
    CHECK(of("friends.#.tags|@flatten") == R"(["m","f","f","t","m","t"])");
    CHECK(of_json("[[],[[]]]", "@flatten") == "[[]]");
    CHECK(of_json("[[],[[]]]", R"(@flatten:{"deep":1})") == "[]");
}

TEST_CASE("@join", "[transform]") {
    CHECK(of("maps.@join") == R"({"a":3,"b":2,"c":4})");
    CHECK(of(R"(maps.@join:{"preserve":true})") == R"({"a":1,"b":2,"a":3,"c":4})");
    CHECK(of(R"(maps.@join.c)") == "4");
    CHECK(of("pets.@join") == "{}");
    CHECK(of("age.@join") == "36");
}

TEST_CASE("the other modifiers", "[transform]") {
    CHECK(of("name.@keys") == R"(["first","last"])");
    CHECK(of("name.@values") == R"(["Ada","Byron"])");
    CHECK(of("pets.@values.0") == R"("Sula")");
    CHECK(of("pets.@keys") == "[null,null,null]");
    CHECK(of("age.@values") == "[36]");
    CHECK(of("name.@tostr") == R"("{\"first\":\"Ada\",\"last\":\"Byron\"}")");
    CHECK(of("name.@tostr.@fromstr.first") == R"("Ada")");
    CHECK(of("age.@fromstr") == "36");
    CHECK(of("name.first.@fromstr") == "nothing");
    CHECK(of_json(R"({"id":["a","b"],"n":[1,2,3],"x":5})", "@group") ==
          R"([{"id":"a","n":1},{"id":"b","n":2},{"n":3}])");
    CHECK(of("pets.@group") == "nothing");
    CHECK(of("@dig:first") == R"(["Ada","Mary","Rob","Jane"])");
    CHECK(of("@dig:tags.1|#") == "3");
    CHECK(of("@dig:#(age>45).first") == R"(["Rob"])");
}

TEST_CASE("multipaths make maps and lists", "[transform]") {
    CHECK(of(R"({name.first,age,"mosses":friends.#(last="Moss")#.first})") ==
          R"({"first":"Ada","age":36,"mosses":["Mary","Jane"]})");
    CHECK(of("[name.first,age,nope,none]") == R"(["Ada",36,null])");
    CHECK(of("{age,nope}") == R"({"age":36})");
    CHECK(of("{nope}") == "{}");
    CHECK(of("[]") == R"(["empty"])");
    CHECK(of("{ name.first , \"years\" : age }") == R"({"first":"Ada","years":36})");
    CHECK(of("{years:age}") == R"({"years":36})");
    CHECK(of(R"({"a\"b":age})") == R"({"a\"b":36})");
    CHECK(of("friends.#.{first,age}") ==
          R"([{"first":"Mary","age":44},{"first":"Rob","age":68},{"first":"Jane","age":47}])");
    CHECK(of("friends.#.[first,age]|1") == R"(["Rob",68])");
    CHECK(of("name.{first}") == R"({"first":"Ada"})");
    CHECK(of("{name.{last},pets.[1]}") == R"({"_":{"last":"Byron"},"_":["Alan"]})");
    CHECK(of("{name.{last},\"p\":pets.[1]}.p.0") == R"("Alan")");
    CHECK(of("[age,age].#") == "2");
    CHECK(of(R"({friends.#})") == R"({"_":3})");
    CHECK(of(R"({fav\.book})") == R"({"fav.book":"Flatland"})");
    CHECK(of(R"({pets.@reverse})") == R"({"@reverse":["Jock","Alan","Sula"]})");
    CHECK(of(R"([mixed.@flatten:{"deep":true},age])") == R"([[1,2,3,4,5,"x",null,{"k":1}],36])");
    CHECK(of(R"([@flatten:{"deep":true}])").size() > 100);
    CHECK(of(R"({"m":mixed.@flatten:{"deep":true}|#})") == R"({"m":8})");
    CHECK(of("{age") == "nothing");
    CHECK(of("[age]x") == "nothing");
    CHECK(of(R"x({"all":friends.#(first%"*,*")#,"n":age})x") == R"({"all":[],"n":36})");
}

TEST_CASE("literals stand for themselves", "[transform]") {
    CHECK(of(R"({name.first,"company":!"Acme","employed":!true,"n":!-1.5e3})") ==
          R"({"first":"Ada","company":"Acme","employed":true,"n":-1.5e3})");
    CHECK(of(R"([!{"a":[1,{"b":2}]},![1,2],!null,!"x,y"])") == R"([{"a":[1,{"b":2}]},[1,2],null,"x,y"])");
    CHECK(of(R"(!{"a":[5]}.a.0)") == "5");
    CHECK(of(R"(!"x")") == R"("x")");
    CHECK(of("friends.#.!1") == "[1,1,1]");
    CHECK(of("age|!true") == "true");
    CHECK(of("name.!true") == "nothing");
    CHECK(of_json(R"({"a":{"!true":1}})", "a.!true") == "1");
    CHECK(of("!nope") == "nothing");
    CHECK(of(R"(!{"a":)") == "nothing");
}

TEST_CASE("what has no meaning selects nothing", "[transform]") {
    for (auto const* const path : {"pets.#(", "pets.#(a", "pets.#(a==\"", "pets.#)", "pets.#x", "pets.#(>1)x",
                                   "friends.#(last==\"Moss\")##", "[", "{", "{\"a\":age", "!", "|", "||", "@",
                                   "@:", "pets.@reverse:", "pets.@flatten:{", "\\"}) {
        INFO(path);
        auto const made = of(path);
        CHECK((made == "nothing" || made == R"(["Jock","Alan","Sula"])" ||
               made == R"(["Sula","Alan","Jock"])" || made == R"("empty")"));
    }
}

TEST_CASE("a path cannot make too much, nor nest too deep", "[transform]") {
    auto const repeated = [](std::string const& part, int times) {
        std::string made;
        for (int i = 0; i < times; ++i) made += part;
        return made;
    };
    auto const document = parse_json("[1]");
    CHECK_THROWS_AS(transform(document, "[@this,@this]" + repeated(".[@this,@this]", 60)), value_error);
    CHECK_THROWS_AS(transform(document, "@tostr" + repeated(".@tostr", 100)), value_error);
    CHECK_THROWS_AS(transform(document, repeated("[@this].", 10'000)), value_error);
    CHECK_THROWS_AS(transform(document, repeated("[", 10'000) + repeated("]", 10'000)), value_error);
    CHECK_THROWS_AS(transform(document, repeated("#(", 10'000) + repeated(")", 10'000)), value_error);
    CHECK_THROWS_AS(transform(document, repeated("#.", 10'000)), value_error);
    CHECK(of(document, repeated("@this.", 10'000) + "0") == "1");
    CHECK(of(document, repeated("a.", 100'000)) == "nothing");
    CHECK(of(document, repeated("a|", 100'000)) == "nothing");
    CHECK(of(document, repeated("@reverse|", 10'000) + "0") == "1");
    json_value::list numbers(20'000, json_number{"7"});
    CHECK(of(json_value(numbers), "#(>1)#|#") == "20000");
    json_value::map texts{{"k", json_value::list(1000, std::string(20'000, 'a'))}};
    CHECK_THROWS_AS(transform(texts, "k.#(%\"" + repeated("*", 3) + repeated("a", 10'000) + "b\")"),
                    value_error);
}

TEST_CASE("no path crashes or hangs", "[transform]") {
    std::vector<std::string> const parts = {"name",
                                            "friends",
                                            "pets",
                                            "mixed",
                                            "maps",
                                            "first",
                                            "last",
                                            "age",
                                            "tags",
                                            "0",
                                            "1",
                                            "2",
                                            ".",
                                            ".",
                                            ".",
                                            "|",
                                            "#",
                                            "#.",
                                            "#(",
                                            "#(first==\"Mary\")",
                                            "#(age>45)#",
                                            "#(tags.#(==\"f\"))#",
                                            "(",
                                            ")",
                                            "[",
                                            "]",
                                            "{",
                                            "}",
                                            ",",
                                            ":",
                                            "\"",
                                            "\"k\":",
                                            "\\",
                                            "*",
                                            "?",
                                            "@",
                                            "@this",
                                            "@reverse",
                                            "@flatten",
                                            "@flatten:{\"deep\":true}",
                                            "@join",
                                            "@join:{\"preserve\":true}",
                                            "@keys",
                                            "@values",
                                            "@tostr",
                                            "@fromstr",
                                            "@group",
                                            "@dig:",
                                            "@valid",
                                            "@pretty",
                                            "@ugly",
                                            "!",
                                            "!\"x\"",
                                            "!true",
                                            "!{\"a\":[1]}",
                                            "!1",
                                            "==",
                                            "!=",
                                            "<",
                                            ">=",
                                            "%",
                                            "!%",
                                            "~true",
                                            "~*",
                                            "=",
                                            "{name.first,age}",
                                            "[age,pets]",
                                            " ",
                                            "\x01",
                                            "\xc3",
                                            "\xc3\xa9",
                                            "x"};
    unsigned long long state = 12345;
    auto const next = [&](std::size_t below) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        return static_cast<std::size_t>(state >> 33) % below;
    };
    std::size_t found = 0;
    std::size_t refused = 0;
    for (int i = 0; i < 50'000; ++i) {
        std::string path;
        for (auto count = 1 + next(12); count-- > 0;) path += parts[next(parts.size())];
        try {
            auto const made = transform(people(), path);
            if (!made) continue;
            ++found;
            INFO(path);
            auto const text = compact(*made);
            if (i % 50 == 0) CHECK(compact(parse_json(text)) == text);
        } catch (value_error const&) {
            ++refused;
        }
    }
    CHECK(found > 1000);
    CHECK(refused < 100);
}
