// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/text.hpp"
#include "ferry/core/headers.hpp"

namespace ferry::inline FERRY_ABI {

FERRY_DECL std::optional<std::string_view> header_fields::find(std::string_view name) const {
    for (auto const& [key, value] : fields_)
        if (detail::iequals(key, name)) return std::string_view(value);
    return std::nullopt;
}

FERRY_DECL void header_fields::add(std::string name, std::string value) {
    if (fields_.empty()) fields_.reserve(8);
    fields_.emplace_back(std::move(name), std::move(value));
}

FERRY_DECL void header_fields::set(std::string name, std::string value) {
    erase(name);
    add(std::move(name), std::move(value));
}

FERRY_DECL void header_fields::erase(std::string_view name) {
    std::erase_if(fields_, [&](value_type const& field) { return detail::iequals(field.first, name); });
}

}  // namespace ferry
