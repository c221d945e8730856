// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "tests/sample.hpp"

#include "document/json_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace ferry::gen {

namespace {

namespace types = schema::types;

/// Beyond these only required members are made up: descriptions of hundreds of objects refer to each other.
constexpr int full_levels = 4;
constexpr std::size_t full_values = 300;
constexpr int most_levels = 24;

/// The strictest bound of all parts.
std::optional<double> bound(shape const& from, keyword word, bool lowest) {
    std::optional<double> found;
    for (auto const* part : from.parts)
        for (auto const& its : part->all) {
            if (its.word() != word) continue;
            bool const is_text = word == keyword::minimum || word == keyword::maximum ||
                                 word == keyword::exclusive_minimum || word == keyword::exclusive_maximum ||
                                 word == keyword::multiple_of;
            auto const n = is_text ? std::strtod(std::string(its.text()).c_str(), nullptr)
                                   : static_cast<double>(its.number());
            if (!found || (lowest ? n < *found : n > *found)) found = n;
        }
    return found;
}

std::unique_ptr<node> node_of(schema::value const& from) {
    if (from.type == types::null) return make_value(node_kind::null);
    if (from.type == types::boolean) return make_value(node_kind::boolean, from.truth ? "true" : "false");
    if (from.type == types::number) return make_value(node_kind::number, from.text);
    if (from.type == types::string) return make_value(node_kind::text, from.text);
    auto made = make_value(from.type == types::object ? node_kind::map : node_kind::list);
    for (std::size_t i = 0; i < from.items.size(); ++i)
        made->put(from.type == types::object ? from.names[i] : std::string(), node_of(from.items[i]));
    return made;
}

std::unique_ptr<node> node_of(schema::literal const& from) {
    schema::value held;
    if (from.type == types::string) {
        held.type = types::string;
        held.text = from.text;
    } else if (!schema::read(from.text, held)) {
        return nullptr;
    }
    return node_of(held);
}

}  // namespace

std::unique_ptr<node> sampler::make(node const& schema, size wanted, std::size_t branch) {
    wanted_ = wanted;
    branch_ = branch;
    made_ = 0;
    open_.clear();
    auto made = value({&schemas_.of(schema)}, 0);
    if (made == nullptr || !judge_.misfit(*made, schema).empty()) return nullptr;
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

std::unique_ptr<node> sampler::value(conjunction const& all, int depth) {
    auto const from = shape_of(all, schemas_);
    if (from.contradicts) return nullptr;
    if (from.parts.empty()) return anything();
    if (depth > most_levels || !open_.insert(from.parts).second) return nullptr;
    ++made_;
    auto made = composed(from, depth);
    open_.erase(from.parts);
    return made;
}

std::unique_ptr<node> sampler::composed(shape const& from, int depth) {
    if (wanted_ == size::small && depth > 0 && from.nullable) return make_value(node_kind::null);
    if (from.values) return listed(from);
    if (!from.unions.empty()) return chosen(from, depth);
    auto const has = [&](std::uint64_t type) { return from.typed && (from.types & type) != 0; };
    if (has(types::object) || (!from.typed && from.is_object())) return object(from, depth);
    if (has(types::string)) return text(from);
    if (has(types::number)) return number(from, false);
    if (has(types::integer)) return number(from, true);
    if (has(types::boolean)) return make_value(node_kind::boolean, wanted_ == size::full ? "true" : "false");
    if (has(types::array) || from.is_array()) return list(from, depth);
    if (has(types::null)) return make_value(node_kind::null);
    if (!from.required.empty()) return object(from, depth);
    return from.format.empty() && !from.file ? anything() : text(from);
}

/// The first value for one size, the last for the other.
std::unique_ptr<node> sampler::listed(shape const& from) const {
    auto const& all = *from.values;
    auto const usable = [](auto const* one) { return one->type != types::null; };
    auto const first = std::ranges::find_if(all, usable);
    if (first == all.end()) return all.empty() ? nullptr : make_value(node_kind::null);
    auto const last = std::find_if(all.rbegin(), all.rend(), usable);
    return node_of(wanted_ == size::full ? **first : **last);
}

std::unique_ptr<node> sampler::chosen(shape const& from, int depth) {
    auto const& choice = from.unions.front();
    conjunction base;
    for (auto const* part : from.parts)
        base.push_back(part == choice.owner ? &schemas_.without_unions(*part) : part);
    auto const& all = choice.list;
    auto const start = depth == 0 ? branch_ % all.size() : 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const* branch = all[(start + i) % all.size()];
        if (is_null_schema(*branch)) continue;
        auto both = base;
        both.push_back(branch);
        auto made = value(both, depth == 0 ? 0 : depth + 1);
        if (made == nullptr || made->is_null()) continue;
        if (auto const* told = choice.owner->find(keyword::discriminator); told != nullptr && made->is_map())
            for (auto const& known : told->told().values) {
                if (known.that != branch) continue;
                auto const* there = made->find(told->told().property);
                if (there == nullptr)
                    made->put(std::string(told->told().property),
                              make_value(node_kind::text, std::string(known.name)));
                else if (there->is_text() && shape_of(both, schemas_).find(there->key) != nullptr &&
                         !shape_of(shape_of(both, schemas_).find(there->key)->schemas, schemas_).values)
                    const_cast<node*>(there)->scalar = known.name;
                break;
            }
        return made;
    }
    return nullptr;
}

