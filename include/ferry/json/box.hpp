// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <utility>

namespace ferry::inline FERRY_ABI {

/// A value held on the heap, for models that contain themselves: `std::optional<box<node>> child`.
///
/// Copies deeply and compares by value. `T` may be incomplete where the member is declared. A box always
/// holds a value, except after it was moved from: then it may only be assigned to, destroyed, copied or
/// moved.
template <class T>
class box {
public:
    using value_type = T;

    box() : value_(new T()) {}
    box(T value) : value_(new T(std::move(value))) {}
    box(box const& other) : value_(other.value_ ? new T(*other.value_) : nullptr) {}
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

    friend bool operator==(box const& a, box const& b) {
        return a.value_ && b.value_ ? *a.value_ == *b.value_ : a.value_ == b.value_;
    }

private:
    T* value_;
};

}  // namespace ferry
