// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/nullable.hpp"
#include "ferry/json/open_enum.hpp"
#include "ferry/json/timestamp.hpp"
#include "ferry/json/type_table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

/// \file
/// What the function pointers of the tables point to, and how reader and writer reach members through them.

namespace ferry::inline FERRY_ABI::json::detail {

/// The member in the object. Tables hold one accessor for reading and writing; it changes nothing.
inline void const* address(field const& of, void const* object) {
    return of.at(const_cast<void*>(object));
}

/// Whether an object has a field of that name on the wire.
inline bool has_field(type_desc const& object, std::string_view name) {
    for (field const* f = object.fields; f != object.fields + object.field_count; ++f)
        if (f->name == name) return true;
    return false;
}

/// Whether a member holds nothing, not even null.
inline bool is_absent(type_desc const& type, void const* member) {
    if (type.k == kind::optional) return !type.peek(member);
    return type.k == kind::nullable && !type.peek(member) && !type.is_null(member);
}

template <class T>
void reset(void* value) {
    *static_cast<T*>(value) = T();
}

// Lists and holders.

template <class List>
bool each_item(void const* value, void* context, element_visitor visit) {
    for (auto const& item : *static_cast<List const*>(value))
        if (!visit(context, {}, &item)) return false;
    return true;
}

template <class Holder>
void* engage(void* value, std::string_view) {
    return &static_cast<Holder*>(value)->emplace();
}

template <class Holder>
void const* held_in(void const* value) {
    auto const& holder = *static_cast<Holder const*>(value);
    return holder.has_value() ? &*holder : nullptr;
}

// Members of structs.

template <class>
struct member_pointer;
template <class Class, class Member>
struct member_pointer<Member Class::*> {
    using class_type = Class;
    using member_type = Member;
};

template <auto Member>
void* member_at(void* object) {
    using class_type = typename member_pointer<decltype(Member)>::class_type;
    return &(static_cast<class_type*>(object)->*Member);
}

template <class T>
struct held_type {
    using type = T;
};
template <class T>
struct held_type<std::optional<T>> {
    using type = T;
};
template <class T>
struct held_type<nullable<T>> {
    using type = T;
};

template <class T>
inline constexpr bool is_text = std::is_same_v<T, std::string> || std::is_base_of_v<timestamp, T>;
template <class T>
    requires std::is_base_of_v<open_enum<T>, T>
inline constexpr bool is_text<T> = true;

template <auto Member>
void put_text(void* object, std::string_view text) {
    using member_type = typename member_pointer<decltype(Member)>::member_type;
    using text_type = typename held_type<member_type>::type;
    auto& member = *static_cast<member_type*>(member_at<Member>(object));
    if constexpr (!std::is_same_v<text_type, std::string>)
        member = text_type(std::string(text));
    else if constexpr (std::is_same_v<member_type, std::string>)
        member.assign(text);
    else
        member.emplace(text);
}

template <auto Member>
constexpr field make_field(std::string_view name, bool is_required) noexcept {
    using member_type = typename member_pointer<decltype(Member)>::member_type;
    field f{name, &describe<member_type>::get, &member_at<Member>, is_required};
    if constexpr (is_text<typename held_type<member_type>::type>) f.put_text = &put_text<Member>;
    return f;
}

template <std::size_t N>
constexpr field with_values(field of, scalar_value const (&values)[N]) noexcept {
    static_assert(N < 0xffff);
    of.values = values;
    of.value_count = N;
    return of;
}

// The variant that a union is or derives from.

template <class... Arms>
std::variant<Arms...>& as_variant(std::variant<Arms...>& v) noexcept {
    return v;
}
template <class... Arms>
std::variant<Arms...> const& as_variant(std::variant<Arms...> const& v) noexcept {
    return v;
}

template <class Union, class Variant = std::remove_reference_t<decltype(as_variant(std::declval<Union&>()))>>
struct variant_access;
template <class Union, class... Arms>
struct variant_access<Union, std::variant<Arms...>> {
    static constexpr std::uint16_t arm_count = sizeof...(Arms);
    static constexpr type_ref arms[] = {&describe<Arms>::get...};

    static void* pick(void* value, std::size_t arm) {
        auto& v = as_variant(*static_cast<Union*>(value));
        return pick_one(v, arm, std::index_sequence_for<Arms...>());
    }
    static std::size_t arm(void const* value) {
        return as_variant(*static_cast<Union const*>(value)).index();
    }
    static void const* peek(void const* value) {
        auto const& v = as_variant(*static_cast<Union const*>(value));
        if (v.valueless_by_exception()) return nullptr;
        return std::visit([](auto const& held) -> void const* { return &held; }, v);
    }

private:
    template <std::size_t... Index>
    static void* pick_one(std::variant<Arms...>& v, std::size_t arm, std::index_sequence<Index...>) {
        void* made = nullptr;
        ((Index == arm ? void(made = &v.template emplace<Index>()) : void()), ...);
        return made;
    }
};

}  // namespace ferry::json::detail
