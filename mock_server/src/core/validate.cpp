// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/validate.hpp"

#include "core/conformance.hpp"
#include "core/formats.hpp"
#include "core/scalars.hpp"
#include "core/shape.hpp"
#include "http/text.hpp"
#include "http/url.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace ferry::mock {
namespace {

using location = json::array;

location below(location const& parent, std::string_view name) {
    location result = parent;
    result.push_back(json::value(name));
    return result;
}

location below(location const& parent, std::size_t index) {
    location result = parent;
    result.push_back(json::value(index));
    return result;
}

std::string plural(std::int64_t count, std::string_view noun) {
    return std::to_string(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

class walker {
public:
    json::array items;

    void check(schema::rules const& allowed, json::value const& input, location const& where) {
        check(shape(allowed), input, where);
    }

    void check(shape const& type, json::value const& input, location const& where) {
        if (type.nullable && input.is_null()) return;
        switch (type.kind) {
            case kind::any:
            case kind::binary:  // checked where forms are
                return;
            case kind::boolean:
                return check_boolean(input, where);
            case kind::integer:
                return check_integer(type, input, where);
            case kind::number:
                return check_number(type, input, where);
            case kind::text:
                return check_text(type, input, where);
            case kind::uuid:
                return check_uuid(input, where);
            case kind::date_time:
                return check_date_time(input, where);
            case kind::uri:
                return check_uri(input, where);
            case kind::literal:
                return check_literal(type, input, where);
            case kind::object:
                return check_object(type, input, where);
            case kind::list:
                return check_list(type, input, where);
            case kind::map:
                return check_map(type, input, where);
            case kind::any_of:
                return check_any_of(type, input, where);
        }
    }

    void missing(location const& where, json::value input) {
        add("missing", where, "Field required", std::move(input));
    }

    void add(std::string_view kind, location const& where, std::string_view message, json::value input,
             json::object context = {}) {
        if (is_full()) return;
        json::object item{{"type", kind}, {"loc", where}, {"msg", message}};
        item.emplace("input", std::move(input));
        if (!context.empty()) item.emplace("ctx", std::move(context));
        items.push_back(std::move(item));
    }

private:
    [[nodiscard]] bool is_full() const noexcept { return items.size() >= most_issues; }

    void check_boolean(json::value const& input, location const& where) {
        static constexpr std::string_view unclear =
            "Input should be a valid boolean, unable to interpret input";
        if (input.is_bool()) return;
        if (input.is_number()) {
            double const number = input.to_number<double>();
            if (number == 0 || number == 1) return;
            return add("bool_parsing", where, unclear, input);
        }
        if (!input.is_string()) return add("bool_type", where, "Input should be a valid boolean", input);
        if (!parse_boolean(input.get_string())) add("bool_parsing", where, unclear, input);
    }

    void check_integer(shape const& type, json::value const& input, location const& where) {
        std::int64_t value = 0;
        if (input.is_string()) {
            auto const parsed = parse_integer(input.get_string());
            if (!parsed) {
                return add("int_parsing", where,
                           "Input should be a valid integer, unable to parse string as an integer", input);
            }
            value = *parsed;
        } else if (input.is_double()) {
            double const number = input.get_double();
            if (number != std::floor(number) || std::abs(number) > 9e18) {
                return add("int_from_float", where,
                           "Input should be a valid integer, got a number with a fractional part", input);
            }
            value = static_cast<std::int64_t>(number);
        } else if (input.is_bool()) {
            value = input.get_bool() ? 1 : 0;
        } else if (input.is_uint64()) {
            value = (std::numeric_limits<std::int64_t>::max)();
        } else if (input.is_int64()) {
            value = input.get_int64();
        } else {
            return add("int_type", where, "Input should be a valid integer", input);
        }
        check_range(type, static_cast<double>(value), input, where);
    }

    void check_number(shape const& type, json::value const& input, location const& where) {
        double value = 0;
        if (input.is_string()) {
            auto const parsed = parse_number(input.get_string());
            if (!parsed) {
                return add("float_parsing", where,
                           "Input should be a valid number, unable to parse string as a number", input);
            }
            value = *parsed;
        } else if (input.is_number()) {
            value = input.to_number<double>();
        } else if (input.is_bool()) {
            value = input.get_bool() ? 1 : 0;
        } else {
            return add("float_type", where, "Input should be a valid number", input);
        }
        check_range(type, value, input, where);
    }

    void check_range(shape const& type, double value, json::value const& input, location const& where) {
        if (type.minimum && value < static_cast<double>(*type.minimum)) {
            add("greater_than_equal", where,
                "Input should be greater than or equal to " + std::to_string(*type.minimum), input,
                {{"ge", *type.minimum}});
        } else if (type.maximum && value > static_cast<double>(*type.maximum)) {
            add("less_than_equal", where,
                "Input should be less than or equal to " + std::to_string(*type.maximum), input,
                {{"le", *type.maximum}});
        }
    }

    void check_text(shape const& type, json::value const& input, location const& where) {
        if (!input.is_string()) return add("string_type", where, "Input should be a valid string", input);
        auto const length = static_cast<std::int64_t>(code_points(input.get_string()));
        if (type.minimum && length < *type.minimum) {
            add("string_too_short", where,
                "String should have at least " + plural(*type.minimum, "character"), input,
                {{"min_length", *type.minimum}});
        } else if (type.maximum && length > *type.maximum) {
            add("string_too_long", where, "String should have at most " + plural(*type.maximum, "character"),
                input, {{"max_length", *type.maximum}});
        }
    }

    void check_uuid(json::value const& input, location const& where) {
        if (!input.is_string()) {
            return add("uuid_type", where, "UUID input should be a string, bytes or UUID object", input);
        }
        if (parse_uuid(input.get_string())) return;
        std::string const reason = uuid_mistake(input.get_string());
        add("uuid_parsing", where, "Input should be a valid UUID, " + reason, input, {{"error", reason}});
    }

    void check_date_time(json::value const& input, location const& where) {
        if (input.is_number()) return;
        if (!input.is_string()) return add("datetime_type", where, "Input should be a valid datetime", input);
        std::string reason;
        if (parse_date_time(input.get_string(), reason)) return;
        add("datetime_from_date_parsing", where, "Input should be a valid datetime or date, " + reason, input,
            {{"error", reason}});
    }

    void check_uri(json::value const& input, location const& where) {
        if (!input.is_string()) return add("url_type", where, "URL input should be a string or URL", input);
        if (is_uri(input.get_string())) return;
        static constexpr std::string_view reason = "relative URL without a base";
        add("url_parsing", where, "Input should be a valid URL, " + std::string(reason), input,
            {{"error", reason}});
    }

    void check_literal(shape const& type, json::value const& input, location const& where) {
        if (input.is_string()) {
            for (std::string_view const value : type.values) {
                if (std::string_view(input.get_string()) == value) return;
            }
        }
        std::string const expected = alternatives(type.values);
        add("literal_error", where, "Input should be " + expected, input, {{"expected", expected}});
    }

    void check_object(shape const& type, json::value const& input, location const& where) {
        if (!input.is_object()) {
            return add("model_attributes_type", where,
                       "Input should be a valid dictionary or object to extract fields from", input);
        }
        for (field const& member : type.fields) {
            if (json::value const* const value = input.get_object().if_contains(member.name)) {
                check(*member.type, *value, below(where, member.name));
            } else if (member.required) {
                missing(below(where, member.name), input);
            }
        }
    }

    void check_list(shape const& type, json::value const& input, location const& where) {
        if (!input.is_array()) return add("list_type", where, "Input should be a valid list", input);
        auto const length = static_cast<std::int64_t>(input.get_array().size());
        if (type.maximum && length > *type.maximum)
            return list_length(type, "too_long", length, input, where);
        std::size_t const before = items.size();
        for (std::size_t i = 0; type.item != nullptr && i < input.get_array().size() && !is_full(); ++i) {
            check(*type.item, input.get_array()[i], below(where, i));
        }
        if (items.size() == before && type.minimum && length < *type.minimum) {
            list_length(type, "too_short", length, input, where);
        }
    }

    void list_length(shape const& type, std::string_view kind, std::int64_t length, json::value const& input,
                     location const& where) {
        bool const is_long = kind == "too_long";
        std::int64_t const bound = is_long ? *type.maximum : *type.minimum;
        add(kind, where,
            std::string("List should have at ") + (is_long ? "most " : "least ") + plural(bound, "item") +
                " after validation, not " + std::to_string(length),
            input,
            {{"field_type", "List"},
             {is_long ? "max_length" : "min_length", bound},
             {"actual_length", length}});
    }

    void check_map(shape const& type, json::value const& input, location const& where) {
        if (!input.is_object()) return add("dict_type", where, "Input should be a valid dictionary", input);
        if (type.item == nullptr) return;
        for (auto const& member : input.get_object())
            check(*type.item, member.value(), below(where, member.key()));
    }

    void check_any_of(shape const& type, json::value const& input, location const& where) {
        json::array collected;
        for (schema::rules const* const arm : type.arms) {
            walker attempt;
            attempt.check(*arm, input, below(where, arm_name(*arm)));
            if (attempt.items.empty()) return;
            for (json::value& item : attempt.items) collected.push_back(std::move(item));
        }
        for (json::value& item : collected) items.push_back(std::move(item));
    }
};

/// The value of a parameter as JSON: a string, or a list of strings for list types; nothing when it was not
/// sent.
std::optional<json::value> parameter_value(parameter const& wanted, bool is_list, string_pairs const& pairs) {
    if (!is_list) {
        std::string const* const text =
            wanted.in == place::header ? find_header(pairs, wanted.name) : last_value(pairs, wanted.name);
        return text == nullptr ? std::nullopt : std::optional<json::value>(*text);
    }
    json::array values;
    for (auto const& [name, value] : pairs) {
        if (name == wanted.name) values.push_back(json::value(value));
    }
    if (values.empty()) return std::nullopt;
    return json::value(std::move(values));
}

constexpr std::string_view place_names[] = {"path", "query", "header", "cookie"};

void check_parameters(walker& walk, route const& target, place in, string_pairs const& pairs) {
    for (parameter const& wanted : target.parameters) {
        if (wanted.in != in) continue;
        location const where{place_names[static_cast<std::size_t>(in)], wanted.name};
        shape const type(*wanted.type);
        if (std::optional<json::value> const value =
                parameter_value(wanted, type.kind == kind::list, pairs)) {
            walk.check(type, *value, where);
        } else if (wanted.required) {
            walk.missing(where, nullptr);
        }
    }
}

void check_form(walker& walk, route const& target, std::vector<form_part> const& form) {
    for (field const& wanted : shape(*target.body_schema).fields) {
        location const where{"body", wanted.name};
        form_part const* const part = find_part(form, wanted.name);
        if (part == nullptr) {
            if (wanted.required) walk.missing(where, nullptr);
        } else if (std::find(target.files.begin(), target.files.end(), wanted.name) != target.files.end()) {
            if (part->is_file) continue;
            walk.add("value_error", where, "Value error, Expected UploadFile, received: <class 'str'>",
                     json::value(part->text), {{"error", json::object{}}});
        } else if (part->is_file) {
            walk.add("string_type", where, "Input should be a valid string",
                     json::object{{"filename", part->filename}});
        } else if (shape const type(*wanted.type); type.kind != kind::map && type.kind != kind::object) {
            walk.check(type, json::value(part->text),
                       where);  // JSON inside a text part is the behaviour's business
        }
    }
}

}  // namespace

form_part const* find_part(std::vector<form_part> const& form, std::string_view name) noexcept {
    form_part const* found = nullptr;
    for (form_part const& part : form) {
        if (part.name == name) found = &part;
    }
    return found != nullptr && !found->is_file && found->text.empty() ? nullptr : found;
}

json::array validate(route const& target, request_values const& values) {
    walker walk;
    check_parameters(walk, target, place::path, values.path);
    check_parameters(walk, target, place::query, values.query);
    if (values.headers != nullptr) check_parameters(walk, target, place::header, *values.headers);
    check_parameters(walk, target, place::cookie, values.cookies);
    if (target.body == body_kind::form) {
        check_form(walk, target, values.form);
    } else if (target.body == body_kind::json && target.body_schema != nullptr) {
        if (values.has_body && !values.body.is_null()) {
            walk.check(*target.body_schema, values.body, {"body"});
        } else if (target.body_required) {
            walk.missing({"body"}, nullptr);
        }
    }
    return std::move(walk.items);
}

bool path_is_valid(route const& target, request_values const& values) {
    walker walk;
    check_parameters(walk, target, place::path, values.path);
    return walk.items.empty();
}

}  // namespace ferry::mock
