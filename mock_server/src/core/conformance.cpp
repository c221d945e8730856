// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/conformance.hpp"

#include "core/formats.hpp"
#include "http/text.hpp"
#include "http/url.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ferry::mock {
namespace {

bool is_whole(json::value const& input) {
    return input.is_int64() || input.is_uint64() ||
           (input.is_double() && input.get_double() == std::floor(input.get_double()));
}

/// A text that stands beside its known values: an open enum.
bool is_open_enum(schema const& type) {
    auto const has = [&](rule kind) {
        return std::any_of(type.arms.begin(), type.arms.end(),
                           [kind](schema const* arm) { return arm->kind == kind; });
    };
    return has(rule::literal) && has(rule::text);
}

class checker {
public:
    checker(json::array where, std::string rule, open_enums reading)
        : where_(std::move(where)), rule_(std::move(rule)), reading_(reading) {}

    std::vector<finding> findings;

    void check(schema const& type, json::value const& input) {
        if (type.name.empty()) return check_here(type, input);
        std::string const before = std::exchange(rule_, "#/components/schemas/" + pointer_token(type.name));
        check_here(type, input);
        rule_ = before;
    }

private:
    void check_here(schema const& type, json::value const& input) {
        if (type.nullable && input.is_null()) return;
        switch (type.kind) {
            case rule::any:
            case rule::binary:
                return;
            case rule::boolean:
                return expect(input.is_bool(), "bool_type", "Input should be a valid boolean", input);
            case rule::integer:
                return check_number(type, input, is_whole(input), "int_type",
                                    "Input should be a valid integer");
            case rule::number:
                return check_number(type, input, input.is_number(), "float_type",
                                    "Input should be a valid number");
            case rule::text:
                return check_text(type, input);
            case rule::uuid:
                return expect(input.is_string() && is_uuid(input.get_string()), "uuid_parsing",
                              "Input should be a valid UUID", input);
            case rule::date_time:
                return expect(input.is_string() && is_date_time(input.get_string()), "datetime_parsing",
                              "Input should be a valid datetime (RFC 3339)", input);
            case rule::uri:
                return expect(input.is_string() && is_uri(input.get_string()), "url_parsing",
                              "Input should be a valid URL", input);
            case rule::literal:
                return check_literal(type, input);
            case rule::object:
                return check_object(type, input);
            case rule::list:
                return check_list(type, input);
            case rule::map:
                return check_map(type, input);
            case rule::any_of:
                return check_any_of(type, input);
        }
    }

    void check_number(schema const& type, json::value const& input, bool fits, std::string_view kind,
                      std::string_view message) {
        if (!fits) return add(kind, message, input);
        auto const value = input.to_number<double>();
        if (type.minimum && value < static_cast<double>(*type.minimum))
            add("greater_than_equal",
                "Input should be greater than or equal to " + std::to_string(*type.minimum), input);
        if (type.maximum && value > static_cast<double>(*type.maximum))
            add("less_than_equal", "Input should be less than or equal to " + std::to_string(*type.maximum),
                input);
    }

    void check_text(schema const& type, json::value const& input) {
        if (!input.is_string()) return add("string_type", "Input should be a valid string", input);
        auto const length = static_cast<std::int64_t>(code_points(input.get_string()));
        check_length(type, length, "string", "characters", input);
    }

    void check_length(schema const& type, std::int64_t length, std::string const& kind,
                      std::string const& unit, json::value const& input) {
        std::string const prefix = kind == "string" ? "string_" : "";
        if (type.minimum && length < *type.minimum)
            add(prefix + "too_short", "Expected at least " + std::to_string(*type.minimum) + ' ' + unit,
                input);
        if (type.maximum && length > *type.maximum)
            add(prefix + "too_long", "Expected at most " + std::to_string(*type.maximum) + ' ' + unit, input);
    }

    void check_literal(schema const& type, json::value const& input) {
        bool const known =
            input.is_string() && std::find(type.values.begin(), type.values.end(),
                                           std::string_view(input.get_string())) != type.values.end();
        std::string expected;
        for (std::string_view const value : type.values)
            expected += (expected.empty() ? "'" : ", '") + std::string(value) + '\'';
        expect(known, "literal_error", "Input should be one of " + expected, input);
    }

