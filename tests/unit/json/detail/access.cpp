// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/access.hpp"

#include "ferry/json/type_desc.hpp"
#include "support/catch2.hpp"

namespace json = ferry::json;

namespace {

struct model {
    std::string name;
    std::optional<std::string> note;
    ferry::nullable<std::int64_t> size;
};

template <class T>
bool is_absent(T const& member) {
    return json::detail::is_absent(json::describe<T>::get(), &member);
}

}  // namespace

TEST_CASE("absent is what holds nothing, not even null") {
    model of;
    CHECK(is_absent(of.note));
    CHECK(is_absent(of.size));
    CHECK_FALSE(is_absent(of.name));
    of.note = "";
    of.size.set_null();
    CHECK_FALSE(is_absent(of.note));
    CHECK_FALSE(is_absent(of.size));
}

TEST_CASE("a member is found in its object, for reading and for writing") {
    model of;
    CHECK(json::detail::member_at<&model::note>(&of) == &of.note);
    json::field const field{.name = "note", .at = &json::detail::member_at<&model::note>};
    CHECK(json::detail::address(field, &of) == &of.note);
}

TEST_CASE("text is put into a member, optional or not") {
    model of;
    json::detail::put_text<&model::name>(&of, "a");
    json::detail::put_text<&model::note>(&of, "b");
    CHECK(of.name == "a");
    CHECK(of.note == "b");
}
