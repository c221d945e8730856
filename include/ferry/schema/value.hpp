// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/schema/rules.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::schema {

/// A JSON value that is held against a schema. Numbers keep every digit; members keep their order.
struct value {
    std::uint64_t type = types::null;  ///< the only bit; `number` for every number
    bool truth = false;                ///< of a boolean
    std::string text{};                ///< of a number, as written, or a string
    std::vector<value> items{};        ///< of an array; of an object the members' values
    std::vector<std::string> names{};  ///< of an object's members

    /// The member of that name, of several the last; null where there is none.
    FERRY_DECL value const* find(std::string_view name) const noexcept;
};

/// The same text for what JSON Schema calls equal (`1.0` and `1`, members in any order), and for nothing
/// else. \par Source JSON Schema draft 2020-12, Core, section 4.2.2
FERRY_DECL std::string canonical(value const& of);

/// Reads JSON text; bytes beyond ASCII are taken as they are.
/// \param most_levels of arrays and objects within one another
/// \returns false where it is no JSON, or deeper
[[nodiscard]] FERRY_DECL bool read(std::string_view text, value& into, std::size_t most_levels = 512);

}  // namespace ferry::schema

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/schema/impl/value.ipp"
#endif
