// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/arguments.hpp"

#include "command_line/exit_code.hpp"
#include "command_line/frame_flags.hpp"
#include "command_line/nearest.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <utility>

namespace ferry::cli {

namespace {

std::string joined(std::vector<std::string> const& words) {
    std::string made;
    for (auto const& word : words) made += (made.empty() ? "" : " ") + word;
    return made;
}

/// The first word of what stands behind `begun` in a group's name; nothing where that is no part of it.
std::string_view next_word(std::string_view name, std::string_view begun) {
    if (begun.empty()) return name.substr(0, name.find(' '));
    if (!name.starts_with(begun) || name.size() == begun.size() || name[begun.size()] != ' ') return {};
    auto const rest = name.substr(begun.size() + 1);
    return rest.substr(0, rest.find(' '));
}

service const* the_only_one(program const& all) {
    return all.flat && !all.services.empty() ? all.services.front() : nullptr;
}

position top_of(program const& all) {
    position made;
    made.of = the_only_one(all);
    made.words.push_back(std::string(all.name));
    return made;
}

/// One step further into the tree. \returns whether there is one
bool step(program const& all, position& at, std::string const& word) {
    auto const found = [&](command const& one) {
        at.which = &one;
        at.words.push_back(word);
        return true;
    };
    if (at.group.empty()) {
        for (auto const& one : all.commands)
            if (at.of == the_only_one(all) && one.name == word) return found(one);
    }
    if (at.of == nullptr) {
        for (auto const* one : all.services)
            if (one->name == word) {
                at.of = one;
                at.words.push_back(word);
                return true;
            }
        return false;
    }
    for (auto const* one : at.of->groups)
        if (one->name == at.group)
            for (auto const& c : one->commands)
                if (c.name == word) return found(c);
    for (auto const* one : at.of->groups)
        if (next_word(one->name, at.group) == word) {
            at.group += (at.group.empty() ? "" : " ") + word;
            at.words.push_back(word);
            return true;
        }
    return false;
}

/// The word of a flag without what is before and behind its name.
std::string flag_name(std::string const& word) {
    return word.substr(2, word.find('=') == word.npos ? word.npos : word.find('=') - 2);
}

/// Whether a word is a flag of the frame that takes the word behind it.
bool swallows_next(std::string const& word) {
    for (auto const& one : frame_flags()) {
        bool const named =
            word == "--" + std::string(one.name) || (one.letter != 0 && word == std::string{'-', one.letter});
        if (named) return takes_next(one);
    }
    return false;
}

/// What a person may have meant by a word that names nothing there; empty where nobody knows.
std::string meant_by(program const& all, position const& at, std::string const& word) {
    for (auto const& one : all.other_words)
        if (one.group == at.group && one.word == word) return std::string(one.meant);
    if (at.of == nullptr)
        for (auto const* service : all.services)
            for (auto const* group : service->groups)
                if (next_word(group->name, {}) == word) return std::string(service->name) + " " + word;
    std::vector<std::string> known;
    for (auto const& [name, summary] : words_at(all, at)) known.push_back(name);
    return nearest(word, known);
}

[[noreturn]] void refuse_word(program const& all, position const& at, std::string const& word) {
    auto const meant = meant_by(all, at, word);
    throw usage_error("'" + word + "' is no command of '" + at.name() + "'" +
                      (meant.empty() ? "" : "; did you mean '" + meant + "'?"));
}

/// Follows the words that name a command. \returns the others: flags and values
/// \param strict whether a word that names nothing is an error
std::vector<std::string> find_command(program const& all, std::vector<std::string> const& words, position& at,
                                      bool strict) {
    std::vector<std::string> rest;
    std::size_t i = 0;
    for (; i < words.size() && at.which == nullptr; ++i) {
        auto const& word = words[i];
        if (word == "--") break;
        if (word.size() > 1 && word[0] == '-') {
            rest.push_back(word);
            if (swallows_next(word) && i + 1 < words.size()) rest.push_back(words[++i]);
        } else if (!step(all, at, word)) {
            if (strict) refuse_word(all, at, word);
            rest.push_back(word);
        }
    }
    rest.insert(rest.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
    return rest;
}

std::string spelled(flag const& one) {
    std::string made;
    if (one.letter != 0) made += std::string{'-', one.letter} + ",";
    made += "--" + std::string(one.name);
    if (!one.also.empty()) made += ",--" + std::string(one.also);
    if (one.positional) made += "," + std::string(one.name);
    return made;
}

/// An option of CLI11 for a flag; what it finds goes to `values`.
class option {
public:
    option(CLI::App& app, flag const& of) : of_(of) {
        if (takes_next(of)) {
            option_ = app.add_option(spelled(of), texts_);
            if (of.list && of.positional)
                option_->expected(-1);
            else
                option_->allow_extra_args(false)->expected(1);
            option_->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        } else {
            option_ = app.add_flag(spelled(of), switch_);
            option_->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
        }
    }
    option(option const&) = delete;
    option& operator=(option const&) = delete;

    void put(std::map<std::string, std::vector<std::string>, std::less<>>& values) const {
        if (option_->count() > 0) values[std::string(of_.name)] = option_->results();
    }

private:
    flag const& of_;
    std::vector<std::string> texts_;
    std::string switch_;
    CLI::Option* option_;
};

[[noreturn]] void refuse_extra(position const& at, std::vector<std::string> const& extra) {
    auto const& word = extra.front();
    if (word.size() > 1 && word[0] == '-') {
        std::vector<std::string> known;
        for (auto const* one : flags_at(at)) known.push_back(std::string(one->name));
        auto const name = word.starts_with("--") ? flag_name(word) : word.substr(1);
        auto const near = nearest(name, known);
        throw usage_error("unknown flag '" + word.substr(0, word.find('=')) + "'" +
                          (near.empty() ? std::string() : "; did you mean '--" + near + "'?"));
    }
    throw usage_error("unexpected extra arguments: " + joined(extra));
}

bool is_file(flag const& one) {
    return one.kind == value_kind::file;
}

/// CLI11 takes `--name=` for a flag whose value is missing; an empty word behind it is a value.
std::vector<std::string> with_empty_values(std::vector<std::string> const& words) {
    std::vector<std::string> made;
    bool may_be_flags = true;
    for (auto const& word : words) {
        may_be_flags = may_be_flags && word != "--";
        bool const ends_empty = may_be_flags && word.starts_with("--") && word.find('=') == word.size() - 1;
        made.push_back(ends_empty ? word.substr(0, word.size() - 1) : word);
        if (ends_empty) made.emplace_back();
    }
    return made;
}

void add_dotted(std::vector<flag const*>& to, std::span<flag const> flags) {
    for (auto const& one : flags) {
        to.push_back(&one);
        for (auto const& member : one.members) to.push_back(&member);
    }
}

}  // namespace

std::string position::name() const {
    return joined(words);
}

std::string const* arguments::find(std::string_view flag) const {
    auto const found = values.find(flag);
    return found == values.end() ? nullptr : &found->second.back();
}

std::vector<std::pair<std::string, std::string>> words_at(program const& all, position const& at) {
    std::vector<std::pair<std::string, std::string>> made;
    auto const add = [&](std::string_view name, std::string const& summary) {
        bool const known = std::ranges::any_of(made, [&](auto const& one) { return one.first == name; });
        if (!name.empty() && !known) made.emplace_back(name, summary);
    };
    if (at.of == nullptr)
        for (auto const* one : all.services)
            add(one->name, "Every operation of " + std::string(one->title) + ".");
    if (at.group.empty() && at.of == the_only_one(all))
        for (auto const& one : all.commands) add(one.name, std::string(one.summary));
    if (at.of == nullptr) return made;
    for (auto const* one : at.of->groups)
        if (one->name == at.group)
            for (auto const& c : one->commands)
                add(c.name, (c.deprecated ? "Deprecated. " : "") + std::string(c.summary));
    for (auto const* one : at.of->groups) add(next_word(one->name, at.group), std::string(one->summary));
    return made;
}

std::vector<flag const*> flags_at(position const& at) {
    std::vector<flag const*> made;
    if (at.which != nullptr) {
        add_dotted(made, at.which->flags);
        add_dotted(made, at.which->shared);
        if (at.of != nullptr) add_dotted(made, at.of->common);
        if (!at.which->items.empty()) add_dotted(made, paging_flags());
        if (std::ranges::any_of(at.which->flags, is_file)) add_dotted(made, upload_flags());
        if (at.which->download) add_dotted(made, download_flags());
    }
    add_dotted(made, frame_flags());
    return made;
}

located locate(program const& all, std::vector<std::string> const& words) {
    located made;
    made.at = top_of(all);
    made.rest = find_command(all, words, made.at, false);
    return made;
}

arguments guess(located const& found) {
    arguments made;
    made.at = found.at;
    auto const known = flags_at(found.at);
    std::vector<flag const*> unnamed;
    for (auto const* one : known)
        if (one->positional) unnamed.push_back(one);
    std::size_t next = 0;
    for (std::size_t i = 0; i < found.rest.size(); ++i) {
        auto const& word = found.rest[i];
        auto const* one = flag_of(known, word.substr(0, word.find('=')));
        if (one != nullptr && word.starts_with("--") && word.find('=') != word.npos)
            made.values[std::string(one->name)].push_back(word.substr(word.find('=') + 1));
        else if (one != nullptr && takes_next(*one) && i + 1 < found.rest.size())
            made.values[std::string(one->name)].push_back(found.rest[++i]);
        else if (one == nullptr && next < unnamed.size())
            made.values[std::string(unnamed[next++]->name)].push_back(word);
    }
    return made;
}

flag const* flag_of(std::vector<flag const*> const& known, std::string_view word) {
    for (auto const* one : known) {
        bool const by_letter = one->letter != 0 && word == std::string{'-', one->letter};
        bool const by_name = word.starts_with("--") && (word.substr(2) == one->name ||
                                                        (!one->also.empty() && word.substr(2) == one->also));
        if (by_letter || by_name) return one;
    }
    return nullptr;
}

bool takes_next(flag const& one) {
    return one.kind != value_kind::boolean || one.nullable || one.list;
}

arguments parse(program const& all, std::vector<std::string> const& words) {
    arguments made;
    made.at = top_of(all);
    auto rest = find_command(all, words, made.at, true);

    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    std::vector<std::unique_ptr<option>> options;
    for (auto const* one : flags_at(made.at)) options.push_back(std::make_unique<option>(app, *one));
    rest = with_empty_values(rest);
    std::ranges::reverse(rest);
    try {
        app.parse(rest);
    } catch (CLI::ParseError const& e) {
        throw usage_error(e.what());
    }
    auto extra = app.remaining();
    std::erase(extra, "--");  // CLI11 keeps the mark behind which nothing is a flag
    if (!extra.empty()) refuse_extra(made.at, extra);
    for (auto const& one : options) one->put(made.values);
    return made;
}

}  // namespace ferry::cli
