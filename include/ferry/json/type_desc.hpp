// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/detail/access.hpp"
#include "ferry/json/detail/describe_std.hpp"
#include "ferry/json/type_table.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

/// \file
/// How the tables that the JSON reader and writer go by are made. The generator writes, for each model,
///
/// ```cpp
/// namespace ferry::inline FERRY_ABI::json {  // so spelled: clang up to 16 wants the inline namespace, too
///
/// // declared for all types first …
/// template <> struct describe<models::file> { static type_desc const& get() noexcept; };
///
/// // … and defined afterwards, in any order: types may contain one another.
/// FERRY_DECL type_desc const& describe<models::file>::get() noexcept {
///     using models::file;
///     static constexpr field fields[] = {
///         required<&file::id>("id"),
///         optional<&file::expires_at>("expires_at"),
///     };
///     static constexpr type_desc type = object_of<file>(fields);
///     return type;
/// }
///
/// }  // namespace ferry::json
/// ```
///
/// Described here, without more to include: `bool`, `std::int64_t`, `std::uint64_t`, `double`, `decimal`,
/// `std::string`, `std::monostate` (null), `std::vector`, `std::map<std::string, T>`, `std::optional`,
/// `nullable`, `box`, `std::variant`, open enums and open integers, `timestamp`, `utc_timestamp` and
/// `raw_json`. Other integers and `float` are not: a program that uses one in a model does not compile.
///
/// \par Lifetime
/// Everything that is passed to these functions (names, arrays, `rest`) must have static storage. Tables
/// refer to it.

namespace ferry::inline FERRY_ABI::json {

/// A member that must be present: a document without it is refused.
///
/// In what is written it is never left out; an empty `std::optional` is `null` then.
///
/// \tparam Member pointer to a member of the struct itself, not of a base of it
/// \param name the member's name on the wire, without escapes
template <auto Member>
constexpr field required(std::string_view name) noexcept {
    return detail::make_field<Member>(name, true);
}

/// A member that may be absent.
///
/// `null` in a document counts as absent, unless the member's type takes it: `nullable`, `raw_json`, optional
/// or not, or a union with such an alternative. Left out of what is written where it is an empty
/// `std::optional` or an unset `nullable`; members of other types are always written.
///
/// \tparam Member pointer to a member of the struct itself, not of a base of it
/// \param name the member's name on the wire, without escapes
template <auto Member>
constexpr field optional(std::string_view name) noexcept {
    return detail::make_field<Member>(name, false);
}

/// A member that must be present, and whose values tell arms of unions apart.
///
/// Where a union is read, an arm that has one value does not fit another one; an arm that has several fits
/// best where it has the one that is there.
///
/// \tparam Member pointer to a member of the struct itself, not of a base of it
/// \param name the member's name on the wire, without escapes
/// \param values those that the description gives
template <auto Member, std::size_t N>
constexpr field required(std::string_view name, scalar_value const (&values)[N]) noexcept {
    return detail::with_values(required<Member>(name), values);
}

/// A member that may be absent, and whose values tell arms of unions apart where it is there.
template <auto Member, std::size_t N>
constexpr field optional(std::string_view name, scalar_value const (&values)[N]) noexcept {
    return detail::with_values(optional<Member>(name), values);
}

/// A number among the values of a tag or member. Texts, `true` and `false` stand for themselves.
/// \param digits as JSON writes it
constexpr scalar_value number(std::string_view digits) noexcept {
    return scalar_value::number(digits);
}

/// A struct without fields: every object is accepted, its members are skipped.
/// \tparam T must be default-constructible and move-assignable
template <class T>
constexpr type_desc object_of() noexcept {
    return {.k = kind::object, .reset = &detail::reset<T>};
}

/// A struct.
///
/// Documents may have the members in any order; in the order of `fields` they are found fastest.
///
/// \tparam T must be default-constructible and move-assignable
/// \param fields at most 65534, in the order in which they are written
/// \param rest the `std::map<std::string, …>` that takes all other members, made by `optional`; its name is
/// not used. Null: other members are skipped
template <class T, std::size_t N>
constexpr type_desc object_of(field const (&fields)[N], field const* rest = nullptr) noexcept {
    static_assert(N < 0xffff);
    type_desc type = object_of<T>();
    type.fields = fields;
    type.field_count = N;
    type.rest = rest;
    for (field const& f : fields)
        type.required_count = static_cast<std::uint16_t>(type.required_count + f.required);
    return type;
}

/// A union whose arms are told apart by JSON type and members. A `raw_json` arm takes what no other arm fits.
///
/// Scalars go straight into the arm that fits best, and so do objects and arrays where one arm alone fits
/// the JSON type and there is no `raw_json` arm. Otherwise the text of the value is kept until it is
/// complete, and read again into one arm after the other until one takes it: first those whose required
/// members are all there and whose constants are what is there; of these the one with the fewest values that
/// it does not know, then with the most constants, then with the most members present, then the first. Nested
/// unions read again 64 times the document's size and 1 MiB together at most; beyond, the document is
/// refused.
///
/// \tparam Union a `std::variant` or a class that derives from one publicly
template <class Union>
constexpr type_desc variant_of() noexcept {
    using access = detail::variant_access<Union>;
    return {.k = kind::variant,
            .reset = &detail::reset<Union>,
            .peek = &access::peek,
            .arms = access::arms,
            .arm_count = access::arm_count,
            .pick = &access::pick,
            .arm = &access::arm};
}

/// A union whose arms are told apart by the property `tag`. A `raw_json` arm takes objects with an unknown or
/// without a tag, and what is no object and fits no other arm; without such an arm they are refused.
///
/// The property may stand anywhere in the object. Where it names one arm, and that does not fit, the document
/// is refused: no other arm is tried. Where it names several, these are told apart by their members, as
/// without a tag; what none of them fits goes to the `raw_json` arm.
///
/// \tparam Union a `std::variant` or a class that derives from one publicly
/// \param tag name of the property on the wire
/// \param tags its values; an object or map arm that none of them names is never read
template <class Union, std::size_t N>
constexpr type_desc variant_of(std::string_view tag, tag_value const (&tags)[N]) noexcept {
    type_desc type = variant_of<Union>();
    type.tag = tag;
    type.tags = tags;
    type.tag_count = N;
    return type;
}

/// A plain variant, by JSON type and members.
template <class... Arms>
struct describe<std::variant<Arms...>> {
    static type_desc const& get() noexcept {
        static constexpr type_desc type = variant_of<std::variant<Arms...>>();
        return type;
    }
};

}  // namespace ferry::json
