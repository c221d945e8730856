// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "summary.hpp"

#include "words/text.hpp"

#include <algorithm>
#include <set>

namespace ferry::gen {

namespace {

enum class json_kind { boolean, number, text, list, object };

json_kind json_kind_of(type const& t) {
    switch (real(t).kind) {
        case type_kind::boolean:
            return json_kind::boolean;
        case type_kind::integer:
        case type_kind::uint64:
        case type_kind::number:
        case type_kind::decimal:
        case type_kind::open_integer:
            return json_kind::number;
        case type_kind::list:
            return json_kind::list;
        case type_kind::map:
        case type_kind::object:
        case type_kind::one_of:
            return json_kind::object;
        default:
            return json_kind::text;
    }
}

bool differ_in_kind(type const& t) {
    std::set<json_kind> seen;
    return std::all_of(t.arms.begin(), t.arms.end(),
                       [&](arm const& one) { return seen.insert(json_kind_of(*one.use.of)).second; });
}

std::string counted(std::size_t count, std::string const& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

std::string summary(api const& of) {
    std::size_t by_discriminator = 0;
    std::size_t by_constant = 0;
    std::size_t by_kind = 0;
    std::size_t by_members = 0;
    std::size_t by_status = 0;
    for (auto const* t : of.named) {
        if (t->kind != type_kind::one_of) continue;
        ++(t->by_status         ? by_status
           : !t->tag.empty()    ? (t->discriminator != nullptr ? by_discriminator : by_constant)
           : differ_in_kind(*t) ? by_kind
                                : by_members);
    }
    std::vector<std::string> ways;
    auto const add = [&](std::size_t count, std::string const& how) {
        if (count > 0) ways.push_back(std::to_string(count) + " by " + how);
    };
    add(by_discriminator, "discriminator");
    add(by_constant, "constant");
    add(by_kind, "JSON type");
    add(by_members, "members");
    add(by_status, "status");
    auto const unions = by_discriminator + by_constant + by_kind + by_members + by_status;
    return counted(of.operations.size(), "operation") + ", " + counted(of.named.size(), "model") + ", " +
           counted(unions, "union") + (ways.empty() ? "" : " (" + join(ways, ", ") + ")") + ", " +
           counted(of.notes.all().size(), "warning");
}

}  // namespace ferry::gen
