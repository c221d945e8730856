// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// From the names of a description to C++ identifiers: `PresignedUrl` → `presigned_url`, `delete` →
/// `delete_`.

namespace ferry::gen {

class node;
class warnings;

/// An identifier in snake_case for any text: never empty, never a keyword, a reserved name or a well-known
/// macro. What would be longer than 120 characters ends in a hash of the text. \param fallback what stands in
/// front where the text does not begin with a letter: `value` makes `3d` `value_3d`
std::string identifier(std::string_view text, std::string_view fallback = "value");

/// Whether C++ takes the text as a name: neither a keyword nor anything but letters, digits and `_`.
bool is_identifier(std::string_view text);

/// Whether a namespace can be called so: an identifier that neither C++ nor a well-known macro has taken.
bool is_namespace_name(std::string_view text);

/// A text of any length by eight digits, the same on every machine.
std::string short_hash(std::string_view text);

/// The words of a text in lower case, joined by underscores; may be empty or begin with a digit.
std::string snake(std::string_view text);

/// `ids` → `id`; a word that is no plural stays.
std::string singular(std::string const& word);

/// By what they name, see lock.hpp.
using kept_names = std::map<std::string, std::string, std::less<>>;

/// Names that an earlier run gave, by scope: `models`, `member File`, `in directories.files`.
class memory {
public:
    void add(std::string const& scope, std::string key, std::string name) {
        scopes_[scope].insert_or_assign(std::move(key), std::move(name));
    }
    kept_names const& in(std::string_view scope) const {
        static kept_names const none;
        auto const known = scopes_.find(scope);
        return known == scopes_.end() ? none : known->second;
    }

private:
    std::map<std::string, kept_names, std::less<>> scopes_;
};

/// Names of one scope. A reserved name gets an underscore, what comes second a number: `send_`, `name_2`.
class scope {
public:
    scope() = default;
    scope(std::initializer_list<std::string_view> reserved) {
        for (auto const name : reserved) reserved_.emplace(name);
    }

    bool has(std::string_view name) const {
        return taken_.contains(name) || reserved_.contains(name) || kept_.contains(name);
    }
    void reserve(std::string name) { reserved_.insert(std::move(name)); }
    /// Names of an earlier run stay with what they name; nothing else gets them unless it is told to.
    void keep(kept_names const& names);

    /// Takes the name, or the next free one after it.
    std::string take(std::string name);
    /// Takes the name that is kept for `key`; as above where there is none.
    std::string take(std::string_view key, std::string name);
    /// Takes the name that is kept for `key`; empty where there is none.
    std::string take_kept(std::string_view key);
    /// Takes a name that a person chose, which may be one that is kept for something else.
    std::string take_given(std::string const& name);

private:
    std::set<std::string, std::less<>> reserved_;
    std::set<std::string, std::less<>> taken_;
    std::set<std::string, std::less<>> kept_;
    std::map<std::string, int, std::less<>> next_number_;
    kept_names const* by_key_ = nullptr;
};

/// Something that needs a name.
struct wish {
    std::string key;              ///< the same in every run
    std::string text;             ///< what the name is made of
    node const* given = nullptr;  ///< where a person chose the text, who is told if it cannot be
};

/// \param given where a person chose a name instead of `text`, or null
wish wish_of(std::string key, std::string text, node const* given);

/// Names for everything in one scope: first what a person chose, then what an earlier run chose, then texts
/// that are identifiers already, then the others; each in their order.
std::vector<std::string> identifiers(std::vector<wish> const& wishes, scope& names, std::string_view fallback,
                                     warnings& notes);

/// As above, of one.
std::string identifier(wish const& one, scope& names, std::string_view fallback, warnings& notes);

}  // namespace ferry::gen
