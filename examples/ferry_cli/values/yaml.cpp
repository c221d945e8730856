// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/yaml.hpp"

#include "values/number_text.hpp"
#include "values/utf8.hpp"
#include "values/value_error.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <sstream>
#include <system_error>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace ferry::cli {

namespace {

using YAML::anchor_t;
using YAML::Mark;

[[noreturn]] void refuse(Mark const& mark, std::string const& reason) {
    // Some errors of the parser have no place of their own.
    auto const from_one = [](int from_zero) {
        return static_cast<std::size_t>((std::max)(from_zero, 0)) + 1;
    };
    throw value_error(from_one(mark.line), from_one(mark.column), reason);
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, text) != words.end();
}

bool is_null_word(std::string_view text) {
    return is_one_of(text, {"", "~", "null", "Null", "NULL"});
}

std::optional<json_value> as_boolean(std::string_view text) {
    if (is_one_of(text, {"true", "True", "TRUE"})) return true;
    if (is_one_of(text, {"false", "False", "FALSE"})) return false;
    return std::nullopt;
}

/// Hexadecimal and octal numbers have no sign in YAML 1.2.
std::optional<std::string> based_digits(Mark const& mark, std::string_view text) {
    int const base = text.starts_with("0x") ? 16 : text.starts_with("0o") ? 8 : 0;
    if (base == 0) return std::nullopt;
    std::uint64_t value = 0;
    auto const* const begin = text.data() + 2;
    auto const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(begin, end, value, base);
    if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
    if (error != std::errc()) refuse(mark, "\"" + std::string(text) + "\" does not fit 64 bits");
    return std::to_string(value);
}

