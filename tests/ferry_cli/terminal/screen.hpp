// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry_test {

/// Where a terminal takes the rows from that lines need more of when it is made narrower.
enum class more_rows {
    below,  ///< from the blank ones below the cursor, if there are any; VTE and kitty do
    above   ///< by scrolling; tmux does
};

/// What a terminal would show: cells, a cursor, lines broken at the edge, rows that scroll away, and lines
/// that are broken anew where the width changes. Knows the few escape sequences that are meant to be used,
/// and throws for any other control character.
class screen {
public:
    screen(std::size_t columns, std::size_t rows, more_rows where = more_rows::below)
        : columns_(columns), height_(rows), where_(where) {
        for (std::size_t i = 0; i < rows; ++i) rows_.push_back(blank_row());
    }

    void write(std::string_view text) {
        while (!text.empty()) text.remove_prefix(take(text));
    }

    /// All rows, those that scrolled away too, without spaces at their ends and without blank ones at the
    /// end.
    std::vector<std::string> everything() const { return texts_from(0); }
    /// The rows on the screen, in the same way.
    std::vector<std::string> visible() const { return texts_from(top()); }

    /// Counted from 0, on the screen.
    std::size_t cursor_row() const { return y_ - top(); }
    std::size_t cursor_column() const { return x_; }
    std::size_t columns() const { return columns_; }

    /// Breaks all lines anew, as VTE, kitty and tmux do.
    void widen_or_narrow(std::size_t columns) {
        auto const before = rows_.size();
        auto const old = std::exchange(rows_, {});
        auto const old_y = y_;
        auto const old_x = x_;
        columns_ = columns;
        for (std::size_t first = 0; first < old.size();) {
            std::vector<cell> line;
            auto last = first;
            std::size_t cursor = 0;
            bool has_cursor = false;
            while (true) {
                if (last == old_y) {
                    has_cursor = true;
                    cursor = line.size() + old_x;
                }
                append(line, old[last].cells);
                if (!old[last].joined || last + 1 == old.size()) break;
                ++last;
            }
            auto const start = rows_.size();
            break_line(line);
            if (has_cursor) {
                y_ = (std::min)(start + cursor / columns_, rows_.size() - 1);
                x_ = (std::min)(cursor - (y_ - start) * columns_, columns_ - 1);
            }
            first = last + 1;
        }
        while (where_ == more_rows::below && rows_.size() > before && rows_.size() - 1 > y_ &&
               rows_.back().is_blank())
            rows_.pop_back();
        while (rows_.size() < height_) rows_.push_back(blank_row());
        y_ = (std::max)(y_, top());
    }

private:
    struct cell {
        std::string text;   // empty where nothing was written
        bool tail = false;  // the second column of a wide character
    };
    struct row {
        std::vector<cell> cells;
        bool joined = false;  // the next row goes on with the line

        bool is_blank() const {
            return std::all_of(cells.begin(), cells.end(),
                               [](cell const& c) { return c.text.empty() && !c.tail; });
        }
    };

    row blank_row() const { return {std::vector<cell>(columns_), false}; }
    std::size_t top() const { return rows_.size() - height_; }

