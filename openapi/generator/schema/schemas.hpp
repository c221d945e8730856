// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/document.hpp"
#include "ferry/schema/rules.hpp"
#include "ferry/schema/value.hpp"
#include "schema/keywords.hpp"

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

/// \file
/// The one reading of a description's schemas: each becomes the list of its keywords, once. Types, rules, the
/// mock's tables, samples and the judgement of examples are all made from that.

namespace ferry::gen {

using schema::keyword;
using schema::rule;
using schema::rules;

/// Several schemas that hold for the same value, each once.
using conjunction = std::vector<rules const*>;

/// A value of a description, to be held against a schema. \param texts_only numbers and flags are meant as
/// texts
schema::value value_of(node const& at, bool texts_only = false);

class schemas {
public:
    /// \param zoneless_times a `date-time` may be without its zone
    explicit schemas(document const& from, bool zoneless_times = false)
        : document_(from),
          zoneless_times_(zoneless_times),
          is_3_0_(from.root().text("openapi").starts_with("3.0")) {}
    schemas(schemas const&) = delete;
    schemas& operator=(schemas const&) = delete;

    /// What the schema asks; what it is not right in is left out. The same object for the same place.
    rules const& of(node const& at);
    /// Where it was read. \pre it is one of ours
    node const& at(rules const& one) const { return *places_.at(&one); }
    /// What asks for nothing, at a place that is no schema.
    rules const& nothing(node const& at);
    /// The same without its unions.
    rules const& without_unions(rules const& one);
    /// All of these as one.
    rules const& together(conjunction const& all);
    /// Whether what stands beside a `$ref` counts.
    bool reads_beside_references() const noexcept { return !is_3_0_; }

    document const& source() const noexcept { return document_; }
    /// What stands in the schemas that were asked for.
    keyword_count const& words() const noexcept { return words_; }

private:
    struct entry {
        rules its;
        std::vector<rule> list;
    };

    rules const& start(node const& at);
    std::string place_of(node const& at) const;
    void finish(entry& to, node const& at);
    void read_map(entry& to, node const& at);
    void judge(node const& value, bool taken);
    void read_keyword(entry& to, node const& at, node const& value);
    void put_number(entry& to, keyword word, node const& value);
    void put_size(entry& to, keyword word, node const& value);
    void put_flag(entry& to, keyword word, node const& value);
    void put_schema(entry& to, keyword word, node const& value);
    void put_list(entry& to, keyword word, node const& value);
    void put_members(entry& to, keyword word, node const& value);
    void put_names(entry& to, keyword word, node const& value);
    void put_type(entry& to, node const& value);
    void put_values(entry& to, keyword word, std::vector<node const*> const& values, bool texts_only);
    void put_reference(entry& to, node const& at, node const& value);
    void put_discriminator(entry& to, node const& at, node const& value);
    void put_dependencies(entry& to, node const& value);
    rules const* branch_named(node const& at, std::string const& reference);
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

    document const& document_;
    bool zoneless_times_;
    bool is_3_0_;
    std::unordered_map<node const*, entry*> known_;
    std::unordered_map<rules const*, node const*> places_;
    std::unordered_map<rules const*, rules const*> stripped_;
    std::deque<entry> entries_;
    std::vector<entry*> unread_;
    bool reading_ = false;
    keyword_count words_;
    std::unordered_map<std::string_view, bool> patterns_;  ///< whether they can be matched

    // What the rules refer to.
    std::deque<std::string> texts_;
    std::deque<std::vector<rules const*>> lists_;
    std::deque<std::vector<schema::member>> members_;
    std::deque<std::vector<std::string_view>> names_;
    std::deque<std::vector<schema::dependency>> dependencies_;
    std::deque<std::vector<schema::literal>> literals_;
    std::deque<schema::tag> tags_;
};

}  // namespace ferry::gen
