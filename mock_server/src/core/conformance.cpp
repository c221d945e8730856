// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/conformance.hpp"

#include "core/formats.hpp"
#include "ferry/schema/check.hpp"
#include "http/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ferry::mock {
namespace {

using schema::keyword;
namespace types = schema::types;

/// How the services' framework calls what breaks a keyword.
struct wording {
    std::string_view type;
    std::string_view message;  ///< `*` is what the keyword says
};

template <class Key>
struct named_wording {
    Key of;
    wording as;
};

/// Others are a `value_error` in the checker's words.
constexpr named_wording<keyword> keyword_wordings[] = {
    {keyword::minimum, {"greater_than_equal", "Input should be greater than or equal to *"}},
    {keyword::maximum, {"less_than_equal", "Input should be less than or equal to *"}},
    {keyword::exclusive_minimum, {"greater_than", "Input should be greater than *"}},
    {keyword::exclusive_maximum, {"less_than", "Input should be less than *"}},
    {keyword::multiple_of, {"multiple_of", "Input should be a multiple of *"}},
    {keyword::min_length, {"string_too_short", "Expected at least * characters"}},
    {keyword::max_length, {"string_too_long", "Expected at most * characters"}},
    {keyword::pattern, {"string_pattern_mismatch", "String should match pattern '*'"}},
    {keyword::min_items, {"too_short", "Expected at least * items"}},
    {keyword::max_items, {"too_long", "Expected at most * items"}},
    {keyword::required, {"missing", "Field required"}},
    {keyword::dependent_required, {"missing", "Field required"}},
    {keyword::never, {"extra_forbidden", "Extra inputs are not permitted"}},
    {keyword::additional_properties, {"extra_forbidden", "Extra inputs are not permitted"}},
    {keyword::constant, {"literal_error", "Input should be *"}},
    {keyword::enumeration, {"literal_error", "Input should be one of *"}},
};

constexpr named_wording<std::uint64_t> type_wordings[] = {
    {types::boolean, {"bool_type", "Input should be a valid boolean"}},
    {types::integer, {"int_type", "Input should be a valid integer"}},
    {types::number, {"float_type", "Input should be a valid number"}},
    {types::string, {"string_type", "Input should be a valid string"}},
    {types::array, {"list_type", "Input should be a valid list"}},
    {types::object, {"dict_type", "Input should be an object"}},
    {types::null, {"none_required", "Input should be None"}},
};

constexpr named_wording<std::string_view> format_wordings[] = {
    {"uuid", {"uuid_parsing", "Input should be a valid UUID"}},
    {"date-time", {"datetime_parsing", "Input should be a valid datetime (RFC 3339)"}},
    {"utc-date-time", {"datetime_parsing", "Input should be a valid datetime (RFC 3339)"}},
    {"date", {"date_parsing", "Input should be a valid date"}},
    {"uri", {"url_parsing", "Input should be a valid URL"}},
};

template <class Key, std::size_t Size>
wording const* find(named_wording<Key> const (&table)[Size], Key const& of) noexcept {
    auto const found = std::find_if(std::begin(table), std::end(table),
                                    [&](named_wording<Key> const& one) { return one.of == of; });
    return found == std::end(table) ? nullptr : &found->as;
}

wording const* find_format(schema::rules const& by) noexcept {
    schema::rule const* const format = by.find(keyword::format);
    return format == nullptr ? nullptr : find(format_wordings, format->text());
}

/// The keyword that a reader of the description would name: a number is no UUID either.
keyword told_by(schema::finding const& one) noexcept {
    if (one.word != keyword::type) return one.word;
    for (keyword const word : {keyword::enumeration, keyword::constant}) {
        if (one.by->find(word) != nullptr) return word;
    }
    return find_format(*one.by) != nullptr ? keyword::format : keyword::type;
}

wording const* find_wording(schema::finding const& one, keyword told) noexcept {
    static constexpr wording model{"model_type", "Input should be an object"};
    if (told == keyword::format) return find_format(*one.by);
    if (told != keyword::type) return find(keyword_wordings, told);
    std::uint64_t const wanted = one.by->find(told)->number();
    if (wanted == types::object && one.by->find(keyword::properties) != nullptr) return &model;
    return find(type_wordings, wanted == types::null ? wanted : wanted & ~types::null);
}

/// What a keyword says, as text.
std::string value_of(schema::rule const& one) {
    switch (one.word()) {
        case keyword::min_length:
        case keyword::max_length:
        case keyword::min_items:
        case keyword::max_items:
            return std::to_string(one.number());
        case keyword::constant:
        case keyword::enumeration: {
            std::string all;
            for (schema::literal const& value : one.literals()) {
                std::string const quote(value.type == types::string ? "'" : "");
                all += (all.empty() ? "" : ", ") + quote + std::string(value.text) + quote;
            }
            return all;
        }
        default:
            return std::string(one.text());
    }
}

/// Where a finding is: the way, with indices as numbers, and the value there.
class place_in {
public:
    place_in(json::value const& input, json::array start) : where(std::move(start)), value(&input) {}

    json::array where;
    json::value const* value;

