// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/recorder.hpp"

#include "support/catch2.hpp"

using namespace ferry::json::detail;

namespace {

void add_key(recorder& to, std::string_view name) {
    to.key_piece(name);
    to.key_end();
}

void add_string(recorder& to, std::string_view text) {
    to.string_begin();
    to.string_piece(text);
    to.string_end();
}

}  // namespace

TEST_CASE("a value is written back as compact text") {
    recorder all;
    all.start(false);
    all.open(token::array);
    all.literal(token::integer, "1");
    all.open(token::object);
    add_key(all, "a\n");
    add_string(all, "\"");
    add_key(all, "b");
    all.literal(token::null, "null");
    all.close();
    CHECK(!all.complete());
    all.close();
    CHECK(all.complete());
    CHECK(all.type() == token::array);
    CHECK(all.take_text() == R"([1,{"a\n":"\"","b":null}])");
}

TEST_CASE("of an object it notes the members, of the outermost one only, and where their scalars are") {
    recorder all;
    all.start(true);
    all.open(token::object);
    add_key(all, "inner");
    all.open(token::object);
    add_key(all, "kind");
    add_string(all, "not this");
    all.close();
    add_key(all, "kind");
    add_string(all, "this\n");
    add_key(all, "list");
    all.open(token::array);
    all.literal(token::integer, "7");
    all.close();
    add_key(all, "count");
    all.literal(token::integer, "12");
    all.close();
    auto const members = all.take_members();
    auto const text = all.take_text();
    REQUIRE(members.size() == 4);
    CHECK(members[0].name == "inner");
    CHECK(members[0].type == token::object);
    CHECK(members[0].json(text).empty());
    CHECK(members[1].type == token::string);
    CHECK(members[1].json(text) == R"("this\n")");
    CHECK(members[2].json(text).empty());
    CHECK(members[3].json(text) == "12");

    all.start(true);
    all.literal(token::boolean, "true");
    CHECK(all.type() == token::boolean);
    CHECK(all.members().empty());
}

TEST_CASE("what JSON does not have stays as it is") {
    recorder all;
    all.start(true);
    all.open(token::object);
    all.key_piece("a");
    all.odd_key_piece("\\x");
    all.key_piece("\n");
    all.key_end();
    all.string_begin();
    all.string_piece("\"");
    all.odd_string_piece("\n");
    all.string_end();
    all.close();
    CHECK(all.take_text() == "{\"a\\x\\n\":\"\\\"\n\"}");
    CHECK(all.take_members().at(0).name == "a\\x\n");
}