std::optional<json_value> as_number(Mark const& mark, std::string_view text) {
    auto digits = json_digits(text);
    if (!digits) digits = based_digits(mark, text);
    if (digits) return json_number{std::move(*digits)};
    auto const without_sign = text.substr(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
    if (is_one_of(without_sign, {".inf", ".Inf", ".INF"}) || is_one_of(text, {".nan", ".NaN", ".NAN"}))
        refuse(mark, "JSON has no number \"" + std::string(text) + "\"; quote it where a text is meant");
    return std::nullopt;
}

json_value plain_scalar(Mark const& mark, std::string const& text) {
    if (is_null_word(text)) return nullptr;
    if (auto made = as_boolean(text)) return std::move(*made);
    if (auto made = as_number(mark, text)) return std::move(*made);
    return text;
}

json_value tagged_scalar(Mark const& mark, std::string_view tag, std::string const& text) {
    constexpr std::string_view core = "tag:yaml.org,2002:";
    if (!tag.starts_with(core)) refuse(mark, "the tag \"" + std::string(tag) + "\" is unknown");
    auto const name = tag.substr(core.size());
    if (name == "str") return text;
    std::optional<json_value> made;
    if (name == "null" && is_null_word(text)) made = nullptr;
    if (name == "bool") made = as_boolean(text);
    if (name == "int" || name == "float") made = as_number(mark, text);
    if (!made) refuse(mark, "\"" + text + "\" is no value of the tag !!" + std::string(name));
    return std::move(*made);
}

/// Builds a value from the events of yaml-cpp's parser.
class value_builder : public YAML::EventHandler {
public:
    explicit value_builder(yaml_scalars scalars) : scalars_(scalars) {}

    json_value take() { return std::move(root_); }

    void OnDocumentStart(Mark const& mark) override {
        if (std::exchange(started_, true))
            refuse(mark, "a second document begins here; only one is expected");
    }
    void OnDocumentEnd() override {}

    void OnNull(Mark const& mark, anchor_t anchor) override {
        if (expects_key()) return key(mark, "null", anchor);
        value(mark, scalars_ == yaml_scalars::as_text ? json_value("null") : json_value(), anchor);
    }

    void OnAlias(Mark const& mark, anchor_t anchor) override {
        if (expects_key()) refuse(mark, "a key must be a text, not an alias");
        auto const found = anchored_.find(anchor);
        if (found == anchored_.end()) refuse(mark, "the alias stands for a value that it is part of");
        count(found->second, mark, open_.size());
        place(found->second);
    }

    void OnScalar(Mark const& mark, std::string const& tag, anchor_t anchor,
                  std::string const& text) override {
        bool const plain = tag == "?";
        if (expects_key()) {
            if (plain && text == "<<") open_.back().merged = open_.back().container.members()->size();
            return key(mark, text, anchor);
        }
        if (tag == "!" || (plain && scalars_ == yaml_scalars::as_text)) return value(mark, text, anchor);
        value(mark, plain ? plain_scalar(mark, text) : tagged_scalar(mark, tag, text), anchor);
    }

    void OnSequenceStart(Mark const& mark, std::string const&, anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(mark, json_value::list(), anchor);
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(Mark const& mark, std::string const&, anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(mark, json_value::map(), anchor);
    }
    void OnMapEnd() override {
        merge();
        close();
    }

private:
    struct level {
        json_value container;
        Mark mark;
        anchor_t anchor;
        std::unordered_set<std::string> keys = {};
        std::optional<std::string> key = {};     ///< of the value that comes next
        std::optional<std::size_t> merged = {};  ///< which member is `<<`
    };

    bool expects_key() const {
        return !open_.empty() && open_.back().container.members() != nullptr && !open_.back().key;
    }

    void key(Mark const& mark, std::string const& text, anchor_t anchor) {
        auto& top = open_.back();
        if (!top.keys.insert(text).second)
            refuse(mark, "the key \"" + text + "\" occurs twice; remove one of them");
        top.key = text;
        remember(mark, anchor, text);
    }

    void value(Mark const& mark, json_value made, anchor_t anchor) {
        remember(mark, anchor, made);
        place(std::move(made));
    }

    void open(Mark const& mark, json_value container, anchor_t anchor) {
        if (expects_key()) refuse(mark, "a key must be a text, not a list or a map");
        if (open_.size() >= max_json_depth)
            refuse(mark, "nested deeper than " + std::to_string(max_json_depth) + " levels");
        open_.push_back({std::move(container), mark, anchor});
    }

    void close() {
        auto done = std::move(open_.back());
        open_.pop_back();
        value(done.mark, std::move(done.container), done.anchor);
    }

    void place(json_value made) {
        if (open_.empty()) {
            root_ = std::move(made);
            return;
        }
        auto& top = open_.back();
        if (auto* const items = top.container.items()) return items->push_back(std::move(made));
        top.container.members()->push_back({std::move(*top.key), std::move(made)});
        top.key.reset();
    }

    void remember(Mark const& mark, anchor_t anchor, json_value const& made) {
        if (anchor == 0) return;
        count(made, mark, 0);
        anchored_.insert_or_assign(anchor, made);
    }

    /// Counts what an anchor or an alias copies, since few lines can stand for more than fits into memory.
    void count(json_value const& copied, Mark const& mark, std::size_t depth) {
        constexpr std::size_t most_values = 1'000'000;
        constexpr std::size_t most_bytes = 64 << 20;
        if (depth > max_json_depth)
            refuse(mark, "nested deeper than " + std::to_string(max_json_depth) + " levels, by aliases");
        if (auto const* const text = copied.text()) bytes_ += text->size();
        if (auto const* const number = copied.number()) bytes_ += number->digits.size();
        if (++values_ > most_values || bytes_ > most_bytes)
            refuse(mark, "aliases stand for more than a million values or 64 MiB");
        if (auto const* const items = copied.items())
            for (auto const& item : *items) count(item, mark, depth + 1);
        if (auto const* const members = copied.members()) {
            for (auto const& [name, member] : *members) {
                bytes_ += name.size();
                count(member, mark, depth + 1);
            }
        }
    }

    /// `<<: *other` adds the members that are not there yet.
    void merge() {
        auto& top = open_.back();
        if (!top.merged) return;
        auto& members = *top.container.members();
        auto const at = members.begin() + static_cast<std::ptrdiff_t>(*top.merged);
        auto from = std::move(at->value);
        members.erase(at);
        auto const add = [&](json_value& other) {
            if (other.members() == nullptr) refuse(top.mark, "<< merges a map or a list of maps");
            for (auto& member : *other.members())
                if (top.keys.insert(member.key).second) members.push_back(std::move(member));
        };
        if (from.items() == nullptr) return add(from);
        for (auto& one : *from.items()) add(one);
    }

    yaml_scalars scalars_;
    json_value root_;
    std::vector<level> open_;
    std::unordered_map<anchor_t, json_value> anchored_;
    std::size_t values_ = 0;
    std::size_t bytes_ = 0;
    bool started_ = false;
};

/// yaml-cpp ends at some control characters without a word, and guesses at other encodings.
void check_characters(std::string_view text) {
    std::size_t line = 1;
    std::size_t column = 1;
    while (!text.empty()) {
        auto const c = first_character(text);
        if (!c.valid) throw value_error(line, column, "a byte that is not UTF-8");
        if (c.point < 0x20 && c.point != '\n' && c.point != '\r' && c.point != '\t')
            throw value_error(line, column, "a control character, which must be escaped in double quotes");
        column = c.point == '\n' ? 1 : column + 1;
        line += c.point == '\n';
        text.remove_prefix(c.size);
    }
}

bool has_key_twice(json_value const& value) {
    if (auto const* const items = value.items()) return std::ranges::any_of(*items, has_key_twice);
    if (value.members() == nullptr) return false;
    std::unordered_set<std::string_view> keys;
    return std::ranges::any_of(*value.members(), [&](json_member const& member) {
        return !keys.insert(member.key).second || has_key_twice(member.value);
    });
}

/// JSON has corners that yaml-cpp does not know: surrogate pairs, tabs, keys of more than 1024 characters.
/// Nothing where the text is no JSON, or where YAML's parser has something to say about it.
std::optional<json_value> try_json(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos || std::string_view("{[\"").find(text[begin]) == std::string_view::npos)
        return std::nullopt;
    try {
        auto made = parse_json(text);
        if (!has_key_twice(made)) return made;
    } catch (value_error const&) {
        // The other parser tells what is wrong.
    }
    return std::nullopt;
}

json_value with_text_only(json_value value) {
    if (auto* const items = value.items())
        for (auto& item : *items) item = with_text_only(std::move(item));
    if (auto* const members = value.members())
        for (auto& member : *members) member.value = with_text_only(std::move(member.value));
    if (value.is_null()) return "null";
    if (auto const* const flag = value.boolean()) return *flag ? "true" : "false";
    if (auto const* const number = value.number()) return number->digits;
    return value;
}

}  // namespace

json_value parse_yaml(std::string_view text, yaml_scalars scalars) {
    check_characters(text);
    if (auto made = try_json(text))
        return scalars == yaml_scalars::core ? std::move(*made) : with_text_only(std::move(*made));
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        value_builder builder(scalars);
        while (parser.HandleNextDocument(builder)) continue;
        return builder.take();
    } catch (YAML::Exception const& e) {
        refuse(e.mark, e.msg);
    }
}

}  // namespace ferry::cli
