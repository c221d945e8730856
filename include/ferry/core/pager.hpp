// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/call.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/page_walk.hpp"
#include "ferry/core/detail/walk_cursor.hpp"

#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// The pages of a list call, fetched as they are asked for: a single-pass input range of `result<page>`.
///
/// The walk ends after the page whose next token is absent, null or empty, and after the first error. An
/// empty page with a token is a page like any other: services that filter what they have read give such.
/// Where the service says how many items there are and another number came, that is logged (`list`).
///
/// \par Errors
/// Those of the call, for each page anew with all its retries. Never an endless loop: a token that comes
/// again is error_kind::protocol, at once where it comes twice in a row, after some repeated pages where the
/// tokens go in a circle; so are a thousand empty pages in a row. More pages than paged_call::max_pages() are
/// error_kind::limit.
///
/// \par Lifetime
/// Owns its call. Iterators and the operations of async_next() point into the range: do not move or destroy
/// it while one is in use.
///
/// \par Thread safety
/// Not synchronised: one thread at a time.
///
/// \tparam Call the generated list call
template <class Call>
class page_range {
    using cursor = detail::walk_cursor<detail::page_walk<Call>>;

public:
    using page_type = typename Call::value_type;
    /// A single-pass input iterator over `result<page_type>`.
    using iterator = typename cursor::iterator;

    explicit page_range(Call first) : cursor_(std::move(first)) {}

    /// The next page, or nothing after the last. Fetches it on the calling thread.
    std::optional<result<page_type>> next() { return cursor_.next(); }

    /// next(), asynchronously: `void(std::optional<ferry::result<page_type>>)`. Needs
    /// `#include <ferry/async.hpp>`. One at a time; executors and cancellation as with call::async_send().
    template <class CompletionToken>
    auto async_next(CompletionToken&& token) {
        return cursor_.async_next(std::forward<CompletionToken>(token));
    }

    /// Fetches the first element. Each increment fetches the next one where need be.
    iterator begin() { return iterator(cursor_); }
    std::default_sentinel_t end() const noexcept { return {}; }

private:
    cursor cursor_;
};

/// The items of all pages, fetched page by page as they are asked for: a single-pass input range of
/// `result<item>`.
///
/// After an error, which is the last element, the range ends. Errors, lifetime and thread safety as with
/// page_range.
///
/// \par Example
/// ```cpp
/// auto files = cloud.files.list().items();
/// for (auto& file : files) {
///     if (!file) return file.error();
///     std::cout << file->name << '\n';
/// }
/// ```
///
/// \tparam Call the generated list call
template <class Call>
class item_range {
    using cursor = detail::walk_cursor<detail::item_walk<Call>>;

public:
    using item_type = typename Call::item_type;
    /// A single-pass input iterator over `result<item_type>`. Items may be moved from.
    using iterator = typename cursor::iterator;

    explicit item_range(Call first) : cursor_(std::move(first)) {}

    /// The next item, or nothing after the last. Fetches a page on the calling thread where need be.
    std::optional<result<item_type>> next() { return cursor_.next(); }

    /// next(), asynchronously: `void(std::optional<ferry::result<item_type>>)`. Needs
    /// `#include <ferry/async.hpp>`. One at a time; executors and cancellation as with call::async_send().
    template <class CompletionToken>
    auto async_next(CompletionToken&& token) {
        return cursor_.async_next(std::forward<CompletionToken>(token));
    }

    /// Fetches the first element. Each increment fetches the next page where need be.
    iterator begin() { return iterator(cursor_); }
    std::default_sentinel_t end() const noexcept { return {}; }

private:
    cursor cursor_;
};

/// A list call: yields one page with send(), and all of them with items() and pages().
///
/// \tparam Derived the generated operation, which provides `item_type`, `items_of(page)`, `next_token(page)`
///     and `set_page_token(text)`
/// \tparam Page what one request yields
template <class Derived, class Page>
class paged_call : public call<Derived, Page> {
public:
    /// How many pages items() and pages() read at the most: request_options::max_pages. Default: 10,000.
    Derived& max_pages(std::size_t count) & { return this->set_option(&request_options::max_pages, count); }
    [[nodiscard]] Derived&& max_pages(std::size_t count) && { return std::move(max_pages(count)); }

    /// Every item of every page. The range owns a copy of this call; nothing is sent yet.
    [[nodiscard]] auto items() const& { return item_range<Derived>(this->derived()); }
    [[nodiscard]] auto items() && { return item_range<Derived>(std::move(this->derived())); }

    /// Every page. The range owns a copy of this call; nothing is sent yet.
    [[nodiscard]] auto pages() const& { return page_range<Derived>(this->derived()); }
    [[nodiscard]] auto pages() && { return page_range<Derived>(std::move(this->derived())); }

protected:
    using call<Derived, Page>::call;
};

}  // namespace ferry
