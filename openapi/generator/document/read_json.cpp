// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/diagnostics.hpp"
#include "document/readers.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::gen {

namespace {

/// One pass over the text; line and column are known at every value.
class json_parser {
public:
    json_parser(std::string_view text, std::string const& path, std::string const& file, warnings* doubles)
        : text_(text), path_(path), file_(file), doubles_(doubles) {
        if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
        line_start_ = at_;
    }

    void read(node& root) {
        skip_blanks();
        value(root, 0);
        skip_blanks();
        if (at_ < text_.size()) refuse("there is more after the end of the document");
    }

private:
    [[noreturn]] void refuse(std::string const& what) const {
        throw failure(position(at_) + ": the file is not valid JSON: " + what);
    }
    /// Of a character in the current line.
    std::string position(std::size_t at) const {
        return path_ + ":" + std::to_string(line_) + ":" + std::to_string(at - line_start_ + 1);
    }
    int column() const { return static_cast<int>(at_ - line_start_) + 1; }
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_blanks() {
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\n') {
                ++line_;
                line_start_ = at_ + 1;
            } else if (text_[at_] != ' ' && text_[at_] != '\t' && text_[at_] != '\r') {
                return;
            }
        }
    }

    void expect(char c, char const* what) {
        skip_blanks();
        if (peek() != c || at_ >= text_.size()) refuse(std::string("expected ") + what);
        ++at_;
        skip_blanks();
    }

    void value(node& to, std::size_t depth) {
        if (depth > max_nesting) refuse("nested deeper than " + std::to_string(max_nesting) + " levels");
        to.line = line_;
        to.column = column();
        to.file = &file_;
        switch (peek()) {
            case '{':
                return object(to, depth);
            case '[':
                return list(to, depth);
            case '"':
                to.kind = node_kind::text;
                to.scalar = text();
                return;
            case 't':
                return word(to, "true", node_kind::boolean);
            case 'f':
                return word(to, "false", node_kind::boolean);
            case 'n':
                return word(to, "null", node_kind::null);
            default:
                return number(to);
        }
    }

    void object(node& to, std::size_t depth) {
        to.kind = node_kind::map;
        ++at_;
        skip_blanks();
        member_places places;
        bool first = true;
        while (peek() != '}') {
            if (!std::exchange(first, false)) expect(',', "a comma or } after a member");
            if (peek() != '"') refuse("expected a member's name in quotes");
            auto const start = at_;
            auto key = text();
            auto const known = places.find(to, key);
            if (known) note_double(to, key, position(start), doubles_);
            expect(':', "a colon after a member's name");
            value(known ? to.replace(*known, replaced_) : to.add(std::move(key)), depth + 1);
            skip_blanks();
        }
        ++at_;
    }

    void list(node& to, std::size_t depth) {
        to.kind = node_kind::list;
        ++at_;
        skip_blanks();
        while (peek() != ']') {
            if (!to.children.empty()) expect(',', "a comma or ] after an element");
            value(to.add(), depth + 1);
            skip_blanks();
        }
        ++at_;
    }

    void word(node& to, std::string_view expected, node_kind kind) {
        if (text_.substr(at_, expected.size()) != expected) refuse("expected a value");
        to.kind = kind;
        if (kind != node_kind::null) to.scalar = expected;
        at_ += expected.size();
    }

    void number(node& to) {
        auto const start = at_;
        if (peek() == '-') ++at_;
        if (peek() == '0')
            ++at_;
        else
            digits(at_ == start ? "expected a value" : "expected a digit after -");
        if (peek() == '.') {
            ++at_;
            digits("expected a digit after the point of a number");
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            if (peek() == '+' || peek() == '-') ++at_;
            digits("expected a digit in the exponent of a number");
        }
        to.kind = node_kind::number;
        to.scalar = text_.substr(start, at_ - start);
    }

    void digits(char const* missing) {
        auto const start = at_;
        while (peek() >= '0' && peek() <= '9') ++at_;
        if (at_ == start) refuse(missing);
    }

    std::string text() {
        std::string made;
        ++at_;
        while (true) {
            auto const start = at_;
            while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' &&
                   static_cast<unsigned char>(text_[at_]) >= 0x20)
                ++at_;
            made += text_.substr(start, at_ - start);
            if (at_ == text_.size() || text_[at_] == '\n') refuse("a text without its closing quote");
            char const stop = text_[at_++];
            if (stop == '"') return made;
            if (stop != '\\') --at_, refuse("a control character in a text must be escaped");
            escape(made);
        }
    }

    void escape(std::string& to) {
        constexpr std::string_view names = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        char const c = peek();
        ++at_;
        if (c != 'u') {
            auto const known = names.find(c);
            if (known == names.npos) refuse("unknown escape");
            to += meanings[known];
            return;
        }
        auto point = hex();
        if (point >= 0xd800 && point < 0xe000) {
            constexpr char const* half =
                "half of a character; \\ud800 to \\udbff come before \\udc00 to \\udfff";
            if (point >= 0xdc00 || text_.substr(at_, 2) != "\\u") refuse(half);
            at_ += 2;
            auto const low = hex();
            if (low < 0xdc00 || low >= 0xe000) refuse(half);
            point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        }
        append(to, point);
    }

    std::uint32_t hex() {
        std::uint32_t point = 0;
        auto const* const begin = text_.data() + at_;
        auto const* const end = begin + std::min<std::size_t>(4, text_.size() - at_);
        auto const* const stop = std::from_chars(begin, end, point, 16).ptr;
        at_ += static_cast<std::size_t>(stop - begin);
        if (stop != begin + 4) refuse("four hexadecimal digits must follow \\u");
        return point;
    }

    static void append(std::string& to, std::uint32_t point) {
        int more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        constexpr std::uint32_t leads[] = {0, 0xc0, 0xe0, 0xf0};
        to += static_cast<char>(leads[more] | (point >> (6 * more)));
        while (more-- > 0) to += static_cast<char>(0x80u | ((point >> (6 * more)) & 0x3fu));
    }

    std::string_view text_;
    std::string const& path_;
    std::string const& file_;
    warnings* doubles_;
    std::vector<std::unique_ptr<node>> replaced_;  ///< the names of members are seen in them
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    int line_ = 1;
};

}  // namespace

void read_json(std::string const& text, std::string const& path, std::string const& file, node& root,
               warnings* doubles) {
    json_parser(text, path, file, doubles).read(root);
}

}  // namespace ferry::gen
