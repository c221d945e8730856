// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/call.hpp"
#include "ferry/core/config.hpp"

#include <bit>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI {

namespace detail {

// Defined in `ferry/async.hpp`; incomplete without it.
template <class Call>
struct async_page_initiator;
template <class Call>
struct page_outcome;
template <class Call>
struct item_outcome;

/// What both ranges share: a walk over what `Range::next()` yields until it yields nothing.
template <class Range, class Call, class Value>
class pull_range {
public:
    /// `Range::next()`, asynchronously: `void(std::optional<ferry::result<Value>>)`. This object must outlive
    /// the operation. Needs `#include <ferry/async.hpp>`.
    template <class CompletionToken>
    auto async_next(CompletionToken&& token) {
        return initiate<async_page_initiator<Call>>(range(), std::forward<CompletionToken>(token));
    }

    /// A single-pass input iterator over `result<Value>`.
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = result<Value>;
        using difference_type = std::ptrdiff_t;
        using pointer = value_type*;
        using reference = value_type&;

        iterator() = default;
        explicit iterator(pull_range* from) : from_(from) { ++*this; }

        reference operator*() const { return *from_->current_; }
        pointer operator->() const { return &*from_->current_; }
        iterator& operator++() {
            from_->current_ = from_->range().next();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const noexcept { return !from_ || !from_->current_; }

    private:
        pull_range* from_ = nullptr;
    };

    iterator begin() { return iterator(this); }
    std::default_sentinel_t end() const noexcept { return {}; }

private:
    Range& range() noexcept { return static_cast<Range&>(*this); }

    std::optional<result<Value>> current_;
};

}  // namespace detail

/// The pages of a list call, fetched as they are asked for.
///
/// The walk ends after the page whose next token is absent, null or empty, on an empty page, and after the
/// first error. A token that comes again is an error, never an endless loop: at once where it comes twice in
/// a row, after some repeated pages where the tokens go in a circle. Iterators point into the range: do not
/// move it while one is in use. Not synchronised.
template <class Call>
class page_range : public detail::pull_range<page_range<Call>, Call, typename Call::value_type> {
public:
    using page_type = typename Call::value_type;

    explicit page_range(Call first) : call_(std::move(first)) {}

    /// The next page, or nothing after the last.
    std::optional<result<page_type>> next() {
        if (done_) return std::nullopt;
        auto page = call_.send();
        return accept(std::move(page));
    }

private:
    template <class>
    friend struct detail::async_page_initiator;
    template <class>
    friend struct detail::page_outcome;

    std::optional<result<page_type>> accept(result<page_type> page) {
        if (!page) {
            done_ = true;
            return page;
        }
        std::string const* token = Call::next_token(*page);
        if (token == nullptr || token->empty() || Call::items_of(*page).empty()) {
            done_ = true;
            return page;
        }
        if (*token == last_token_ || *token == milestone_) {
            done_ = true;
            return result<page_type>(error(error_kind::protocol,
                                           "the service answered with a page token that it had given before; "
                                           "stopping instead of reading the same pages for ever"));
        }
        last_token_ = *token;
        if (std::has_single_bit(++count_)) milestone_ = last_token_;
        call_.set_page_token(last_token_);
        return page;
    }

    Call call_;
    std::string last_token_;
    std::string milestone_;  ///< Token number 1, 2, 4, 8, …: every circle passes one of them again (Brent).
    std::size_t count_ = 0;
    bool done_ = false;
};

/// The items of all pages, fetched as they are asked for: a single-pass input range of `result<item>`.
///
/// After an error, which is the last element, the range ends. Iterators point into the range: do not move it
/// while one is in use. Not synchronised.
template <class Call>
class item_range : public detail::pull_range<item_range<Call>, Call, typename Call::item_type> {
public:
    using item_type = typename Call::item_type;

    explicit item_range(Call first) : pages_(std::move(first)) {}

    /// The next item, or nothing after the last.
    std::optional<result<item_type>> next() {
        if (has_item()) return take_item();
        return accept(pages_.next());
    }

private:
    template <class>
    friend struct detail::async_page_initiator;
    template <class>
    friend struct detail::item_outcome;

    bool has_item() noexcept { return page_ && position_ < Call::items_of(*page_).size(); }
    std::optional<result<item_type>> take_item() {
        if (!has_item()) return std::nullopt;
        return result<item_type>(std::move(Call::items_of(*page_)[position_++]));
    }
    /// The first item of a page that just came; an empty page is the last one.
    std::optional<result<item_type>> accept(std::optional<result<typename Call::value_type>> page) {
        if (!page) return std::nullopt;
        if (!*page) return result<item_type>(page->error());
        page_ = std::move(**page);
        position_ = 0;
        return take_item();
    }

    page_range<Call> pages_;
    std::optional<typename Call::value_type> page_;
    std::size_t position_ = 0;
};

/// A list call. The generated operation provides `item_type`, `items_of(page)`, `next_token(page)` and
/// `set_page_token(text)`.
template <class Derived, class Page>
class paged_call : public call<Derived, Page> {
public:
    /// Every item of every page: `for (auto& file : cloud.files.list().items())`. The range owns a copy of
    /// this call.
    [[nodiscard]] auto items() const& { return item_range<Derived>(this->derived()); }
    [[nodiscard]] auto items() && { return item_range<Derived>(std::move(this->derived())); }

    /// Every page. The range owns a copy of this call.
    [[nodiscard]] auto pages() const& { return page_range<Derived>(this->derived()); }
    [[nodiscard]] auto pages() && { return page_range<Derived>(std::move(this->derived())); }

protected:
    using call<Derived, Page>::call;
};

}  // namespace ferry
