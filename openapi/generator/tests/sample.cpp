// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "tests/sample.hpp"

#include "document/json_text.hpp"
#include "model/schema.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace ferry::gen {

namespace {

/// Beyond these only required members are made up: descriptions of hundreds of objects refer to each other.
constexpr int full_levels = 4;
constexpr std::size_t full_values = 300;
constexpr int most_levels = 24;

std::optional<double> bound(node const& schema, char const* word) {
    auto const* given = schema.find(word);
    if (given == nullptr || given->kind != node_kind::number) return std::nullopt;
    return std::strtod(given->scalar.c_str(), nullptr);
}

}  // namespace

std::unique_ptr<node> sampler::make(node const& schema, size wanted, std::size_t branch) {
    wanted_ = wanted;
    branch_ = branch;
    made_ = 0;
    open_.clear();
    auto made = value(schema, 0);
    if (made == nullptr || !rules_.misfit(*made, schema).empty()) return nullptr;
    return made;
}

bool sampler::is_full(int depth) const {
    return wanted_ == size::full && depth < full_levels && made_ < full_values;
}

std::unique_ptr<node> sampler::anything() const {
    if (wanted_ == size::small) return make_value(node_kind::text, "any");
    auto made = make_value(node_kind::map);
    made->put("any", make_value(node_kind::number, "1"));
    return made;
}

std::unique_ptr<node> sampler::value(node const& schema, int depth) {
    node const& at = rules_.follow(schema);
    if (!at.is_map() || at.find("$ref") != nullptr) return anything();
    if (depth > most_levels || !open_.insert(&at).second) return nullptr;
    ++made_;
    auto made = composed(at, depth);
    open_.erase(&at);
    return made;
}

std::unique_ptr<node> sampler::composed(node const& at, int depth) {
    if (wanted_ == size::small && depth > 0 && rules_.accepts_null(at) && is_telling(at))
        return make_value(node_kind::null);
    if (auto const* fixed = at.find("const"); fixed != nullptr) return copy_of(*fixed);
    if (auto const* values = at.find("enum"); values != nullptr && values->is_list()) {
        auto const& all = values->children;
        auto const usable = [&](auto const& one) {
            return rules_.misfit(*one, at).empty() && !one->is_null();
        };
        // The first for one size, the last for the other.
        auto const first = std::find_if(all.begin(), all.end(), usable);
        auto const last = std::find_if(all.rbegin(), all.rend(), usable);
        if (first == all.end()) return nullptr;
        return copy_of(wanted_ == size::full ? **first : **last);
    }
    auto const view = rules_.gather(at);
    auto const given = conformance::types(at);
    bool const object_like = given.contains("object") || !view.properties.empty() || view.keeps_others;
    if (object_like) return object(at, depth);
    if (!view.choices.empty()) return choose(view.choices.front(), depth);
    if (auto const* parts = at.find("allOf"); parts != nullptr) {
        for (auto const& part : parts->children)
            if (is_telling(*part))
                if (auto made = value(*part, depth); made != nullptr) return made;
        return given.empty() ? anything() : nullptr;
    }
    if (given.contains("string")) return text(at);
    if (given.contains("integer")) return number(at, true);
    if (given.contains("number")) return number(at, false);
    if (given.contains("boolean"))
        return make_value(node_kind::boolean, wanted_ == size::full ? "true" : "false");
    if (given.contains("array")) return list(at, depth);
    if (given.contains("null")) return make_value(node_kind::null);
    return anything();
}

std::unique_ptr<node> sampler::object(node const& schema, int depth) {
    auto const view = rules_.gather(schema);
    auto made = make_value(node_kind::map);
    if (!add_members(*made, view, depth)) return nullptr;
    for (auto const& one : view.choices)
        if (!add_choice(*made, one, depth)) return nullptr;
    if (!is_full(depth)) return made;
    for (auto const* other : view.others)
        if (auto one = value(*other, depth + 1); one != nullptr && made->find("another") == nullptr)
            made->put("another", std::move(one));
    if (view.others.empty() && (view.keeps_others || (view.is_open() && !schema.find("allOf"))) &&
        schema.text("additionalProperties") != "false")
        made->put("another", anything());
    return made;
}

/// \returns false where a required member cannot be made up
bool sampler::add_members(node& to, conformance::members const& view, int depth) {
    for (auto const& [name, schemas] : view.properties) {
        bool const required = view.required.contains(name);
        if (!(required || is_full(depth)) || to.find(name) != nullptr) continue;
        // Of what the parts of an allOf say, the last that tells something counts.
        node const* schema = schemas.front();
        for (auto const* one : schemas)
            if (is_telling(*one)) schema = one;
        auto one = value(*schema, depth + 1);
        if (one == nullptr && required && rules_.accepts_null(*schema)) one = make_value(node_kind::null);
        if (one != nullptr)
            to.put(name, std::move(one));
        else if (required)
            return false;
    }
    return true;
}

/// Beside properties a branch adds its members, or only says which are required.
bool sampler::add_choice(node& to, conformance::choice const& from, int depth) {
    auto const& all = from.branches->children;
    auto const start = depth == 0 ? branch_ % all.size() : 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const& branch = *all[(start + i) % all.size()];
        if (is_null_schema(rules_.follow(branch)) || !rules_.follow(branch).is_map()) continue;
        auto const given = conformance::types(rules_.follow(branch));
        if (!given.empty() && !given.contains("object")) continue;
        auto const* inside = &rules_.follow(branch);
        if (!open_.insert(inside).second) continue;
        auto const inner = rules_.gather(branch);
        bool good = add_members(to, inner, depth);
        for (auto const& nested : inner.choices) good = good && add_choice(to, nested, depth + 1);
        open_.erase(inside);
        if (!good) continue;
        add_tag(to, from, branch);
        return true;
    }
    return false;
}

