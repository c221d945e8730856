// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/detail/percent.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/url.hpp"
#include "ferry/engine/detail/value_text.hpp"
#include "ferry/json/reader.hpp"
#include "ferry/json/writer.hpp"

#include <algorithm>

namespace ferry::inline FERRY_ABI::detail {

/// A value without the holders around it: optional, nullable, box, union.
struct bare_value {
    json::type_desc const* type = nullptr;
    void const* at = nullptr;  ///< null: absent or null
};

inline bare_value unwrap(json::type_desc const& type, void const* value) {
    using json::kind;
    switch (type.k) {
        case kind::optional:
        case kind::nullable:
        case kind::box: {
            void const* const inner = type.peek(value);
            return inner == nullptr ? bare_value{} : unwrap(type.inner(), inner);
        }
        case kind::variant: {
            void const* const inner = type.peek(value);
            return inner == nullptr ? bare_value{} : unwrap(type.arms[type.arm(value)](), inner);
        }
        case kind::null:
            return {};
        case kind::raw:
            if (static_cast<raw_json const*>(value)->is_null()) return {};
            break;
        default:
            break;
    }
    return {&type, value};
}

inline bool is_object(json::type_desc const& type) noexcept {
    return type.k == json::kind::object || type.k == json::kind::map;
}

inline std::optional<std::string> value_as_json(bare_value const& value) {
    std::string out;
    json::failure ignored;
    if (!json::encode(*value.type, value.at, out, ignored)) return std::nullopt;
    return out;
}

/// Scalars as they are, the rest as JSON.
inline std::optional<std::string> leaf_text(bare_value const& value) {
    using json::kind;
    switch (value.type->k) {
        case kind::text:
            return *static_cast<std::string const*>(value.at);
        case kind::open_text:
            return std::string(value.type->text(value.at));
        case kind::boolean:
            return to_text(*static_cast<bool const*>(value.at));
        case kind::int64:
            return to_text(*static_cast<std::int64_t const*>(value.at));
        case kind::number:
            return to_text(*static_cast<double const*>(value.at));
        case kind::raw: {
            auto const& raw = *static_cast<raw_json const*>(value.at);
            std::string text;
            json::failure ignored;
            bool const is_text = raw.is_string() && json::decode(json::describe<std::string>::get(), &text,
                                                                 raw.text(), ignored, {.strict = true});
            return is_text ? text : raw.text();
        }
        default:
            return value_as_json(value);
    }
}

/// For the elements of a list, null ones too, or of a map.
template <class Visit>
bool for_each_element(bare_value const& value, Visit const& visit) {
    struct context {
        json::type_desc const& element;
        Visit const& visit;
        bool is_list;
    } each{value.type->inner(), visit, value.type->k == json::kind::list};
    return value.type->each(value.at, &each, [](void* raw, std::string_view key, void const* element) {
        auto const& with = *static_cast<context*>(raw);
        auto const inside = unwrap(with.element, element);
        if (inside.at != nullptr) return with.visit(key, inside);
        // An element that is left out would move those behind it.
        if (with.is_list) return with.visit(key, {&json::describe<std::monostate>::get(), element});
        return true;
    });
}

/// Calls `visit(key, value)` for the members of an object or map, in their order, or with an empty key for
/// the elements of a list. Stops and returns false where it does, or where a member is there twice.
template <class Visit>
bool for_each_inside(bare_value const& value, Visit const& visit) {
    auto const& type = *value.type;
    if (type.k != json::kind::object) return for_each_element(value, visit);
    auto const member = [&](json::field const& f) {
        return unwrap(f.type(), f.at(const_cast<void*>(value.at)));
    };
    for (json::field const* f = type.fields; f != type.fields + type.field_count; ++f) {
        auto const inside = member(*f);
        if (inside.at != nullptr && !visit(f->name, inside)) return false;
    }
    if (type.rest == nullptr) return true;
    auto const rest = member(*type.rest);
    if (rest.at == nullptr) return true;
    return for_each_element(rest, [&](std::string_view key, bare_value const& inside) {
        return !json::detail::has_field(type, key) && visit(key, inside);
    });
}

/// Percent-encodes `special`, and each `%` that would read as the begin of an escape.
inline std::string with_escaped(std::string_view text, std::string_view special) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const one = text.substr(i, 1);
        bool const plain = special.find(text[i]) == std::string_view::npos && !is_escape(text, i);
        out += plain ? std::string(one) : percent_encoded(one, {});
    }
    return out;
}

/// Percent-encodes `special` in what is encoded already.
inline std::string encoded_besides(std::string_view encoded, std::string_view special) {
    std::string out;
    for (char const c : encoded)
        out += special.find(c) == std::string_view::npos ? std::string(1, c) : percent_encoded({&c, 1}, {});
    return out;
}

