// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/parameters.hpp"

#include "model/schema.hpp"
#include "words/facts.hpp"
#include "words/lists.hpp"
#include "words/media.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace ferry::gen {

namespace {

constexpr char const* left_out = "the parameter is left out";

/// Collects what is declared; what comes later wins over the same name in the same place.
void collect(reading const& with, node const* list, std::vector<node const*>& into) {
    if (list == nullptr) return;
    if (!list->is_list()) return with.to.notes.add(*list, "parameters must be a list; they are left out");
    for (auto const& entry : list->children) {
        auto const* parameter = with.follow(*entry, left_out);
        if (parameter == nullptr) continue;
        auto const same = std::find_if(into.begin(), into.end(), [&](node const* known) {
            return known->text("name") == parameter->text("name") &&
                   known->text("in") == parameter->text("in");
        });
        if (same != into.end())
            *same = parameter;
        else
            into.push_back(parameter);
    }
}

gen::place place_of(node const& at) {
    auto const in = at.text("in");
    if (in == "path") return gen::place::path;
    if (in == "query") return gen::place::query;
    if (in == "header") return gen::place::header;
    if (in == "cookie") return gen::place::cookie;
    if (in == "querystring")
        fail(at, "a whole query as one value (`in: querystring`) has no setter; extra_query() sends it");
    fail(at, "`in` must be path, query, header or cookie");
}

/// Set by the library; OpenAPI says that such parameters are ignored.
bool is_own_header(parameter const& p) {
    auto const header = snake(p.wire);
    return p.in == gen::place::header &&
           (header == "accept" || header == "content_type" || header == "authorization");
}

std::string parameter_docs(reading const& with, node const& at, node const* schema) {
    auto text = at.text("description");
    if (text.empty() && schema != nullptr && schema->find("$ref") == nullptr)
        text = schema->text("description");
    return with_facts(text,
                      schema != nullptr ? facts(with.from.follow(*schema)) : std::vector<std::string>());
}

void read_reserved(reading const& with, parameter& p, node const& at) {
    if (!at.flag("allowReserved")) return;
    p.reserved = p.in == gen::place::query;
    if (!p.reserved)
        with.to.notes.add(
            at, "allowReserved counts for parameters of a query; " + p.wire + " is percent-encoded as usual");
}

/// A required parameter that need not be given: it has one allowed value, or a default outside of the path.
void read_initial(reading const& with, parameter& p, node const* given) {
    bool const usual = p.style == value_style::simple || p.style == value_style::form;
    if (!p.required || given == nullptr || !usual) return;
    auto const& schema = with.from.follow(*given);
    if (!schema.is_map()) return;
    auto const is_scalar = [](node const* value) {
        return value != nullptr && !value->is_map() && !value->is_list() && !value->is_null();
    };
    auto const kind = real(*p.use.of).kind;
    bool const plain = kind == type_kind::text || kind == type_kind::boolean || kind == type_kind::integer ||
                       kind == type_kind::number || kind == type_kind::open_enum;
    if (!plain) return;
    auto const* only = constant(schema);
    p.fixed = is_scalar(only) && !(p.in == gen::place::path && only->scalar.empty());
    auto const* otherwise = p.in != gen::place::path ? schema.find("default") : nullptr;
    if (p.fixed)
        p.initial = only;
    else if (is_scalar(otherwise))
        p.initial = otherwise;
}

void read_parameter(reading const& with, operation& made, node const& at, std::string const& hint) {
    parameter p;
    p.at = &at;
    p.wire = at.text("name");
    if (p.wire.empty()) fail(at, "a parameter needs a name");
    p.in = place_of(at);
    if (is_own_header(p)) return;
    p.required = p.in == gen::place::path || at.flag("required");
    p.deprecated = at.flag("deprecated");
    node const* schema = at.find("schema");
    node const* content = schema == nullptr ? at.find("content") : nullptr;
    node const* media = content != nullptr && content->is_map() && !content->children.empty()
                            ? content->children[0].get()
                            : nullptr;
    if (media != nullptr) schema = media->find("schema");
    p.use = schema != nullptr
                ? with.schemas.read(*schema, hint + "_" + snake(p.wire))
                : type_use{&with.schemas.basic(media != nullptr ? type_kind::raw : type_kind::text)};
    read_style(with, p, at);
    if (media != nullptr && is_json(media->key)) p.style = value_style::json;
    read_reserved(with, p, at);
    read_initial(with, p, schema);
    p.docs = parameter_docs(with, at, schema);
    made.parameters.push_back(std::move(p));
}

std::vector<std::string> names_in(std::string const& path) {
    std::vector<std::string> names;
    for (auto open = path.find('{'); open != path.npos; open = path.find('{', open + 1))
        names.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
    return names;
}

/// The path asks for exactly the parameters that it names.
void match_path(reading const& with, operation& made) {
    auto const names = names_in(made.path);
    std::erase_if(made.parameters, [&](parameter const& p) {
        bool const unused = p.in == gen::place::path && !contains(names, p.wire);
        if (unused)
            with.to.notes.add(*p.at, "there is no {" + p.wire + "} in " + made.path + "; " + left_out);
        return unused;
    });
    for (auto const& name : names) {
        bool const known = std::ranges::any_of(
            made.parameters, [&](auto const& p) { return p.in == gen::place::path && p.wire == name; });
        if (known) continue;
        with.to.notes.add(*made.at,
                          "{" + name + "} of the path is not among the parameters; it is taken as a text");
        parameter p;
        p.at = made.at->parent;
        p.wire = name;
        p.in = gen::place::path;
        p.use = {&with.schemas.basic(type_kind::text)};
        p.required = true;
        p.style = value_style::simple;
        p.explode = false;
        made.parameters.push_back(std::move(p));
    }
}

}  // namespace

void read_parameters(reading const& with, operation& made, node const& path_item, std::string const& hint) {
    std::vector<node const*> found;
    collect(with, path_item.find("parameters"), found);
    collect(with, made.at->find("parameters"), found);
    for (auto const* at : found) {
        try {
            read_parameter(with, made, *at, hint);
        } catch (failure const& e) {
            with.to.notes.add(e, left_out);
        }
    }
    match_path(with, made);
}

void read_style(reading const& with, parameter& p, node const& at) {
    struct known {
        std::string_view name;
        value_style style;
        std::initializer_list<gen::place> places;
    };
    using enum gen::place;
    static known const styles[] = {
        {"simple", value_style::simple, {path, header}}, {"label", value_style::label, {path}},
        {"matrix", value_style::matrix, {path}},         {"form", value_style::form, {query, cookie}},
        {"spaceDelimited", value_style::space, {query}}, {"pipeDelimited", value_style::pipe, {query}},
        {"deepObject", value_style::deep, {query}},
    };
    bool const form = p.in == query || p.in == cookie;
    p.style = form ? value_style::form : value_style::simple;
    if (auto const* given = at.find("style"); given != nullptr) {
        auto const* const found = std::ranges::find(styles, given->scalar, &known::name);
        if (found != std::end(styles) && contains(found->places, p.in))
            p.style = found->style;
        else
            with.to.notes.add(*given, "there is no style " + given->scalar +
                                          " for such parameters; the usual one is used instead");
    }
    auto const* explode = at.find("explode");
    p.explode = explode != nullptr ? explode->scalar == "true" : p.style == value_style::form;
}

}  // namespace ferry::gen
