// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/signature.hpp"

#include "cpp/builders.hpp"

#include <algorithm>

namespace ferry::gen {

std::string declared(input const& in) {
    return in.type + " " + in.name;
}

bool is_cheap(type const& t) {
    switch (real(t).kind) {
        case type_kind::boolean:
        case type_kind::integer:
        case type_kind::uint64:
        case type_kind::number:
        case type_kind::open_integer:
            return true;
        default:
            return false;
    }
}

bool takes_body(operation const& o) {
    return o.body.kind != body_kind::none && o.body.required;
}

bool is_argument(body_member const& m) {
    // Without a name it is the map of all other members, which may be empty.
    bool const needed = (m.of->required || m.of->must_send) && !m.of->wire.empty();
    return needed && m.of->initial.empty() && !is_fixed(m);
}

bool is_setter(body_member const& m) {
    return !is_argument(m) && m.of->initial.empty() && !is_fixed(m);
}

bool is_fixed(body_member const& m) {
    return m.fixed != nullptr && m.of->required && m.of->initial.empty();
}

std::vector<parameter const*> required_parameters(operation const& o) {
    std::vector<parameter const*> made;
    for (auto const& p : o.parameters)
        if (p.is_argument()) made.push_back(&p);
    // clang 14 cannot compile the one of std::ranges.
    std::stable_partition(made.begin(), made.end(), [](auto const* p) { return p->in == place::path; });
    return made;
}

std::string signature::plain(type const& t) {
    mentioned(t, types_);
    return spell_.plain(t, "models::");
}

std::string signature::value(type_use const& use) {
    mentioned(*use.of, types_);
    return spell_.value(use, "models::");
}

input signature::of_parameter(parameter const& p) {
    auto const shape = as_text(*p.use.of);
    bool const free_form = shape == scalar_kind::none && !p.typed;
    input made{p.name, free_form ? "std::string" : plain(*p.use.of), p.docs};
    made.cheap = shape == scalar_kind::single && is_cheap(*p.use.of);
    made.list = shape == scalar_kind::list;
    made.deprecated = p.deprecated;
    made.wire = p.wire;
    return made;
}

input signature::of_member(operation const& o, body_member const& m) {
    auto const& p = *m.of;
    input made{m.setter, {}, p.docs};
    made.deprecated = p.deprecated;
    made.wire = p.wire;
    auto const& at = real(*p.use.of);
    if (o.body.kind == body_kind::multipart) {
        auto const shape = shape_of_part(m);
        made.list = shape.each;
        if (shape.by_key) {
            made.type = "std::map<std::string, " + spell_.runtime() + "upload_source>";
        } else if (shape.kind == part_kind::file) {
            made.type = made.list ? "std::vector<" + spell_.runtime() + "upload_source>"
                                  : spell_.runtime() + "upload_source";
        } else {
            made.type = plain(*p.use.of);
            made.cheap = is_cheap(*p.use.of);
        }
        return made;
    }
    bool const null = is_nullable(p.use) && at.kind != type_kind::raw;
    made.type = plain(*p.use.of);
    bool const cleared = !p.required && null && real(*o.body.use.of).in_request;
    // A box within would take two conversions, of which C++ makes one.
    if (p.boxed && (cleared || (p.required && null))) made.type = spell_.runtime() + "box<" + made.type + ">";
    if (p.required && null) made.type = "std::optional<" + made.type + ">";
    if (cleared) made.type = spell_.runtime() + "nullable<" + made.type + ">";
    made.cheap = !null && is_cheap(*p.use.of);
    return made;
}

input signature::of_body(operation const& o) {
    auto made = input{o.body.name, body_type(o), o.body.docs};
    made.cheap = is_cheap(*o.body.use.of) && !is_nullable(o.body.use);
    made.wire = o.body.name;
    if (made.docs.empty()) made.docs = "The body.";
    return made;
}

std::string signature::body_type(operation const& o) {
    return o.body.kind == body_kind::file ? spell_.runtime() + "upload_source" : value(o.body.use);
}

std::vector<input> signature::arguments(operation const& o) {
    std::vector<input> made;
    for (auto const* p : required_parameters(o)) made.push_back(of_parameter(*p));
    if (o.body.whole && takes_body(o)) made.push_back(of_body(o));
    for (auto const& m : o.body.members)
        if (is_argument(m)) made.push_back(of_member(o, m));
    return made;
}

std::vector<input> signature::setters(operation const& o) {
    std::vector<input> made;
    for (auto const& p : o.parameters)
        if (p.is_setter()) made.push_back(of_parameter(p));
    for (auto const& m : o.body.members)
        if (is_setter(m)) made.push_back(of_member(o, m));
    if (o.body.whole && o.body.kind != body_kind::none && !o.body.required) made.push_back(of_body(o));
    return made;
}

std::string signature::answer(operation const& o) {
    switch (o.answer) {
        case answer_kind::none:
            return "void";
        case answer_kind::text:
        case answer_kind::bytes:
            return "std::string";
        case answer_kind::json:
            break;
    }
    return value(o.answer_type);
}

}  // namespace ferry::gen
