// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/settings.hpp"
#include "ferry/version.hpp"

#include <cstdlib>
#include <random>
#include <span>

namespace ferry::detail {

class system_time_source final : public time_source {
public:
    double random() override {
        std::random_device device;
        return std::uniform_real_distribution<>()(device);
    }
};

inline std::string_view trim(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

FERRY_DECL std::optional<std::string> environment_variable(std::string_view name) {
    char const* const value = std::getenv(std::string(name).c_str());
    auto const text = trim(value ? value : "");
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

inline std::optional<std::string> first_variable(std::span<std::string_view const> names) {
    for (auto const name : names)
        if (auto value = environment_variable(name)) return value;
    return std::nullopt;
}

/// `Name: value` lines; lines without a colon are ignored, and a name that the options set already stays as
/// it is.
inline void add_header_lines(std::string_view lines, header_fields& headers) {
    while (!lines.empty()) {
        auto const end = (std::min)(lines.find('\n'), lines.size());
        auto const line = lines.substr(0, end);
        lines.remove_prefix((std::min)(end + 1, lines.size()));
        auto const colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        std::string name(trim(line.substr(0, colon)));
        if (!name.empty() && !headers.contains(name))
            headers.add(std::move(name), std::string(trim(line.substr(colon + 1))));
    }
}

inline result<address> base_address(api const& description, client_options& options) {
    std::string what = "client_options::base_url";
    if (!options.base_url) {
        what = "the base URL";
        options.base_url = first_variable(description.base_url_env);
        if (options.base_url) what = "the base URL from the environment";
    }
    if (!options.base_url) options.base_url = std::string(description.default_base_url);
    if (options.base_url->empty()) {
        std::string message = "no base URL: set client_options::base_url";
        for (auto const name : description.base_url_env)
            message += " or the environment variable " + std::string(name);
        return error(error_kind::invalid_argument, std::move(message));
    }
    // A text with '@' may hold a password, which is nothing for a message.
    if (options.base_url->find('@') == std::string::npos) what += " '" + *options.base_url + "'";
    auto base = parse_address(*options.base_url, what);
    if (!base) return base;
    if (options.base_url->find_first_of("?#") != std::string::npos)
        return error(error_kind::invalid_argument, what + " must not have a query or fragment");
    while (!base->path.empty() && base->path.back() == '/') base->path.pop_back();
    return base;
}

FERRY_DECL std::shared_ptr<settings> resolve_settings(api const& description, client_options options) {
    auto resolved = std::make_shared<settings>();
    resolved->description = &description;
    if (!options.api_key) options.api_key = first_variable(description.api_key_env);
    if (auto const lines = first_variable(description.headers_env)) add_header_lines(*lines, options.headers);
    if (!options.time_source) options.time_source = std::make_shared<system_time_source>();
    resolved->base = base_address(description, options);
    resolved->user_agent =
        (options.application.empty() ? "" : options.application + " ") + "ferry/" FERRY_VERSION_STRING;
    resolved->options = std::move(options);
    return resolved;
}

}  // namespace ferry::detail
