// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cli/flags.hpp"

#include "cpp/builders.hpp"
#include "document/document.hpp"
#include "document/json_text.hpp"
#include "words/facts.hpp"
#include "words/lists.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace ferry::gen {

namespace {

using names = std::set<std::string, std::less<>>;

constexpr std::string_view words_of_the_frame[] = {
    "api-key",    "api-key-file", "base-url",    "debug",     "format",          "format-error", "help",
    "input",      "max-items",    "max-retries", "no-pager",  "output",          "profile",      "quiet",
    "raw-output", "stdin-name",   "timeout",     "transform", "transform-error", "verbose",      "version",
};

/// As in the API, unless a person chose a name. What C++ adds to tell it from another name or a word of its
/// own does not count: flags have other neighbours.
std::string wanted_name(std::string_view in_cpp, std::string_view wire, std::string_view place) {
    auto const plain = snake(identifier(wire));
    auto const prefix = std::string(place) + "_";
    bool const prefixed = in_cpp.starts_with(prefix) && is_variant(in_cpp.substr(prefix.size()), plain);
    return kebab(prefixed || is_variant(in_cpp, plain) ? std::string_view(plain) : in_cpp);
}

/// A value as a person would write it behind a flag; nothing where that would be long, or not to be seen.
std::string written(node const& value) {
    constexpr std::size_t longest = 60;
    auto text = value.is_map() || value.is_list() ? to_json(value, longest).value_or("") : value.scalar;
    bool const good = text.size() <= longest && in_one_line(text) == text;
    return good ? text : std::string();
}

/// The first example of a parameter or schema.
std::string sample_of(node const& holder) {
    if (auto const* one = holder.find("example"); one != nullptr) return written(*one);
    if (auto const* several = holder.find("examples"); several != nullptr && !several->children.empty()) {
        auto const& first = *several->children.front();
        if (several->is_list()) return written(first);
        if (auto const* value = first.find("value"); value != nullptr) return written(*value);
    }
    auto const* schema = holder.find("schema");
    return schema != nullptr ? sample_of(*schema) : std::string();
}

std::string kind_of(type const& t) {
    switch (real(t).kind) {
        case type_kind::boolean:
            return "boolean";
        case type_kind::integer:
        case type_kind::open_integer:
            return "integer";
        case type_kind::uint64:  // an integer of a flag has 63 bits
        case type_kind::number:
        case type_kind::decimal:
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
    if (real(one).kind == type_kind::open_integer)
        made.choices = mapped(real(one).values, [](enum_value const& value) { return value.wire; });
}

/// Each name once.
void tell_apart(std::vector<flag>& all, names taken) {
    for (auto& one : all) {
        auto const plain = one.name;
        if (taken.contains(one.name) && !one.place.empty()) {
            one.name = one.place + "-" + plain;
            one.docs = with_facts(one.docs, {"The API calls it " + code(one.wire) + "."});
        }
        auto const base = one.name;
        for (int number = 2; !taken.insert(one.name).second; ++number)
            one.name = base + "-" + std::to_string(number);
    }
}

/// The members of an object, each a flag behind its name and a dot.
std::vector<flag> members_of(type const& t, std::string const& outer) {
    std::vector<flag> made;
    if (real(t).kind != type_kind::object) return made;
    for (auto const& p : real(t).properties) {
        if (!p.initial.empty()) continue;
        flag one{outer + "." + wanted_name(p.name, p.wire, {})};
        one.wire = p.wire;
        one.docs = p.docs;
        one.nullable = is_nullable(p.use);
        one.deprecated = p.deprecated;
        set_kind(one, *p.use.of);
        if (one.kind != "boolean") one.sample = sample_of(*p.schema);
        made.push_back(std::move(one));
    }
    tell_apart(made, {});
    return made;
}

/// Whether null can be told from other values; in a parameter it is an empty text.
bool takes_null(flag const& one, type_use const& use) {
    if (!is_nullable(use)) return false;
    bool const holds = one.cpp_type.find("optional<") != one.cpp_type.npos ||
                       one.cpp_type.find("nullable<") != one.cpp_type.npos;
    return holds || one.cpp_type == "std::string" || one.kind == "any";
}

flag made_from(input const& in, type_use const& use, bool required, std::string place) {
    flag made{wanted_name(in.name, in.wire, place)};
    made.wire = in.wire;
    made.docs = in.docs;
    made.place = std::move(place);
    made.cpp_type = in.type;
    made.required = required;
    made.deprecated = in.deprecated;
    if (!required) made.setter = in.name;
    if (in.type.ends_with("upload_source") || in.type.ends_with("upload_source>")) {
        made.kind = "file";
        made.list = in.list;
        return made;
    }
    set_kind(made, *use.of);
    made.nullable = takes_null(made, use);
    return made;
}

flag of_parameter(parameter const& p, signature& in_cpp) {
    auto made = made_from(in_cpp.of_parameter(p), p.use, p.is_argument(), name_of(p.in));
    made.sample = sample_of(*p.at);
    // A parameter without a shape of its own is text as it stands in the request.
    if (made.cpp_type == "std::string" && made.kind == "any") made.kind = "text";
    made.shape = made.kind == "any" ? p.use.of : nullptr;
    return made;
}

flag of_member(operation const& o, body_member const& m, signature& in_cpp) {
    auto made = made_from(in_cpp.of_member(o, m), m.of->use, is_argument(m), "body");
    made.sample = sample_of(*m.of->schema);
    made.shape = m.of->use.of;
    return made;
}

flag of_body(operation const& o, signature& in_cpp) {
    auto made = made_from(in_cpp.of_body(o), o.body.use, o.body.required, "request");
    made.whole_body = true;
    if (o.body.kind == body_kind::text) made.kind = "text";
    if (o.body.at != nullptr) made.sample = sample_of(*o.body.at);
    return made;
}

flag of_answer(operation const& o) {
    flag made{std::string(accept_flag)};
    made.place = "answer";
    made.cpp_type = "std::string";
    made.docs = "In which form the answer is wanted and written as it comes, rather than as JSON.";
    made.choices = o.other_media;
    return made;
}

/// In a document one member stands for one flag.
void tell_wires_apart(std::vector<flag>& all, names taken) {
    for (auto& one : all)
        if (!taken.insert(one.wire).second) one.wire = one.name;
}

/// Each name once, and none that the command has anyhow. A list whose flag is repeated is in the singular:
/// `--file-id`.
void settle_names(std::vector<flag>& all, std::vector<flag> const& beside) {
    names taken(std::begin(words_of_the_frame), std::end(words_of_the_frame));
    names wires;
    for (auto const& one : beside) {
        taken.insert({one.name, one.also});
        wires.insert(one.wire);
    }
    tell_apart(all, taken);
    for (auto const& one : all) taken.insert(one.name);
    for (auto& one : all) {
        if (one.kind == "boolean" || one.kind == "file") one.sample.clear();  // says nothing
        auto single = singular(one.name);
        if (one.list && taken.insert(single).second) one.also = std::exchange(one.name, std::move(single));
        if (one.shape != nullptr) one.members = members_of(*one.shape, one.name);
    }
    tell_wires_apart(all, wires);
}

void mark_positional(operation const& o, std::vector<flag>& all) {
    auto const in_path = std::ranges::count_if(
        o.parameters, [](auto const& p) { return p.in == place::path && p.is_argument(); });
    if (in_path > 0) all[static_cast<std::size_t>(in_path) - 1].positional = true;
}

/// Files that have keys are not for a command line.
bool has_flag(operation const& o, body_member const& m) {
    return o.body.kind != body_kind::multipart || !shape_of_part(m).by_key;
}

}  // namespace

bool is_variant(std::string_view name, std::string_view plain) {
    if (!name.starts_with(plain)) return false;
    auto const rest = name.substr(plain.size());
    return rest.empty() || (rest.front() == '_' && rest.find_first_not_of("0123456789", 1) == rest.npos);
}

std::string kebab(std::string_view name) {
    std::string made = snake(name);
    std::ranges::replace(made, '_', '-');
    return made.empty() ? std::string(name) : made;
}

std::vector<flag> flags_of(operation const& o, std::vector<parameter> const& common, signature& in_cpp) {
    std::vector<flag> made;
    for (auto const* p : required_parameters(o)) made.push_back(of_parameter(*p, in_cpp));
    if (o.body.whole && takes_body(o)) made.push_back(of_body(o, in_cpp));
    for (auto const& m : o.body.members)
        if (is_argument(m) && has_flag(o, m)) made.push_back(of_member(o, m, in_cpp));
    for (auto const& p : o.parameters)
        if (p.is_setter() && !p.common) made.push_back(of_parameter(p, in_cpp));
    for (auto const& m : o.body.members)
        if (is_setter(m) && has_flag(o, m)) made.push_back(of_member(o, m, in_cpp));
    if (o.body.whole && o.body.kind != body_kind::none && !o.body.required)
        made.push_back(of_body(o, in_cpp));
    if (has_accept_flag(o)) made.push_back(of_answer(o));
    mark_positional(o, made);
    settle_names(made, flags_of(common, in_cpp));
    return made;
}

std::vector<flag> flags_of(std::vector<parameter> const& common, signature& in_cpp) {
    std::vector<flag> made;
    for (auto const& p : common) made.push_back(of_parameter(p, in_cpp));
    settle_names(made, {});
    return made;
}

bool has_accept_flag(operation const& o) {
    return !o.other_media.empty();
}

std::span<std::string_view const> frame_words() {
    return words_of_the_frame;
}

}  // namespace ferry::gen
