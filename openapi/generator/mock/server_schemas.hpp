// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/document.hpp"
#include "words/names.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

/// \file
/// Schemas as constants of the mock server's tables (ferry/mock/tables.hpp).

namespace ferry::gen {

class server_schemas {
public:
    server_schemas(document const& from, scope& names) : document_(from), names_(names) {}

    /// The name of the constant for a schema; it and what it needs are written when first asked for.
    /// \param hint its name, should it have none \param word how the services' framework calls it as an arm
    std::string constant(node const& schema, std::string const& hint, std::string const& word = {});
    /// The constant for a schema that says nothing.
    std::string anything();

    /// All constants so far, each after what it needs.
    std::string const& text() const noexcept { return text_; }

private:
    /// What a schema allows, as the initialiser of a table.
    struct shape {
        std::string name;  ///< for the constant, should its content be new
        std::vector<std::string> parts;
        bool nullable = false;
    };

    shape describe(node const& at, std::string const& name);
    shape describe_referred(node const& at, std::string const& name);
    shape describe_anew(node const& at, std::string const& name);
    shape describe_type(node const& at, std::string const& name, std::string const& type);
    shape describe_list(node const& at, std::string const& name);
    shape describe_object(node const& at, std::string const& name);
    shape describe_union(node const& any, std::string const& name);
    shape describe_values(std::vector<std::string> const& values, std::string const& name);

    std::string shared(std::string const& rule);
    std::string itself(node const& at, std::string const& name);
    std::string finish(shape made, std::string const& word);
    std::string list(std::string const& type, std::string const& name, std::vector<std::string> const& items);
    void write_itself(node const& at, shape const& made);
    void write(std::string const& name, std::vector<std::string> const& parts);
    void collect(node const& part, std::vector<node const*>& members, std::set<std::string>& required) const;
    std::string word_for(node const& branch) const;

    document const& document_;
    scope& names_;
    std::string text_;
    std::map<std::string, std::string> known_;  ///< constants by content
    std::map<node const*, shape> shapes_;
    std::set<node const*> open_;  ///< being described: whoever refers to them now is inside them
    std::map<node const*, std::string> itself_;
};

/// Items of a braced list, laid out as the project's format wants them.
std::string table_of(std::vector<std::string> const& items);

}  // namespace ferry::gen
