// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// JSON `null`, said on purpose: `update.description(ferry::null)` clears a field that leaving out would
/// keep.
struct null_t {
    constexpr explicit null_t(int) noexcept {}
};
inline constexpr null_t null{0};

/// A member that tells "leave it" (unset) from "clear it" (null) from a value, as PATCH bodies need.
///
/// A default-constructed object is unset and is left out of the body that is sent.
template <class T>
class nullable {
    template <class U>
    static constexpr bool is_value =
        std::convertible_to<U, T> && std::is_assignable_v<T&, U> &&
        !std::same_as<std::remove_cvref_t<U>, nullable> && !std::same_as<std::remove_cvref_t<U>, null_t>;

public:
    using value_type = T;

    nullable() = default;
    nullable(null_t) noexcept : is_null_(true) {}
    nullable(T value) : value_(std::move(value)) {}
    /// From whatever converts to a value, so that `update.description("text")` works.
    template <class U>
        requires(is_value<U> && !std::same_as<std::remove_cvref_t<U>, T>)
    nullable(U&& value) : value_(std::in_place, std::forward<U>(value)) {}

    nullable& operator=(null_t) noexcept {
        set_null();
        return *this;
    }
    template <class U = T>
        requires is_value<U>
    nullable& operator=(U&& value) {
        is_null_ = false;
        value_ = std::forward<U>(value);
        return *this;
    }

    bool is_unset() const noexcept { return !is_null_ && !value_.has_value(); }
    bool is_null() const noexcept { return is_null_; }
    bool has_value() const noexcept { return value_.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }

    /// The value. \throws std::bad_optional_access when unset or null.
    T const& value() const& { return value_.value(); }
    T& value() & { return value_.value(); }
    T&& value() && { return std::move(value_).value(); }
    /// The value. \pre has_value()
    T const& operator*() const& noexcept { return *value_; }
    T& operator*() & noexcept { return *value_; }
    T&& operator*() && noexcept { return *std::move(value_); }
    T const* operator->() const noexcept { return &*value_; }
    T* operator->() noexcept { return &*value_; }

    /// The value, or `other` when unset or null.
    template <class U>
    T value_or(U&& other) const& {
        return value_.value_or(std::forward<U>(other));
    }
    template <class U>
    T value_or(U&& other) && {
        return std::move(value_).value_or(std::forward<U>(other));
    }

    template <class... Args>
    T& emplace(Args&&... args) {
        is_null_ = false;
        return value_.emplace(std::forward<Args>(args)...);
    }
    void set_null() noexcept {
        value_.reset();
        is_null_ = true;
    }
    /// Back to unset.
    void reset() noexcept {
        value_.reset();
        is_null_ = false;
    }

    friend bool operator==(nullable const&, nullable const&) = default;

private:
    std::optional<T> value_;
    bool is_null_ = false;
};

}  // namespace ferry
