// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/schema/rules.hpp"
#include "ferry/schema/value.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::inline FERRY_ABI::schema {

/// Where a value is not what a schema allows.
struct finding {
    std::string pointer;        ///< the value, as a JSON pointer (RFC 6901)
    keyword word;               ///< what it breaks
    std::string message;        ///< what is there and what is allowed; see violation on what it quotes
    std::string rule;           ///< the keyword's place in the description, as a JSON pointer
    rules const* by = nullptr;  ///< the schema that has the keyword
    value const* input =
        nullptr;  ///< what is there; of `required` the object. Lives as long as what was checked
    std::string_view missing{};  ///< of `required` and `dependentRequired` the member; lives as long as `by`
};

/// Who sends a value: members that only one side sends are not asked of the other.
enum class direction : std::uint8_t {
    both,      ///< they are asked of both
    request,   ///< members that are `readOnly` need not be there
    response,  ///< members that are `writeOnly` need not be there
    either,    ///< neither need be there: nobody knows who sends it
};

/// How a schema is read.
struct check_options {
    std::size_t most = 100;  ///< stop after so many findings; 0: nothing is looked at
    direction goes = direction::both;
    /// Objects have no members but those that are described, unless `additionalProperties` says so.
    bool closed = false;
    /// Of a union that lists known texts beside any text, only the known ones will do.
    bool closed_enums = false;
    /// Where the description has the schema, if its constant does not say so.
    std::string_view place{};
    /// Whether a text is what a format asks that is not checked otherwise; null: it is.
    bool (*fits_format)(std::string_view format, std::string_view text) = nullptr;
};

/// Holds a value against a schema.
///
/// Formats that are checked: `date-time`, `utc-date-time` (the same, the zone may be missing), `date`,
/// `uuid`, and `int32`, `int64`, `uint32`, `uint64`. A `pattern` that cannot be matched here is not checked.
/// Where a value fits no branch of a union, and one branch is meant (by the tag, or by its type), what is
/// wrong with that one is told.
///
/// \par Errors
/// None. What takes too long to check, or schemas that refer to each other without end, are a finding.
///
/// \par Source
/// JSON Schema draft 2020-12.
///
/// \param allowed must outlive the findings, as must `of`
/// \returns what is wrong, in the order of the keywords
[[nodiscard]] FERRY_DECL std::vector<finding> find_misfits(rules const& allowed, value const& of,
                                                           check_options const& how = {});

}  // namespace ferry::schema

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/schema/impl/check.ipp"
#endif
