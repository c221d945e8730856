// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/response_check.hpp"

#include "core/responses.hpp"
#include "core/shape.hpp"
#include "http/multipart.hpp"
#include "http/text.hpp"

#include <algorithm>

namespace ferry::mock {
namespace {

/// `404` before `4XX` before `default`.
answer const* find_answer(route const& target, int status) {
    for (int const wanted : {status, status / 100, 0}) {
        for (answer const& one : target.answers) {
            if (one.status == wanted) return &one;
        }
    }
    return nullptr;
}

std::string status_key(answer const& found) {
    if (found.status == 0) return "default";
    return std::to_string(found.status) + (found.status < 10 ? "XX" : "");
}

/// `image/*` covers `image/png`.
bool covers(std::string_view declared, std::string_view actual) {
    if (declared == "*/*" || equal_ignoring_case(declared, actual)) return true;
    auto const star = declared.find('*');
    return star != std::string_view::npos && actual.size() > star &&
           equal_ignoring_case(declared.substr(0, star), actual.substr(0, star));
}

finding found(std::string type, json::array where, std::string message, std::string rule) {
    return {std::move(type), std::move(where), std::move(message), nullptr, std::move(rule)};
}

std::vector<finding> check_content(media const& declared, http_response const& response, std::string rule) {
    bool const is_json = declared.type.find("json") != std::string_view::npos;
    kind const asked = shape(*declared.body).kind;
    if (asked == kind::binary || (asked == kind::any && !is_json)) return {};
    json::array const where{"body"};
    if (response.stream != nullptr) return {};  // streamed because it is large
    if (!is_json) {
        return conform(*declared.body, json::value(response.body), where, std::move(rule), sender::service);
    }
    std::optional<json::value> const body = parse_json(response.body);
    if (!body) return {found("json_invalid", where, "The body is not JSON", std::move(rule))};
    return conform(*declared.body, *body, where, std::move(rule), sender::service);
}

}  // namespace

std::vector<finding> check_response(route const& target, http_response const& response) {
    if (!is_described(target)) return {};
    std::string rule = description_pointer(target) + "/responses";
    answer const* const declared = find_answer(target, response.status);
    if (declared == nullptr) {
        if (response.status >= 400) return {};
        return {found("status", {"status"},
                      "Status " + std::to_string(response.status) + " is not in the description", rule)};
    }
    rule += '/' + status_key(*declared);
    std::vector<finding> findings;
    for (std::string_view const name : declared->headers) {
        if (find_header(response.headers, name) == nullptr)
            findings.push_back(found("missing", {"header", name}, "Field required", rule + "/headers"));
    }
    bool const has_body = response.stream != nullptr || !response.body.empty();
    if (declared->content.empty()) {
        if (has_body) findings.push_back(found("extra_forbidden", {"body"}, "No body is declared", rule));
        return findings;
    }
    rule += "/content";
    std::string const* const header = find_header(response.headers, "content-type");
    std::string const type = header == nullptr ? std::string() : parse_header_value(*header).value;
    auto const fitting = std::find_if(declared->content.begin(), declared->content.end(),
                                      [&](media const& one) { return covers(one.type, type); });
    if (fitting == declared->content.end()) {
        findings.push_back(found("content_type", {"header", "Content-Type"},
                                 (type.empty() ? "No type" : type) + " is not in the description", rule));
        return findings;
    }
    auto const more =
        check_content(*fitting, response, rule + '/' + pointer_token(fitting->type) + "/schema");
    findings.insert(findings.end(), more.begin(), more.end());
    return findings;
}

http_response explain_response(route const& target, std::vector<finding> const& findings) {
    std::string text =
        "The mock's answer to " + std::string(target.operation) + " is not what the description says:";
    for (finding const& one : findings)
        text += ' ' + json_pointer(one.where) + ": " + one.message + " (" + one.rule + ");";
    text.back() = '.';
    return json_response(500, json::object{{"detail", text}}).with("x-should-retry", "false");
}

}  // namespace ferry::mock
