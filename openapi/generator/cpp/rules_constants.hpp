// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/writer.hpp"
#include "schema/schemas.hpp"
#include "words/names.hpp"

#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace ferry::gen {

/// Schemas as constants in C++: `ferry::schema::rules`. What can be referred to is a member of a struct
/// `named`, which is declared before all of them, so that schemas may contain themselves.
class rules_constants {
public:
    /// \param linkage what stands in front of the definition of a member of `named`
    /// \param places whether each of those says where the description has it
    explicit rules_constants(std::string linkage, bool places = false)
        : linkage_(std::move(linkage)), places_(places) {}

    /// The name of the constant; it and what it needs are written when first asked for. \param hint a name
    /// for it
    std::string constant(rules const& of, std::string const& hint);
    /// `struct named`, and the constants.
    std::string text();

private:
    std::string member_of_named(rules const& of);
    std::string inlined(rules const& of, std::string const& hint);
    std::vector<std::string> items(rules const& of, std::string const& name);
    std::string item(rule const& its, std::string const& name);
    std::string array(std::string const& type, std::string const& name, std::vector<std::string> const& all);
    std::string list_of_rules(std::vector<std::string> const& all, std::string const& name);
    void write_waiting();

    std::string linkage_;
    bool places_;
    scope names_{"named",   "types",   "rule",       "rules", "member",
                 "literal", "keyword", "dependency", "tag",   "models"};
    scope members_;
    writer out_;
    std::unordered_map<rules const*, std::string> known_;
    std::deque<rules const*> waiting_;
    std::vector<std::string> declared_;
    std::map<std::string, std::string> by_content_;
};

}  // namespace ferry::gen
