// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/strict.hpp"

#include "core/shape.hpp"
#include "http/text.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace ferry::mock {
namespace {

/// What a text is in a parameter or part of that type, if it is spelled as JSON would; else the text.
json::value read_as(shape const& type, std::string const& text) {
    if (type.kind == kind::boolean && (text == "true" || text == "false")) return text == "true";
    bool const has_blanks = text.find_first_of(" \t\r\n") != std::string::npos;
    if ((type.kind == kind::integer || type.kind == kind::number) && !has_blanks) {
        std::optional<json::value> number = parse_json(text);
        if (number && number->is_number()) return *std::move(number);
    }
    if (type.kind == kind::object || type.kind == kind::map) {
        if (std::optional<json::value> document = parse_json(text)) return *std::move(document);
    }
    return json::value(text);
}

class request_checker {
public:
    request_checker(route const& target, http_request const& request, request_values const& values)
        : target_(target), request_(request), values_(values), operation_(description_pointer(target)) {}

    std::vector<finding> run() {
        check_path();
        check_query();
        check_credentials();
        check_body();
        return std::move(findings_);
    }

private:
    void check_path() {
        for (auto const& [name, text] : values_.path) {
            if (parameter const* const declared = find_parameter(place::path, name))
                hold_text(declared->type, text, {"path", name}, "/parameters");
        }
    }

    void check_query() {
        std::set<std::string_view> seen;
        for (auto const& [name, text] : request_.query) {
            json::array const where{"query", name};
            parameter const* const declared = find_parameter(place::query, name);
            if (declared == nullptr) {
                if (!takes_credential(place::query, name)) unknown(where, text, "/parameters");
                continue;
            }
            shape const type(*declared->type);
            bool const is_list = type.kind == kind::list;
            if (!seen.insert(name).second && !is_list) repeated(where, text, "/parameters");
            hold_text(is_list ? type.item : declared->type, text, where, "/parameters");
        }
    }

    /// A key that another operation or service takes is not looked at here, and should not have been sent.
    void check_credentials() {
        static constexpr std::array<std::string_view, 3> known{"authorization", "x-api-key", "api-key"};
        if (target_.open) return;  // clients may send their key to whatever they call
        for (auto const& field : request_.headers) {
            std::string const& name = field.first;
            bool const is_credential = std::any_of(known.begin(), known.end(), [&](std::string_view one) {
                return equal_ignoring_case(one, name);
            });
            if (is_credential && !takes_credential(place::header, name))
                add("extra_forbidden", {"header", name}, "The operation takes no such credentials", nullptr,
                    "");
        }
    }

    void check_body() {
        if (target_.body_type.empty()) {
            if (request_.body.size() != 0)
                add("extra_forbidden", {"body"}, "The operation takes no body", nullptr, "");
            return;
        }
        if (request_.body.size() == 0) return;
        std::string_view const content_type = request_.header_or_empty("content-type");
        if (!equal_ignoring_case(parse_header_value(content_type).value, target_.body_type)) {
            std::string const expected(target_.body_type);
            return add("content_type", {"header", "Content-Type"}, "Input should be " + expected,
                       json::value(content_type), "/requestBody/content");
        }
        if (target_.body_schema == nullptr) return;
        if (target_.body == body_kind::form) return check_form();
        // Read anew: an operation may have taken it in its own, more forgiving way.
        if (std::optional<json::value> const body = parse_json(request_.body.text()))
            return hold(*target_.body_schema, *body, {"body"}, content_rule());
        add("json_invalid", {"body"}, "JSON decode error", nullptr, content_rule());
    }

    void check_form() {
        std::set<std::string_view> seen;
        shape const form(*target_.body_schema);
        for (form_part const& part : values_.form) {
            json::array const where{"body", part.name};
            field const* const declared = form.find(part.name);
            if (declared == nullptr) {
                unknown(where, part.is_file ? part.filename : part.text, content_rule() + "/properties");
                continue;
            }
            shape const type(*declared->type);
            bool const is_list = type.kind == kind::list;
            if (!seen.insert(part.name).second && !is_list)
                repeated(where, part.is_file ? part.filename : part.text, content_rule() + "/properties");
            if (!part.is_file)
                hold_text(is_list ? type.item : declared->type, part.text, where,
                          content_rule() + "/properties/" + pointer_token(part.name));
        }
    }

    /// \param type null: anything will do
    void hold_text(schema::rules const* type, std::string const& text, json::array where,
                   std::string const& rule) {
        if (type != nullptr) hold(*type, read_as(shape(*type), text), std::move(where), rule);
    }

    void hold(schema::rules const& type, json::value const& input, json::array where,
              std::string const& rule) {
        std::vector<finding> found =
            conform(type, input, std::move(where), operation_ + rule, sender::client);
        std::move(found.begin(), found.end(), std::back_inserter(findings_));
    }

    void unknown(json::array where, std::string const& input, std::string const& rule) {
        add("extra_forbidden", std::move(where), "Extra inputs are not permitted", json::value(input), rule);
    }

    void repeated(json::array where, std::string const& input, std::string const& rule) {
        add("repeated", std::move(where), "Input should be given once", json::value(input), rule);
    }

    void add(std::string type, json::array where, std::string message, json::value input,
             std::string const& rule) {
        if (findings_.size() >= most_issues) return;
        findings_.push_back(
            {std::move(type), std::move(where), std::move(message), std::move(input), operation_ + rule});
    }

    [[nodiscard]] parameter const* find_parameter(place in, std::string_view name) const {
        for (parameter const& one : target_.parameters) {
            if (one.in == in && one.name == name) return &one;
        }
        return nullptr;
    }

    [[nodiscard]] bool takes_credential(place in, std::string_view name) const {
        return std::any_of(
            target_.credentials.begin(), target_.credentials.end(), [&](credential const& one) {
                return one.in == in &&
                       (in == place::header ? equal_ignoring_case(one.name, name) : one.name == name);
            });
    }

    [[nodiscard]] std::string content_rule() const {
        return "/requestBody/content/" + pointer_token(target_.body_type) + "/schema";
    }

    route const& target_;
    http_request const& request_;
    request_values const& values_;
    std::string operation_;
    std::vector<finding> findings_;
};

}  // namespace

std::vector<finding> check_request(route const& target, http_request const& request,
                                   request_values const& values) {
    if (!is_described(target)) return {};
    return request_checker(target, request, values).run();
}

json::array as_issues(std::vector<finding> const& findings) {
    json::array issues;
    for (finding const& found : findings) {
        json::object issue{{"type", found.type}, {"loc", found.where}, {"msg", found.message}};
        issue.emplace("input", found.input);
        issue.emplace("ctx",
                      json::object{{"request", json_pointer(found.where)}, {"description", found.rule}});
        issues.push_back(std::move(issue));
    }
    return issues;
}

}  // namespace ferry::mock
