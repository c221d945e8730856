// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "api.hpp"

#include <stdexcept>

#include "../http/url.hpp"
#include "scalars.hpp"
#include "strict.hpp"

namespace ferry::mock {
namespace {

/// Splits off the first segment of a path that starts with '/'.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    auto const end = path.find('/');
    std::string_view const segment = path.substr(0, end);
    path.remove_prefix(end == std::string_view::npos ? path.size() : end);
    return segment;
}

bool matches(std::string_view pattern, std::string_view path, string_pairs* values) {
    while (!pattern.empty() && !path.empty()) {
        std::string_view const expected = take_segment(pattern);
        std::string_view const segment = take_segment(path);
        if (!expected.empty() && expected.front() == '{') {
            if (segment.empty()) return false;
            if (values != nullptr) values->emplace_back(expected.substr(1, expected.size() - 2), segment);
        } else if (expected != segment) {
            return false;
        }
    }
    return pattern.empty() && path.empty();
}

bool is_json_type(std::string_view content_type) {
    std::string const type = parse_header_value(content_type).value;
    std::string_view const text = type;
    if (text.substr(0, 12) != "application/") return false;
    std::string_view const subtype = text.substr(12);
    return subtype == "json" || (subtype.size() > 5 && subtype.substr(subtype.size() - 5) == "+json");
}

}  // namespace

string_pairs parse_cookies(http_request const& request) {
    string_pairs cookies;
    std::string_view text = request.header_or_empty("cookie");
    while (!text.empty()) {
        auto const end = text.find(';');
        std::string_view const item = trim(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        auto const equals = item.find('=');
        if (equals != std::string_view::npos)
            cookies.emplace_back(item.substr(0, equals), item.substr(equals + 1));
    }
    return cookies;
}

http_error::http_error(int status, json::value detail)
    : response(json_response(status, json::object{{"detail", std::move(detail)}})) {}

http_response json_response(int status, json::value const& body) {
    http_response response;
    response.status = status;
    response.with("Content-Type", "application/json");
    response.body = to_text(body);
    return response;
}

http_response empty_response(int status) {
    http_response response;
    response.status = status;
    return response;
}

std::string call::path(std::string_view name) const {
    std::string const* const text = last_value(values.path, name);
    if (text == nullptr) return {};
    for (parameter const& declared : target.parameters) {
        if (declared.in != place::path || declared.name != name || declared.type->kind != rule::uuid)
            continue;
        if (auto uuid = parse_uuid(*text)) return *std::move(uuid);
    }
    return *text;
}

std::optional<std::string> call::query(std::string_view name) const {
    std::string const* const text = last_value(values.query, name);
    return text == nullptr ? std::nullopt : std::optional(*text);
}

std::vector<std::string> call::query_list(std::string_view name) const {
    std::vector<std::string> result;
    for (auto const& [key, value] : values.query) {
        if (key == name) result.push_back(value);
    }
    return result;
}

bool call::query_flag(std::string_view name) const {
    auto const text = query(name);
    return text && parse_boolean(*text).value_or(false);
}

std::optional<std::int64_t> call::query_integer(std::string_view name) const {
    auto const text = query(name);
    return text ? parse_integer(*text) : std::nullopt;
}

std::optional<std::int64_t> call::query_time(std::string_view name) const {
    auto const text = query(name);
    std::string ignored;
    return text ? parse_date_time(*text, ignored) : std::nullopt;
}

json::object const& call::body() const {
    static json::object const none;
    return values.body.is_object() ? values.body.get_object() : none;
}

form_part const* call::part(std::string_view name) const {
    form_part const* found = nullptr;
    for (form_part const& candidate : values.form) {
        if (candidate.name == name) found = &candidate;
    }
    return found != nullptr && !found->is_file && found->text.empty() ? nullptr : found;
}

std::optional<std::string> call::part_text(std::string_view name) const {
    form_part const* const found = part(name);
    return found == nullptr || found->is_file ? std::nullopt : std::optional(found->text);
}

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

std::vector<std::string> api::unbound() const {
    std::vector<std::string> names;
    for (route const& candidate : routes_) {
        if (!operations_.contains(&candidate)) names.emplace_back(candidate.operation);
    }
    return names;
}

api::match api::find(std::string_view method, std::string_view path) const {
    match result;
    if (path.empty() || path.front() != '/') return result;
    for (route const& candidate : routes_) {
        if (candidate.method == method) {
            result.values.clear();
            if (!matches(candidate.path, path, &result.values)) continue;
            result.found = &candidate;
            return result;
        }
        if (result.allowed.empty() && matches(candidate.path, path, nullptr))
            result.allowed = candidate.method;
    }
    return result;
}

bool api::knows(http_request const& request) const {
    match const found = find(request.method, request.path);
    return found.found != nullptr || !found.allowed.empty();
}

route const* api::find_route(http_request const& request) const {
    return find(request.method, request.path).found;
}

http_response api::serve(http_request const& request) const {
    match found = find(request.method, request.path);
    if (found.found != nullptr) {
        auto const how = operations_.find(found.found);
        if (how == operations_.end()) return json_response(501, json::object{{"detail", "Not mocked yet"}});
        call current(request, *found.found);
        current.values.path = std::move(found.values);
        if (request.notes != nullptr) {
            request.notes->operation = found.found->operation;
            request.notes->open = found.found->open;
        }
        try {
            return run(current, how->second);
        } catch (http_error& error) {
            return std::move(error.response);
        }
    }
    if (!found.allowed.empty()) {
        return json_response(405, json::object{{"detail", "Method Not Allowed"}})
            .with("Allow", std::string(found.allowed));
    }
    bool const slash = request.path.size() > 1 && request.path.back() == '/';
    std::string const toggled = slash ? request.path.substr(0, request.path.size() - 1) : request.path + '/';
    match const other = find(request.method, toggled);
    if (other.found == nullptr && other.allowed.empty())
        return json_response(404, json::object{{"detail", "Not Found"}});
    std::string_view const target = request.target;
    auto const mark = target.find('?');
    std::string location(target.substr(0, mark));
    if (slash) {
        location.pop_back();
    } else {
        location += '/';
    }
    if (mark != std::string_view::npos) location += target.substr(mark);
    return empty_response(307).with("Location", request.origin() + location);
}

http_response api::run(call& current, operation const& how) const {
    current.values.query = current.request.query;
    current.values.headers = &current.request.headers;
    current.values.cookies = parse_cookies(current.request);
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
        if (request.notes == nullptr) return;
        for (form_part const& part : current.values.form) {
            std::uint64_t const size = part.is_file ? part.content.size() : part.text.size();
            request.notes->parts.push_back({part.name, part.filename, size});
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
