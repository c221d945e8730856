// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Cursor pages. A token says where the last page ended (its last item's sort keys and id), not how many items
// were seen, so the walk stays right when items come or go between pages.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "../core/api.hpp"

namespace ferry::mock::llamacloud {

/// One component of a sort order; values compare as text or as numbers.
struct sort_value {
    std::int64_t number = 0;
    std::string text;
    bool descending = false;
};
using sort_key = std::vector<sort_value>;

/// Whether `a` comes before `b`; both have the same shape.
[[nodiscard]] bool before(sort_key const& a, sort_key const& b);

struct page_position {
    sort_key key;
    std::string id;
};

[[nodiscard]] std::string make_token(page_position const& last, std::string_view filters);
/// Throws http_error 400 when the token is not ours or belongs to other filters. `shape` gives the
/// directions.
[[nodiscard]] page_position read_token(std::string const& token, std::string_view filters,
                                       sort_key const& shape);

/// The page after `start` of the items that the caller collected: sorts no more than it must.
template <class Item, class KeyOf>
std::vector<Item const*> take_page(std::vector<Item const*> items, std::size_t size,
                                   std::optional<page_position> const& start, KeyOf key_of, bool& more) {
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
                      candidates.end(), less);
    items.clear();
    for (std::size_t i = 0; i < count; ++i) items.push_back(candidates[i].item);
    return items;
}

/// `{items, next_page_token, total_size}`
[[nodiscard]] http_response page_response(json::array items, std::optional<std::string> next_token);

/// Directories and their files: 50 to a page unless asked otherwise, sizes above 1000 count as 1000, sizes
/// below 1 are refused.
[[nodiscard]] std::size_t lenient_page_size(call const& current);

/// Answers a list request whose order is by creation, newest first.
template <class Item, class Describe>
http_response newest_first(call const& current, std::vector<Item const*> matching, std::string const& filters,
                           Describe describe) {
    auto const key = [](Item const& item) { return sort_key{{item.created, {}, true}}; };
    std::optional<page_position> start;
    auto const token = current.query("page_token");
    if (token && !token->empty()) start = read_token(*token, filters, key(Item{}));
    bool more = false;
    matching = take_page(std::move(matching), lenient_page_size(current), start, key, more);
    json::array items;
    for (Item const* const item : matching) items.push_back(describe(*item));
    std::optional<std::string> next;
    if (more) next = make_token({key(*matching.back()), matching.back()->id}, filters);
    return page_response(std::move(items), std::move(next));
}

}  // namespace ferry::mock::llamacloud
