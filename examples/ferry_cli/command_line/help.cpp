// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/help.hpp"

#include "command_line/frame_flags.hpp"
#include "terminal/text_width.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace ferry::cli {

namespace {

constexpr std::size_t indent = 2;
constexpr std::size_t widest_name = 34;
constexpr std::size_t narrowest_text = 30;

std::string capitals(std::string_view text) {
    std::string made(text.substr(text.rfind('.') + 1));
    for (char& c : made)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return made;
}

/// Names on the left, texts beside them, or below where the name is long or the window narrow.
class two_columns {
public:
    explicit two_columns(std::size_t columns) : columns_(columns) {}

    void add(std::string name, std::string text) { rows_.emplace_back(std::move(name), std::move(text)); }
    bool empty() const { return rows_.empty(); }

    std::string text() const {
        auto const left = left_column();
        std::string made;
        for (auto const& [name, text] : rows_) {
            auto line = std::string(indent, ' ') + name;
            if (!text.empty() && (line.size() + 2 > left || left == below)) {
                made += line + '\n';
                line.clear();
            }
            if (!text.empty()) line.resize(left, ' ');
            made += line + (text.empty() ? text : wrapped(text, columns_ - left, left)) + '\n';
        }
        return made;
    }

private:
    static constexpr std::size_t below = 3 * indent;  ///< where texts stand that are below their names

    std::size_t left_column() const {
        std::size_t left = 0;
        for (auto const& [name, text] : rows_)
            if (name.size() <= widest_name) left = std::max(left, name.size());
        left += indent + 2;
        return left + narrowest_text <= columns_ ? left : below;
    }

    std::size_t columns_;
    std::vector<std::pair<std::string, std::string>> rows_;
};

std::string spelled(flag const& one) {
    auto made = one.letter != 0 ? std::string{'-', one.letter} + ", " : std::string();
    if (one.positional) made = argument_word(one) + ", ";
    made += "--" + std::string(one.name);
    if (auto const value = placeholder(one); !one.positional && !value.empty()) made += " " + value;
    return made;
}

void add_flags(two_columns& to, std::span<flag const> flags, bool positional = false) {
    for (auto const& one : flags) {
        if (one.positional == positional) to.add(spelled(one), description(one));
        if (positional) continue;
        for (auto const& member : one.members) to.add(spelled(member), description(member));
    }
}

std::string section(std::string_view title, two_columns const& rows) {
    return rows.empty() ? std::string() : std::string(title) + ":\n" + rows.text() + "\n";
}

/// Of a value, as the description has one, or such as it could be.
std::string sample(flag const& one) {
    if (one.kind == value_kind::file) return one.list ? "a.pdf" : "report.pdf";
    if (!one.sample.empty()) return std::string(one.sample);
    if (!one.values.empty()) return std::string(one.values[one.values.size() > 1 ? 1 : 0]);
    if (one.kind == value_kind::integer || one.kind == value_kind::number) return "10";
    if (one.kind == value_kind::time) return "2026-01-31T12:00:00Z";
    if (one.kind == value_kind::any) return "{key: value}";
    if (!one.value.empty()) return std::string(one.value);
    return one.name.ends_with("name") || one.name == "name" ? "report" : capitals(one.name);
}

/// A word as a shell takes it.
std::string quoted(std::string const& word) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+=,";
    if (!word.empty() && word.find_first_not_of(plain) == word.npos) return word;
    std::string made = "'";
    for (char const c : word) made += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return made + "'";
}

std::string plain_example(position const& at) {
    auto made = at.name();
    for (auto const& one : at.which->flags)
        if (one.required && !one.positional)
            made += " --" + std::string(one.name) + " " + quoted(sample(one));
    for (auto const& one : at.which->flags)
        if (one.positional) made += " " + quoted(sample(one));
    if (at.which->bytes) made += " --output .";
    return made;
}

std::string usage(position const& at) {
    auto made = "Usage: " + at.name();
    if (at.which == nullptr) return made + " COMMAND\n";
    for (auto const& one : at.which->flags)
        if (one.required && !one.positional) made += " --" + std::string(one.name) + " " + placeholder(one);
    for (auto const& one : at.which->flags) {
        if (!one.positional) continue;
        auto const word = argument_word(one) + (one.list ? "..." : "");
        made += one.required ? " " + word : " [" + word + "]";
    }
    return made + " [flags]\n";
}

std::string paragraph(std::string_view text, std::size_t columns) {
    return text.empty() ? std::string() : wrapped(text, columns, 0) + "\n\n";
}

std::string examples_of(std::vector<std::string> const& lines) {
    std::string made = lines.size() == 1 ? "Example:\n" : "Examples:\n";
    for (auto const& line : lines) made += "  " + line + "\n";
    return made;
}

std::string of_command(position const& at, std::size_t columns) {
    auto const& which = *at.which;
    auto made = paragraph(which.summary, columns);
    if (which.deprecated) made += "Deprecated by the service.\n\n";
    made += usage(at) + "\n" + paragraph(which.details, columns) + examples_of(examples(at)) + "\n";
    two_columns words(columns);
    add_flags(words, which.flags, true);
    two_columns flags(columns);
    add_flags(flags, which.flags);
    add_flags(flags, at.which->shared);
    if (at.of != nullptr) add_flags(flags, at.of->common);
    if (!which.items.empty()) add_flags(flags, paging_flags());
    auto const is_file = [](flag const& one) { return one.kind == value_kind::file; };
    if (std::ranges::any_of(which.flags, is_file)) add_flags(flags, upload_flags());
    if (which.download) add_flags(flags, download_flags());
    two_columns everywhere(columns);
    add_flags(everywhere, frame_flags());
    made +=
        section("Arguments", words) + section("Flags", flags) + section("Flags of every command", everywhere);
    if (which.request.empty())
        made.pop_back();
    else
        made += "Calls " + std::string(which.request) + ".\n";
    return made;
}