inline std::string encoded_name(value_place in, std::string_view name) {
    if (in == value_place::part) return std::string(name);
    return in == value_place::cookie ? encode_cookie_name(name) : encode_query_text(name);
}

inline std::string encoded_text(typed_parameter const& as, std::string_view text) {
    if (as.in == value_place::part) return std::string(text);
    if (as.in == value_place::cookie) return encode_cookie_value(text);
    return as.reserved ? encode_reserved_text(text) : encode_query_text(text);
}

/// How the elements of a list are told apart where they are one text.
struct separator {
    char plain;
    std::string_view encoded;
};

inline separator separator_of(value_style style) noexcept {
    if (style == value_style::space) return {' ', "%20"};
    if (style == value_style::pipe) return {'|', "%7C"};
    return {',', ","};
}

/// One level: the elements of a list without keys, or the members of an object; what is deeper becomes JSON.
inline std::optional<text_pairs> flat_pairs(bare_value const& value) {
    text_pairs out;
    bool const good = for_each_inside(value, [&](std::string_view key, bare_value const& inside) {
        // A list of scalars in an object repeats the member.
        if (inside.type->k == json::kind::list && !key.empty()) {
            return for_each_inside(inside, [&](std::string_view, bare_value const& element) {
                auto text = leaf_text(element);
                if (text) out.emplace_back(key, std::move(*text));
                return text.has_value();
            });
        }
        auto text = leaf_text(inside);
        if (text) out.emplace_back(key, std::move(*text));
        return text.has_value();
    });
    return good ? std::optional(std::move(out)) : std::nullopt;
}

/// All levels: `name[a][b]=text`. Elements of a list are numbered where they are objects or lists themselves.
inline bool deep_pairs(std::string const& name, bare_value const& value, text_pairs& out) {
    bool const list = value.type->k == json::kind::list;
    if (!list && !is_object(*value.type)) {
        auto text = leaf_text(value);
        if (text) out.emplace_back(name, std::move(*text));
        return text.has_value();
    }
    std::size_t index = 0;
    return for_each_inside(value, [&](std::string_view key, bare_value const& inside) {
        bool const simple = !is_object(*inside.type) && inside.type->k != json::kind::list;
        auto const step = list ? (simple ? std::string() : "[" + std::to_string(index++) + "]")
                               : "[" + std::string(key) + "]";
        return deep_pairs(name + step, inside, out);
    });
}

/// `a<between>b`, members of objects as `key<is>text`.
inline std::string join_pairs(text_pairs const& pairs, bool object, std::string_view is,
                              std::string_view between) {
    std::string out;
    for (auto const& [key, text] : pairs) {
        if (&key != &pairs.front().first) out += between;
        if (object) out.append(key).append(is);
        out += text;
    }
    return out;
}

/// The elements, or the keys and values, as one text.
inline std::optional<std::string> joined(typed_parameter const& as, text_pairs pairs, bool object) {
    auto const between = separator_of(as.style);
    bool const part = as.in == value_place::part;
    auto const encode = [&](std::string& text) {
        if (between.plain == ',') {
            text = part ? with_escaped(text, ",") : encoded_besides(encoded_text(as, text), ",");
            return true;
        }
        // An encoded space or bar is what tells elements apart.
        bool const clear = text.find(between.plain) == std::string::npos;
        text = encoded_text(as, text);
        return clear;
    };
    for (auto& [key, text] : pairs)
        if (!encode(key) || !encode(text)) return std::nullopt;
    auto const separator = part ? std::string_view(&between.plain, 1) : between.encoded;
    return join_pairs(pairs, object, separator, separator);
}

inline std::optional<text_pairs> pairs_of(typed_parameter const& as, bare_value const& bare) {
    text_pairs out;
    if (bare.at == nullptr) return out;
    auto const name = encoded_name(as.in, as.name);
    auto const single = [&](std::optional<std::string> text) -> std::optional<text_pairs> {
        if (!text) return std::nullopt;
        out.emplace_back(name, std::move(*text));
        return std::move(out);
    };
    auto const encoded = [&](std::optional<std::string> text) {
        return text ? std::optional(encoded_text(as, *text)) : std::nullopt;
    };
    if (as.style == value_style::json) return single(encoded(value_as_json(bare)));
    bool const object = is_object(*bare.type);
    if (!object && bare.type->k != json::kind::list) return single(encoded(leaf_text(bare)));
    bool const deep = as.style == value_style::deep;
    if (deep && !deep_pairs(std::string(as.name), bare, out)) return std::nullopt;
    auto pairs = deep ? std::optional(std::move(out)) : flat_pairs(bare);
    if (!pairs || pairs->empty()) return pairs;
    // Of several cookies of one name most servers see one.
    bool const repeats = as.explode && (object || as.in != value_place::cookie);
    if (!deep && !repeats) return single(joined(as, std::move(*pairs), object));
    for (auto& [key, text] : *pairs) {
        key = object || deep ? encoded_name(as.in, key) : name;
        text = encoded_text(as, text);
    }
    return pairs;
}

