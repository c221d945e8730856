// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/table.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace ferry::cli {

namespace {

constexpr std::string_view gap = "  ";
constexpr std::size_t narrowest = 10;

using row = std::vector<std::string>;

std::vector<row const*> lines_of(row const& titles, std::vector<row> const& rows) {
    std::vector<row const*> lines;
    if (std::any_of(titles.begin(), titles.end(), [](std::string const& title) { return !title.empty(); }))
        lines.push_back(&titles);
    for (auto const& one : rows) lines.push_back(&one);
    return lines;
}

std::vector<std::size_t> widths_of(std::vector<row const*> const& lines, std::size_t columns) {
    std::vector<std::size_t> widths(columns, 0);
    for (auto const* line : lines)
        for (std::size_t i = 0; i < columns; ++i)
            widths[i] = (std::max)(widths[i], display_width((*line)[i]));
    return widths;
}

/// Makes the last column as narrow as the others leave room.
void fit(std::vector<std::size_t>& widths, std::size_t width) {
    std::size_t others = 0;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) others += widths[i] + gap.size();
    auto const room = (std::max)(width > others ? width - others : 0, narrowest);
    widths.back() = (std::min)(widths.back(), room);
}

}  // namespace

table::table(std::vector<table_column> columns) : columns_(std::move(columns)) {}

void table::add(std::vector<std::string> cells) {
    if (cells.size() != columns_.size())
        throw std::invalid_argument("a row of " + std::to_string(cells.size()) + " cells in a table of " +
                                    std::to_string(columns_.size()) + " columns");
    rows_.push_back(std::move(cells));
}

std::string table::text(std::optional<std::size_t> width) const {
    if (columns_.empty()) return {};
    row titles;
    for (auto const& column : columns_) titles.push_back(column.title);
    auto const lines = lines_of(titles, rows_);
    auto widths = widths_of(lines, columns_.size());
    if (width) fit(widths, *width);

    std::string all;
    for (auto const* line : lines) {
        std::string shown;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (i > 0) shown += gap;
            shown += padded(shortened((*line)[i], widths[i]), widths[i], columns_[i].where);
        }
        shown.erase(shown.find_last_not_of(' ') + 1);
        all += shown + '\n';
    }
    return all;
}

}  // namespace ferry::cli
