// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/model.hpp"

#include "model/schema.hpp"

#include <algorithm>
#include <iterator>

namespace ferry::gen {

type& real(type& t) {
    type* at = &t;
    while (at->kind == type_kind::alias && at->inner.of != nullptr) at = at->inner.of;
    return *at;
}

type const& real(type const& t) {
    return real(const_cast<type&>(t));
}

bool is_nullable(type_use const& use) {
    if (use.nullable) return true;
    for (type const* at = use.of;; at = at->inner.of) {
        if (at->nullable) return true;
        if (at->kind != type_kind::alias || at->inner.of == nullptr) return false;
        if (at->inner.nullable) return true;
    }
}

std::vector<scalar> property::values() const {
    if (!initial.empty()) return {initial};
    if (schema != nullptr && schema->is_map())
        if (auto const* fixed = constant(*schema); fixed != nullptr)
            if (auto const value = scalar::of(*fixed); !value.empty()) return {value};
    type const& at = real(*use.of);
    auto const kind = at.kind == type_kind::open_integer ? node_kind::number : node_kind::text;
    std::vector<scalar> made;
    for (auto const& value : at.values) made.push_back({kind, value.wire});
    return made;
}

char const* name_of(place in) {
    constexpr char const* names[] = {"path", "query", "header", "cookie"};
    return names[static_cast<int>(in)];
}

std::vector<type const*> by_name(api const& of, bool (type::*wanted)() const noexcept) {
    std::vector<type const*> made;
    std::ranges::copy_if(of.named, std::back_inserter(made), wanted);
    std::ranges::sort(made, {}, &type::name);
    return made;
}

std::string operation::full_name() const {
    std::string name;
    for (auto const& part : resource) name += part + ".";
    return name + call;
}

}  // namespace ferry::gen