FERRY_DECL std::optional<text_pairs> to_pairs(typed_parameter const& as, void const* value) {
    return pairs_of(as, unwrap(as.type(), value));
}

FERRY_DECL std::optional<std::string> to_header_text(typed_parameter const& as, void const* value) {
    auto const bare = unwrap(as.type(), value);
    if (bare.at == nullptr) return std::string();
    if (as.style == value_style::json) return value_as_json(bare);
    bool const object = is_object(*bare.type);
    if (!object && bare.type->k != json::kind::list) return leaf_text(bare);
    auto pairs = flat_pairs(bare);
    if (!pairs) return std::nullopt;
    for (auto& [key, text] : *pairs) {
        key = with_escaped(key, as.explode ? ",=" : ",");
        text = with_escaped(text, ",");
    }
    return join_pairs(*pairs, object, as.explode ? "=" : ",", ",");
}

FERRY_DECL std::optional<std::string> to_path_text(typed_parameter const& as, void const* value) {
    auto const bare = unwrap(as.type(), value);
    if (bare.at == nullptr) return std::string();
    bool const object = is_object(*bare.type) && as.style != value_style::json;
    bool const list = bare.type->k == json::kind::list && as.style != value_style::json;
    std::optional<text_pairs> pairs;
    if (object || list) {
        pairs = flat_pairs(bare);
    } else if (auto text = as.style == value_style::json ? value_as_json(bare) : leaf_text(bare)) {
        pairs = text_pairs{{std::string(), std::move(*text)}};
    }
    if (!pairs) return std::nullopt;
    if (pairs->empty()) return std::string();
    // Dots are no separator but for this style, so they are not encoded elsewhere.
    std::string_view const dot = as.style == value_style::label && as.explode && (object || list) ? "." : "";
    for (auto& [key, text] : *pairs) {
        key = encoded_besides(encode_query_text(key), dot);
        text = encoded_besides(encode_query_text(text), dot);
    }
    std::string_view const is = as.explode ? "=" : ",";
    auto const name = encode_query_text(as.name);
    switch (as.style) {
        case value_style::label:
            return "." + join_pairs(*pairs, object, is, as.explode ? "." : ",");
        case value_style::matrix:
            if (object && as.explode) return ";" + join_pairs(*pairs, true, "=", ";");
            return ";" + name + "=" +
                   join_pairs(*pairs, object, is, as.explode ? ";" + name + "=" : std::string(","));
        default:
            return join_pairs(*pairs, object, is, ",");
    }
}

FERRY_DECL std::optional<text_pairs> to_form(json::type_desc const& type, void const* value,
                                             std::span<typed_parameter const> styles) {
    text_pairs out;
    auto const bare = unwrap(type, value);
    if (bare.at == nullptr) return out;
    if (!is_object(*bare.type)) return std::nullopt;
    bool const good = for_each_inside(bare, [&](std::string_view key, bare_value const& inside) {
        bool const object = is_object(*inside.type);
        typed_parameter as{key, value_place::form, object ? value_style::json : value_style::form, true,
                           nullptr};
        for (auto const& told : styles)
            if (told.in == value_place::form && told.name == key) as = told;
        auto pairs = pairs_of(as, inside);
        if (pairs) std::move(pairs->begin(), pairs->end(), std::back_inserter(out));
        return pairs.has_value();
    });
    return good ? std::optional(std::move(out)) : std::nullopt;
}

FERRY_DECL std::string encode_cookie_value(std::string_view text) {
    bool const quoted = text.size() > 1 && text.front() == '"' && text.back() == '"';
    if (quoted) text = text.substr(1, text.size() - 2);
    std::string out;
    for (char const c : text) {
        bool const plain =
            c > ' ' && c < 0x7f && std::string_view("\",;\\").find(c) == std::string_view::npos;
        out += plain || is_control(c) ? std::string(1, c) : percent_encoded({&c, 1}, {});
    }
    return quoted ? '"' + out + '"' : out;
}

FERRY_DECL std::string encode_cookie_name(std::string_view text) {
    return percent_encoded(text, "!#$&'*+-.^_`|~");
}

}  // namespace ferry::detail
