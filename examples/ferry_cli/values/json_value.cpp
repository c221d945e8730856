// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/json_value.hpp"

#include "values/utf8.hpp"
#include "values/value_error.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace ferry::cli {

json_value::json_value() : data(nullptr) {}
json_value::json_value(std::nullptr_t) : data(nullptr) {}
json_value::json_value(json_number number) : data(std::move(number)) {}
json_value::json_value(std::string text) : data(std::move(text)) {}
json_value::json_value(std::string_view text) : data(std::string(text)) {}
json_value::json_value(char const* text) : data(std::string(text)) {}
json_value::json_value(list items) : data(std::move(items)) {}
json_value::json_value(map members) : data(std::move(members)) {}

json_value::json_value(json_value const&) = default;
json_value::json_value(json_value&&) noexcept = default;
json_value& json_value::operator=(json_value const&) = default;
json_value& json_value::operator=(json_value&&) noexcept = default;
json_value::~json_value() = default;

json_value const* json_value::find(std::string_view key) const {
    if (members() == nullptr) return nullptr;
    auto const has_key = [&](json_member const& member) { return member.key == key; };
    auto const found = std::find_if(members()->rbegin(), members()->rend(), has_key);
    return found == members()->rend() ? nullptr : &found->value;
}

bool operator==(json_value const& a, json_value const& b) {
    return a.data == b.data;
}

namespace {

class json_reader {
public:
    explicit json_reader(std::string_view text) : text_(text) {}

    json_value read() {
        if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
        auto made = value(0);
        skip_blanks();
        if (at_ < text_.size()) refuse("there is more after the value");
        return made;
    }

private:
    [[noreturn]] void refuse(std::string const& reason) const {
        auto const before = text_.substr(0, (std::min)(at_, text_.size()));
        auto const line = std::ranges::count(before, '\n') + 1;
        auto const last_line = before.substr(before.rfind('\n') + 1);  // from 0 where there is one line
        auto const begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
        auto const column = std::ranges::count_if(last_line, begins_character) + 1;
        throw value_error(static_cast<std::size_t>(line), static_cast<std::size_t>(column), reason);
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_blanks() { at_ = (std::min)(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

    bool take(char c) {
        skip_blanks();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    json_value value(std::size_t depth) {
        skip_blanks();
        if (at_ == text_.size()) refuse("a value is missing here, where the text ends");
        switch (text_[at_]) {
            case '{':
                return map(depth + 1);
            case '[':
                return list(depth + 1);
            case '"':
                return text();
            case 't':
                return word("true", true);
            case 'f':
                return word("false", false);
            case 'n':
                return word("null", nullptr);
            default:
                return number();
        }
    }

    void check_depth(std::size_t depth) const {
        if (depth > max_json_depth)
            refuse("nested deeper than " + std::to_string(max_json_depth) + " levels");
    }

    json_value map(std::size_t depth) {
        check_depth(depth);
        json_value::map members;
        ++at_;
        if (take('}')) return members;
        do {
            skip_blanks();
            if (peek() != '"') refuse("a key in double quotes is missing here");
            auto key = text();
            if (!take(':')) refuse("a colon is missing here, after a key");
            members.push_back({std::move(key), value(depth)});
        } while (take(','));
        if (!take('}')) refuse("a comma or } is missing here");
        return members;
    }

    json_value list(std::size_t depth) {
        check_depth(depth);
        json_value::list items;
        ++at_;
        if (take(']')) return items;
        do items.push_back(value(depth));
        while (take(','));
        if (!take(']')) refuse("a comma or ] is missing here");
        return items;
    }

    json_value word(std::string_view expected, json_value made) {
        if (text_.substr(at_, expected.size()) != expected) refuse("this begins no value");
        at_ += expected.size();
        return made;
    }

    json_value number() {
        auto const start = at_;
        if (peek() == '-') ++at_;
        if (peek() == '0')
            ++at_;
        else
            digits(at_ == start ? "this begins no value" : "a digit is missing after -");
        if (peek() >= '0' && peek() <= '9') refuse("a number begins with 0 only where it is 0 or 0.…");
        if (peek() == '.') {
            ++at_;
            digits("a digit is missing after the point of a number");
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            if (peek() == '+' || peek() == '-') ++at_;
            digits("a digit is missing in the exponent of a number");
        }
        return json_number{std::string(text_.substr(start, at_ - start))};
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
            if (at_ == text_.size()) refuse("the closing quote of a text is missing");
            if (static_cast<unsigned char>(text_[at_]) < 0x20)
                refuse("a control character must be escaped in a text");
            if (text_[at_++] == '"') return made;
            escape(made);
        }
    }

    void escape(std::string& to) {
        constexpr std::string_view names = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (peek() == 'u' && at_ < text_.size()) return unicode_escape(to);
        auto const known = at_ < text_.size() ? names.find(text_[at_]) : names.npos;
        if (known == names.npos) refuse("no such escape; a backslash itself is written \\\\");
        to += meanings[known];
        ++at_;
    }

    void unicode_escape(std::string& to) {
        ++at_;
        char32_t point = hex();
        if (point >= 0xd800 && point < 0xdc00 && text_.substr(at_, 2) == "\\u") {
            auto const after_first = at_;
            at_ += 2;
            char32_t const low = hex();
            if (low >= 0xdc00 && low < 0xe000)
                point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
            else
                at_ = after_first;
        }
        append_utf8(to, point);
    }

    char32_t hex() {
        std::uint32_t point = 0;
        auto const digits_at = text_.substr((std::min)(at_, text_.size()), 4);
        auto const* const end = digits_at.data() + digits_at.size();
        auto const* const stop = std::from_chars(digits_at.data(), end, point, 16).ptr;
        if (stop != end || digits_at.size() != 4) refuse("four hexadecimal digits are missing after \\u");
        at_ += 4;
        return point;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

json_value parse_json(std::string_view text) {
    return json_reader(text).read();
}

}  // namespace ferry::cli
