// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/document.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ferry::gen {

/// The keywords that constrain a value, from all parts of its schema: references are followed, the parts of
/// `allOf` taken together, the stricter of two counts. Of alternatives nothing is known, unless all of them
/// list their values or there is one only beside null.
struct schema_limits {
    struct bound {
        node const* at = nullptr;
        bool exclusive = false;
    };
    bound minimum;
    bound maximum;
    node const* multiple_of = nullptr;
    node const* min_length = nullptr;
    node const* max_length = nullptr;
    node const* min_items = nullptr;
    node const* max_items = nullptr;
    node const* min_properties = nullptr;
    node const* max_properties = nullptr;
    node const* pattern = nullptr;
    node const* items = nullptr;
    node const* additional = nullptr;
    std::string format;
    bool unique = false;
    bool constant = false;
    std::optional<std::vector<node const*>> values;  ///< without null
    std::vector<std::string> required;
    std::string alternatives;  ///< `oneOf` or `anyOf`, the first one found

    static schema_limits of(node const& schema, document const& in);

private:
    void gather(node const& schema, document const& in, std::set<node const*>& seen);
    void gather_own(node const& schema);
    void gather_bounds(node const& schema);
    void gather_values(node const& schema);
    void gather_alternatives(node const& branches, document const& in, std::set<node const*>& seen);
    void allow(std::vector<node const*> const& only);
};

/// A number as the description has it; nothing where the node is none.
std::optional<double> number_of(node const* at);

}  // namespace ferry::gen
