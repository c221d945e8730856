// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/partition.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string>
#include <utility>

namespace ferry::gen {

namespace {

constexpr std::size_t full = 64;

using part = std::vector<type const*>;

std::size_t common_prefix(std::string const& a, std::string const& b) {
    auto const [at, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return static_cast<std::size_t>(at - a.begin());
}

/// Where the names around a part's middle have least in common. Related types stay together, for they use the
/// same headers and templates, and a type that is added rarely moves another one: the middle would.
part::iterator seam(part& types) {
    auto const third = static_cast<std::ptrdiff_t>(types.size() / 3);
    auto const middle = types.begin() + static_cast<std::ptrdiff_t>(types.size() / 2);
    auto const cost = [&](part::iterator at) {
        return std::pair(common_prefix((*std::prev(at))->name, (*at)->name), std::abs(at - middle));
    };
    auto best = middle;
    for (auto at = types.begin() + third; at < types.end() - third; ++at)
        if (cost(at) < cost(best)) best = at;
    return best;
}

}  // namespace

std::vector<std::vector<type const*>> partition(api const& of, std::size_t most) {
    std::vector<part> parts = {by_name(of, &type::has_table)};
    while (parts.size() < most) {
        auto const largest = std::ranges::max_element(parts, {}, &part::size);
        if (largest->size() <= full) break;
        auto const from = seam(*largest);
        part second(from, largest->end());
        largest->erase(from, largest->end());
        parts.insert(std::next(largest), std::move(second));
    }
    if (parts[0].empty()) parts.clear();
    return parts;
}

}  // namespace ferry::gen
