// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "writer.hpp"

#include "text.hpp"

#include <algorithm>

namespace ferry::gen {

void writer::line(std::string_view text) {
    if (!text.empty()) {
        text_.append(level_ * 4, ' ');
        text_ += text;
    }
    text_ += '\n';
}

void writer::blank() {
    if (text_.ends_with("\n\n") || text_.ends_with("{\n") || text_.ends_with("public:\n")) return;
    line();
}

void writer::docs(std::string_view text) {
    for (auto const& one : wrap(text, columns - level_ * 4 - 4)) line(one.empty() ? "///" : "/// " + one);
}

void writer::param(std::string_view name, std::string_view text) {
    auto const lines =
        wrap("\\param " + std::string(name) + " " + std::string(text), columns - level_ * 4 - 8);
    for (std::size_t i = 0; i < lines.size(); ++i) line((i == 0 ? "/// " : "///     ") + lines[i]);
}

bool writer::fits(std::string_view text) const {
    return level_ * 4 + width(text) <= columns;
}

void writer::call(std::string const& head, std::vector<std::string> const& arguments,
                  std::string const& tail) {
    auto const whole = head + "(" + join(arguments, ", ") + ")" + tail;
    if (arguments.empty() || fits(whole)) return line(whole);
    // Packed behind the parenthesis, or below it where the longest argument does not fit there.
    auto const pack = [&](std::size_t column, std::string first, std::vector<std::string>& lines) {
        bool good = true;
        std::string current = std::move(first);
        bool fresh = true;
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            bool const last = i + 1 == arguments.size();
            auto const piece = arguments[i] + (last ? ")" + tail : ",");
            if (!fresh && !fits(current + " " + piece)) {
                lines.push_back(current);
                current = std::string(column, ' ');
                fresh = true;
            }
            current += fresh ? piece : " " + piece;
            fresh = false;
            good = good && fits(current);
        }
        lines.push_back(current);
        return good;
    };
    std::vector<std::string> behind;
    std::vector<std::string> below;
    if (!pack(width(head) + 1, head + "(", behind)) {
        behind.clear();
        pack(4, std::string(4, ' '), below);
        line(head + "(");
    }
    for (auto const& one : behind.empty() ? below : behind) line(one);
}

void writer::short_function(std::string const& head, std::vector<std::string> const& parameters,
                            std::string const& tail, std::string const& statement_head,
                            std::vector<std::string> const& arguments, std::string const& statement_tail) {
    auto const statement = statement_head + "(" + join(arguments, ", ") + ")" + statement_tail;
    auto const whole = head + "(" + join(parameters, ", ") + ")" + tail + " { " + statement + " }";
    if (fits(whole)) return line(whole);
    call(head, parameters, tail + " {");
    indent();
    call(statement_head, arguments, statement_tail);
    dedent();
    line("}");
}

void writer::list(std::string const& head, std::vector<std::string> const& items, std::string const& tail) {
    auto const whole = head + "{" + join(items, ", ") + "}" + tail;
    if (fits(whole)) return line(whole);
    line(head + "{");
    indent();
    columns_of(items);
    dedent();
    line("}" + tail);
}

// clang-format sets lists of six items and more in columns: the layout with the fewest lines, and of those
// the one with the fewest columns, where no column but the last mixes lengths that differ by more than ten.
void writer::columns_of(std::vector<std::string> const& items) {
    constexpr std::size_t fewest_items = 5;
    constexpr std::size_t widest_difference = 10;
    std::size_t const room = columns - level_ * 4;
    std::size_t best = 1;
    std::size_t best_lines = items.size();
    std::vector<std::size_t> best_widths(1);
    for (std::size_t count = columns / 3; count >= 2 && items.size() >= fewest_items; --count) {
        if (count > items.size()) continue;
        std::vector<std::size_t> widest(count, 0);
        std::vector<std::size_t> narrowest(count, columns * 100);
        for (std::size_t i = 0; i < items.size(); ++i) {
            auto const size = width(items[i]) + 1;
            widest[i % count] = (std::max)(widest[i % count], size);
            narrowest[i % count] = (std::min)(narrowest[i % count], size);
        }
        std::size_t total = count - 1;
        bool even = true;
        for (std::size_t i = 0; i < count; ++i) {
            total += widest[i];
            if (i + 1 < count && widest[i] - narrowest[i] > widest_difference) even = false;
        }
        if (!even || total > room) continue;
        auto const lines = (items.size() + count - 1) / count;
        if (best > 1 && lines > best_lines) break;
        best = count;
        best_lines = lines;
        best_widths = std::move(widest);
    }
    std::string current;
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto const item = items[i] + ",";
        current += item;
        if ((i + 1) % best == 0 || i + 1 == items.size()) {
            line(current);
            current.clear();
        } else {
            current.append(best_widths[i % best] - width(item) + 1, ' ');
        }
    }
}

void writer::template_list(std::string const& head, std::vector<std::string> const& arguments,
                           std::string const& tail) {
    auto current = head + "<";
    auto const column = width(current);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        auto const piece = arguments[i] + (i + 1 == arguments.size() ? ">" + tail : ",");
        bool const fresh = width(current) == column;
        if (!fresh && !fits(current + " " + piece)) {
            line(current);
            current = std::string(column, ' ') + piece;
        } else {
            current += fresh ? piece : " " + piece;
        }
    }
    line(current);
}

}  // namespace ferry::gen
