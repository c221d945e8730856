// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/header_text.hpp"
#include "ferry/core/detail/printable.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/log_mask.hpp"
#include "ferry/engine/detail/random.hpp"
#include "ferry/engine/detail/settings.hpp"
#include "ferry/version.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <span>

namespace ferry::inline FERRY_ABI::detail {

class system_time_source final : public time_source {
public:
    double random() override {
        constexpr int digits = std::numeric_limits<double>::digits;
        return std::ldexp(static_cast<double>(random_bits()[0] >> (64 - digits)), -digits);
    }
};

FERRY_DECL std::optional<std::string> environment_variable(std::string_view name) {
    char const* const value = std::getenv(std::string(name).c_str());
    auto const text = trim(value ? value : "");
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

/// A variable of the environment that is set.
struct set_variable {
    std::string value;
    std::string from;  ///< for messages: ` from the environment variable NAME`
};

inline std::optional<set_variable> first_variable(std::span<std::string_view const> names) {
    for (auto const name : names)
        if (auto value = environment_variable(name))
            return set_variable{std::move(*value), " from the environment variable " + std::string(name)};
    return std::nullopt;
}

/// Keys and URLs that were read from a file end with its line break; those of the environment are trimmed
/// too.
inline void trim_texts(api_description const& description, client_options& options) {
    auto const trim_text = [](std::string& text) { text = std::string(trim(text)); };
    for (auto* const text : {&options.api_key, &options.bearer_token, &options.base_url})
        if (*text) trim_text(**text);
    for (auto& [url, instead] : options.servers) trim_text(instead);
    for (auto& [scheme, value] : options.credentials) {
        auto const is_this = [&name = scheme](credential const& one) {
            return one.scheme == name && one.in == key_location::basic;
        };
        auto const& known = description.credentials;
        if (std::none_of(known.begin(), known.end(), is_this))
            trim_text(value);
        else  // a password may end with a blank
            value.resize(value.find_last_not_of("\r\n") + 1);
    }
}

/// \returns why the key must not be sent, if so
inline std::optional<error> read_key(api_description const& description, client_options& options) {
    if (options.api_key) return std::nullopt;
    auto key = first_variable(description.api_key_env);
    if (!key) return std::nullopt;
    options.api_key = std::move(key->value);
    auto const fault = value_fault(*options.api_key);
    if (!fault) return std::nullopt;
    return error(error_kind::invalid_argument, "the key" + key->from + " " + *fault);
}

/// `Name: value` lines; lines without a colon are ignored, and a name that the options set already stays as
/// it is.
/// \returns why one of them must not be sent, if so
inline std::optional<error> read_headers(api_description const& description, header_fields& headers) {
    auto const found = first_variable(description.headers_env);
    if (!found) return std::nullopt;
    std::string_view lines = found->value;
    while (!lines.empty()) {
        auto const end = (std::min)(lines.find('\n'), lines.size());
        auto const line = lines.substr(0, end);
        lines.remove_prefix((std::min)(end + 1, lines.size()));
        auto const colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        std::string name(trim(line.substr(0, colon)));
        std::string value(trim(line.substr(colon + 1)));
        if (name.empty() || headers.contains(name)) continue;
        if (auto const fault = header_fault(name, value))
            return error(error_kind::invalid_argument, "a header field" + found->from + ": " + *fault);
        headers.add(std::move(name), std::move(value));
    }
    return std::nullopt;
}

/// \param what names the URL in messages \param where says which setting it is, if that is not clear
inline result<parsed_url> service_url(std::string_view url, std::string what, std::string_view where = {}) {
    // A text with '@' may hold a password, which is nothing for a message.
    constexpr std::size_t most = 200;
    if (url.find('@') == std::string_view::npos) what += " '" + one_line(url, most) + "'";
    what += where;
    auto base = parse_url(url, what);
    if (!base) return base;
    if (url.find('#') != std::string_view::npos)
        return error(error_kind::invalid_argument, what + " must not have a fragment");
    while (!base->path.empty() && base->path.back() == '/') base->path.pop_back();
    return base;
}

inline error missing_base_url(api_description const& description) {
    std::string message = "no base URL: set client_options::base_url";
    for (auto const name : description.base_url_env)
        message += " or the environment variable " + std::string(name);
    if (description.default_base_url.starts_with('/'))
        message += "; the description only gives the path, as in https://host" +
                   std::string(description.default_base_url);
    return {error_kind::invalid_argument, std::move(message)};
}

inline result<parsed_url> base_url_of(api_description const& description, client_options const& options) {
    if (options.base_url && !options.base_url->empty())
        return service_url(*options.base_url, "client_options::base_url");
    if (options.base_url) return missing_base_url(description);
    if (auto const url = first_variable(description.base_url_env))
        return service_url(url->value, "the base URL", url->from);
    bool const is_path = description.default_base_url.starts_with('/');
    if (is_path || description.default_base_url.empty()) return missing_base_url(description);
    return service_url(description.default_base_url, "the base URL");
}

/// Where an operation's own server is. \param moved whether the caller told where the service is
inline result<parsed_url> own_url(std::string_view server, settings const& with, bool moved) {
    auto const& told = with.options.servers;
    if (auto const own = told.find(server); own != told.end())
        return service_url(own->second, "client_options::servers");
    if (server.front() != '/') return moved ? with.base : service_url(server, "the operation's server");
    auto base = with.base;
    if (!base) return base;
    auto const question = (std::min)(server.find('?'), server.size());
    base->path = server.substr(0, question);
    base->query = server.substr((std::min)(question + 1, server.size()));
    return base;
}

/// A misspelt key would send requests, and their credentials, to where they should not go.
inline std::optional<error> unknown_server(settings const& with) {
    for (auto const& [url, instead] : with.options.servers)
        if (!with.servers.contains(url))
            return error(error_kind::invalid_argument,
                         "client_options::servers: no operation has the server '" + url +
                             "'; the generated servers::…() say which there are");
    return std::nullopt;
}

/// The credentials that messages and logs must not show.
inline std::vector<std::string> secrets_in(client_options const& options) {
    std::vector<std::string> found;
    if (options.api_key) add_secret(found, *options.api_key);
    if (options.bearer_token) add_secret(found, *options.bearer_token);
    for (auto const& [scheme, value] : options.credentials) add_secret(found, value);
    add_secrets(found, options.headers);
    return found;
}

FERRY_DECL std::shared_ptr<settings> resolve_settings(api_description const& description,
                                                      client_options options) {
    auto resolved = std::make_shared<settings>();
    resolved->description = &description;
    trim_texts(description, options);
    auto wrong = read_key(description, options);
    if (auto const header = read_headers(description, options.headers); header && !wrong) wrong = header;
    if (!options.time_source) options.time_source = std::make_shared<system_time_source>();
    bool const moved = options.base_url || first_variable(description.base_url_env);
    resolved->base = base_url_of(description, options);
    resolved->user_agent =
        (options.application.empty() ? "" : options.application + " ") + "ferry/" FERRY_VERSION_STRING;
    resolved->options = std::move(options);
    resolved->secrets = secrets_in(resolved->options);
    for (auto const& one : description.operations) resolved->operations.emplace(one.name, &one);
    for (auto const& one : description.operations)
        if (!one.server.empty() && !resolved->servers.contains(one.server))
            resolved->servers.emplace(one.server, own_url(one.server, *resolved, moved));
    if (!wrong) wrong = unknown_server(*resolved);
    if (wrong) {
        resolved->base = *wrong;
        for (auto& [url, where] : resolved->servers) where = *wrong;
    }
    return resolved;
}

}  // namespace ferry::detail
