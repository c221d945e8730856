// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"
#include "ferry/core/result.hpp"

#include <bit>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// The pages of a list call: which comes next, and where they end.
///
/// While needs_page(), whoever walks performs call() and gives what it yields to accept(), which answers with
/// the next element; else take() has it. No element: the walk has ended. item_walk works alike.
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

    std::optional<element> accept(result<page_type> page) {
        done_ = true;
        if (!page) return page;
        std::string const* token = Call::next_token(*page);
        if (token == nullptr || token->empty() || Call::items_of(*page).empty()) return page;
        if (*token == last_token_ || *token == milestone_)
            return element(error(error_kind::protocol,
                                 "the service answered with a page token that it had given before; "
                                 "stopping instead of reading the same pages for ever"));
        done_ = false;
        last_token_ = *token;
        if (std::has_single_bit(++count_)) milestone_ = last_token_;
        call_.set_page_token(last_token_);
        return page;
    }

private:
    Call call_;
    std::string last_token_;
    std::string milestone_;  ///< Token number 1, 2, 4, 8, …: every circle passes one of them again (Brent).
    std::size_t count_ = 0;
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

    /// An empty page is the last one.
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
