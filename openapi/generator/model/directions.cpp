// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/normalise.hpp"

#include <set>
#include <string_view>
#include <vector>

/// \file
/// What goes to the service and what comes from it: models that do both, members that do one.

namespace ferry::gen {

namespace {

/// The types that are reached from `todo` and those themselves.
std::set<type*> reached(std::vector<type_use> todo) {
    std::set<type*> seen;
    while (!todo.empty()) {
        type* at = todo.back().of;
        todo.pop_back();
        if (at == nullptr || !seen.insert(at).second) continue;
        todo.push_back(at->inner);
        for (auto& p : at->properties) todo.push_back(p.use);
        for (auto& one : at->arms) todo.push_back(one.use);
        if (at->rest) todo.push_back(at->rest->use);
    }
    return seen;
}

/// Whether a member's schema, here or where it refers to, has a mark such as `readOnly`.
bool is_marked(property const& p, char const* mark, document const& source) {
    return p.schema != nullptr && p.schema->is_map() &&
           (p.schema->flag(mark) || source.follow(*p.schema).flag(mark));
}

/// A member that only the other side sends is required of that side, so a struct that goes this way can do
/// without. A call still asks for what only it sends.
void loosen(type& t, char const* mark, document const& source) {
    for (auto& p : t.properties)
        if (p.required && p.initial.empty() && is_marked(p, mark, source)) {
            p.required = false;
            p.must_send = std::string_view(mark) == "writeOnly";
        }
}

}  // namespace

void mark_requests(api& of) {
    std::vector<type_use> bodies;
    for (auto& o : of.operations) {
        if (o.body.kind == body_kind::json) bodies.push_back(o.body.use);
        if (o.body.kind == body_kind::multipart)
            for (auto& p : real(*o.body.use.of).properties) bodies.push_back(p.use);
    }
    for (auto* t : reached(bodies)) t->in_request = true;
}

void loosen_one_way_members(api& of) {
    std::vector<type_use> sent;
    std::vector<type_use> answers;
    for (auto& o : of.operations) {
        if (o.body.use.of != nullptr) sent.push_back(o.body.use);
        if (o.answer_type.of != nullptr) answers.push_back(o.answer_type);
    }
    for (auto* t : reached(sent)) loosen(*t, "readOnly", *of.source);
    for (auto* t : reached(answers)) loosen(*t, "writeOnly", *of.source);
}

}  // namespace ferry::gen
