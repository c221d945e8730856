// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

/// \file
/// What a schema asks of a value beyond its C++ type, as constant tables: one walker checks every model by
/// them. The generator writes, for each model,
///
/// ```cpp
/// FERRY_DECL rules const& constrain<models::file>::get() noexcept {
///     static constexpr rules rules_name{.min_size = 1, .max_size = 80};
///     static constexpr member_rules members[] = {{"name", &rules_name}};
///     static constexpr rules all{.members = members};
///     return all;
/// }
/// ```

namespace ferry::inline FERRY_ABI::json {

struct rules;

/// Tables name those of other types by function, so that recursion needs no order of definition.
using rules_ref = rules const& (*)() noexcept;

/// A bound of a number. One that is written as a whole number is compared exactly with whole numbers; all
/// else is compared as doubles.
class number_limit {
public:
    /// No bound.
    constexpr number_limit() noexcept = default;
    /// \param bound a whole number within 64 bits with sign, or a floating-point number
    template <class Number>
        requires std::is_arithmetic_v<Number>
    constexpr number_limit(Number bound) noexcept
        : real_(static_cast<double>(bound)), is_set_(true), is_whole_(std::is_integral_v<Number>) {
        if constexpr (std::is_integral_v<Number>) whole_ = bound;
    }

    constexpr bool is_set() const noexcept { return is_set_; }
    constexpr bool is_whole() const noexcept { return is_whole_; }
    /// The bound. \pre is_whole()
    constexpr std::int64_t whole() const noexcept { return whole_; }
    /// The bound, rounded where it is a whole number beyond 2^53; 0 where there is none.
    constexpr double real() const noexcept { return real_; }

private:
    std::int64_t whole_ = 0;
    double real_ = 0;
    bool is_set_ = false;
    bool is_whole_ = false;
};

/// What `format` asks for, where that is checked. Other formats are `any`.
enum class value_format : std::uint8_t {
    any,
    date_time,      ///< RFC 3339, with its zone
    utc_date_time,  ///< RFC 3339, but the zone may be missing
    date,           ///< RFC 3339
    uuid,           ///< RFC 9562 in its usual form of 36 characters, any case and version
    int32,          ///< a number of 32 bits
};

/// One member of an object and its rules.
struct member_rules {
    std::string_view name;        ///< as on the wire
    rules const* that = nullptr;  ///< not null
};

/// What one place of a document asks of the value there. Rules hold for a value, however it is held:
/// what is absent or null breaks none. Rules of another kind of value than the one that is there are not
/// looked at.
///
/// \par Lifetime
/// Everything referred to has static storage.
///
/// \par Source
/// JSON Schema, Validation (draft 2020-12), section 6; members have the names of its keywords where they say
/// the same.
struct rules {
    number_limit minimum{};            ///< numbers: at least that
    number_limit maximum{};            ///< numbers: at most that
    number_limit exclusive_minimum{};  ///< numbers: more than that
    number_limit exclusive_maximum{};  ///< numbers: less than that
    std::string_view multiple_of{};    ///< numbers: a decimal number above 0, as written; empty: any

    /// Text: the least code points; lists: items; maps and objects: members.
    std::uint64_t min_size = 0;
    /// As `min_size`: the most.
    std::uint64_t max_size = UINT64_MAX;

    std::string_view pattern{};               ///< text: a regular expression of ECMA-262; empty: any text
    value_format format = value_format::any;  ///< text, and numbers where it is `int32`

    /// Scalars: the texts that are allowed, of numbers and booleans their JSON; empty: any.
    std::span<std::string_view const> values{};
    bool constant = false;  ///< `values` is what `const` says, not `enum`

    bool unique = false;  ///< lists: no two items are the same JSON

    /// Lists, maps, and the members of an object that have no field: of each of them; null: none.
    rules const* each = nullptr;

    /// Objects: in the order of their fields; members without rules are left out.
    std::span<member_rules const> members{};
    /// Objects: members without a field that must be there.
    std::span<std::string_view const> required{};

    std::span<rules const* const> arms{};  ///< unions: by index; null, or beyond the end: no rules
    /// Unions: the keyword that lists the alternatives, where a value that fits none of them is a violation.
    std::string_view alternatives{};
    bool nullable = false;  ///< unions: null is one of the alternatives

    /// Classes: the rules of the class; the ones above are then not looked at.
    rules_ref of = nullptr;
};

/// Specialise with `static rules const& get() noexcept` to make a type one that `validate` takes.
template <class T>
struct constrain;

/// For types that hold nothing but what is allowed.
struct unconstrained {
    static rules const& get() noexcept {
        static constexpr rules none{};
        return none;
    }
};

}  // namespace ferry::json
