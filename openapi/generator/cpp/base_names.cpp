// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/base_names.hpp"

#include "words/lists.hpp"
#include "words/names.hpp"

#include <array>
#include <string_view>

namespace ferry::gen {

namespace {

/// Members of `open_enum`, and what each enumeration declares.
constexpr std::array<std::string_view, 8> of_enumerations = {
    "as_known", "empty", "is_known", "known", "names", "open_enum", "text", "to_string"};
/// Members of `std::variant`.
constexpr std::array<std::string_view, 5> of_unions = {"emplace", "index", "swap", "valueless_by_exception",
                                                       "variant"};

bool hides_a_member(type const& t) {
    if (t.kind == type_kind::open_enum) return contains(of_enumerations, t.name);
    return t.kind == type_kind::one_of && contains(of_unions, t.name);
}

}  // namespace

void keep_names_from_bases(api& of) {
    scope names;
    for (auto const& t : of.types)
        if (t.is_named()) names.reserve(t.name);
    for (auto& t : of.types) {
        if (!t.is_named() || !hides_a_member(t)) continue;
        auto const wanted = t.name + (t.kind == type_kind::open_enum ? "_enum" : "_union");
        do t.name = names.take(wanted);
        while (contains(mapped(t.values, [](auto const& value) { return value.name; }), t.name));
    }
}

}  // namespace ferry::gen
