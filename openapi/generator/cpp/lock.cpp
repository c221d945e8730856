// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/lock.hpp"

#include "cpp/builders.hpp"
#include "cpp/signature.hpp"
#include "document/diagnostics.hpp"
#include "document/keys.hpp"
#include "document/read_file.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace ferry::gen {

namespace {

constexpr char const* known_kinds[] = {"class",     "member",   "method", "model",
                                       "parameter", "resource", "value"};

/// `method GET /files` → `method`
std::string_view kind_of(std::string_view entry) {
    return entry.substr(0, entry.find(' '));
}

/// `member File size` → `member File`
std::string_view without_last(std::string_view entry) {
    return entry.substr(0, entry.rfind(' '));
}

std::string_view last(std::string_view entry) {
    return entry.substr(entry.rfind(' ') + 1);
}

/// `directories.files` → `directories`; nothing for a name without a dot.
std::string parent(std::string const& path) {
    auto const dot = path.rfind('.');
    return dot == path.npos ? std::string() : path.substr(0, dot);
}

// What a program relies on.

std::string kind_in_words(type const& t, spelling const& spell) {
    if (t.kind == type_kind::object) return "struct";
    if (t.is_enumeration()) return "enumeration";
    if (t.kind != type_kind::one_of) return spell.value(t.inner, {});
    auto const in_words = [&](arm const& one) { return spell.plain(*one.use.of, {}); };
    return "one of " + join(mapped(t.arms, in_words), ", ");
}

std::string signature_of(operation const& o, signature& in_cpp) {
    auto const names = mapped(in_cpp.arguments(o), [](gen::input const& in) { return in.name; });
    bool const download = o.signed_url != nullptr || o.answer == answer_kind::bytes;
    auto const extra = o.pages ? ", paged" : download ? ", download" : "";
    return "(" + join(names, ", ") + ") -> " + in_cpp.answer(o) + extra;
}

class recorder {
public:
    recorder(std::map<std::string, locked>& to, spelling const& spell)
        : to_(to), spell_(spell), in_cpp_(spell) {}

    void model(type const& t) {
        add("model " + t.key, t.name, kind_in_words(t, spell_));
        for (auto const& p : t.properties)
            add("member " + t.key + " " + key_of(p.wire), p.name, spell_.member(t, p, {}));
        if (t.rest) add("member " + t.key + " *", t.rest->name, spell_.plain(*t.rest->use.of, {}));
        for (auto const& value : t.values) add("value " + t.key + " " + key_of(value.wire), value.name, {});
    }

    void resource_names(resource const& r) {
        add("resource " + r.key, r.member, {});
        add("class " + r.key, r.class_name, {});
        for (auto const* o : r.operations) {
            add("class " + o->key, o->class_name, {});
            add("method " + o->key, r.key + "." + o->method_name, signature_of(*o, in_cpp_));
            inputs(*o);
        }
    }

private:
    void inputs(operation const& o) {
        auto const input = [&](std::string const& key, gen::input const& in, bool required) {
            add("parameter " + o.key + " " + key, in.name, in.type + (required ? ", required" : ""));
        };
        for (auto const& p : o.parameters)
            if (!p.fixed)
                input(name_of(p.in) + (":" + key_of(p.wire)), in_cpp_.of_parameter(p), p.is_argument());
        for (auto const& m : o.body.members)
            if (is_argument(m) || is_setter(m))
                input(key_of_member(*m.of), in_cpp_.of_member(o, m), is_argument(m));
        if (o.body.kind != body_kind::none && o.body.whole)
            input("body", in_cpp_.of_body(o), o.body.required);
    }

    void add(std::string key, std::string name, std::string what) {
        to_[std::move(key)] = {std::move(name), std::move(what)};
    }

    std::map<std::string, locked>& to_;
    spelling const& spell_;
    signature in_cpp_;
};

[[noreturn]] void refuse(std::string const& path, int line, std::string const& why) {
    throw failure(path + ":" + std::to_string(line) + ":1: " + why +
                  "; correct the line or delete it, which gives its name anew");
}

/// The name of a method has its resource in front.
bool is_name(std::string_view kind, std::string_view name) {
    if (kind != "method") return is_identifier(name);
    auto const dot = name.rfind('.');
    return dot != name.npos && dot > 0 && is_identifier(name.substr(dot + 1));
}

}  // namespace

lock lock::of(api const& made, spelling const& spell) {
    lock names;
    recorder record(names.entries_, spell);
    for (auto const* t : made.named) record.model(*t);
    for (auto const& r : made.resources) record.resource_names(r);
    return names;
}

lock lock::read(std::string const& path) {
    lock made;
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::symlink_status(path, error))) return made;
    std::istringstream file(read_file(path));
    std::string text;
    for (int line = 1; std::getline(file, text); ++line) {
        if (text.ends_with('\r')) text.pop_back();
        if (text.empty() || text[0] == '#') continue;
        if (text.starts_with("<<<<<<<") || text.starts_with("=======") || text.starts_with(">>>>>>>"))
            refuse(path, line, "the marks of a merge; keep the lines of both sides");
        auto const equals = text.find(" = ");
        auto const end = std::min(text.find(": ", std::min(equals, text.size())), text.size());
        auto const kind = kind_of(text);
        if (equals == text.npos || !contains(known_kinds, kind) || equals <= kind.size())
            refuse(path, line, "no line of a lock file, such as `model File = file: struct`");
        locked one{text.substr(equals + 3, end - equals - 3),
                   end == text.size() ? std::string() : text.substr(end + 2), line};
        if (!is_name(kind, one.name)) refuse(path, line, "\"" + one.name + "\" cannot be a name in C++");
        auto const [where, is_new] = made.entries_.emplace(text.substr(0, equals), std::move(one));
        if (!is_new)
            refuse(path, line, "the same thing has a name in line " + std::to_string(where->second.line));
    }
    return made;
}

memory lock::names() const {
    memory made;
    for (auto const& [entry, one] : entries_) {
        auto const kind = kind_of(entry);
        auto const key = entry.substr(kind.size() + 1);
        if (kind == "model" || kind == "class") {
            made.add(kind == "model" ? "models" : "classes", key, one.name);
        } else if (kind == "resource") {
            made.add("in " + parent(key), key, one.name);
        } else if (kind == "method") {
            made.add("methods", key, one.name);
            made.add("in " + parent(one.name), key, one.name.substr(one.name.rfind('.') + 1));
        } else {
            made.add(std::string(without_last(entry)), std::string(last(entry)), one.name);
        }
    }
    return made;
}

lock lock::still_in(lock const& now) const {
    lock made;
    for (auto const& entry : entries_)
        if (now.entries_.contains(entry.first)) made.entries_.insert(entry);
    return made;
}

std::string lock::text(std::string const& name_space) const {
    std::string made =
        "# The names of " + name_space +
        " in C++, by what they stand for. ferry-gen keeps them when the description grows, and\n"
        "# reports what changes for programs that use them. Commit this file.\n";
    for (auto const& [entry, one] : entries_)
        made += entry + " = " + one.name + (one.what.empty() ? "" : ": " + one.what) + "\n";
    return made;
}

}  // namespace ferry::gen