    void check_object(schema const& type, json::value const& input) {
        if (!input.is_object()) return add("model_type", "Input should be an object", input);
        json::object const& object = input.get_object();
        for (field const& member : type.fields) {
            step const below(*this, member.name, "/properties/" + pointer_token(member.name));
            if (json::value const* const value = object.if_contains(member.name)) {
                check(*member.type, *value);
            } else if (member.required) {
                add("missing", "Field required", nullptr);
            }
        }
        for (auto const& member : object) {
            std::string_view const name = member.key();
            bool const declared = std::any_of(type.fields.begin(), type.fields.end(),
                                              [name](field const& one) { return one.name == name; });
            if (declared) continue;
            if (type.item == nullptr) {
                step const below(*this, name, "/properties");
                add("extra_forbidden", "Extra inputs are not permitted", member.value());
            } else {
                step const below(*this, name, "/additionalProperties");
                check(*type.item, member.value());
            }
        }
    }

    void check_list(schema const& type, json::value const& input) {
        if (!input.is_array()) return add("list_type", "Input should be a valid list", input);
        json::array const& list = input.get_array();
        check_length(type, static_cast<std::int64_t>(list.size()), "list", "items", input);
        for (std::size_t i = 0; type.item != nullptr && i < list.size() && !is_full(); ++i) {
            step const below(*this, i, "/items");
            check(*type.item, list[i]);
        }
    }

    void check_map(schema const& type, json::value const& input) {
        if (!input.is_object()) return add("dict_type", "Input should be an object", input);
        if (type.item == nullptr) return;
        for (auto const& member : input.get_object()) {
            step const below(*this, std::string_view(member.key()), "/additionalProperties");
            check(*type.item, member.value());
        }
    }

    /// When no arm fits, the one that came furthest says why.
    void check_any_of(schema const& type, json::value const& input) {
        bool const closed = reading_ == open_enums::rules && is_open_enum(type);
        std::vector<finding> nearest;
        std::size_t depth = 0;
        for (schema const* const arm : type.arms) {
            if (closed && arm->kind == rule::text) continue;
            checker attempt(where_, rule_, reading_);
            attempt.check(*arm, input);
            if (attempt.findings.empty()) return;
            std::size_t const reached = attempt.findings.front().where.size();
            if (reached <= depth) continue;
            depth = reached;
            nearest = std::move(attempt.findings);
        }
        for (finding& one : nearest) findings.push_back(std::move(one));
    }

    void expect(bool fits, std::string_view kind, std::string_view message, json::value const& input) {
        if (!fits) add(kind, message, input);
    }

    [[nodiscard]] bool is_full() const noexcept { return findings.size() >= most_issues; }

    void add(std::string_view kind, std::string_view message, json::value const& input) {
        if (!is_full()) findings.push_back({std::string(kind), where_, std::string(message), input, rule_});
    }

    /// One step down, in the input and in the description, for as long as it lives.
    class step {
    public:
        template <class Token>
        step(checker& on, Token const& token, std::string const& rule) : on_(on), length_(on.rule_.size()) {
            on_.where_.push_back(json::value(token));
            on_.rule_ += rule;
        }
        ~step() {
            on_.where_.pop_back();
            on_.rule_.resize(length_);
        }
        step(step const&) = delete;
        step& operator=(step const&) = delete;

    private:
        checker& on_;
        std::size_t length_;
    };

    json::array where_;
    std::string rule_;
    open_enums reading_;
};

}  // namespace

std::vector<finding> conform(schema const& type, json::value const& input, json::array where,
                             std::string rule, open_enums reading) {
    checker walk(std::move(where), std::move(rule), reading);
    walk.check(type, input);
    return std::move(walk.findings);
}

std::string description_pointer(route const& operation) {
    return "#/paths/" + pointer_token(operation.path) + '/' + lower_case(operation.method);
}

}  // namespace ferry::mock
