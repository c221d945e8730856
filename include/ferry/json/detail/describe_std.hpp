// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/box.hpp"
#include "ferry/json/decimal.hpp"
#include "ferry/json/detail/access.hpp"
#include "ferry/json/nullable.hpp"
#include "ferry/json/open_enum.hpp"
#include "ferry/json/open_integer.hpp"
#include "ferry/json/raw_json.hpp"
#include "ferry/json/timestamp.hpp"
#include "ferry/json/type_table.hpp"
#include "ferry/json/utc_timestamp.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

/// \file
/// The tables of the types that every model consists of: scalars, text, lists, maps and what may be absent.

namespace ferry::inline FERRY_ABI::json {

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
struct describe<std::uint64_t> : detail::describe_scalar<std::uint64_t, kind::uint64> {};
template <>
struct describe<decimal> : detail::describe_scalar<decimal, kind::decimal> {};
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
    requires std::is_base_of_v<open_integer<T>, T>
struct describe<T> : detail::describe_scalar<T, kind::int64> {
    // Pointers to it and to the integer in it are then the same.
    static_assert(std::is_standard_layout_v<T> && sizeof(T) == sizeof(std::int64_t));
};

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
                                        .element_size = sizeof(T),
                                        .each = &detail::each_item<list>};
        return type;
    }
};

/// `std::vector<bool>` has no addressable elements: the flag is set through the vector.
template <>
struct describe<std::vector<bool>> {
    using list = std::vector<bool>;

    static type_desc const& last_element() noexcept {
        static constexpr type_desc type{.k = kind::boolean, .set_flag = [](void* value, bool flag) {
                                            static_cast<list*>(value)->back() = flag;
                                        }};
        return type;
    }
    static type_desc const& get() noexcept {
        static constexpr type_desc type{.k = kind::list,
                                        .reset = &detail::reset<list>,
                                        .inner = &last_element,
                                        .add = [](void* value, std::string_view) -> void* {
                                            static_cast<list*>(value)->push_back(false);
                                            return value;
                                        },
                                        .element_size = 1,
                                        .each = &detail::each_item<list>};
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
            .element_size = sizeof(typename map::value_type) + 4 * sizeof(void*),  // a node of a tree
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
                                        .add = &detail::engage<holder>,
                                        .peek = &detail::held_in<holder>};
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
            .add = &detail::engage<holder>,
            .peek = &detail::held_in<holder>,
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
            .element_size = sizeof(T),
            .peek = [](void const* value) -> void const* {
                return static_cast<holder const*>(value)->get();
            }};
        return type;
    }
};

}  // namespace ferry::json
