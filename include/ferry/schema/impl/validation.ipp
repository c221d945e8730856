// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/writer.hpp"
#include "ferry/schema/check.hpp"
#include "ferry/schema/validation.hpp"

#include <utility>

namespace ferry::inline FERRY_ABI {

FERRY_DECL std::string violation::to_string() const {
    auto const place = pointer.empty() ? std::string("the value") : pointer;
    return place + ": " + message + " (" + std::string(rule) + ")";
}

FERRY_DECL std::vector<violation> schema::find_violations(json::type_desc const& type, void const* value,
                                                          rules const& allowed, std::size_t most) {
    if (most == 0) return {};
    std::string text;
    json::failure why;
    if (!json::encode(type, value, text, why)) return {{why.pointer, name_of(keyword::type), why.message}};
    schema::value sent;
    if (!read(text, sent)) return {{"", name_of(keyword::type), "holds raw_json that is not JSON"}};
    std::vector<violation> made;
    for (auto& one : find_misfits(allowed, sent, {.most = most, .goes = direction::either}))
        made.push_back({std::move(one.pointer), name_of(one.word), std::move(one.message)});
    return made;
}

}  // namespace ferry
