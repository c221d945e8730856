// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/spelling.hpp"

#include "words/text.hpp"

#include <array>
#include <utility>

namespace ferry::gen {

namespace {

struct need {
    char const* name;
    char const* header;
};

constexpr std::array standard = {
    need{"std::int64_t", "cstdint"},   need{"std::uint16_t", "cstdint"},
    need{"std::size_t", "cstddef"},    need{"std::map", "map"},
    need{"std::shared_ptr", "memory"}, need{"std::make_shared", "memory"},
    need{"std::optional", "optional"}, need{"std::string_view", "string_view"},
    need{"std::move", "utility"},      need{"std::variant", "variant"},
    need{"std::vector", "vector"},     need{"std::erase_if", "vector"},
    need{"std::string", "string"},
};

constexpr std::array runtime_types = {
    need{"box<", "ferry/json/box.hpp"},
    need{"nullable<", "ferry/json/nullable.hpp"},
    need{"open_enum<", "ferry/json/open_enum.hpp"},
    need{"raw_json", "ferry/json/raw_json.hpp"},
    need{"timestamp", "ferry/json/timestamp.hpp"},
    need{"utc_timestamp", "ferry/json/utc_timestamp.hpp"},
};

std::string without_comments(std::string const& code) {
    std::string made;
    for (auto const& line : split(code, "\n")) made += line.substr(0, line.find("//")) + "\n";
    return made;
}

bool contains_word(std::string const& code, std::string const& word) {
    for (auto at = code.find(word); at != code.npos; at = code.find(word, at + 1)) {
        char const after = at + word.size() < code.size() ? code[at + word.size()] : '\0';
        if (word.back() == '<' || !(after == '_' || (after >= 'a' && after <= 'z'))) return true;
    }
    return false;
}

enclosure enclosed_in(std::string const& outer, std::string const& inner) {
    auto const rest = inner.empty() ? "" : "::" + inner;
    return {"namespace " + outer + "::inline FERRY_ABI" + rest + " {", "}  // namespace " + outer + rest};
}

}  // namespace

spelling::spelling(std::string name_space) : name_space_(std::move(name_space)) {
    bool const inside = name_space_.starts_with("ferry::");
    bool const hidden = name_space_.find("::ferry") != name_space_.npos || name_space_ == "ferry";
    runtime_ = hidden ? "::ferry::" : "ferry::";
    from_ferry_ = (inside ? name_space_.substr(7) : "::" + name_space_) + "::";
    folder_ = join(split(name_space_, "::"), "/");
}

enclosure spelling::own(std::string const& inner) const {
    return enclosed_in(name_space_, inner);
}

std::string spelling::absolute(std::string const& inner) const {
    return from_ferry_ + inner;
}

enclosure schema_namespace() {
    return enclosed_in("ferry", "schema");
}

enclosure json_namespace() {
    return enclosed_in("ferry", "json");
}

std::string spelling::plain(type const& t, std::string const& models) const {
    if (t.is_named()) return models + t.name;
    switch (t.kind) {
        case type_kind::raw:
            return runtime_ + "raw_json";
        case type_kind::boolean:
            return "bool";
        case type_kind::integer:
            return "std::int64_t";
        case type_kind::number:
            return "double";
        case type_kind::text:
        case type_kind::bytes:
            return "std::string";
        case type_kind::time:
            return runtime_ + (t.zoneless ? "utc_timestamp" : "timestamp");
        case type_kind::list:
            return "std::vector<" + value(t.inner, models) + ">";
        case type_kind::map:
            return "std::map<std::string, " + value(t.inner, models) + ">";
        case type_kind::alias:
            return plain(*t.inner.of, models);
        case type_kind::open_enum:
        case type_kind::object:
        case type_kind::one_of:
            break;  // always named
    }
    return runtime_ + "raw_json";
}

std::string spelling::value(type_use const& use, std::string const& models) const {
    auto made = plain(*use.of, models);
    return is_nullable(use) ? "std::optional<" + made + ">" : made;
}

std::string spelling::member(type const& owner, property const& p, std::string const& models) const {
    auto made = plain(*p.use.of, models);
    bool const free_form = real(*p.use.of).kind == type_kind::raw;
    if (p.boxed) made = runtime_ + "box<" + made + ">";
    bool const null = is_nullable(p.use) && !free_form;
    if (p.required) return null ? "std::optional<" + made + ">" : made;
    bool const told = p.is_null && free_form;
    return told || (null && owner.in_request) ? runtime_ + "nullable<" + made + ">"
                                              : "std::optional<" + made + ">";
}

includes spelling::needs(std::string const& code) const {
    auto const text = without_comments(code);
    includes made;
    for (auto const& [name, header] : runtime_types)
        if (contains_word(text, runtime_ + name)) made.ours.insert(header);
    for (auto const& [name, header] : standard)
        if (contains_word(text, name)) made.standard.insert(header);
    return made;
}

void mentioned(type const& t, std::set<type const*>& into) {
    if (t.is_named()) {
        into.insert(&t);
        return;
    }
    if (t.inner.of != nullptr) mentioned(*t.inner.of, into);
}

}  // namespace ferry::gen
