// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Cursor pages. A token says where the last page ended (its last item's sort keys and id), not how many items
// were seen, so the walk stays right when items come or go between pages.

#include "core/call.hpp"
#include "core/responses.hpp"
#include "ferry/mock/llamacloud_decisions.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace ferry::mock::llamacloud {

/// One component of a sort order; values compare as text or as numbers.
struct sort_value {
    std::int64_t number = 0;
    std::string text{};
    bool descending = false;
};
using sort_key = std::vector<sort_value>;

/// Whether `a` comes before `b`; both have the same shape.
[[nodiscard]] bool before(sort_key const& a, sort_key const& b);

struct page_position {
    sort_key key;
    std::string id;
};

/// What a list request wants to see of the items that match.
struct page_request {
    std::string filters{};             ///< the same for requests that walk the same list, and for no others
    std::string_view place = "query";  ///< where the token was: in the query or in the body
    std::optional<std::string> token{};
    std::size_t size = 50;
};

/// Makes pages and the tokens between them. Tokens are signed: nobody can write one.
class page_maker {
public:
    page_maker(std::string secret, llamacloud_decisions const& decisions)
        : secret_(std::move(secret)), decisions_(decisions) {}

    /// `{items, next_page_token, total_size}`: the page that `wanted` asks for of `matching`, in the order of
    /// the keys, then of the ids.
    /// \throws http_error when the token is not good
    template <class Item, class KeyOf, class Describe>
    [[nodiscard]] http_response answer(page_request const& wanted, std::vector<Item const*> matching,
                                       KeyOf key_of, Describe describe) const {
        std::size_t const total = matching.size();
        std::optional<page_position> start;
        if (wanted.token && !wanted.token->empty()) start = read_token(wanted, key_of(Item{}));
        bool more = false;
        matching = take(std::move(matching), wanted.size, start, key_of, more);
        json::array items;
        for (Item const* const item : matching) items.push_back(describe(*item));
        std::optional<std::string> next;
        if (more) next = make_token({key_of(*matching.back()), matching.back()->id}, wanted.filters);
        return respond(std::move(items), next, total);
    }

    /// The size of a page of directories or entries, whose `page_size` declares no bounds.
    /// \throws http_error
    [[nodiscard]] std::size_t size_of(call const& current) const;

private:
    template <class Item, class KeyOf>
    static std::vector<Item const*> take(std::vector<Item const*> items, std::size_t size,
                                         std::optional<page_position> const& start, KeyOf key_of,
                                         bool& more) {
        struct keyed {
            sort_key key;
            Item const* item;
        };
        auto const less = [](keyed const& a, keyed const& b) {
            if (before(a.key, b.key)) return true;
            return !before(b.key, a.key) && a.item->id < b.item->id;
        };
        std::vector<keyed> candidates;
        candidates.reserve(items.size());
        for (Item const* const item : items) {
            keyed entry{key_of(*item), item};
            if (start) {
                bool const after = before(start->key, entry.key) ||
                                   (!before(entry.key, start->key) && start->id < entry.item->id);
                if (!after) continue;
            }
            candidates.push_back(std::move(entry));
        }
        more = candidates.size() > size;
        std::size_t const count = (std::min)(size, candidates.size());
        std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count),
                          candidates.end(), less);  // sorts no more than it must
        items.clear();
        for (std::size_t i = 0; i < count; ++i) items.push_back(candidates[i].item);
        return items;
    }

    [[nodiscard]] std::string make_token(page_position const& last, std::string_view filters) const;
    /// `shape` gives the directions.
    [[nodiscard]] page_position read_token(page_request const& wanted, sort_key const& shape) const;
    [[nodiscard]] std::string signature(std::string_view text) const;
    [[nodiscard]] http_response respond(json::array items, std::optional<std::string> const& next,
                                        std::size_t total) const;

    std::string secret_;
    llamacloud_decisions const& decisions_;
};

}  // namespace ferry::mock::llamacloud
