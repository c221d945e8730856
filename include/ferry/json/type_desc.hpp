// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/box.hpp"
#include "ferry/json/nullable.hpp"
#include "ferry/json/open_enum.hpp"
#include "ferry/json/raw_json.hpp"
#include "ferry/json/timestamp.hpp"
#include "ferry/json/utc_timestamp.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// \file
/// What the JSON reader and writer know about a C++ type: one constant table per type, made of function
/// pointers, so that one reader and one writer serve every model. The generator writes, for each model,
///
/// ```cpp
/// namespace ferry::json {
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
/// Scalars, `std::vector`, `std::map<std::string, T>`, `std::optional`, `nullable`, `box`, `std::variant`,
/// open enums, `timestamp` and `raw_json` are described here.

namespace ferry::inline FERRY_ABI::json {

enum class kind : std::uint8_t {
    null,       ///< `std::monostate`
    boolean,    ///< `bool`
    int64,      ///< `std::int64_t`
    number,     ///< `double`
    text,       ///< `std::string`
    open_text,  ///< read from and written as text: open enums, `timestamp`
    object,     ///< a struct with fields
    list,       ///< `std::vector`
    map,        ///< `std::map<std::string, T>`
    optional,   ///< `std::optional`: absent or a value
    nullable,   ///< `ferry::nullable`: absent, null or a value
    box,        ///< `ferry::box`
    variant,    ///< `std::variant` or a class derived from one
    raw,        ///< `ferry::raw_json`
};

struct type_desc;

/// Tables name other types by function, so that recursion needs no order of definition.
using type_ref = type_desc const& (*)() noexcept;

/// Specialise with `static type_desc const& get() noexcept` to make a type readable and writable.
template <class T>
struct describe;

/// One member of an object.
struct field {
    std::string_view name;         ///< as on the wire
    type_ref type = nullptr;       ///< of the member
    void* (*at)(void*) = nullptr;  ///< the member in the object; computes an address and nothing else
    bool required =
        false;  ///< reading: must be there. Writing: `null` where it is empty, else it is left out
    /// Sets a member that is text, optional or not, in one call; null for other members. A shortcut: most of
    /// what services send is text, and finding it through `type` costs a quarter of the reading time.
    void (*put_text)(void*, std::string_view) = nullptr;
};

/// A value of a union's discriminator and the arm that it stands for.
struct tag_value {
    std::string_view value;
    std::uint16_t arm = 0;
};

/// Receives the elements of a list (empty key) or map. Returns false to stop.
using element_visitor = bool (*)(void* context, std::string_view key, void const* element);

struct type_desc {
    kind k;
    /// Sets the value to `T()`.
    void (*reset)(void*) = nullptr;

    // list, map, optional, nullable, box
    type_ref inner = nullptr;
    /// Makes room for a value and returns its address: appends, inserts or replaces the element, or engages
    /// the holder.
    void* (*add)(void*, std::string_view key) = nullptr;
    /// list, map: calls the visitor for each element until it returns false, and returns what it returned
    /// last.
    bool (*each)(void const*, void* context, element_visitor) = nullptr;
    /// optional, nullable, box, variant: the value inside, null where there is none.
    void const* (*peek)(void const*) = nullptr;
    /// nullable: becomes null, and whether it is.
    void (*set_null)(void*) = nullptr;
    bool (*is_null)(void const*) = nullptr;

    // open_text
    void (*assign)(void*, std::string_view) = nullptr;
    std::string_view (*text)(void const*) = nullptr;

    // boolean: sets the value where it is not a plain `bool`
    void (*set_flag)(void*, bool) = nullptr;

    // object
    field const* fields = nullptr;
    std::uint16_t field_count = 0;
    std::uint16_t required_count = 0;
    /// The map that takes members without a field; null: they are skipped.
    field const* rest = nullptr;

