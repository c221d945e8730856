// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/writer.hpp"

#include "words/text.hpp"

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
    if (text_.empty() || text_.ends_with("\n\n") || text_.ends_with("{\n") || text_.ends_with("public:\n"))
        return;
    line();
}

void writer::access(std::string_view label) {
    --level_;
    blank();
    line(label);
    ++level_;
}

void writer::docs(std::string_view text) {
    for (auto const& one : wrap(text, columns - level_ * 4 - 4)) line(one.empty() ? "///" : "/// " + one);
}

void writer::paragraph() {
    auto const last = text_.rfind('\n', text_.size() < 2 ? 0 : text_.size() - 2);
    auto const above = trimmed(std::string_view(text_).substr(last == text_.npos ? 0 : last));
    if (above.starts_with("///") && above != "///") line("///");
}

void writer::param(std::string_view name, std::string_view text) {
    auto const lines =
        wrap("\\param " + std::string(name) + " " + std::string(text), columns - level_ * 4 - 8);
    for (std::size_t i = 0; i < lines.size(); ++i) line((i == 0 ? "/// " : "///     ") + lines[i]);
}

bool writer::fits(std::string_view text) const {
    return level_ * 4 + width(text) <= columns;
}

void writer::call(std::string head, std::vector<std::string> const& arguments, std::string const& tail) {
    auto const whole = head + "(" + join(arguments, ", ") + ")" + tail;
    if (fits(whole)) return line(whole);
    // A function whose name does not fit behind its type.
    auto const name = head.rfind(' ');
    bool const statement = head.starts_with("return ") || head.find(" = ") != head.npos;
    if (name != head.npos && !statement &&
        !fits(head + (!arguments.empty()              ? "("
                      : tail.starts_with(" noexcept") ? "()" + tail
                                                      : "()"))) {
        line(head.substr(0, name));
        return call(head.substr(name + 1), arguments, tail);
    }
    if (arguments.empty()) {
        line(head + "()");
        return line("       " + tail);
    }
    // Packed behind the parenthesis, or below it where only that fits; in a statement also where it takes
    // fewer lines.
    auto const [behind, good] = pack(head + "(", arguments, ")" + tail);
    auto const [below, ignored] = pack(std::string(4, ' '), arguments, ")" + tail);
    bool const is_below = !good || (statement && below.size() + 1 < behind.size());
    if (is_below) line(head + "(");
    for (auto const& one : is_below ? below : behind) line(one);
}

/// As many items in a line as fit, the first line behind `head`, the others in its column. Second: all lines
/// fit.
std::pair<std::vector<std::string>, bool> writer::pack(std::string const& head,
                                                       std::vector<std::string> const& items,
                                                       std::string const& tail) const {
    std::vector<std::string> lines;
    bool good = true;
    std::string current = head;
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto const piece = items[i] + (i + 1 == items.size() ? tail : ",");
        bool const fresh = current.ends_with(' ') || current == head;
        if (!fresh && !fits(current + " " + piece)) {
            lines.push_back(current);
            current = std::string(width(head), ' ') + piece;
        } else {
            current += fresh ? piece : " " + piece;
        }
        good = good && fits(current);
    }
    lines.push_back(current);
    return {lines, good};
}

void writer::short_function(std::string const& head, std::vector<std::string> const& parameters,
                            std::string const& tail, std::string const& statement_head,
                            std::vector<std::string> const& arguments, std::string const& statement_tail) {
    auto const statement = statement_head + "(" + join(arguments, ", ") + ")" + statement_tail;
    auto const whole = head + "(" + join(parameters, ", ") + ")" + tail + " { " + statement + " }";
    if (fits(whole)) return line(whole);
    call(head, parameters, tail + " {");
    auto const body = until("}");
    call(statement_head, arguments, statement_tail);
}

void writer::short_function(std::string const& head, std::string const& statement) {
    auto const whole = head + " { " + statement + " }";
    if (fits(whole)) return line(whole);
    line(head + " {");
    auto const body = until("}");
    line(statement);
}

void writer::list(std::string const& head, std::vector<std::string> const& items, std::string const& tail) {
    auto const whole = head + "{" + join(items, ", ") + "}" + tail;
    if (fits(whole)) return line(whole);
    line(head + "{");
    auto const inside = until("}" + tail);
    columns_of(items);
}

void writer::table(std::string const& head, std::vector<std::string> const& items) {
    line(head + "{");
    auto const inside = until("};");
    columns_of(items);
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
        // Not within a name on the wire, which stands in quotes.
        if (auto const open = current.substr(0, current.find('"')).rfind('(');
            best == 1 && !fits(current) && open != current.npos) {
            line(current.substr(0, open + 1));
            line("    " + current.substr(open + 1));
            current.clear();
        } else if ((i + 1) % best == 0 || i + 1 == items.size()) {
            line(current);
            current.clear();
        } else {
            current.append(best_widths[i % best] - width(item) + 1, ' ');
        }
    }
}

void writer::template_list(std::string const& head, std::vector<std::string> const& arguments,
                           std::string const& tail) {
    auto const whole = head + "<" + join(arguments, ", ") + ">" + tail;
    if (fits(whole)) return line(whole);
    auto const [behind, good] = pack(head + "<", arguments, ">" + tail);
    auto const indentation =
        head.find_first_not_of(' ') + (head.find(':') == head.find_first_not_of(' ') ? 6 : 4);
    auto const [below, ignored] = pack(std::string(indentation, ' '), arguments, ">" + tail);
    if (!good) line(head + "<");
    for (auto const& one : good ? behind : below) line(one);
}

void writer::pair(std::string const& first, std::string const& second) {
    if (fits(first + " " + second)) return line(first + " " + second);
    line(first);
    line("    " + second);
}

}  // namespace ferry::gen
