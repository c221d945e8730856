// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "schema/well_formed.hpp"

#include "document/diagnostics.hpp"
#include "words/lists.hpp"

#include <array>
#include <string>

namespace ferry::gen {

void well_formed(node const& schema) {
    if (schema.kind == node_kind::boolean) return;
    if (!schema.is_map()) fail(schema, "a schema must be an object (or true or false)");
    auto const check = [&](char const* name, bool (node::*is)() const noexcept, std::string const& words) {
        if (auto const* value = schema.find(name); value != nullptr && !(value->*is)()) fail(*value, words);
    };
    for (char const* list : {"allOf", "anyOf", "oneOf"})
        check(list, &node::is_list,
              std::string(list == std::string("allOf") ? "allOf " : "") + "must be a list of schemas");
    for (char const* list : {"anyOf", "oneOf"})
        if (auto const* branches = schema.find(list); branches != nullptr)
            for (auto const& branch : branches->children)
                if (!branch->is_map() && branch->kind != node_kind::boolean)
                    fail(*branch, "must be a schema");
    check("properties", &node::is_map, "properties must be an object of schemas by name");
    check("enum", &node::is_list, "enum must be a list of values");
    if (auto const* items = schema.find("items"); items != nullptr && items->is_list())
        fail(*items, "items must be one schema; a list of schemas is called prefixItems");
    auto const* type = schema.find("type");
    if (type == nullptr) return;
    auto const known = [](node const& name) {
        constexpr std::array all = {"string", "integer", "number", "boolean", "array",
                                    "object", "null",    "file",   "any"};
        if (!name.is_null() && !(name.is_text() && contains(all, name.scalar)))
            fail(name, "\"" + name.scalar +
                           "\" is no type; use string, integer, number, boolean, array, object or null");
    };
    if (!type->is_list()) return known(*type);
    for (auto const& name : type->children) known(*name);
}

}  // namespace ferry::gen
