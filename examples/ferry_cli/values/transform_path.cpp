// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/transform_path.hpp"

#include "values/value_error.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace ferry::cli {

namespace {

constexpr std::string_view modifiers[] = {"pretty",  "ugly",  "reverse", "this",   "flatten",
                                          "join",    "valid", "keys",    "values", "tostr",
                                          "fromstr", "group", "dig"};

bool is_modifier(std::string_view name) {
    return std::ranges::find(modifiers, name) != std::end(modifiers);
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

/// The place after the quote that ends a text which begins at `at`.
std::size_t skip_quoted(std::string_view text, std::size_t at) {
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return text.size();
}

/// The place after the bracket that closes the one at `at`; nothing where it stays open. All kinds of
/// brackets count alike, as in GJSON.
std::optional<std::size_t> skip_brackets(std::string_view text, std::size_t at) {
    std::size_t depth = 0;
    while (at < text.size()) {
        char const c = text[at];
        if (c == '"') {
            at = skip_quoted(text, at);
            continue;
        }
        if (c == '\\') ++at;
        if (c == '[' || c == '(' || c == '{') ++depth;
        if ((c == ']' || c == ')' || c == '}') && --depth == 0) return at + 1;
        ++at;
    }
    return std::nullopt;
}

/// The text of a value in quotes. An escape that JSON does not know stays, since `\*` means something in a
/// pattern.
std::string unquoted(std::string_view text) {
    try {
        if (auto const made = parse_json(text); made.text() != nullptr) return *made.text();
    } catch (value_error const&) {
        // Taken as it is.
    }
    return std::string(text.substr(1, text.size() - 2));
}

bool is_quoted(std::string_view text) {
    return text.size() >= 2 && text.front() == '"' && text.back() == '"';
}

class path_parser {
public:
    path_parser(std::string_view text, int depth) : text_(text), depth_(depth) {
        if (depth > max_path_depth)
            throw value_error("the path is nested deeper than " + std::to_string(max_path_depth) + " levels");
    }

    value_path read() {
        auto made = part();
        while (take('|')) {
            auto more = part();
            more.front().starts_anew = true;
            std::ranges::move(more, std::back_inserter(made));
        }
        return made;
    }

private:
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    bool take(char c) {
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    bool at_separator(std::size_t at) const {
        return at == text_.size() || text_[at] == '.' || text_[at] == '|';
    }

    /// What stands up to the next `|`.
    value_path part() {
        value_path made;
        bool after_key = false;
        bool after_made = false;
        do {
            auto next = step(after_key);
            bool const is_key = next.kind == step_kind::key || next.kind == step_kind::pattern;
            bool const is_elements =
                next.kind == step_kind::each || next.kind == step_kind::first || next.kind == step_kind::all;
            bool const is_made = !is_key && !is_elements;
            next.starts_anew = is_made || after_made;
            after_made = is_made;
            if (is_elements) return with_rest(std::move(made), std::move(next));
            made.push_back(std::move(next));
            after_key = is_key;
        } while (take('.'));
        return made;
    }

    /// `#` and queries take the rest of the part to each element.
    value_path with_rest(value_path made, path_step elements) {
        if (take('.')) {
            path_parser inner(text_, depth_ + 1);
            inner.at_ = at_;
            elements.rest = std::make_shared<value_path>(inner.part());
            at_ = inner.at_;
        }
        made.push_back(std::move(elements));
        return made;
    }

    path_step step(bool after_key) {
        char const c = peek();
        std::optional<path_step> made;
        if (c == '@')
            made = modifier();
        else if (c == '!' && !after_key)
            made = literal();
        else if (c == '[' || c == '{')
            made = selectors();
        else if (c == '#')
            made = elements();
        return made ? std::move(*made) : key();
    }

    path_step key() {
        path_step made;
        std::string pattern;
        bool wild = false;
        for (; !at_separator(at_); ++at_) {
            char c = peek();
            if (c == '\\') {
                if (++at_ == text_.size()) break;
                c = peek();
                pattern += '\\';
            } else if (c == '*' || c == '?') {
                wild = true;
            }
            made.text += c;
            pattern += c;
        }
        if (wild) {
            made.kind = step_kind::pattern;
            made.text = std::move(pattern);
        }
        return made;
    }

    std::optional<path_step> elements() {
        path_step made{step_kind::each};
        if (at_separator(at_ + 1)) {
            ++at_;
            return made;
        }
        if (peek(1) != '(' && peek(1) != '[') return std::nullopt;
        auto const end = skip_query(at_ + 1);
        if (!end) return std::nullopt;
        bool const is_all = *end < text_.size() && text_[*end] == '#';
        if (!at_separator(*end + is_all)) return std::nullopt;
        made.kind = is_all ? step_kind::all : step_kind::first;
        made.query = std::make_shared<path_query>(query(text_.substr(at_ + 2, *end - at_ - 3)));
        at_ = *end + is_all;
        return made;
    }

    /// In a query braces are no brackets.
    std::optional<std::size_t> skip_query(std::size_t at) const {
        return walk_query(text_, at, [](std::size_t, std::size_t) { return false; });
    }

    /// Calls `stop` with each place and depth that is not in quotes.
    /// \returns the place after the bracket that closes the one at `at`, or where `stop` said so
    template <class Stop>
    static std::optional<std::size_t> walk_query(std::string_view text, std::size_t at, Stop stop) {
        std::size_t depth = 0;
        while (at < text.size()) {
            char const c = text[at];
            if (stop(at, depth)) return at;
            if (c == '"') {
                at = skip_quoted(text, at);
                continue;
            }
            if (c == '\\') ++at;
            if (c == '[' || c == '(') ++depth;
            if ((c == ']' || c == ')') && --depth == 0) return at + 1;
            ++at;
        }
        return std::nullopt;
    }

    path_query query(std::string_view text) const {
        path_query made;
        auto const is_operator = [&](std::size_t at, std::size_t depth) {
            return depth == 0 && std::string_view("!=<>%").find(text[at]) != std::string_view::npos;
        };
        auto const at = walk_query(text, 0, is_operator).value_or(text.size());
        auto const path = trim(text.substr(0, at));
        made.of_element = path.empty();
        made.path = path_parser(path, depth_ + 1).read();
        auto condition = trim(text.substr(at));
        made.op = take_operator(condition);
        condition = trim(condition);
        made.value = is_quoted(condition) ? unquoted(condition) : std::string(condition);
        return made;
    }

    static std::string take_operator(std::string_view& condition) {
        for (std::string_view const op : {"==", "!=", "!%", "<=", ">=", "=", "<", ">", "%"}) {
            if (!condition.starts_with(op)) continue;
            condition.remove_prefix(op.size());
            return std::string(op == "==" ? "=" : op);
        }
        return {};
    }

    std::optional<path_step> modifier() {
        auto const end = (std::min)(text_.find_first_of(".|:", at_), text_.size());
        auto const name = text_.substr(at_ + 1, end - at_ - 1);
        if (!is_modifier(name)) return std::nullopt;
        path_step made{step_kind::modifier};
        made.text = name;
        at_ = end;
        if (!take(':')) return made;
        auto const argument = modifier_argument();
        if (name == "dig") {
            made.rest = std::make_shared<value_path>(path_parser(argument, depth_ + 1).read());
            return made;
        }
        try {
            made.value = parse_json(argument);
        } catch (value_error const&) {
            // No modifier takes other arguments.
        }
        return made;
    }

    /// JSON, or all up to the next `|`.
    std::string_view modifier_argument() {
        auto const start = at_;
        if (peek() == '"') {
            at_ = skip_quoted(text_, at_);
        } else if (peek() == '{' || peek() == '[') {
            at_ = skip_brackets(text_, at_).value_or(text_.size());
        } else {
            while (at_ < text_.size() && text_[at_] != '|') {
                bool const opens = std::string_view("{[(").find(text_[at_]) != std::string_view::npos;
                if (text_[at_] == '"')
                    at_ = skip_quoted(text_, at_);
                else if (opens)
                    at_ = skip_brackets(text_, at_).value_or(text_.size());
                else
                    ++at_;
            }
        }
        auto const argument = text_.substr(start, at_ - start);
        while (!at_separator(at_)) ++at_;
        return argument;
    }

    std::optional<path_step> literal() {
        auto const begin = at_ + 1;
        auto const end = end_of_literal(begin);
        if (!at_separator(end)) return std::nullopt;
        try {
            path_step made{step_kind::literal};
            made.value = parse_json(text_.substr(begin, end - begin));
            at_ = end;
            return made;
        } catch (value_error const&) {
            return std::nullopt;
        }
    }

    std::size_t end_of_literal(std::size_t at) const {
        char const c = peek(1);
        if (c == '"') return skip_quoted(text_, at);
        if (c == '{' || c == '[') return skip_brackets(text_, at).value_or(text_.size());
        // A point is part of a number, and else separates.
        bool const is_number = std::string_view("-0123456789").find(c) != std::string_view::npos;
        auto const end = text_.find_first_of(is_number ? "|" : ".|", at);
        return (std::min)(end, text_.size());
    }

    std::optional<path_step> selectors() {
        bool const is_map = peek() == '{';
        auto const end = skip_brackets(text_, at_);
        if (!end || !at_separator(*end)) return std::nullopt;
        path_step made{is_map ? step_kind::map : step_kind::list};
        for (auto const one : split(text_.substr(at_ + 1, *end - at_ - 2)))
            made.selectors.push_back(selector(one, is_map));
        at_ = *end;
        return made;
    }

    /// Splits at commas that are in neither quotes nor brackets.
    static std::vector<std::string_view> split(std::string_view text) {
        std::vector<std::string_view> made;
        std::size_t start = 0;
        for (std::size_t at = 0; at < text.size();) {
            if (text[at] == ',') {
                made.push_back(trim(text.substr(start, at - start)));
                start = at + 1;
            }
            at = next_place(text, at);
        }
        made.push_back(trim(text.substr(start)));
        return made;
    }

    static std::size_t next_place(std::string_view text, std::size_t at) {
        char const c = text[at];
        if (c == '"') return skip_quoted(text, at);
        if (c == '\\') return at + 2;
        if (c == '[' || c == '(' || c == '{') return skip_brackets(text, at).value_or(text.size());
        return at + 1;
    }

    path_selector selector(std::string_view text, bool is_map) const {
        auto const colon = end_of_name(text);
        auto const path = colon ? trim(text.substr(*colon + 1)) : text;
        path_selector made;
        made.path = path_parser(path, depth_ + 1).read();
        if (!is_map) return made;
        auto const name = colon ? trim(text.substr(0, *colon)) : std::string_view();
        if (name.empty())
            made.name = name_of_last(path);
        else
            made.name = is_quoted(name) ? unquoted(name) : std::string(name);
        return made;
    }

    /// The colon after a name, not the one before a modifier's argument.
    static std::optional<std::size_t> end_of_name(std::string_view text) {
        for (std::size_t at = 0; at < text.size(); at = next_place(text, at)) {
            if (text[at] == ':') return at;
            bool const begins_step = at == 0 || text[at - 1] == '.' || text[at - 1] == '|';
            if (text[at] == '@' && begins_step) return std::nullopt;
        }
        return std::nullopt;
    }

    /// The last key of a path, or `_` where its end is no key.
    static std::string name_of_last(std::string_view path) {
        std::size_t start = 0;
        for (std::size_t at = 0; at < path.size(); ++at) {
            if (path[at] == '\\')
                ++at;
            else if (path[at] == '.' || path[at] == '|')
                start = at + 1;
        }
        std::string made;
        for (auto at = start; at < path.size(); ++at) {
            if (path[at] == '\\' && at + 1 < path.size())
                ++at;
            else if (static_cast<unsigned char>(path[at]) < ' ' ||
                     std::string_view("[]{}()#|!").find(path[at]) != std::string_view::npos)
                return "_";
            made += path[at];
        }
        return made;
    }

    std::string_view text_;
    int depth_;
    std::size_t at_ = 0;
};

}  // namespace

value_path parse_path(std::string_view text) {
    return path_parser(text, 0).read();
}

}  // namespace ferry::cli
