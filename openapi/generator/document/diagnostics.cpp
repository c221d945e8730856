// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/diagnostics.hpp"

#include "document/document.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace ferry::gen {

namespace {

constexpr std::string_view plain_letters = "abcdefghijklmnopqrstuvwxyz-'";
constexpr std::string_view punctuation = ",;:.";

/// A word up to a blank; what is in quotes is one word.
std::string_view next_word(std::string_view text) {
    bool const quoted = text[0] == '"' || text[0] == '`';
    auto const end = quoted ? text.find(text[0], 1) : text.find(' ');
    return text.substr(0, text.find(' ', (std::min)(end, text.size())));
}

/// The text without the words that differ from place to place: names, numbers, what is quoted. Messages say
/// the rest in plain small letters.
std::string kind_of(std::string_view text) {
    std::string made;
    while (!text.empty()) {
        auto const word = next_word(text);
        text.remove_prefix((std::min)(word.size() + 1, text.size()));
        auto const plain = (std::min)(word.find_first_not_of(plain_letters), word.size());
        bool const varies = word.find_first_not_of(punctuation, plain) != word.npos;
        (made += varies ? std::string_view("#") : word) += ' ';
    }
    return made;
}

}  // namespace

void fail(node const& at, std::string const& text) {
    throw failure(at.place(), text);
}

void warnings::add(node const& at, std::string const& text) {
    auto const place = at.place();
    add(place + ": warning: " + text, place.size());
}

void warnings::add(failure const& why, std::string const& instead) {
    add(why.place() + ": warning: " + why.reason() + "; " + instead, why.place().size());
}

void warnings::add(std::string text) {
    add(std::move(text), 0);
}

void warnings::add(warnings const& others) {
    for (std::size_t i = 0; i < others.texts_.size(); ++i) add(others.texts_[i], others.places_[i]);
}

void warnings::add(std::string text, std::size_t place) {
    if (!known_.insert(text).second) return;
    texts_.push_back(std::move(text));
    places_.push_back(place);
}

std::vector<std::string> warnings::by_kind() const {
    std::unordered_map<std::string, std::size_t> kinds;
    std::vector<std::vector<std::size_t>> alike;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        auto const kind =
            kinds.try_emplace(kind_of(std::string_view(texts_[i]).substr(places_[i])), alike.size());
        if (kind.second) alike.emplace_back();
        alike[kind.first->second].push_back(i);
    }
    std::vector<std::pair<std::size_t, std::string>> lines;
    for (auto const& group : alike) {
        if (group.size() > most_alike)
            lines.emplace_back(group[0], one_for_all(group));
        else
            for (auto const i : group) lines.emplace_back(i, texts_[i]);
    }
    std::ranges::sort(lines);
    std::vector<std::string> made;
    for (auto& [index, line] : lines) made.push_back(std::move(line));
    return made;
}

std::string warnings::one_for_all(std::vector<std::size_t> const& alike) const {
    auto made = texts_[alike[0]] + " (" + std::to_string(alike.size()) + " warnings like this one";
    auto const first = position(alike[0]);
    auto const file = first.substr(0, first.rfind(':', first.rfind(':') - 1) + 1);
    std::string_view before = first;
    std::size_t shown = 0;
    for (std::size_t i = 1; i < alike.size() && shown < most_alike; ++i) {
        auto at = position(alike[i]);
        if (at.empty() || at == std::exchange(before, at)) continue;
        if (!file.empty() && at.starts_with(file)) at.remove_prefix(file.size());
        (made += shown++ == 0 ? ", also at " : ", ") += at;
    }
    return made + "; --all-warnings shows each)";
}

/// `file:line:column`
std::string_view warnings::position(std::size_t index) const {
    auto const place = std::string_view(texts_[index]).substr(0, places_[index]);
    return place.substr(0, place.find(": "));
}

}  // namespace ferry::gen
