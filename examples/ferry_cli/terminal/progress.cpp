// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/progress.hpp"

#include "terminal/numbers.hpp"
#include "terminal/rate_meter.hpp"
#include "terminal/text_width.hpp"

#include <algorithm>
#include <span>

namespace ferry::cli {

namespace {

constexpr std::size_t gap = 2;
/// Of the name; a column of numbers that leaves it less is not shown.
constexpr std::size_t narrowest_name = 12;
/// Of an activity, which may be the name of a file.
constexpr std::size_t widest_activity = 40;
constexpr std::size_t size_columns = 8;
constexpr std::size_t rate_columns = 10;

std::string percent_text(std::uint64_t done, std::optional<std::uint64_t> total) {
    auto const percent = percent_of(done, total);
    return percent ? std::to_string(*percent) + '%' : std::string();
}

/// Something that a transfer's line may have after its name.
struct detail {
    std::size_t columns;
    std::string text;
};

/// What is shown of a transfer, the most important first.
std::vector<detail> details_of(transfer_progress const& transfer) {
    auto const far = transfer.size ? percent_text(transfer.done, transfer.size) : size_text(transfer.done);
    auto const rate = transfer.rate > 0 ? rate_text(transfer.rate) : std::string();
    auto const size = transfer.size ? size_text(*transfer.size) : std::string();
    return {{size_columns, far}, {rate_columns, rate}, {size_columns, size}};
}

std::string transfer_line(transfer_progress const& transfer, std::size_t columns) {
    auto room = columns;
    std::string numbers;
    for (auto const& [width, text] : details_of(transfer)) {
        if (room < narrowest_name + gap + width) break;
        numbers += std::string(gap, ' ') + padded(text, width, alignment::right);
        room -= gap + width;
    }
    auto line = padded(shortened(transfer.name, room), room) + numbers;
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

bool all_files_are_done(progress_state const& state) {
    return state.files_total && state.files_done >= *state.files_total;
}

/// Whether files are counted; otherwise it is one that is meant.
bool counts_files(progress_state const& state) {
    return state.activity.empty() || state.files_total != std::uint64_t{0};
}

std::string total_percent(progress_state const& state) {
    if (!counts_files(state) && !state.bytes_total) return {};
    bool const by_bytes = state.bytes_total && *state.bytes_total > 0;
    auto const percent = by_bytes ? percent_of(state.bytes_done, state.bytes_total)
                                  : percent_of(state.files_done, state.files_total);
    if (!percent) return {};
    return std::to_string(all_files_are_done(state) ? *percent : (std::min)(*percent, 99)) + '%';
}

std::string file_counts(progress_state const& state) {
    if (!counts_files(state)) return {};
    auto const done = count_text(state.files_done);
    if (!state.files_total) return done + (state.files_done == 1 ? " file" : " files");
    return done + '/' + count_text(*state.files_total) + (*state.files_total == 1 ? " file" : " files");
}

std::string byte_counts(progress_state const& state) {
    if (!state.activity.empty() && state.bytes_done == 0 && !state.bytes_total) return {};
    auto const done = size_text(state.bytes_done);
    return state.bytes_total ? done + '/' + size_text(*state.bytes_total) : done;
}

std::string error_count(progress_state const& state) {
    if (state.errors == 0) return {};
    return count_text(state.errors) + (state.errors == 1 ? " error" : " errors");
}

/// That it goes on, where nothing else tells how long it will.
std::string time_passed(progress_state const& state) {
    bool const endless = !state.activity.empty() && !state.time_left && !state.bytes_total;
    return endless && state.elapsed ? duration_text(*state.elapsed) : std::string();
}

/// A part of the total line.
struct part {
    std::string text;
    int importance;  ///< the least important is left out first
};

/// In the order in which they stand.
std::vector<part> parts_of(progress_state const& state) {
    std::vector<part> parts{
        {shortened(state.activity, widest_activity), 2},
        {total_percent(state), 5},
        {file_counts(state), 6},
        {byte_counts(state), 1},
        {state.rate > 0 ? rate_text(state.rate) : std::string(), 3},
        {state.time_left ? duration_text(*state.time_left) + " left" : std::string(), 4},
        {time_passed(state), 4},
        {error_count(state), 7},
    };
    std::erase_if(parts, [](part const& one) { return one.text.empty(); });
    return parts;
}

std::string joined(std::span<part const> parts) {
    std::string line;
    for (auto const& one : parts) line += (line.empty() ? "" : std::string(gap, ' ')) + one.text;
    return line;
}

bool less_important(part const& a, part const& b) {
    return a.importance < b.importance;
}

}  // namespace

std::string total_line(progress_state const& state, std::optional<std::size_t> columns) {
    auto parts = parts_of(state);
    if (!columns) return joined(parts);
    while (parts.size() > 1 && display_width(joined(parts)) > *columns)
        parts.erase(std::min_element(parts.begin(), parts.end(), less_important));
    return shortened(joined(parts), *columns);
}

std::vector<std::string> progress_lines(progress_state const& state, screen_size const& screen) {
    auto const rows = (std::max)(screen.rows, std::size_t{1}) - 1;  // without that of the total
    auto const transfers = state.in_work.size();
    auto const shown = transfers <= rows ? transfers : rows - (rows > 0 ? 1 : 0);
    std::vector<std::string> lines;
    for (auto const& transfer : std::span(state.in_work).first(shown))
        lines.push_back(transfer_line(transfer, screen.columns));
    if (shown < transfers && rows > 0)
        lines.push_back(shortened("and " + count_text(transfers - shown) + " more", screen.columns));
    lines.push_back(total_line(state, screen.columns));
    return lines;
}

}  // namespace ferry::cli