    // variant
    type_ref const* arms = nullptr;
    std::uint16_t arm_count = 0;
    std::uint16_t tag_count = 0;
    /// The property that tells the arms apart; empty: they are told apart by JSON type and by their members.
    std::string_view tag{};
    tag_value const* tags = nullptr;
    /// Makes an arm the current one, default-constructed, and returns its address.
    void* (*pick)(void*, std::size_t arm) = nullptr;
    std::size_t (*arm)(void const*) = nullptr;
};

namespace detail {

/// The member in the object. Tables hold one accessor for reading and writing; it changes nothing.
inline void const* address(field const& of, void const* object) {
    return of.at(const_cast<void*>(object));
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

}  // namespace detail

/// A member that must be present. \tparam Member pointer to a member of the struct itself, not of a base of
/// it
template <auto Member>
constexpr field required(std::string_view name) noexcept {
    return detail::make_field<Member>(name, true);
}

/// A member that may be absent. \tparam Member pointer to a member of the struct itself, not of a base of it
template <auto Member>
constexpr field optional(std::string_view name) noexcept {
    return detail::make_field<Member>(name, false);
}

/// A struct without fields: every object is accepted, its members are skipped.
template <class T>
constexpr type_desc object_of() noexcept {
    return {.k = kind::object, .reset = &detail::reset<T>};
}

/// A struct. \param fields static storage. \param rest the `std::map<std::string, …>` that takes all other
/// members;
///     made by `optional`, its name is not used
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
/// without a tag, and whatever is no object. \param tags static storage
template <class Union, std::size_t N>
constexpr type_desc variant_of(std::string_view tag, tag_value const (&tags)[N]) noexcept {
    type_desc type = variant_of<Union>();
    type.tag = tag;
    type.tags = tags;
    type.tag_count = N;
    return type;
}

// What is described here once for all models.

namespace detail {

template <class T, kind K>
struct describe_scalar {
    static type_desc const& get() noexcept {
        static constexpr type_desc type{.k = K, .reset = &reset<T>};
        return type;
    }
};

template <class T>
struct describe_open_text {
    static type_desc const& get() noexcept {
        static constexpr type_desc type{
            .k = kind::open_text,
            .reset = &reset<T>,
            .assign = [](void* value,
                         std::string_view text) { *static_cast<T*>(value) = T(std::string(text)); },
            .text = [](void const* value) -> std::string_view {
                return static_cast<T const*>(value)->text();
            }};
        return type;
    }
};

}  // namespace detail

template <>
struct describe<std::monostate> : detail::describe_scalar<std::monostate, kind::null> {};
template <>
struct describe<bool> : detail::describe_scalar<bool, kind::boolean> {};
template <>
struct describe<std::int64_t> : detail::describe_scalar<std::int64_t, kind::int64> {};
template <>
struct describe<double> : detail::describe_scalar<double, kind::number> {};
template <>
struct describe<std::string> : detail::describe_scalar<std::string, kind::text> {};
template <>
struct describe<raw_json> : detail::describe_scalar<raw_json, kind::raw> {};
template <>
struct describe<timestamp> : detail::describe_open_text<timestamp> {};
template <>
struct describe<utc_timestamp> : detail::describe_open_text<utc_timestamp> {};

template <class T>
    requires std::is_base_of_v<open_enum<T>, T>
struct describe<T> : detail::describe_open_text<T> {};

template <class T>
struct describe<std::vector<T>> {
    static type_desc const& get() noexcept {
        using list = std::vector<T>;
        static constexpr type_desc type{.k = kind::list,
                                        .reset = &detail::reset<list>,
                                        .inner = &describe<T>::get,
                                        .add = [](void* value, std::string_view) -> void* {
                                            return &static_cast<list*>(value)->emplace_back();
                                        },
                                        .each =
                                            [](void const* value, void* context, element_visitor visit) {
                                                for (T const& element : *static_cast<list const*>(value))
                                                    if (!visit(context, {}, &element)) return false;
                                                return true;
                                            }};
        return type;
    }
};

/// `std::vector<bool>` has no addressable elements: the flag is set through the vector.
template <>
struct describe<std::vector<bool>> {
    static type_desc const& last_element() noexcept {
        static constexpr type_desc type{.k = kind::boolean, .set_flag = [](void* value, bool flag) {
                                            static_cast<std::vector<bool>*>(value)->back() = flag;
                                        }};
        return type;
    }
    static type_desc const& get() noexcept {
        static constexpr type_desc type{
            .k = kind::list,
            .reset = &detail::reset<std::vector<bool>>,
            .inner = &last_element,
            .add = [](void* value, std::string_view) -> void* {
                static_cast<std::vector<bool>*>(value)->push_back(false);
                return value;
            },
            .each =
                [](void const* value, void* context, element_visitor visit) {
                    for (bool const flag : *static_cast<std::vector<bool> const*>(value))
                        if (!visit(context, {}, &flag)) return false;
                    return true;
                }};
        return type;
    }
};

template <class T>
struct describe<std::map<std::string, T>> {
    static type_desc const& get() noexcept {
        using map = std::map<std::string, T>;
        static constexpr type_desc type{
            .k = kind::map,
            .reset = &detail::reset<map>,
            .inner = &describe<T>::get,
            .add = [](void* value, std::string_view key) -> void* {
                return &static_cast<map*>(value)->insert_or_assign(std::string(key), T()).first->second;
            },
            .each =
                [](void const* value, void* context, element_visitor visit) {
                    for (auto const& [key, element] : *static_cast<map const*>(value))
                        if (!visit(context, key, &element)) return false;
                    return true;
                }};
        return type;
    }
};

template <class T>
struct describe<std::optional<T>> {
    static type_desc const& get() noexcept {
        using holder = std::optional<T>;
        static constexpr type_desc type{.k = kind::optional,
                                        .reset = &detail::reset<holder>,
                                        .inner = &describe<T>::get,
                                        .add = [](void* value, std::string_view) -> void* {
                                            return &static_cast<holder*>(value)->emplace();
                                        },
                                        .peek = [](void const* value) -> void const* {
                                            auto const& held = *static_cast<holder const*>(value);
                                            return held ? &*held : nullptr;
                                        }};
        return type;
    }
};

template <class T>
struct describe<nullable<T>> {
    static type_desc const& get() noexcept {
        using holder = nullable<T>;
        static constexpr type_desc type{
            .k = kind::nullable,
            .reset = &detail::reset<holder>,
            .inner = &describe<T>::get,
            .add = [](void* value, std::string_view) -> void* {
                return &static_cast<holder*>(value)->emplace();
            },
            .peek = [](void const* value) -> void const* {
                auto const& held = *static_cast<holder const*>(value);
                return held.has_value() ? &held.value() : nullptr;
            },
            .set_null = [](void* value) { static_cast<holder*>(value)->set_null(); },
            .is_null = [](void const* value) { return static_cast<holder const*>(value)->is_null(); }};
        return type;
    }
};

template <class T>
struct describe<box<T>> {
    static type_desc const& get() noexcept {
        using holder = box<T>;
        static constexpr type_desc type{
            .k = kind::box,
            .reset = &detail::reset<holder>,
            .inner = &describe<T>::get,
            .add = [](void* value, std::string_view) -> void* { return static_cast<holder*>(value)->get(); },
            .peek = [](void const* value) -> void const* {
                return static_cast<holder const*>(value)->get();
            }};
        return type;
    }
};

template <class... Arms>
struct describe<std::variant<Arms...>> {
    static type_desc const& get() noexcept {
        static constexpr type_desc type = variant_of<std::variant<Arms...>>();
        return type;
    }
};

}  // namespace ferry::json