std::unique_ptr<node> sampler::choose(conformance::choice const& from, int depth) {
    auto const& all = from.branches->children;
    auto const start = depth == 0 ? branch_ % all.size() : 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const& branch = *all[(start + i) % all.size()];
        if (is_null_schema(rules_.follow(branch))) continue;
        auto made = value(branch, depth == 0 ? 0 : depth + 1);
        if (made == nullptr || made->is_null()) continue;
        if (made->is_map()) add_tag(*made, from, branch);
        return made;
    }
    return nullptr;
}

/// The discriminator's value that leads to this branch.
void sampler::add_tag(node& to, conformance::choice const& from, node const& branch) const {
    if (from.discriminator == nullptr) return;
    auto const name = from.discriminator->text("propertyName");
    auto const* there = to.find(name);
    if (name.empty() || rules_.told(from, to) == &branch) return;
    auto const reference = branch.text("$ref");
    if (reference.empty()) return;
    auto tag = reference.substr(reference.rfind('/') + 1);
    auto const leads_here = [&](auto const& entry) {
        return entry->scalar == reference || reference.ends_with("/" + entry->scalar);
    };
    if (auto const* mapping = from.discriminator->find("mapping"); mapping != nullptr)
        if (auto const entry = std::ranges::find_if(mapping->children, leads_here);
            entry != mapping->children.end())
            tag = (*entry)->key;
    if (tag.empty()) return;
    // A tag that is no text is a constant, which is there already, unless a mapping names it.
    bool const digits = tag.find_first_not_of("0123456789") == tag.npos;
    if (there != nullptr && !there->is_text() && !(there->kind == node_kind::number && digits)) return;
    if (there != nullptr)
        const_cast<node*>(there)->scalar = tag;
    else
        to.put(name, make_value(node_kind::text, tag));
}

std::unique_ptr<node> sampler::list(node const& schema, int depth) {
    auto made = make_value(node_kind::list);
    auto const least = static_cast<std::size_t>(bound(schema, "minItems").value_or(0));
    std::size_t const count = std::min<std::size_t>(std::max<std::size_t>(least, is_full(depth) ? 1 : 0), 10);
    if (auto const* first = schema.find("prefixItems"); first != nullptr)
        for (auto const& one : first->children)
            if (auto item = value(*one, depth + 1); item != nullptr) made->put({}, std::move(item));
    auto const* items = schema.find("items");
    while (made->children.size() < count) {
        auto one = items != nullptr ? value(*items, depth + 1) : anything();
        if (one == nullptr) break;
        made->put({}, std::move(one));
    }
    return made->children.size() < least && least <= 10 ? nullptr : std::move(made);
}

std::unique_ptr<node> sampler::text(node const& schema) const {
    auto const format = schema.text("format");
    std::string made = plain_ ? "text" : "a/b ü";
    if (format == "date-time") made = "2026-01-02T03:04:05Z";
    if (format == "date") made = "2026-01-02";
    if (format == "time") made = "03:04:05Z";
    if (format == "uuid") made = "0b8e4b1c-7d3a-4c55-9d0e-3a5a4f1b2c6d";
    if (format == "uri" || format == "url") made = "https://service.example/a";
    if (format == "email") made = "someone@service.example";
    if (format == "byte") made = "dGV4dA==";
    if (format == "ipv4") made = "192.0.2.1";
    if (format == "ipv6") made = "2001:db8::1";
    if (wanted_ == size::small && format.empty()) made = "s";
    auto const least = static_cast<std::size_t>(bound(schema, "minLength").value_or(0));
    auto const most = static_cast<std::size_t>(bound(schema, "maxLength").value_or(1000));
    if (made.size() > most) made = std::string(most, 'x');
    if (made.size() < least && least <= 1000) made.append(least - made.size(), 'x');
    return make_value(node_kind::text, made);
}

std::unique_ptr<node> sampler::number(node const& schema, bool whole) const {
    auto least = bound(schema, "minimum");
    auto most = bound(schema, "maximum");
    double const step = bound(schema, "multipleOf").value_or(whole ? 1 : 0.5);
    if (auto const beyond = bound(schema, "exclusiveMinimum"); beyond) least = *beyond + step;
    if (schema.flag("exclusiveMinimum") && least) *least += step;
    if (auto const below = bound(schema, "exclusiveMaximum"); below) most = *below - step;
    // More than a double can hold.
    if (whole && !least && !most && wanted_ == size::full && schema.text("format") == "int64" &&
        schema.find("multipleOf") == nullptr)
        return make_value(node_kind::number, "9007199254740993");
    double value = wanted_ == size::full ? (whole ? step : 1.5) : 0;
    if (least && value < *least) value = std::ceil(*least / step) * step;
    if (most && value > *most) value = std::floor(*most / step) * step;
    auto const integral = static_cast<std::int64_t>(value);
    if (std::abs(value) < 9e15 && static_cast<double>(integral) == value)
        return make_value(node_kind::number, std::to_string(integral));
    if (whole) return make_value(node_kind::number, "1");
    auto text = std::to_string(value);
    while (text.ends_with('0')) text.pop_back();
    return make_value(node_kind::number, text + (text.ends_with('.') ? "0" : ""));
}

}  // namespace ferry::gen
