// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "tests/conformance.hpp"
#include "tests/sample.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ferry::gen {

/// A value that tests can use: it fits its schema, and JSON can write it.
struct example {
    std::string place;  ///< where the description has it, or what it was made up from
    std::string json;
    std::vector<std::string> may_drop;  ///< JSON pointers of what the schema does not know
    std::shared_ptr<node const> value;
    bool made_up = false;
};

/// An example that tests cannot use.
struct skipped_example {
    std::string place;
    std::string why;
};

/// Finds the examples of a description and makes up others.
class example_finder {
public:
    explicit example_finder(schemas& in) : source_(in.source()), rules_(in), samples_(rules_) {}

    /// The schema's own examples.
    std::vector<example> of_schema(node const& schema);
    /// Those of a media type or a parameter, else those of its schema.
    std::vector<example> of_holder(node const& holder);
    /// A value that is made up; nothing where none can be. \param branch see sampler::make
    std::optional<example> made_up(node const& schema, sampler::size wanted, std::size_t branch = 0);
    /// The first example, else one that is made up.
    std::optional<example> any(node const& holder);

    /// For a part of an example: what it would be by itself.
    std::optional<example> part(example const& whole, node const& value, node const& schema);

    conformance const& rules() const noexcept { return rules_; }
    sampler& samples() noexcept { return samples_; }
    std::vector<skipped_example> const& skipped() const noexcept { return skipped_; }
    void skip(std::string place, std::string why);
    /// The place in the description, without line and column: those would change with every edit.
    std::string place(node const& at) const;

private:
    void add(std::vector<example>& to, node const& value, node const& schema);
    std::vector<example> named(node const& examples, node const& schema);

    document const& source_;
    conformance rules_;
    sampler samples_;
    std::vector<skipped_example> skipped_;
};

}  // namespace ferry::gen
