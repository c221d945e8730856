// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cli/flags.hpp"

#include "words/names.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace ferry::gen {

namespace {

/// What every command takes, whatever its operation.
std::set<std::string, std::less<>> const words_of_the_frame = {
    "api-key",   "api-key-file", "base-url",        "debug",   "format",  "format-error", "help",
    "max-items", "max-retries",  "no-pager",        "output",  "profile", "quiet",        "raw-output",
    "timeout",   "transform",    "transform-error", "version", "verbose",
};

std::string kind_of(type const& t) {
    switch (real(t).kind) {
        case type_kind::boolean:
            return "boolean";
        case type_kind::integer:
            return "integer";
        case type_kind::number:
            return "number";
        case type_kind::time:
            return "time";
        case type_kind::text:
        case type_kind::bytes:
        case type_kind::open_enum:
            return "text";
        default:
            return "any";
    }
}

void set_kind(flag& made, type const& t) {
    auto const& at = real(t);
    made.list = at.kind == type_kind::list;
    auto const& one = made.list ? *at.inner.of : at;
    made.kind = kind_of(one);
    if (real(one).kind == type_kind::open_enum) made.values = &real(one);
}

/// The members of an object, each a flag behind its name and a dot.
std::vector<flag> members_of(type const& t, std::string const& outer) {
    std::vector<flag> made;
    if (real(t).kind != type_kind::object) return made;
    for (auto const& p : real(t).properties) {
        if (!p.initial.empty()) continue;
        flag one{outer + "." + kebab(p.name)};
        one.wire = p.wire;
        one.docs = p.docs;
        one.nullable = is_nullable(p.use);
        one.deprecated = p.deprecated;
        set_kind(one, *p.use.of);
        made.push_back(std::move(one));
    }
    return made;
}

flag made_from(input const& in, type_use const& use, bool required) {
    flag made{kebab(in.name)};
    made.wire = in.wire;
    made.docs = in.docs;
    made.cpp_type = in.type;
    made.required = required;
    made.nullable = is_nullable(use);
    made.deprecated = in.deprecated;
    if (!required) made.setter = in.name;
    if (in.type.ends_with("upload_source") || in.type.ends_with("upload_source>")) {
        made.kind = "file";
        made.list = in.list;
        return made;
    }
    set_kind(made, *use.of);
    return made;
}

flag of_parameter(parameter const& p, signature& in_cpp) {
    auto made = made_from(in_cpp.of_parameter(p), p.use, p.required);
    // A parameter without a shape of its own is text as it stands in the request.
    if (made.cpp_type == "std::string" && made.kind == "any") made.kind = "text";
    return made;
}

flag of_member(operation const& o, body_member const& m, signature& in_cpp) {
    auto made = made_from(in_cpp.of_member(o, m), m.of->use, is_argument(m));
    made.members = members_of(*m.of->use.of, made.name);
    return made;
}

flag of_body(operation const& o, signature& in_cpp) {
    auto made = made_from(in_cpp.of_body(o), o.body.use, o.body.required);
    made.whole_body = true;
    if (o.body.kind == body_kind::text) made.kind = "text";
    return made;
}

/// `file-ids` → `file-id`, for a list whose flag is repeated.
std::string singular(std::string const& name) {
    if (name.ends_with("ies")) return name.substr(0, name.size() - 3) + "y";
    bool const plural = name.ends_with('s') && !name.ends_with("ss") && !name.ends_with("us");
    return plural ? name.substr(0, name.size() - 1) : name;
}

/// Each name once, and none that every command has.
void settle_names(std::vector<flag>& all) {
    std::set<std::string, std::less<>> taken = words_of_the_frame;
    for (auto& one : all) {
        while (taken.contains(one.name)) one.name += "-value";
        taken.insert(one.name);
    }
    for (auto& one : all) {
        auto const single = singular(one.name);
        if (!one.list || !taken.insert(single).second) continue;
        one.also = std::exchange(one.name, single);
    }
}

void mark_positional(operation const& o, std::vector<flag>& all) {
    auto const in_path =
        std::ranges::count_if(o.parameters, [](auto const& p) { return p.in == place::path && p.required; });
    if (in_path > 0) all[static_cast<std::size_t>(in_path) - 1].positional = true;
}

}  // namespace

std::string kebab(std::string_view name) {
    std::string made = snake(name);
    std::ranges::replace(made, '_', '-');
    return made.empty() ? std::string(name) : made;
}

std::vector<flag> flags_of(operation const& o, signature& in_cpp) {
    std::vector<flag> made;
    for (auto const* p : required_parameters(o)) made.push_back(of_parameter(*p, in_cpp));
    if (o.body.whole && takes_body(o)) made.push_back(of_body(o, in_cpp));
    for (auto const& m : o.body.members)
        if (is_argument(m)) made.push_back(of_member(o, m, in_cpp));
    for (auto const& p : o.parameters)
        if (!p.required && !p.common) made.push_back(of_parameter(p, in_cpp));
    for (auto const& m : o.body.members)
        if (!is_argument(m) && m.of->initial.empty()) made.push_back(of_member(o, m, in_cpp));
    if (o.body.whole && o.body.kind != body_kind::none && !o.body.required)
        made.push_back(of_body(o, in_cpp));
    mark_positional(o, made);
    settle_names(made);
    return made;
}

std::vector<flag> flags_of(std::vector<parameter> const& common, signature& in_cpp) {
    std::vector<flag> made;
    for (auto const& p : common) made.push_back(of_parameter(p, in_cpp));
    settle_names(made);
    return made;
}

}  // namespace ferry::gen
