// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/json_value.hpp"
#include "values/utf8.hpp"

#include <utility>

namespace ferry::cli {

namespace {

class json_writer {
public:
    json_writer(json_style const& style, bool indented) : style_(style), indented_(indented) {}

    std::string write(json_value const& value) && {
        add(value);
        return std::move(out_);
    }

private:
    void add(json_value const& value) {
        if (value.is_null()) return word(style_.colours.null, "null");
        if (auto const* const flag = value.boolean())
            return word(style_.colours.boolean, *flag ? "true" : "false");
        if (auto const* const number = value.number()) return word(style_.colours.number, number->digits);
        if (auto const* const text = value.text()) return quoted(style_.colours.text, *text);
        if (auto const* const items = value.items()) return add_list(*items);
        add_map(*value.members());
    }

    void add_list(json_value::list const& items) {
        out_ += '[';
        ++level_;
        for (bool first = true; auto const& item : items) {
            begin_line(first);
            add(item);
        }
        end(items.empty(), ']');
    }

    void add_map(json_value::map const& members) {
        out_ += '{';
        ++level_;
        for (bool first = true; auto const& [key, value] : members) {
            begin_line(first);
            quoted(style_.colours.key, key);
            out_ += indented_ ? ": " : ":";
            add(value);
        }
        end(members.empty(), '}');
    }

    void begin_line(bool& first) {
        if (!first) out_ += ',';
        first = false;
        new_line();
    }

    void end(bool empty, char bracket) {
        --level_;
        if (!empty) new_line();
        out_ += bracket;
    }

    void new_line() {
        if (!indented_) return;
        out_ += '\n';
        out_.append(level_ * style_.indent, ' ');
    }

    void word(std::string const& colour, std::string_view text) {
        begin_colour(colour);
        out_ += text;
        end_colour(colour);
    }

    void quoted(std::string const& colour, std::string_view text) {
        begin_colour(colour);
        append_quoted(out_, text, style_.for_terminal);
        end_colour(colour);
    }

    void begin_colour(std::string const& colour) { out_ += colour; }
    void end_colour(std::string const& colour) {
        if (!colour.empty()) out_ += style_.colours.end;
    }

    json_style const& style_;
    bool indented_;
    std::size_t level_ = 0;
    std::string out_;
};

/// An escape that JSON has a letter for; 0 where it has none.
char short_escape(char32_t point) {
    switch (point) {
        case '"':
        case '\\':
            return static_cast<char>(point);
        case '\b':
            return 'b';
        case '\f':
            return 'f';
        case '\n':
            return 'n';
        case '\r':
            return 'r';
        case '\t':
            return 't';
        default:
            return 0;
    }
}

}  // namespace

void append_quoted(std::string& to, std::string_view text, bool for_terminal) {
    to += '"';
    while (!text.empty()) {
        auto const c = first_character(text);
        bool const half_of_pair = c.point >= 0xd800 && c.point < 0xe000;
        if (char const letter = c.valid ? short_escape(c.point) : '\0'; letter != 0)
            (to += '\\') += letter;
        else if (half_of_pair || (c.valid && c.point < 0x20) ||
                 (c.valid && for_terminal && is_unsafe_on_terminal(c.point)))
            append_escape(to, c.point);
        else if (c.valid)
            to += text.substr(0, c.size);
        else
            to += "\xef\xbf\xbd";
        text.remove_prefix(c.size);
    }
    to += '"';
}

std::string compact(json_value const& value, json_style const& style) {
    return json_writer(style, false).write(value);
}

std::string pretty(json_value const& value, json_style const& style) {
    return json_writer(style, true).write(value);
}

}  // namespace ferry::cli
