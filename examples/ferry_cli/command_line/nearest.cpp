// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/nearest.hpp"

#include <algorithm>
#include <cstddef>

namespace ferry::cli {

namespace {

/// How many letters differ (optimal string alignment). Long words are far from everything.
std::size_t distance(std::string_view a, std::string_view b) {
    constexpr std::size_t longest = 64;
    if (a.size() > longest || b.size() > longest) return longest;
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const change = a[i - 1] == b[j - 1] ? 0 : 1;
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view word, std::vector<std::string> const& known) {
    std::string best;
    std::size_t best_distance = word.size() / 3 + 1;
    for (auto const& one : known)
        if (auto const far = distance(word, one);
            far < best_distance || (far == best_distance && best.empty())) {
            best = one;
            best_distance = far;
        }
    return best;
}

std::string did_you_mean(std::string_view word, std::vector<std::string> const& known) {
    auto const near = nearest(word, known);
    return near.empty() ? std::string() : "; did you mean '" + near + "'?";
}

}  // namespace ferry::cli
