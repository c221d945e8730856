// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/call.hpp"

#include "core/scalars.hpp"
#include "core/shape.hpp"

namespace ferry::mock {

call::call(exchange& exchange) : on(exchange), request(exchange.request), target(*exchange.target.found) {
    values.path = exchange.target.values;
    values.query = request.query;
    values.headers = &request.headers;
    values.cookies = request.cookies();
}

std::string call::path(std::string_view name) const {
    std::string const* const text = last_value(values.path, name);
    if (text == nullptr) return {};
    for (parameter const& declared : target.parameters) {
        if (declared.in != place::path || declared.name != name || shape(*declared.type).kind != kind::uuid)
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

std::optional<std::string> call::part_text(std::string_view name) const {
    form_part const* const found = part(name);
    return found == nullptr || found->is_file ? std::nullopt : std::optional(found->text);
}

}  // namespace ferry::mock