std::string of_place(program const& all, position const& at, std::size_t columns) {
    auto made = paragraph(summary_of(all, at), columns);
    made += usage(at) + "\n";
    two_columns commands(columns);
    for (auto& [name, summary] : words_at(all, at)) commands.add(name, summary);
    made += section("Commands", commands) + examples_of(examples(all, at)) + "\n";
    made += wrapped(at.name() + " COMMAND --help says more.", columns, 0) + "\n";
    if (at.of == nullptr || at.of->key_variables.empty()) return made;
    auto keys = "The key comes from " + std::string(at.of->key_variables.front());
    if (!at.of->url_variables.empty())
        keys += ", the URL of the service from " + std::string(at.of->url_variables.front());
    return made + "\n" + wrapped(keys + ".", columns, 0) + "\n";
}

}  // namespace

std::string description(flag const& one) {
    std::string made;
    auto const say = [&](std::string_view text) {
        if (!made.empty() && !text.empty()) made += ' ';
        made += text;
    };
    if (one.required) say("Required.");
    if (one.deprecated) say("Deprecated.");
    say(one.help);
    if (!one.values.empty()) {
        std::string known;
        for (auto const value : one.values) {
            known += known.empty() ? "One of " : ", ";
            known += value.empty() ? "''" : value;
        }
        say(known + ".");
    }
    // Long ones, such as ids, explain nothing and do not fit into the column.
    constexpr std::size_t short_enough = 20;
    if (!one.sample.empty() && one.sample.size() <= short_enough)
        say("Example: " + std::string(one.sample) + ".");
    if (one.list) say("May be given several times.");
    return made;
}

std::string argument_word(flag const& of) {
    return capitals(of.name);
}

std::string placeholder(flag const& of) {
    if (!of.value.empty()) return std::string(of.value);
    switch (of.kind) {
        case value_kind::boolean:
            if (of.list) return "true|false";
            return of.nullable ? "true|false|null" : "";
        case value_kind::integer:
            return "INTEGER";
        case value_kind::number:
            return "NUMBER";
        case value_kind::time:
            return "TIME";
        case value_kind::file:
            return "FILE";
        case value_kind::any:
            return "YAML";
        case value_kind::text:
            break;
    }
    return "TEXT";
}

std::vector<std::string> examples(position const& at) {
    std::vector<std::string> made;
    if (at.which == nullptr) return made;
    auto rest = at.which->examples;
    while (!rest.empty()) {
        auto const line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        made.push_back(at.name() + (line.empty() ? "" : " ") + std::string(line));
    }
    if (made.empty()) made.push_back(plain_example(at));
    return made;
}

std::vector<std::string> examples(program const& all, position const& at) {
    if (at.which != nullptr) return examples(at);
    std::vector<std::string> made;
    // Of the commands that somebody has written examples for, or else of the first one.
    for (auto const& one : all.commands)
        if (at.words.size() == 1 && !one.examples.empty() && made.size() < 3)
            made.push_back(examples(locate(all, {std::string(one.name)}).at).front());
    if (!made.empty()) return made;
    for (auto const& [word, summary] : words_at(all, at)) {
        std::vector<std::string> words(at.words.begin() + 1, at.words.end());
        words.push_back(word);
        return examples(all, locate(all, words).at);
    }
    return made;
}

std::string summary_of(program const& all, position const& at) {
    if (at.which != nullptr) return std::string(at.which->summary);
    if (at.words.size() == 1) return std::string(all.summary);
    auto const above = locate(all, std::vector<std::string>(at.words.begin() + 1, at.words.end() - 1)).at;
    for (auto const& [word, summary] : words_at(all, above))
        if (word == at.words.back()) return summary;
    return {};
}

std::string wrapped(std::string_view text, std::size_t columns, std::size_t hanging) {
    columns = std::max<std::size_t>(columns, 20);
    std::string made;
    std::size_t column = 0;
    auto const next_line = [&] {
        made += '\n';
        made.append(hanging, ' ');
        column = 0;
    };
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '\n') {
            next_line();
            ++at;
            continue;
        }
        if (text[at] == ' ') {
            ++at;
            continue;
        }
        std::string word;
        for (; at < text.size() && text[at] != ' ' && text[at] != '\n'; ++at)
            if (text[at] != '`') word += text[at];
        if (word.empty()) continue;
        if (column > 0 && column + 1 + display_width(word) > columns) next_line();
        if (column > 0) made += ' ';
        column += (column > 0 ? 1 : 0) + display_width(word);
        made += word;
    }
    // Lines between paragraphs are empty, not blank.
    auto const blank = "\n" + std::string(hanging, ' ') + "\n";
    for (auto found = made.find(blank); hanging > 0 && found != made.npos;
         found = made.find(blank, found + 1))
        made.replace(found, blank.size(), "\n\n");
    return made;
}

std::string help(program const& all, position const& at, std::size_t columns) {
    return at.which != nullptr ? of_command(at, columns) : of_place(all, at, columns);
}

}  // namespace ferry::cli
