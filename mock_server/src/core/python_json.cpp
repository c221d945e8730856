// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/json.hpp"
#include "http/text.hpp"
#include "http/url.hpp"

#include <algorithm>

namespace ferry::mock {
namespace {

constexpr int deepest = 900;  // where Python's recursion limit ends the attempt

class scanner {
public:
    explicit scanner(std::string_view text) : text_(text) {}

    json_mistake run() {
        skip_blanks();
        if (value(0)) {
            skip_blanks();
            fail(at_, "Extra data");
        }
        return {code_points(text_.substr(0, wrong_at_)), message_};
    }

private:
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    [[nodiscard]] bool ended() const { return at_ >= text_.size(); }

    void skip_blanks() {
        while (!ended() && std::string_view(" \t\n\r").find(peek()) != std::string_view::npos) ++at_;
    }

    bool fail(std::size_t where, std::string_view message) {
        wrong_at_ = where;
        message_ = message;
        return false;
    }

    bool value(int depth) {
        if (depth > deepest) return fail(at_, "maximum recursion depth exceeded");
        switch (peek()) {
            case '"':
                return string();
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            default:
                break;
        }
        for (std::string_view const word : {"null", "true", "false", "NaN", "Infinity", "-Infinity"}) {
            if (text_.substr(at_, word.size()) == word) {
                at_ += word.size();
                return true;
            }
        }
        return number();
    }

    bool number() {
        std::size_t const start = at_;
        auto const digits = [this] {
            std::size_t const first = at_;
            while (is_digit(peek())) ++at_;
            return at_ != first;
        };
        if (peek() == '-') ++at_;
        if (peek() == '0') {
            ++at_;
        } else if (!digits()) {
            at_ = start;
            return fail(start, "Expecting value");
        }
        std::size_t good = at_;
        if (peek() == '.') {
            ++at_;
            if (digits()) good = at_;
            at_ = good;
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            if (peek() == '+' || peek() == '-') ++at_;
            if (digits()) good = at_;
            at_ = good;
        }
        return true;
    }

    bool string() {
        std::size_t const start = at_++;
        for (; !ended(); ++at_) {
            char const c = peek();
            if (c == '"') {
                ++at_;
                return true;
            }
            if (static_cast<unsigned char>(c) < 0x20) return fail(at_, "Invalid control character at");
            if (c != '\\') continue;
            ++at_;
            if (ended()) break;
            if (peek() == 'u') {
                std::string_view const digits = text_.substr(at_ + 1, 4);
                bool const hex =
                    digits.size() == 4 && std::all_of(digits.begin(), digits.end(), is_hex_digit);
                if (!hex) return fail(at_, "Invalid \\uXXXX escape");
                at_ += 4;
            } else if (std::string_view("\"\\/bfnrt").find(peek()) == std::string_view::npos) {
                return fail(at_ - 1, "Invalid \\escape");
            }
        }
        return fail(start, "Unterminated string starting at");
    }

    bool object(int depth) {
        ++at_;
        skip_blanks();
        if (peek() == '}') return ++at_, true;
        for (;;) {
            if (peek() != '"') return fail(at_, "Expecting property name enclosed in double quotes");
            if (!string()) return false;
            skip_blanks();
            if (peek() != ':') return fail(at_, "Expecting ':' delimiter");
            ++at_;
            skip_blanks();
            if (!value(depth + 1)) return false;
            skip_blanks();
            if (peek() == '}') return ++at_, true;
            if (peek() != ',') return fail(at_, "Expecting ',' delimiter");
            ++at_;
            skip_blanks();
        }
    }

    bool array(int depth) {
        ++at_;
        skip_blanks();
        if (peek() == ']') return ++at_, true;
        for (;;) {
            if (!value(depth + 1)) return false;
            skip_blanks();
            if (peek() == ']') return ++at_, true;
            if (peek() != ',') return fail(at_, "Expecting ',' delimiter");
            ++at_;
            skip_blanks();
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t wrong_at_ = 0;
    std::string message_;
};

}  // namespace

json_mistake find_json_mistake(std::string_view text) {
    return scanner(text).run();
}

}  // namespace ferry::mock
