// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace ferry::gen {

class node;

/// The description cannot be used. The text begins with the place: `file:line:column: /json/pointer: …`.
class failure : public std::runtime_error {
public:
    explicit failure(std::string const& text) : runtime_error(text), reason_(text) {}
    failure(std::string place, std::string reason)
        : runtime_error(place + ": " + reason), place_(std::move(place)), reason_(std::move(reason)) {}

    /// Empty where the text tells it all.
    std::string const& place() const noexcept { return place_; }
    std::string const& reason() const noexcept { return reason_; }

private:
    std::string place_;
    std::string reason_;
};

/// Gives up: says where, what is wrong and what to do.
[[noreturn]] void fail(node const& at, std::string const& text);

/// Warnings of one kind beyond these are shown as one line.
inline constexpr std::size_t most_alike = 3;

/// What was degraded and why, in the order in which it was noticed; each text once.
class warnings {
public:
    void add(node const& at, std::string const& text);
    /// What had to be given up: the place and the reason of `why`, and what was done instead.
    void add(failure const& why, std::string const& instead);
    /// What has no place in the description; says `warning: ` itself.
    void add(std::string text);
    void add(warnings const& others);
    std::vector<std::string> const& all() const noexcept { return texts_; }
    /// The same to read: of many that differ only in names and places the first one, with the count and the
    /// next places.
    std::vector<std::string> by_kind() const;

private:
    void add(std::string text, std::size_t place);
    std::string one_for_all(std::vector<std::size_t> const& alike) const;
    std::string_view position(std::size_t index) const;

    std::vector<std::string> texts_;
    std::vector<std::size_t> places_;  ///< how many characters of each text are its place
    std::unordered_set<std::string> known_;
};

}  // namespace ferry::gen
