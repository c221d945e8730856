// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "schema/shape.hpp"

#include <string>
#include <vector>

namespace ferry::gen {

/// Holds values against schemas of a description. It looks at what the description asks and at no type that
/// the generator made of it, so that tests which build on it can find the generator wrong.
class conformance {
public:
    explicit conformance(schemas& in) : schemas_(in) {}

    /// Why the value does not fit, with its place in the value; empty where it does. Null is as good as
    /// absent.
    std::string misfit(node const& value, node const& schema) const;
    /// JSON pointers of the members that no schema describes and that no additionalProperties takes.
    std::vector<std::string> unknown(node const& value, node const& schema) const;

    /// Of the branches of a schema's only union the one that the value fits, behind references; null where it
    /// fits none or several.
    node const* only_branch(node const& value, node const& schema) const;

    /// All that is asked of a value of the schema.
    shape all_of(node const& schema) const { return shape_of(schemas_.of(schema), schemas_); }
    schemas& known() const noexcept { return schemas_; }
    /// What is behind references.
    node const& follow(node const& at) const { return schemas_.source().follow(at); }

private:
    schemas& schemas_;
};

}  // namespace ferry::gen
