// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/model.hpp"

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

std::string operation::full_name() const {
    std::string name;
    for (auto const& part : resource) name += part + ".";
    return name + call;
}

}  // namespace ferry::gen
