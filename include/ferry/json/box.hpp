// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <utility>

namespace ferry::inline FERRY_ABI {

/// A value held on the heap, for models that contain themselves: `std::optional<box<node>> child`.
///
/// Copies deeply and compares by value. A box always holds a value, except after it was moved from: then it
/// may only be assigned to, destroyed, copied, moved or compared, and get() is null.
///
/// \par Lifetime
/// The box owns its value. Moving and swapping boxes keeps the address of the value; assigning to a box
/// destroys the value that it had.
///
/// \par Thread safety
/// As a `T`: copies share nothing.
///
/// \par Example
/// ```cpp
/// struct node {
///     std::string name;
///     std::vector<ferry::box<node>> children;
/// };
/// node root;
/// root.children.emplace_back(node{"leaf", {}});
/// std::cout << root.children.front()->name << '\n';
/// ```
///
/// \tparam T may be incomplete where a box of it is declared as a member; complete where members are used.
/// Default-constructible for the default constructor, copyable for copies
template <class T>
class box {
public:
    using value_type = T;

    /// Holds a value-initialised `T`. \throws std::bad_alloc, or what `T()` throws
    box() : value_(new T()) {}
    /// Holds `value`. Implicit, so that models take values where they hold boxes.
    box(T value) : value_(new T(std::move(value))) {}
    /// Copies the value. A box that was moved from is copied as such.
    box(box const& other) : value_(other.value_ ? new T(*other.value_) : nullptr) {}
    /// Takes the value over; `other` has none afterwards.
    box(box&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
    box& operator=(box other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    ~box() { delete value_; }

    /// The value. \pre not moved from
    T& operator*() & noexcept { return *value_; }
    T const& operator*() const& noexcept { return *value_; }
    T&& operator*() && noexcept { return std::move(*value_); }
    T* operator->() noexcept { return value_; }
    T const* operator->() const noexcept { return value_; }

    /// The address of the value, null after the box was moved from.
    T* get() noexcept { return value_; }
    T const* get() const noexcept { return value_; }

    /// Compares the values. A box that was moved from equals only others that were.
    friend bool operator==(box const& a, box const& b) {
        return a.value_ && b.value_ ? *a.value_ == *b.value_ : a.value_ == b.value_;
    }

private:
    T* value_;
};

}  // namespace ferry
