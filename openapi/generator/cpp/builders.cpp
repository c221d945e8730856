// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/builders.hpp"

#include "document/keys.hpp"
#include "model/schema.hpp"
#include "words/lists.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <cassert>

namespace ferry::gen {

namespace {

/// Members of the builders' bases and the names that generated builders use themselves.
scope builder_names() {
    return {"send",
            "with_response",
            "async_send",
            "async_with_response",
            "request",
            "timeout",
            "max_retries",
            "max_pages",
            "extra_header",
            "extra_query",
            "extra_body",
            "options",
            "save_to",
            "write_to",
            "async_save_to",
            "items",
            "pages",
            "typed_body",
            "item_type",
            "value_type",
            "items_of",
            "next_token",
            "set_page_token",
            "has_page_token",
            "total_size",
            "content",
            "call",
            "paged_call",
            "download_call",
            "engine",
            "engine_",
            "state_",
            "body_",
            "derived",
            "run",
            "stop_token",
            "progress",
            "checksum",
            "expect_checksum",
            "expect_sha256",
            "expect_size",
            "expect_type",
            "flush_to_disk",
            "async_write_to",
            "keep_raw_body",
            "validated_body",
            "common_parameters",
            "derived_type"};
}

property const* find_property(type const& object, std::string const& wire) {
    auto const found = std::ranges::find(object.properties, wire, &property::wire);
    return found != object.properties.end() ? &*found : nullptr;
}

/// A setter writes scalars, and lists of them that repeat the name, as text by itself; what is free-form is
/// given as text. In a list that is one text the elements are encoded before they are joined.
bool is_typed(parameter const& p) {
    if (p.style == value_style::json) return true;
    if (real(*p.use.of).kind == type_kind::raw) return false;
    auto const shape = as_text(*p.use.of);
    bool const repeated = p.in == gen::place::query && (p.explode || p.style == value_style::deep);
    return p.style == value_style::label || p.style == value_style::matrix || shape == scalar_kind::none ||
           (shape == scalar_kind::list && !repeated);
}

void plan_paging(operation& o) {
    auto const* told = o.at->find("x-ferry-paging");
    if (told == nullptr || o.answer != answer_kind::json) return;
    auto const& page = real(*o.answer_type.of);
    paging found;
    found.items = find_property(page, told->text("items"));
    found.next_token = find_property(page, told->text("next-token"));
    found.total = find_property(page, told->text("total"));
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
    if (told->find("total") != nullptr && !is(found.total, type_kind::integer))
        fail(*told, "`total` must name a property of the answer that is an integer");
    if (found.setter.empty()) fail(*told, "`token` must name a parameter or a property of the body");
    o.pages = found;
}

std::uint16_t read_status(node const& at) {
    auto const text = at.scalar;
    bool const good = text.size() == 3 && text[0] == '4' && text.find_first_not_of("0123456789") == text.npos;
    if (!good) fail(at, "`expired` is a list of statuses from 400 to 499");
    return static_cast<std::uint16_t>(std::stoi(text));
}

void plan_download(operation& o) {
    auto const* told = o.at->find("x-ferry-download");
    if (told == nullptr || o.answer != answer_kind::json) return;
    auto const* url = find_property(real(*o.answer_type.of), told->text("url"));
    if (url == nullptr || real(*url->use.of).kind != type_kind::text || !url->required ||
        is_nullable(url->use))
        fail(*told, "`url` must name a property of the answer that is a required text");
    o.signed_url = url;
    o.expired = {403, 410};
    auto const* expired = told->find("expired");
    if (expired == nullptr) return;
    o.expired.clear();
    for (auto const& status : expired->children) o.expired.push_back(read_status(*status));
}

/// Parameters that only steer a request say nothing about whom it is for.
void find_loggable(api& of) {
    auto& names = of.loggable;
    for (auto const& o : of.operations) {
        for (auto const& p : o.parameters) {
            auto const* t = &real(*p.use.of);
            if (t->kind == type_kind::list) t = &real(*t->inner.of);
            bool const steers = t->kind == type_kind::boolean || t->is_enumeration();
            if (steers && p.in == place::query) names.push_back(p.wire);
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

/// What the operation calls an argument, else what is said where the argument is described.
node const* given_argument(operation const& o, std::string_view wire, node const* otherwise) {
    auto const* given = given_name(*o.at, "x-ferry-parameters", wire);
    return given != nullptr ? given : otherwise;
}

wish wish_of_parameter(operation const& o, parameter const& p) {
    std::string const place = name_of(p.in);
    auto const key = place + ":" + key_of(p.wire);
    if (auto const* given = given_argument(o, place + ":" + p.wire, nullptr); given != nullptr)
        return wish_of(key, p.wire, given);
    auto made = wish_of(key, p.wire, given_argument(o, p.wire, p.at->find("x-ferry-name")));
    // One name in two places: the second says where it goes.
    if (std::any_of(o.parameters.data(), &p, [&](parameter const& other) {
            return other.in != p.in && snake(other.wire) == snake(made.text);
        }))
        made.text = place + "_" + made.text;
    return made;
}

/// `directories.files` → `directories_files`
std::string joined(std::string key) {
    std::replace(key.begin(), key.end(), '.', '_');
    return key;
}

/// Where a person chose the name; null where it is derived.
node const* given_name(operation const& o) {
    return o.derived_name ? nullptr : o.at->find("x-ferry-name");
}

/// Classes of resources and builders, which share the namespace of the API.
void name_classes(api& of) {
    constexpr std::string_view suffix = "resource";
    scope classes{"client", "common_parameters", "description", "models", "servers", "ferry", "std"};
    classes.keep(of.memory.in("classes"));
    std::vector<wish> wishes;
    for (auto const& r : of.resources) {
        auto const name = identifier(joined(r.key), suffix);
        wishes.push_back({r.key, name + (name.ends_with('_') ? "" : "_") + std::string(suffix)});
    }
    for (auto const& r : of.resources)
        for (auto const* o : r.operations)
            wishes.push_back({o->key, joined(r.key + "." + snake(o->call)), given_name(*o)});
    auto const names = identifiers(wishes, classes, "call", of.notes);
    auto next = names.begin();
    // The other headers of a client, beside those of the resources.
    scope headers{"client", "common_parameters", "description", "models_fwd", "servers", "src", "validation"};
    for (auto& r : of.resources) {
        r.class_name = *next++;
        auto name = r.class_name;
        if (auto const at = name.rfind("_" + std::string(suffix)); at != name.npos)
            name.erase(at, suffix.size() + 1);
        r.header = headers.take(name);
    }
    for (auto& r : of.resources)
        for (auto* o : r.operations) o->class_name = *next++;
}

/// Members of the client, or of a resource: its children, and its methods, which never take the name of a
/// child.
void name_members(api& of, std::string const& key, std::vector<resource*> const& children,
                  std::vector<operation*> const& operations, scope names) {
    // A member with the name of a class would hide it.
    for (auto const* child : children) names.reserve(child->class_name);
    for (auto const* o : operations) names.reserve(o->class_name);
    names.keep(of.memory.in("in " + key));
    std::vector<wish> wishes;
    for (auto const* child : children) wishes.push_back({child->key, child->member});
    auto made = identifiers(wishes, names, "resource", of.notes);
    for (std::size_t i = 0; i < made.size(); ++i) children[i]->member = made[i];
    wishes.clear();
    for (auto const* o : operations) wishes.push_back({o->key, o->call, given_name(*o)});
    made = identifiers(wishes, names, "call", of.notes);
    for (std::size_t i = 0; i < made.size(); ++i) {
        operations[i]->method_name = made[i];
        // With its number, so that the name of the operation tells it from others as well.
        if (operations[i]->derived_name) operations[i]->call = snake(made[i]);
    }
}

}  // namespace

scalar_kind as_text(type const& t) {
    auto const& at = real(t);
    switch (at.kind) {
        case type_kind::boolean:
        case type_kind::integer:
        case type_kind::uint64:
        case type_kind::number:
        case type_kind::decimal:
        case type_kind::text:
        case type_kind::time:
        case type_kind::bytes:
        case type_kind::open_enum:
        case type_kind::open_integer:
            return scalar_kind::single;
        case type_kind::list:
            return as_text(*at.inner.of) == scalar_kind::single ? scalar_kind::list : scalar_kind::none;
        default:
            return scalar_kind::none;
    }
}

std::string key_of_member(property const& p) {
    return "body:" + (p.wire.empty() ? "*" : key_of(p.wire));
}

part_shape shape_of_part(body_member const& m) {
    auto const& at = real(*m.of->use.of);
    if (m.as_file) return {part_kind::file, at.kind == type_kind::list};
    auto const shape = as_text(at);
    bool const list = shape == scalar_kind::list;
    if (at.kind == type_kind::map && !m.as_json && real(*at.inner.of).kind == type_kind::bytes)
        return {part_kind::file, false, true};
    if (m.as_json || shape == scalar_kind::none) return {part_kind::value};
    if (real(list ? *at.inner.of : at).kind == type_kind::bytes) return {part_kind::file, list};
    if (list && m.style && !m.explode) return {part_kind::value};
    return {part_kind::text, list};
}

std::vector<parameter const*> typed_parameters(operation const& o) {
    std::vector<parameter const*> made;
    for (auto const& p : o.parameters)
        if (p.typed) made.push_back(&p);
    return made;
}

namespace {

/// Not where it is one for everything, whose description would stand at each resource.
bool is_resource(node const& tag, operation const& o) {
    auto const name = snake(tag.scalar);
    return !o.derived_name || name == o.resource.back() || name.ends_with("_" + o.resource.back());
}

void plan_resources(api& of) {
    std::map<std::string, resource*> known;
    auto const* tags = of.source->root().find("tags");
    for (auto& o : of.operations) {
        resource* parent = nullptr;
        std::string key;
        for (auto const& part : o.resource) {
            auto const word = snake(part);
            key += (key.empty() ? "" : ".") + word;
            auto*& slot = known[key];
            if (slot == nullptr) {
                slot = &of.resources.emplace_back();
                slot->key = key;
                slot->member = word;
                (parent == nullptr ? of.roots : parent->children).push_back(slot);
            }
            parent = slot;
        }
        assert(parent != nullptr);  // a name without a resource was refused
        parent->operations.push_back(&o);
        auto const* tag = o.at->find("tags");
        bool const tagged = tag != nullptr && !tag->children.empty() && is_resource(*tag->children[0], o);
        if (parent->docs.empty() && tags != nullptr && tagged)
            for (auto const& entry : tags->children)
                if (entry->text("name") == tag->children[0]->scalar)
                    parent->docs = entry->find("description") != nullptr ? entry->text("description")
                                                                         : entry->text("summary");
    }
    name_classes(of);
    name_members(of, {}, of.roots, {},
                 {"call", "client", "description", "engine", "engine_", "method", "options", "path"});
    for (auto& r : of.resources) name_members(of, r.key, r.children, r.operations, {r.class_name, "engine_"});
}

void plan_builder(api& of, operation& o) {
    auto names = builder_names();
    names.reserve(o.class_name);
    if (!o.other_media.empty()) names.reserve("as");
    // An argument of a resource's method must not hide a member of the resource.
    for (auto const& r : of.resources)
        if (contains(r.operations, &o))
            for (auto const* child : r.children) names.reserve(child->member);
    names.keep(of.memory.in("parameter " + o.key));
    std::vector<wish> wishes;
    for (auto& p : o.parameters) wishes.push_back(wish_of_parameter(o, p));
    std::size_t typed = 0;
    for (auto& p : o.parameters)
        if (is_typed(p)) p.typed = typed++;
    auto const setters = identifiers(wishes, names, "value", of.notes);
    for (std::size_t i = 0; i < setters.size(); ++i) o.parameters[i].name = setters[i];

    if (o.body.kind != body_kind::none && o.body.whole)
        o.body.name = identifier(wish_of("body", "body", given_argument(o, "body", o.body.given)), names,
                                 "body", of.notes);
    if (o.body.kind != body_kind::none && !o.body.whole) {
        auto& body = real(*o.body.use.of);
        for (std::size_t i = 0; i < o.body.members.size(); ++i) {
            auto const& p = i < body.properties.size() ? body.properties[i] : *body.rest;
            o.body.members[i].of = &p;
            auto const text = names.has(p.name) ? identifier("body_" + p.name) : p.name;
            auto const* given = given_argument(o, "body:" + p.wire, nullptr);
            o.body.members[i].setter =
                identifier(wish_of(key_of_member(p), text, given), names, "value", of.notes);
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

/// Whether two operations take a parameter alike, so that one setter serves both.
bool is_same(parameter const& a, parameter const& b) {
    return a.wire == b.wire && a.in == b.in && a.name == b.name && a.docs == b.docs &&
           a.deprecated == b.deprecated && a.style == b.style && a.explode == b.explode &&
           a.reserved == b.reserved && !a.typed && !b.typed && real(*a.use.of).kind == real(*b.use.of).kind &&
           (a.use.of == b.use.of || real(*a.use.of).name.empty());
}

/// Optional parameters that every operation takes alike.
void find_common_parameters(api& of) {
    constexpr std::size_t enough_operations = 3;
    if (of.operations.size() < enough_operations) return;
    for (auto const& candidate : of.operations.front().parameters) {
        if (candidate.required || candidate.typed || as_text(*candidate.use.of) == scalar_kind::list)
            continue;
        auto const same = [&](parameter const& p) { return !p.required && is_same(p, candidate); };
        auto const has_same = [&](operation const& o) { return std::ranges::any_of(o.parameters, same); };
        if (std::ranges::all_of(of.operations, has_same)) of.common_parameters.push_back(candidate);
    }
    for (auto& o : of.operations)
        for (auto& p : o.parameters)
            p.common = std::ranges::any_of(of.common_parameters, [&](parameter const& one) {
                return one.wire == p.wire && one.in == p.in;
            });
}

}  // namespace

void plan_builders(api& of) {
    plan_resources(of);
    for (auto& o : of.operations) plan_builder(of, o);
    find_loggable(of);
    find_common_parameters(of);
}

}  // namespace ferry::gen
