// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/text_width.hpp"

#include "terminal/character_widths.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace ferry::cli {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";
constexpr char32_t emoji_selector = 0xFE0F;
constexpr std::size_t most_marks = 16;
/// Of columns; what is longer is a sentence with a full stop in it rather than an extension.
constexpr std::size_t longest_extension = 12;

struct code_point {
    char32_t value;
    std::size_t size;  ///< in bytes; 0 where the text does not begin with UTF-8
};

constexpr code_point no_code_point{0, 0};

/// How many bytes a character has that begins like this; 0 where none does.
std::size_t size_after(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/// Bytes that could be shorter, surrogates, and what lies beyond the last plane are no UTF-8 (RFC 3629).
bool well_formed(char32_t value, std::size_t size) {
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    bool const surrogate = value >= 0xD800 && value <= 0xDFFF;
    return value >= smallest[size] && value <= 0x10FFFF && !surrogate;
}

code_point first_code_point(std::string_view text) {
    auto const lead = static_cast<unsigned char>(text.front());
    auto const size = size_after(lead);
    if (size == 0 || text.size() < size) return no_code_point;
    if (size == 1) return {lead, 1};
    char32_t value = lead & (0x7Fu >> size);
    for (auto const next : text.substr(1, size - 1)) {
        auto const byte = static_cast<unsigned char>(next);
        if ((byte & 0xC0) != 0x80) return no_code_point;
        value = (value << 6) | (byte & 0x3F);
    }
    return well_formed(value, size) ? code_point{value, size} : no_code_point;
}

bool is_control(char32_t value) {
    return value < 0x20 || (value >= 0x7F && value <= 0x9F);
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm, and the deprecated characters
/// that change shapes; and the separators, which some programs take for the end of a line.
bool is_layout(char32_t value) {
    return value == 0x061C || value == 0x200E || value == 0x200F || (value >= 0x2028 && value <= 0x202E) ||
           (value >= 0x2066 && value <= 0x206F);
}

bool contains(std::span<character_range const> ranges, char32_t value) {
    auto const after = std::upper_bound(ranges.begin(), ranges.end(), value,
                                        [](char32_t v, character_range const& r) { return v < r.first; });
    return after != ranges.begin() && value <= std::prev(after)->last;
}

std::size_t width_of(char32_t value) {
    if (value < 0x300) return 1;
    if (contains(zero_width_characters, value)) return 0;
    return contains(wide_characters, value) ? 2 : 1;
}

/// A character as it is shown.
struct glyph {
    std::string_view bytes;
    std::size_t width;
    bool joins;  ///< to the one before it
};

constexpr glyph replaced{replacement, 1, false};

/// Takes the first character off the text.
glyph take(std::string_view& text, glyph const* before) {
    auto const [value, size] = first_code_point(text);
    auto const bytes = text.substr(0, (std::max)(size, std::size_t{1}));
    text.remove_prefix(bytes.size());
    if (size == 0 || is_control(value) || is_layout(value)) return replaced;
    bool const widens = value == emoji_selector && before != nullptr && !before->joins && before->width == 1;
    auto const width = widens ? 1 : width_of(value);
    return {bytes, width, widens || width == 0};
}

std::vector<glyph> glyphs_of(std::string_view text) {
    std::vector<glyph> all;
    all.reserve(text.size());
    std::size_t marks = 0;
    while (!text.empty()) {
        auto const next = take(text, all.empty() ? nullptr : &all.back());
        marks = next.joins ? marks + 1 : 0;
        if (marks <= most_marks) all.push_back(next);
    }
    return all;
}

using glyphs = std::span<glyph const>;

std::size_t width_of(glyphs all) {
    std::size_t width = 0;
    for (auto const& one : all) width += one.width;
    return width;
}

std::string text_of(glyphs all) {
    std::string text;
    for (auto const& one : all) text += one.bytes;
    return text;
}

/// As many from the beginning as fit.
glyphs head_of(glyphs all, std::size_t columns) {
    std::size_t count = 0;
    for (; count < all.size() && all[count].width <= columns; ++count) columns -= all[count].width;
    return all.first(count);
}

/// As many from the end as fit; none that would join what is not there.
glyphs tail_of(glyphs all, std::size_t columns) {
    std::size_t count = 0;
    for (; count < all.size() && all[all.size() - 1 - count].width <= columns; ++count)
        columns -= all[all.size() - 1 - count].width;
    auto tail = all.last(count);
    while (!tail.empty() && tail.front().joins) tail = tail.subspan(1);
    return tail;
}

/// The width of the extension with its full stop; 0 where the name has none.
std::size_t extension_width(glyphs name) {
    auto const stop = std::find_if(name.rbegin(), name.rend(),
                                   [](glyph const& one) { return one.bytes == "." || one.bytes == "/"; });
    if (stop == name.rend() || stop->bytes == "/") return 0;
    auto const width = width_of(name.last(static_cast<std::size_t>(stop - name.rbegin()) + 1));
    return width <= longest_extension ? width : 0;
}

}  // namespace

std::string printable(std::string_view text) {
    return text_of(glyphs_of(text));
}

std::size_t display_width(std::string_view text) {
    return width_of(glyphs_of(text));
}

std::size_t rows_of(std::string_view line, std::size_t columns) {
    columns = (std::max)(columns, std::size_t{1});
    std::size_t rows = 1;
    std::size_t used = 0;
    for (auto const& one : glyphs_of(line)) {
        if (used > 0 && used + one.width > columns) {
            ++rows;
            used = 0;
        }
        used += one.width;
    }
    return rows;
}

std::string shortened(std::string_view text, std::size_t columns) {
    auto const all = glyphs_of(text);
    if (width_of(all) <= columns) return text_of(all);
    if (columns == 0) return {};
    auto const room = columns - 1;
    auto const extension = extension_width(all);
    auto const tail = tail_of(all, extension < room ? (std::max)(room / 2, extension) : room / 2);
    auto const head = head_of(all, room - width_of(tail));
    return text_of(head) + std::string(ellipsis) + text_of(tail);
}

std::string padded(std::string_view text, std::size_t columns, alignment where) {
    auto shown = printable(text);
    auto const width = display_width(shown);
    std::string const space(columns > width ? columns - width : 0, ' ');
    return where == alignment::left ? shown + space : space + shown;
}

}  // namespace ferry::cli
