// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/initiate.hpp"

#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// A walk (page_walk, item_walk) with the element at which its iterators stand.
template <class Walk>
class walk_cursor {
public:
    using element = typename Walk::element;

    explicit walk_cursor(typename Walk::call_type first) : walk_(std::move(first)) {}

    /// Fetches on the calling thread where need be.
    std::optional<element> next() {
        auto next = walk_.take();
        while (!next && walk_.needs_page()) next = walk_.accept(walk_.call().send());
        return next;
    }
    template <class CompletionToken>
    auto async_next(CompletionToken&& token) {
        return initiate<async_walk_initiator<Walk>>(walk_, std::forward<CompletionToken>(token));
    }

    /// A single-pass input iterator.
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = element;
        using difference_type = std::ptrdiff_t;
        using pointer = value_type*;
        using reference = value_type&;

        iterator() = default;
        explicit iterator(walk_cursor& of) : of_(&of) { ++*this; }

        reference operator*() const { return *of_->current_; }
        pointer operator->() const { return &*of_->current_; }
        iterator& operator++() {
            of_->current_ = of_->next();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const noexcept { return !of_ || !of_->current_; }

    private:
        walk_cursor* of_ = nullptr;
    };

private:
    Walk walk_;
    std::optional<element> current_;
};

}  // namespace ferry::detail
