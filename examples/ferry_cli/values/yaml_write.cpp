// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/number_text.hpp"
#include "values/utf8.hpp"
#include "values/yaml.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <unordered_map>

namespace ferry::cli {

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Words that YAML 1.1 or 1.2 takes for null or a boolean, in whatever case.
bool is_word_with_meaning(std::string_view text) {
    constexpr std::string_view words[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
    if (text.size() > 5) return false;
    std::string lower(text);
    for (auto& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return std::ranges::find(words, lower) != std::end(words);
}

/// Whether YAML may hold a character as it is, and a person sees it.
bool is_plain_character(utf8_character const& c) {
    if (c.point < 0x80) return c.point >= ' ' && c.point < 0x7f;
    bool const invisible = c.point == 0xa0 || c.point == 0xfeff || (c.point & 0xfffe) == 0xfffe;
    return c.valid && !invisible && !is_unsafe_on_terminal(c.point);
}

/// Deliberately narrow: what begins with a letter, `_` or `/` is no number, date or indicator for any
/// parser.
bool can_stand_without_quotes(std::string_view text) {
    if (text.empty() || is_word_with_meaning(text)) return false;
    bool const begins_like_a_word =
        is_letter(text[0]) || text[0] == '_' || text[0] == '/' || static_cast<unsigned char>(text[0]) >= 0x80;
    if (!begins_like_a_word || text.ends_with(' ') || text.ends_with(':')) return false;
    if (text.find(": ") != text.npos || text.find(" #") != text.npos) return false;
    for (auto rest = text; !rest.empty();) {
        auto const c = first_character(rest);
        if (!is_plain_character(c)) return false;
        rest.remove_prefix(c.size);
    }
    return true;
}

void append_yaml_quoted(std::string& to, std::string_view text) {
    to += '"';
    while (!text.empty()) {
        auto const c = first_character(text);
        if (!c.valid)
            to += "\xef\xbf\xbd";
        else if (c.point == '"' || c.point == '\\')
            (to += '\\') += static_cast<char>(c.point);
        else if (c.point == '\n')
            to += "\\n";
        else if (c.point == '\t')
            to += "\\t";
        else if (is_plain_character(c) || c.point > 0xffff)
            to += text.substr(0, c.size);
        else
            append_escape(to, c.point);
        text.remove_prefix(c.size);
    }
    to += '"';
}

void append_text(std::string& to, std::string_view text) {
    if (can_stand_without_quotes(text))
        to += text;
    else
        append_yaml_quoted(to, text);
}

/// `1e3` is a text for parsers of YAML 1.1, which want a point and a sign.
void append_number(std::string& to, std::string_view digits) {
    auto const exponent = digits.find_first_of("eE");
    auto const mantissa = digits.substr(0, exponent);
    to += mantissa;
    if (exponent == digits.npos) return;
    if (mantissa.find('.') == mantissa.npos) to += ".0";
    to += digits[exponent];
    auto const power = digits.substr(exponent + 1);
    if (!power.starts_with('-') && !power.starts_with('+')) to += '+';
    to += power;
}

class yaml_writer {
public:
    std::string write(json_value const& value) && {
        item(value, 0);
        return std::move(out_);
    }

private:
    static bool is_block(json_value const& value) {
        return (value.items() != nullptr && !value.items()->empty()) ||
               (value.members() != nullptr && !value.members()->empty());
    }

    void inline_value(json_value const& value) {
        if (value.is_null()) out_ += "null";
        if (auto const* const flag = value.boolean()) out_ += *flag ? "true" : "false";
        if (auto const* const number = value.number()) append_number(out_, number->digits);
        if (auto const* const text = value.text()) append_text(out_, *text);
        if (value.items() != nullptr) out_ += "[]";
        if (value.members() != nullptr) out_ += "{}";
    }

    /// The first line goes where the writer stands, at column `indent`.
    void item(json_value const& value, std::size_t indent) {
        if (is_block(value)) return block(value, indent);
        inline_value(value);
        out_ += '\n';
    }

    void block(json_value const& value, std::size_t indent) {
        if (value.items() != nullptr)
            list(*value.items(), indent);
        else
            map(*value.members(), indent);
    }

    void list(json_value::list const& items, std::size_t indent) {
        for (bool first = true; auto const& one : items) {
            begin_line(first, indent);
            out_ += "- ";
            item(one, indent + 2);
        }
    }

    void map(json_value::map const& members, std::size_t indent) {
        std::unordered_map<std::string_view, json_member const*> last;
        for (auto const& member : members) last[member.key] = &member;
        for (bool first = true; auto const& member : members) {
            if (last[member.key] != &member) continue;
            begin_line(first, indent);
            key(member.key, indent);
            if (is_block(member.value))
                out_.append("\n").append(indent + 2, ' ');
            else
                out_ += ' ';
            item(member.value, indent + 2);
        }
    }

    void key(std::string_view text, std::size_t indent) {
        auto const start = out_.size();
        append_text(out_, text);
        // A key of more than 1024 characters must say that it is one.
        if (out_.size() - start > 1000) {
            out_.insert(start, "? ");
            out_ += '\n';
            out_.append(indent, ' ');
        }
        out_ += ':';
    }

    void begin_line(bool& first, std::size_t indent) {
        if (!first) out_.append(indent, ' ');
        first = false;
    }

    std::string out_;
};

}  // namespace

std::string to_yaml(json_value const& value) {
    return yaml_writer().write(value);
}

}  // namespace ferry::cli
