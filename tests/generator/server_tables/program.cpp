// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "tables_tables.hpp"

#include <cstdio>

// What the tables of description.yaml must say.

using namespace ferry::mock;
using ferry::schema::keyword;
using ferry::schema::rules;

namespace {

int failures = 0;

void check(bool holds, char const* what) {
    if (holds) return;
    std::printf("%s\n", what);
    ++failures;
}

rules const* property(rules const& of, std::string_view name) {
    for (auto const& member : of.find(keyword::properties)->members())
        if (member.name == name) return member.that;
    return nullptr;
}

}  // namespace

int main() {
    auto const routes = generated::tables_routes();
    check(routes.size() == 1, "one operation, one route");
    route const& create = routes[0];
    check(create.success == 201 && create.body == body_kind::form && create.body_required, "what is plain");
    check(create.files.size() == 2 && create.files[0] == "file" && create.files[1] == "more",
          "files are the parts of bytes, and lists of them");
    auto const content = create.answers[0].content;
    check(content.size() == 2 && content[1].body->all.empty(),
          "a media type without a schema allows anything");

    rules const& node = *content[0].body;
    check(node.place == "/components/schemas/Node", "a component has its place");
    check(&property(node, "children")->find(keyword::items)->that() == &node, "a schema contains itself");
    check(property(node, "anything")->place == "/components/schemas/Anything",
          "a component without keywords has its place, too");
    rules const& schemas = *property(node, "schemas");
    check(schemas.place.empty() && schemas.find(keyword::properties)->members()[0].that->place.empty(),
          "what is inside a property called schemas is no component");
    check(property(schemas, "first")->find(keyword::exclusive_minimum)->text() == "0.5", "numbers are exact");
    return failures;
}