    void go(std::string_view pointer) {
        while (!pointer.empty()) {
            std::size_t const end = (std::min)(pointer.find('/', 1), pointer.size());
            step(unescaped(pointer.substr(1, end - 1)));
            pointer.remove_prefix(end);
        }
    }

private:
    void step(std::string const& token) {
        if (value->is_array()) {
            auto const index = whole_number<std::size_t>(token).value_or(0);
            where.push_back(json::value(index));
            value = &value->get_array().at(index);
        } else {
            where.push_back(json::value(token));
            value = &value->get_object().at(token);
        }
    }

    static std::string unescaped(std::string_view token) {
        std::string name;
        for (std::size_t i = 0; i < token.size(); ++i) {
            bool const escaped = token[i] == '~' && i + 1 < token.size();
            name += escaped ? (token[++i] == '0' ? '~' : '/') : token[i];
        }
        return name;
    }
};

/// The schema that is broken: without the keyword, and without the arms on the way to it.
std::string schema_of(schema::finding const& one) {
    std::string_view rest =
        std::string_view(one.rule).substr(0, one.rule.size() - name_of(one.word).size() - 1);
    std::string kept(rest.starts_with('/') ? "#" : "");  // a place in another file has its name
    while (!rest.empty()) {
        std::size_t const end = (std::min)(rest.find('/', 1), rest.size());
        std::string_view const token = rest.substr(0, end);
        rest.remove_prefix(end);
        bool const has_index = rest.size() > 1 && is_digit(rest[1]);
        if (has_index && (token == "/anyOf" || token == "/oneOf" || token == "/allOf"))
            rest.remove_prefix((std::min)(rest.find('/', 1), rest.size()));
        else
            kept += token;
    }
    return kept;
}

std::size_t depth_of(schema::finding const& one) {
    return static_cast<std::size_t>(std::count(one.pointer.begin(), one.pointer.end(), '/'));
}

bool fits_format(std::string_view format, std::string_view text) {
    return format != "uri" || is_uri(text);
}

class teller {
public:
    teller(json::value const& input, json::array const& where, sender by) : input_(input), where_(where) {
        how_.most = most_issues;
        how_.closed = true;
        how_.closed_enums = by == sender::client;
        how_.goes = by == sender::client ? schema::direction::request : schema::direction::response;
        how_.fits_format = fits_format;
    }

    std::vector<finding> findings;

    void check(schema::rules const& type, std::string_view rule) {
        schema::value input;
        if (!schema::read(to_text(input_), input))
            return findings.push_back(
                {"recursion_loop", where_, "Input is too deep", nullptr, std::string(rule)});
        how_.place = rule.substr(rule.find('/'));
        for (schema::finding const& one : schema::find_misfits(type, input, how_)) tell(one, "");
    }

private:
    /// \param start the way to where the check began
    void tell(schema::finding const& one, std::string const& start) {
        if (findings.size() >= most_issues) return;
        bool const is_union = one.word == keyword::any_of || one.word == keyword::one_of;
        bool const has_tag =
            one.input->type == types::object && one.by->find(keyword::discriminator) != nullptr;
        if (is_union && !has_tag && tell_nearest(one, start)) return;
        keyword const told = told_by(one);
        place_in place(input_, where_);
        place.go(start + one.pointer);
        std::string rule = schema_of(one);
        wording const* const as = find_wording(one, told);
        finding made{
            is_union && has_tag ? "union_tag_invalid" : "value_error", {}, one.message, *place.value, {}};
        if (as != nullptr) {
            made.type = as->type;
            made.message = as->message;
            if (auto const at = made.message.find('*'); at != std::string::npos)
                made.message.replace(at, 1, value_of(*one.by->find(told)));
        }
        if (told == keyword::additional_properties) rule += "/properties";
        if (!one.missing.empty()) {
            rule += "/properties/" + pointer_token(one.missing);
            place.where.push_back(json::value(one.missing));
            made.input = nullptr;
        }
        made.where = std::move(place.where);
        made.rule = std::move(rule);
        findings.push_back(std::move(made));
    }

    /// When no arm fits, the one that came furthest says why.
    bool tell_nearest(schema::finding const& one, std::string const& start) {
        std::vector<schema::finding> nearest;
        schema::check_options how = how_;
        std::string const rule = schema_of(one);
        how.place = rule.starts_with('#') ? std::string_view(rule).substr(1) : rule;
        for (schema::rules const* const arm : one.by->find(one.word)->list()) {
            std::vector<schema::finding> found = schema::find_misfits(*arm, *one.input, how);
            if (found.empty()) return false;
            if (nearest.empty() || depth_of(found.front()) > depth_of(nearest.front()))
                nearest = std::move(found);
        }
        for (schema::finding const& each : nearest) tell(each, start + one.pointer);
        return !nearest.empty();
    }

    json::value const& input_;
    json::array const& where_;
    schema::check_options how_;
};

}  // namespace

std::vector<finding> conform(schema::rules const& type, json::value const& input, json::array const& where,
                             std::string_view rule, sender by) {
    teller all(input, where, by);
    all.check(type, rule);
    return std::move(all.findings);
}

std::string description_pointer(route const& operation) {
    return "#/paths/" + pointer_token(operation.path) + '/' + lower_case(operation.method);
}

}  // namespace ferry::mock
