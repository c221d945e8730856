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
/// The value to assign, pass and construct a `nullable` from. \see null_t
inline constexpr null_t null{0};

/// A member that tells "leave it" (unset) from "clear it" (null) from a value, as PATCH bodies need.
///
/// A default-constructed object is unset and is left out of the body that is sent. Reading a document, an
/// absent member is unset and `null` is null; only a value converts to `true`.
///
/// \par Thread safety
/// As `std::optional<T>`: an object that one thread changes must not be used by another.
///
/// \par Example
/// ```cpp
/// ferry::llamacloud::models::directory_update update;      // every member is unset: nothing would change
/// update.name = "2026";                                    // {"name":"2026"}
/// update.description = ferry::null;                        // {"name":"2026","description":null}
/// if (update.description.is_null()) std::cout << "will be cleared\n";
/// std::cout << update.name.value_or("unchanged") << '\n';
/// ```
///
/// \par Source
/// JSON Merge Patch (RFC 7396) has the same three meanings.
///
/// \tparam T as for `std::optional`; no reference, and neither `nullable` nor `null_t`
template <class T>
class nullable {
    template <class U>
    static constexpr bool is_value =
        std::convertible_to<U, T> && std::is_assignable_v<T&, U> &&
        !std::same_as<std::remove_cvref_t<U>, nullable> && !std::same_as<std::remove_cvref_t<U>, null_t>;

public:
    using value_type = T;

    /// Unset.
    nullable() = default;
    /// Null.
    nullable(null_t) noexcept : is_null_(true) {}
    nullable(T value) : value_(std::move(value)) {}
    /// From whatever converts to a value, so that `update.description("text")` works.
    /// \tparam U converts to `T` and can be assigned to one
    template <class U>
        requires(is_value<U> && !std::same_as<std::remove_cvref_t<U>, T>)
    nullable(U&& value) : value_(std::in_place, std::forward<U>(value)) {}

    /// Becomes null; a value is destroyed.
    nullable& operator=(null_t) noexcept {
        set_null();
        return *this;
    }
    /// Takes a value, whatever was there. A value that is there already is assigned to, not replaced.
    /// \tparam U converts to `T` and can be assigned to one
    /// \throws what constructing or assigning a `T` throws; the object then has the value that this left, or
    /// is unset
    template <class U = T>
        requires is_value<U>
    nullable& operator=(U&& value) {
        is_null_ = false;
        value_ = std::forward<U>(value);
        return *this;
    }

    /// Neither null nor a value. Exactly one of is_unset(), is_null() and has_value() is true.
    bool is_unset() const noexcept { return !is_null_ && !value_.has_value(); }
    bool is_null() const noexcept { return is_null_; }
    bool has_value() const noexcept { return value_.has_value(); }
    /// Whether there is a value: unset and null are both false.
    explicit operator bool() const noexcept { return has_value(); }

    /// The value. \throws std::bad_optional_access when unset or null.
    T const& value() const& { return value_.value(); }
    T& value() & { return value_.value(); }
    T&& value() && { return std::move(value_).value(); }
    /// The value. \pre has_value()
    T const& operator*() const& noexcept { return *value_; }
    T& operator*() & noexcept { return *value_; }
    T&& operator*() && noexcept { return *std::move(value_); }
    /// A member of the value. \pre has_value()
    T const* operator->() const noexcept { return &*value_; }
    T* operator->() noexcept { return &*value_; }

    /// The value, or `other` when unset or null. Returned by value: the result does not refer into this
    /// object.
    template <class U>
    T value_or(U&& other) const& {
        return value_.value_or(std::forward<U>(other));
    }
    template <class U>
    T value_or(U&& other) && {
        return std::move(value_).value_or(std::forward<U>(other));
    }

    /// Makes a value in place of what is there. References to a former value are invalid afterwards.
    /// \returns the new value
    /// \throws what the constructor of `T` throws; the object is unset then
    template <class... Args>
    T& emplace(Args&&... args) {
        is_null_ = false;
        return value_.emplace(std::forward<Args>(args)...);
    }
    /// Becomes null; a value is destroyed. As assigning `ferry::null`.
    void set_null() noexcept {
        value_.reset();
        is_null_ = true;
    }
    /// Back to unset.
    void reset() noexcept {
        value_.reset();
        is_null_ = false;
    }

    /// Equal where both are unset, both are null, or both have equal values: unset and null differ.
    friend bool operator==(nullable const&, nullable const&) = default;

private:
    std::optional<T> value_;
    bool is_null_ = false;
};

}  // namespace ferry
