// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_base.hpp"
#include "ferry/core/error.hpp"
#include "ferry/core/result.hpp"

#include <bit>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// How many pages in a row may be empty. Services that filter what they have read have some.
inline constexpr std::size_t max_empty_pages = 1'000;

/// The pages of a list call: which comes next, and where they end. The token alone says so.
///
/// While needs_page(), whoever walks performs call() and gives what it yields to accept(), which answers with
/// the next element; else take() has it. No element while needs_page(): that page had none. No element
/// otherwise: the walk has ended. item_walk works alike.
template <class Call>
class page_walk {
public:
    using call_type = Call;
    using page_type = typename Call::value_type;
    using element = result<page_type>;

    explicit page_walk(Call first) : call_(std::move(first)) {}

    bool needs_page() const noexcept { return !done_; }
    Call const& call() const noexcept { return call_; }
    std::optional<element> take() noexcept { return std::nullopt; }

    /// A page always is an element; one that leads on without end is an error instead.
    std::optional<element> accept(result<page_type> page) {
        done_ = true;
        if (!page) return page;
        auto const size = Call::items_of(*page).size();
        items_ += size;
        empty_in_a_row_ = size == 0 ? empty_in_a_row_ + 1 : 0;
        std::string const* token = Call::next_token(*page);
        if (token == nullptr || token->empty()) {
            compare_total(*page);
            return page;
        }
        if (*token == last_token_ || *token == milestone_)
            return element(error(error_kind::protocol,
                                 "the service answered with a page token that it had given before; "
                                 "stopping instead of reading the same pages for ever"));
        if (empty_in_a_row_ >= max_empty_pages)
            return element(error(error_kind::protocol, "the service answered with " +
                                                           std::to_string(max_empty_pages) +
                                                           " empty pages one after the other, "
                                                           "each with a token of another page"));
        auto const most = call_access::state(call_).options.max_pages;
        if (++count_ >= most)
            return element(error(error_kind::limit,
                                 "the list has more than " + std::to_string(most) +
                                     " pages; max_pages allows more, a larger page size needs fewer"));
        done_ = false;
        last_token_ = *token;
        if (std::has_single_bit(count_)) milestone_ = last_token_;
        call_.set_page_token(last_token_);
        return page;
    }

private:
    /// Lists change while they are read, and a total may be an estimate: worth a line in a log, no error.
    void compare_total(page_type const& last) const {
        if constexpr (has_total) {
            auto const* const total = Call::total_size(last);
            if (total == nullptr || !from_start_ || std::cmp_equal(*total, items_)) return;
            engine_access::note(call_access::state(call_), "list",
                                "the list has ended after " + std::to_string(items_) +
                                    " items; the service counts " + std::to_string(*total));
        }
    }

    static constexpr bool has_total = requires(page_type const& page) { Call::total_size(page); };

    static bool is_first(Call const& of) noexcept {
        if constexpr (has_total)
            return !of.has_page_token();
        else
            return true;
    }

    Call call_;
    bool from_start_ = is_first(call_);
    std::string last_token_;
    std::string milestone_;  ///< Token number 1, 2, 4, 8, …: every circle passes one of them again (Brent).
    std::size_t count_ = 0;  ///< Of pages that led on.
    std::size_t empty_in_a_row_ = 0;
    std::size_t items_ = 0;
    bool done_ = false;
};

/// The items of all pages of a list call.
template <class Call>
class item_walk {
public:
    using call_type = Call;
    using page_type = typename Call::value_type;
    using element = result<typename Call::item_type>;

    explicit item_walk(Call first) : pages_(std::move(first)) {}

    bool needs_page() noexcept { return !has_item() && pages_.needs_page(); }
    Call const& call() const noexcept { return pages_.call(); }

    std::optional<element> take() {
        if (!has_item()) return std::nullopt;
        return element(std::move(Call::items_of(*page_)[position_++]));
    }

    std::optional<element> accept(result<page_type> fetched) {
        auto page = pages_.accept(std::move(fetched));
        if (!*page) return element(page->error());
        page_ = std::move(**page);
        position_ = 0;
        return take();
    }

private:
    bool has_item() noexcept { return page_ && position_ < Call::items_of(*page_).size(); }

    page_walk<Call> pages_;
    std::optional<page_type> page_;
    std::size_t position_ = 0;
};

}  // namespace ferry::detail
