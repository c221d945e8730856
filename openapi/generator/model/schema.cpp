// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/schema.hpp"

#include "words/text.hpp"

namespace ferry::gen {

node const* constant(node const& schema) {
    auto const* value = schema.find("const");
    if (value != nullptr) return value;
    auto const* values = schema.find("enum");
    return values != nullptr && values->children.size() == 1 ? values->children[0].get() : nullptr;
}

node const* properties(document const& of, node const& schema) {
    auto const* members = schema.find("properties");
    auto const* reference = members != nullptr ? members->find("$ref") : nullptr;
    return reference != nullptr && reference->is_text() ? &of.resolve(*members) : members;
}

node const* given_name(node const& holder, std::string_view map, std::string_view wire) {
    auto const* names = holder.find(map);
    auto const* name = names != nullptr ? names->find(wire) : nullptr;
    return name != nullptr && !name->scalar.empty() ? name : nullptr;
}

std::string schema_docs(node const& schema) {
    auto text = schema.text("description");
    return text.empty() ? sentence(schema.text("title")) : text;
}

}  // namespace ferry::gen
