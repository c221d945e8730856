// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/api.hpp"

#include "core/strict.hpp"
#include "http/url.hpp"

#include <algorithm>
#include <stdexcept>

namespace ferry::mock {

api::api(std::span<route const> routes, guard authenticate, guard prepare)
    : routes_(routes), authenticate_(std::move(authenticate)), prepare_(std::move(prepare)) {}

void api::bind(std::string_view name, operation how) {
    bool found = false;
    for (route const& candidate : routes_) {
        if (candidate.operation != name) continue;
        operations_.insert_or_assign(&candidate, how);
        found = true;
    }
    if (!found) throw std::logic_error("no route is called " + std::string(name));
}

http_response api::serve(exchange& on) const {
    if (on.target.found == nullptr) return refuse_route(on);
    auto const how = operations_.find(on.target.found);
    if (how == operations_.end()) return json_response(501, json::object{{"detail", "Not mocked yet"}});
    on.identity.emplace();
    try {
        call current(on);
        return run(current, how->second);
    } catch (http_error& error) {
        return std::move(error.response);
    }
}

/// 405, 404, or the way to the path with the slash toggled.
http_response api::refuse_route(exchange const& on) const {
    if (on.target.knows_path()) {
        return json_response(405, json::object{{"detail", "Method Not Allowed"}})
            .with("Allow", std::string(on.target.allowed));
    }
    http_request const& request = on.request;
    auto const toggle = [](std::string path, bool slash) {
        if (!slash) return path + '/';
        path.pop_back();
        return path;
    };
    bool const slash = request.path.size() > 1 && request.path.back() == '/';
    if (!find_route(routes_, request.method, toggle(request.path, slash)).knows_path())
        return json_response(404, json::object{{"detail", "Not Found"}});
    auto const query = (std::min)(request.target.find('?'), request.target.size());
    std::string const location =
        toggle(request.target.substr(0, query), slash) + request.target.substr(query);
    return empty_response(307).with("Location", request.origin() + location);
}

http_response api::run(call& current, operation const& how) const {
    if (prepare_) prepare_(current);
    if (!how.reads_body_itself) read_body(current);
    if (how.before_auth) how.before_auth(current);
    if (!current.target.open && authenticate_) authenticate_(current);
    if (how.before_validation && path_is_valid(current.target, current.values))
        how.before_validation(current);
    json::array mistakes = validate(current.target, current.values);
    if (!mistakes.empty()) throw http_error(422, std::move(mistakes));
    if (strict_ != nullptr) require_description(current);
    return how.behaviour(current);
}

void api::require_description(call const& current) const {
    std::vector<finding> const findings = check_request(current.target, current.request, current.values);
    if (findings.empty()) return;
    strict_->add_request(current.target, current.request, findings);
    throw http_error(422, as_issues(findings));
}

void api::read_body(call& current) {
    http_request const& request = current.request;
    std::string_view const content_type = request.header_or_empty("content-type");
    if (current.target.body == body_kind::form) {
        auto form = parse_form(content_type, request.body);
        if (auto const* const error = std::get_if<form_error>(&form))
            throw http_error(400, json::value(error->message));
        current.values.form = std::get<std::vector<form_part>>(std::move(form));
        for (form_part const& part : current.values.form) {
            std::uint64_t const size = part.is_file ? part.content.size() : part.text.size();
            current.on.parts.push_back({part.name, part.filename, size});
        }
        return;
    }
    if (current.target.body != body_kind::json || request.body.size() == 0) return;
    std::string const text = request.body.text();
    current.values.has_body = true;
    if (!is_utf8(text)) throw http_error(400, "There was an error parsing the body");
    if (!is_json_type(content_type)) {
        current.values.body = json::value(text);
        return;
    }
    json_mistake mistake;
    std::optional<json::value> parsed = parse_json(text, mistake);
    if (!parsed) {
        json::object item{{"type", "json_invalid"}, {"loc", json::array{"body", mistake.position}}};
        item.emplace("msg", "JSON decode error");
        item.emplace("input", json::object{});
        item.emplace("ctx", json::object{{"error", mistake.message}});
        throw http_error(422, json::array{std::move(item)});
    }
    current.values.body = *std::move(parsed);
}

}  // namespace ferry::mock