std::unique_ptr<node> sampler::object(shape const& from, int depth) {
    auto made = make_value(node_kind::map);
    for (auto const& member : from.properties) {
        bool const required = from.is_required(member.name);
        if (!required && !is_full(depth)) continue;
        auto one = value(member.schemas, depth + 1);
        if (one == nullptr && required && shape_of(member.schemas, schemas_).nullable)
            one = make_value(node_kind::null);
        if (one != nullptr)
            made->put(std::string(member.name), std::move(one));
        else if (required)
            return nullptr;
    }
    for (auto const name : from.required)
        if (made->find(name) == nullptr) {
            auto one = from.additional.empty() ? anything() : value(from.additional, depth + 1);
            if (one == nullptr) return nullptr;
            made->put(std::string(name), std::move(one));
        }
    if (!is_full(depth) || from.closed || !from.patterns.empty()) return made;
    if (!from.additional.empty()) {
        if (auto one = value(from.additional, depth + 1); one != nullptr)
            made->put("another", std::move(one));
    } else if (from.keeps_others || from.properties.empty()) {
        made->put("another", anything());
    }
    return made;
}

std::unique_ptr<node> sampler::list(shape const& from, int depth) {
    auto made = make_value(node_kind::list);
    auto const least = static_cast<std::size_t>(bound(from, keyword::min_items, false).value_or(0));
    std::size_t const count = std::min<std::size_t>(std::max<std::size_t>(least, is_full(depth) ? 1 : 0), 10);
    std::size_t first = 0;
    for (auto const& prefix : from.prefixes) first = (std::max)(first, prefix.size());
    while (made->children.size() < (std::max)(count, first)) {
        conjunction here;
        auto const i = made->children.size();
        for (auto const& prefix : from.prefixes)
            if (i < prefix.size()) here.push_back(prefix[i]);
        if (here.empty()) here = from.items;
        if (here.empty() && from.no_more_items) break;
        auto one = here.empty() ? anything() : value(here, depth + 1);
        if (one == nullptr) break;
        made->put({}, std::move(one));
    }
    return made->children.size() < least && least <= 10 ? nullptr : std::move(made);
}

std::unique_ptr<node> sampler::text(shape const& from) const {
    auto const& format = from.format;
    std::string made = plain_ ? "text" : "a/b ü";
    if (format == "date-time" || format == "utc-date-time") made = "2026-01-02T03:04:05Z";
    if (format == "date") made = "2026-01-02";
    if (format == "time") made = "03:04:05Z";
    if (format == "uuid") made = "0b8e4b1c-7d3a-4c55-9d0e-3a5a4f1b2c6d";
    if (format == "uri" || format == "url") made = "https://service.example/a";
    if (format == "email") made = "someone@service.example";
    if (format == "byte") made = "dGV4dA==";
    if (format == "ipv4") made = "192.0.2.1";
    if (format == "ipv6") made = "2001:db8::1";
    if (wanted_ == size::small && format.empty()) made = "s";
    auto const least = static_cast<std::size_t>(bound(from, keyword::min_length, false).value_or(0));
    auto const most = static_cast<std::size_t>(bound(from, keyword::max_length, true).value_or(1000));
    if (made.size() > most) made = std::string(most, 'x');
    if (made.size() < least && least <= 1000) made.append(least - made.size() + 1, 'x');
    return make_value(node_kind::text, made);
}

std::unique_ptr<node> sampler::number(shape const& from, bool whole) const {
    auto least = bound(from, keyword::minimum, false);
    auto most = bound(from, keyword::maximum, true);
    auto const given = bound(from, keyword::multiple_of, false);
    double const step = given.value_or(whole ? 1 : 0.5);
    if (auto const beyond = bound(from, keyword::exclusive_minimum, false);
        beyond && (!least || *beyond >= *least))
        least = *beyond + step;
    if (auto const below = bound(from, keyword::exclusive_maximum, true); below && (!most || *below <= *most))
        most = *below - step;
    // More than a double can hold.
    if (whole && !least && !most && wanted_ == size::full && from.format == "int64" && !given)
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