    static std::size_t width_of(char32_t c) {
        if (c >= 0x300 && c <= 0x36F) return 0;
        bool const wide = (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                          (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x1F300 && c <= 0x1FAFF);
        return wide ? 2 : 1;
    }

    static std::size_t size_of(std::string_view text) {
        auto const lead = static_cast<unsigned char>(text.front());
        auto const size = lead < 0x80 ? 1u : lead < 0xE0 ? 2u : lead < 0xF0 ? 3u : 4u;
        if (lead >= 0x80 && lead < 0xC2) throw std::runtime_error("no UTF-8 was written");
        if (size > text.size()) throw std::runtime_error("a character was written in parts");
        return size;
    }

    static char32_t value_of(std::string_view bytes) {
        auto const lead = static_cast<unsigned char>(bytes.front());
        if (bytes.size() == 1) return lead;
        char32_t value = lead & (0x7Fu >> bytes.size());
        for (auto const byte : bytes.substr(1))
            value = (value << 6) | (static_cast<unsigned char>(byte) & 0x3F);
        return value;
    }

    std::size_t take(std::string_view text) {
        if (text.front() == '\x1b') return take_sequence(text);
        if (text.front() == '\r') x_ = 0;
        if (text.front() == '\n') line_feed();
        if (text.front() == '\r' || text.front() == '\n') return 1;
        auto const bytes = text.substr(0, size_of(text));
        auto const value = value_of(bytes);
        if (value < 0x20 || (value >= 0x7F && value <= 0x9F))
            throw std::runtime_error("a control character was written: " + std::to_string(value));
        put(std::string(bytes), width_of(value));
        return bytes.size();
    }

    std::size_t take_sequence(std::string_view text) {
        auto const end = text.find_first_not_of("0123456789", 2);
        if (text.size() < 3 || text[1] != '[' || end == std::string_view::npos)
            throw std::runtime_error("not a sequence that is known");
        auto const digits = std::string(text.substr(2, end - 2));
        if (text[end] == 'A' && !digits.empty())
            y_ -= (std::min)(std::size_t{std::stoul(digits)}, y_ - top());
        else if (text[end] == 'K' && digits.empty())
            clear_rest_of_row();
        else if (text[end] == 'J' && digits.empty())
            clear_below();
        else
            throw std::runtime_error("not a sequence that is known: " + std::string(text.substr(1, end)));
        return end + 1;
    }

    void clear_rest_of_row() {
        std::fill(rows_[y_].cells.begin() + static_cast<std::ptrdiff_t>(x_), rows_[y_].cells.end(), cell{});
    }

    void clear_below() {
        if (x_ == 0 && y_ == top()) return keep_and_clear();
        clear_rest_of_row();
        rows_[y_].joined = false;
        for (auto i = y_ + 1; i < rows_.size(); ++i) rows_[i] = blank_row();
    }

    void keep_and_clear() {
        while (rows_.size() > y_ && rows_.back().is_blank()) rows_.pop_back();
        y_ = rows_.size();
        for (std::size_t i = 0; i < height_; ++i) rows_.push_back(blank_row());
    }

    void line_feed() {
        x_ = 0;
        if (++y_ == rows_.size()) rows_.push_back(blank_row());
    }

    void put(std::string bytes, std::size_t width) {
        if (width == 0) {
            if (x_ > 0) rows_[y_].cells[x_ - 1].text += bytes;
            return;
        }
        if (x_ + width > columns_) {
            rows_[y_].joined = true;
            line_feed();
        }
        rows_[y_].cells[x_++] = {std::move(bytes), false};
        if (width == 2) rows_[y_].cells[x_++] = {"", true};
    }

    /// Without the cells at the end on which nothing was written.
    static void append(std::vector<cell>& line, std::vector<cell> const& cells) {
        auto const end = std::find_if(cells.rbegin(), cells.rend(),
                                      [](cell const& c) { return c.tail || !c.text.empty(); });
        line.insert(line.end(), cells.begin(), end.base());
    }

    void break_line(std::vector<cell> const& line) {
        rows_.push_back(blank_row());
        std::size_t x = 0;
        for (std::size_t i = 0; i < line.size(); ++i) {
            auto const width = i + 1 < line.size() && line[i + 1].tail ? 2u : 1u;
            if (!line[i].tail && x + width > columns_) {
                rows_.back().joined = true;
                rows_.push_back(blank_row());
                x = 0;
            }
            rows_.back().cells[x++] = line[i];
        }
    }

    std::vector<std::string> texts_from(std::size_t first) const {
        std::vector<std::string> texts;
        for (auto i = first; i < rows_.size(); ++i) {
            std::string text;
            for (auto const& one : rows_[i].cells)
                if (!one.tail) text += one.text.empty() ? " " : one.text;
            texts.push_back(text.substr(0, text.find_last_not_of(' ') + 1));
        }
        while (!texts.empty() && texts.back().empty()) texts.pop_back();
        return texts;
    }

    std::size_t columns_;
    std::size_t height_;
    more_rows where_;
    std::vector<row> rows_;  // those that scrolled away first
    std::size_t x_ = 0;
    std::size_t y_ = 0;
};

}  // namespace ferry_test
