// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// From the names of a description to C++ identifiers: `PresignedUrl` → `presigned_url`, `delete` →
/// `delete_`.

namespace ferry::gen {

/// An identifier in snake_case for any text: never empty, never a keyword, a reserved name or a well-known
/// macro. \param fallback what stands in front where the text does not begin with a letter: `value` makes
/// `3d` `value_3d`
std::string identifier(std::string_view text, std::string_view fallback = "value");

/// The words of a text in lower case, joined by underscores; may be empty or begin with a digit.
std::string snake(std::string_view text);

/// Names of one scope. A reserved name gets an underscore, what comes second a number: `send_`, `name_2`.
class scope {
public:
    scope() = default;
    scope(std::initializer_list<std::string_view> reserved) {
        for (auto const name : reserved) reserved_.emplace(name);
    }

    bool has(std::string_view name) const { return taken_.contains(name) || reserved_.contains(name); }
    void reserve(std::string name) { reserved_.insert(std::move(name)); }
    /// Takes the name, or the next free one after it.
    std::string take(std::string name);

private:
    std::set<std::string, std::less<>> reserved_;
    std::set<std::string, std::less<>> taken_;
};

/// Identifiers for the texts of one scope, in their order. A text that is an identifier already keeps its
/// spelling, whatever stands before it.
std::vector<std::string> identifiers(std::vector<std::string> const& texts, scope& names,
                                     std::string_view fallback = "value");

}  // namespace ferry::gen
