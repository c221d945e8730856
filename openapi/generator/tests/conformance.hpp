// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/document.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::gen {

/// Holds values against schemas of a description, as far as reading them depends on it: types, required
/// members, unions. It looks at the description itself and at nothing that the generator made of it, so that
/// tests which build on it can find the generator wrong.
class conformance {
public:
    explicit conformance(document const& source) : document_(source) {}

    /// Why the value does not fit, with its place in the value; empty where it does.
    std::string misfit(node const& value, node const& schema) const;

    /// JSON pointers of the members that no schema describes and that no additionalProperties takes.
    std::vector<std::string> unknown(node const& value, node const& schema) const;

    bool accepts_null(node const& schema, int depth = 0) const;
    /// What the schema's `type` says, or what its other words imply; empty: anything.
    static std::set<std::string, std::less<>> types(node const& schema);

    /// A list of branches, one of which a value must fit.
    struct choice {
        node const* branches = nullptr;
        node const* discriminator = nullptr;
    };
    /// What a schema and the parts of its allOf say about objects.
    struct members {
        std::vector<std::pair<std::string, std::vector<node const*>>> properties;
        std::set<std::string, std::less<>> required;
        bool keeps_others = false;
        std::vector<node const*> others;  ///< schemas of additionalProperties
        std::vector<choice> choices;

        std::vector<node const*> const* find(std::string_view name) const;
        bool is_open() const noexcept { return properties.empty() && choices.empty(); }
    };
    members gather(node const& schema) const;
    /// The branch that the discriminator's value stands for; null where it tells nothing.
    node const* told(choice const& from, node const& value) const;
    /// The schema behind references.
    node const& follow(node const& schema) const { return document_.follow(schema); }

private:
    std::string misfit_at(node const& value, node const& schema, std::string const& at, int depth) const;
    std::string kind_misfit(node const& value, node const& schema, std::string const& at, int depth) const;
    std::string object_misfit(node const& value, members const& view, members const* base,
                              std::string const& at, int depth) const;
    std::string choice_misfit(node const& value, choice const& from, members const* base,
                              std::string const& at, int depth) const;
    void gather_into(node const& schema, members& into, int depth) const;
    void unknown_in(node const& value, node const& schema, std::string const& at, int depth,
                    std::set<std::string>& found) const;
    void unknown_members(node const& value, members const& view, members const* base, std::string const& at,
                         int depth, std::set<std::string>& found) const;
    std::vector<node const*> fitting(node const& value, choice const& from, members const* base) const;

    document const& document_;
};

/// `/a~1b` for a step of a JSON pointer.
std::string pointer_step(std::string_view key);

}  // namespace ferry::gen
