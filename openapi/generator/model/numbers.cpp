// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/numbers.hpp"

#include "document/json_text.hpp"
#include "ferry/json/decimal.hpp"
#include "words/lists.hpp"

#include <array>
#include <cmath>

namespace ferry::gen {

namespace {

/// The number as JSON writes it: YAML has other spellings.
std::optional<decimal> number_in(node const& at) {
    if (at.kind != node_kind::number) return std::nullopt;
    auto text = to_json(at);
    if (!text) return std::nullopt;
    decimal made(std::move(*text));
    return made.is_number() ? std::optional(std::move(made)) : std::nullopt;
}

std::optional<double> number_of(node const* at) {
    auto const number = at != nullptr ? number_in(*at) : std::nullopt;
    return number ? std::optional(static_cast<double>(*number)) : std::nullopt;
}

/// The stricter bound; nothing where there is none.
std::optional<double> bound(node const& schema, char const* inclusive, char const* exclusive, bool upper) {
    auto const a = number_of(schema.find(inclusive));
    auto const b = number_of(schema.find(exclusive));
    if (!a || !b) return a ? a : b;
    return upper ? std::fmin(*a, *b) : std::fmax(*a, *b);
}

}  // namespace

scalar scalar::of(node const& value) {
    if (value.is_map() || value.is_list() || value.is_null()) return {};
    if (value.kind != node_kind::number) return {value.kind, value.scalar};
    auto const number = number_in(value);
    if (!number) return {};
    if (auto const n = number->to_int64()) return {node_kind::number, std::to_string(*n)};
    if (auto const n = number->to_uint64()) return {node_kind::number, std::to_string(*n)};
    return {node_kind::number, number->text()};
}

std::optional<std::int64_t> whole_number(node const& at) {
    auto const number = number_in(at);
    return number ? number->to_int64() : std::nullopt;
}

type_kind integer_kind(node const& schema) {
    constexpr double two_to_63 = 9223372036854775808.0;
    constexpr std::array large = {"int128",  "uint128", "int256",      "uint256",    "bigint",
                                  "big-int", "decimal", "big-integer", "biginteger", "decimal128"};
    auto const format = schema.text("format");
    if (format == "uint64") return type_kind::uint64;
    if (contains(large, format)) return type_kind::decimal;
    if (format == "int64" || format == "int32") return type_kind::integer;
    auto const low = bound(schema, "minimum", "exclusiveMinimum", false);
    auto const high = bound(schema, "maximum", "exclusiveMaximum", true);
    auto const step = number_of(schema.find("multipleOf"));
    if ((low && *low < -two_to_63) || (high && *high > 2 * two_to_63) || (step && *step > 2 * two_to_63))
        return type_kind::decimal;
    if ((!high || *high <= two_to_63) && (!low || *low <= two_to_63) && (!step || *step <= two_to_63))
        return type_kind::integer;
    return low && *low >= 0 ? type_kind::uint64 : type_kind::decimal;
}

type_kind number_kind(node const& schema) {
    auto const format = schema.text("format");
    return format == "decimal" || format == "decimal128" ? type_kind::decimal : type_kind::number;
}

type_kind constant_kind(node const& schema, node const& value) {
    if (value.is_text()) return type_kind::text;
    if (value.kind == node_kind::boolean) return type_kind::boolean;
    auto const number = number_in(value);
    if (!number) return type_kind::raw;
    if (auto const* type = schema.find("type"); type != nullptr && type->scalar == "number") {
        auto const kind = number_kind(schema);
        if (kind == type_kind::decimal || value.scalar.find('.') != std::string::npos) return kind;
    }
    if (number->to_int64()) return schema.text("format") == "uint64" ? type_kind::uint64 : type_kind::integer;
    if (number->to_uint64()) return type_kind::uint64;
    bool const fraction = number->text().find_first_of(".eE") != std::string::npos;
    return fraction ? number_kind(schema) : type_kind::decimal;
}

}  // namespace ferry::gen
