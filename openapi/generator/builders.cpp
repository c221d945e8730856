// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "builders.hpp"

#include "names.hpp"
#include "text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

/// Members of the builders' bases and the names that generated builders use themselves.
scope builder_names() {
    return {"send",        "with_response",  "async_send",  "async_with_response",
            "request",     "timeout",        "max_retries", "extra_header",
            "extra_query", "extra_body",     "options",     "save_to",
            "write_to",    "async_save_to",  "items",       "pages",
            "typed_body",  "item_type",      "value_type",  "items_of",
            "next_token",  "set_page_token", "content",     "call",
            "paged_call",  "download_call",  "engine",      "engine_",
            "state_",      "body_",          "derived",     "run",
            "stop_token"};
}

property const* find_property(type const& object, std::string const& wire) {
    for (auto const& p : object.properties)
        if (p.wire == wire) return &p;
    return nullptr;
}

/// A setter writes scalars, and lists of them in the plain styles, as text by itself; what is free-form is
/// given as text.
bool is_typed(parameter const& p) {
    if (p.style == value_style::json) return true;
    if (real(*p.use.of).kind == type_kind::raw) return false;
    return p.style == value_style::label || p.style == value_style::matrix ||
           as_text(*p.use.of) == scalar_kind::none;
}

void plan_paging(operation& o) {
    auto const* told = o.at->find("x-ferry-paging");
    if (told == nullptr || o.answer != answer_kind::json) return;
    auto const& page = real(*o.answer_type.of);
    paging found;
    found.items = find_property(page, told->text("items"));
    found.next_token = find_property(page, told->text("next-token"));
    for (auto const& p : o.parameters)
        if (p.wire == told->text("token")) found.setter = p.name;
    for (auto const& member : o.body.members)
        if (member.of->wire == told->text("token")) found.setter = member.setter;
    auto const is = [](property const* p, type_kind kind) {
        return p != nullptr && real(*p->use.of).kind == kind;
    };
    if (!is(found.items, type_kind::list))
        fail(*told, "`items` must name a property of the answer that is a list");
    if (!found.items->required || is_nullable(found.items->use))
        fail(*told, "the list of items must be required and not null; say so in the answer's schema");
    if (!is(found.next_token, type_kind::text))
        fail(*told, "`next-token` must name a property of the answer that is a text");
    if (found.setter.empty()) fail(*told, "`token` must name a parameter or a property of the body");
    o.pages = found;
}

void plan_download(operation& o) {
    auto const* told = o.at->find("x-ferry-download");
    if (told == nullptr || o.answer != answer_kind::json) return;
    auto const* url = find_property(real(*o.answer_type.of), told->text("url"));
    if (url == nullptr || real(*url->use.of).kind != type_kind::text || !url->required ||
        is_nullable(url->use))
        fail(*told, "`url` must name a property of the answer that is a required text");
    o.signed_url = url;
}

}  // namespace

scalar_kind as_text(type const& t) {
    auto const& at = real(t);
    switch (at.kind) {
        case type_kind::boolean:
        case type_kind::integer:
        case type_kind::number:
        case type_kind::text:
        case type_kind::time:
        case type_kind::bytes:
        case type_kind::open_enum:
            return scalar_kind::single;
        case type_kind::list:
            return as_text(*at.inner.of) == scalar_kind::single ? scalar_kind::list : scalar_kind::none;
        default:
            return scalar_kind::none;
    }
}

std::vector<parameter const*> typed_parameters(operation const& o) {
    std::vector<parameter const*> made;
    for (auto const& p : o.parameters)
        if (p.typed) made.push_back(&p);
    return made;
}

void plan_resources(api& of) {
    std::map<std::vector<std::string>, resource*> known;
    scope classes{"client", "description", "models", "ferry", "std"};
    scope headers{"client"};
    std::map<resource*, scope> members;
    scope roots{"call", "client", "engine", "engine_", "method", "options", "path"};
    auto const* tags = of.source->root().find("tags");
    // All resources first, so that a method never takes the name of a child.
    for (auto& o : of.operations) {
        resource* parent = nullptr;
        std::vector<std::string> path;
        std::vector<std::string> words;
        for (auto const& part : o.resource) {
            path.push_back(snake(part));
            words.push_back(snake(part));
            auto*& slot = known[path];
            if (slot == nullptr) {
                slot = &of.resources.emplace_back();
                auto const name = identifier(join(words, "_"), "resource");
                slot->header = headers.take(name);
                slot->class_name = classes.take(
                    (name.ends_with('_') ? name.substr(0, name.size() - 1) : name) + "_resource");
                slot->member =
                    (parent == nullptr ? roots : members[parent]).take(identifier(part, "resource"));
                (parent == nullptr ? of.roots : parent->children).push_back(slot);
            }
            parent = slot;
        }
        parent->operations.push_back(&o);
        auto const* tag = o.at->find("tags");
        if (parent->docs.empty() && tags != nullptr && tag != nullptr && !tag->children.empty())
            for (auto const& entry : tags->children)
                if (entry->text("name") == tag->children[0]->scalar)
                    parent->docs = entry->text("description");
    }
    for (auto& r : of.resources) {
        auto& names = members[&r];
        names.reserve(r.class_name);
        names.reserve("engine_");
        for (auto* o : r.operations) {
            o->method_name = names.take(identifier(o->call, "call"));
            std::string words;
            for (auto const& part : o->resource) words += snake(part) + "_";
            o->class_name = classes.take(identifier(words + snake(o->call), "call"));
        }
    }
}

void plan_builder(api& of, operation& o) {
    auto names = builder_names();
    names.reserve(o.class_name);
    // An argument of a resource's method must not hide a member of the resource.
    for (auto const& r : of.resources)
        if (std::find(r.operations.begin(), r.operations.end(), &o) != r.operations.end())
            for (auto const* child : r.children) names.reserve(child->member);
    std::vector<std::string> wanted;
    for (auto& p : o.parameters) {
        auto name = p.at->text("x-ferry-name");
        if (name.empty()) name = p.wire;
        // One name in two places: the second says where it goes.
        if (std::any_of(o.parameters.data(), &p,
                        [&](parameter const& other) { return snake(other.wire) == snake(name); })) {
            constexpr char const* places[] = {"path_", "query_", "header_", "cookie_"};
            name = places[static_cast<int>(p.in)] + name;
        }
        wanted.push_back(name);
    }
    std::size_t typed = 0;
    for (auto& p : o.parameters)
        if (is_typed(p)) p.typed = typed++;
    auto const setters = identifiers(wanted, names, "value");
    for (std::size_t i = 0; i < setters.size(); ++i) o.parameters[i].name = setters[i];

    if (o.body.kind != body_kind::none && o.body.whole)
        o.body.name = names.take(identifier(o.body.name.empty() ? "body" : o.body.name));
    if (o.body.kind != body_kind::none && !o.body.whole) {
        auto& body = real(*o.body.use.of);
        for (std::size_t i = 0; i < body.properties.size(); ++i) {
            auto const& p = body.properties[i];
            o.body.members[i].of = &p;
            o.body.members[i].setter = names.take(names.has(p.name) ? identifier("body_" + p.name) : p.name);
        }
    }
    try {
        plan_paging(o);
    } catch (failure const& e) {
        of.notes.add(e, "the call has no items() and pages()");
    }
    try {
        plan_download(o);
    } catch (failure const& e) {
        of.notes.add(e, "the call does not follow the URL");
    }
}

}  // namespace ferry::gen
