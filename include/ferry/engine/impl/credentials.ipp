// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/base64.hpp"
#include "ferry/core/detail/header_text.hpp"
#include "ferry/engine/detail/credentials.hpp"
#include "ferry/engine/detail/url.hpp"
#include "ferry/engine/detail/value_text.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL void append_pairs(std::string& target, std::string_view encoded) {
    target += target.find('?') == std::string::npos ? '?' : '&';
    target += encoded;
}

FERRY_DECL void append_query(std::string& target, std::string_view name, std::string_view value) {
    append_pairs(target, encode_query_text(name) + "=" + encode_query_text(value));
}

inline bool is_authorization(key_location in) noexcept {
    return in == key_location::bearer || in == key_location::basic;
}

// Not of an optional alone: a string would become a temporary one, which the view would outlive.
inline std::optional<std::string_view> filled(std::string const& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}
inline std::optional<std::string_view> filled(std::optional<std::string> const& text) {
    return text ? filled(*text) : std::nullopt;
}

/// What the client was given for a credential: by its scheme's name, as token, or as the API's key.
inline std::optional<std::string_view> credential_value(settings const& with, credential const& wanted) {
    auto const& options = with.options;
    if (auto const named = options.credentials.find(wanted.scheme); named != options.credentials.end())
        return filled(named->second);
    if (wanted.in == key_location::bearer && filled(options.bearer_token))
        return filled(options.bearer_token);
    bool const is_key = wanted.scheme == with.description->credentials.front().scheme;
    return is_key ? filled(options.api_key) : std::nullopt;
}

/// The caller's own header field takes the place of a credential.
inline bool is_brought(http_request const& request, credential const& wanted) {
    if (is_authorization(wanted.in)) return request.headers.contains("Authorization");
    return wanted.in == key_location::header && request.headers.contains(wanted.name);
}

/// What a credential is called in messages.
inline std::string name_of_credential(settings const& with, credential const& wanted) {
    if (with.options.credentials.contains(wanted.scheme))
        return "the credential client_options::credentials[\"" + std::string(wanted.scheme) + "\"]";
    bool const token = wanted.in == key_location::bearer && filled(with.options.bearer_token);
    return token ? "the token client_options::bearer_token" : "the API key (client_options::api_key)";
}

/// Why a credential cannot be sent as a header field, if so.
inline std::optional<std::string> credential_fault(settings const& with, credential const& as,
                                                   std::string_view value) {
    bool const encoded = as.in == key_location::query || as.in == key_location::none ||
                         (as.in == key_location::basic && !value.starts_with("Basic "));
    auto const fault = encoded ? std::nullopt : value_fault(value);
    if (!fault) return std::nullopt;
    std::string const field = is_authorization(as.in)         ? "Authorization"
                              : as.in == key_location::cookie ? "Cookie"
                                                              : std::string(as.name);
    return name_of_credential(with, as) + " for header field '" + field + "' " + *fault;
}

inline void put_credential(credential const& as, std::string_view value, http_request& request,
                           std::vector<std::string>& cookies) {
    switch (as.in) {
        case key_location::bearer:
            request.headers.set("Authorization", std::string("Bearer ").append(value));
            break;
        case key_location::basic:
            // `user:password`, or the whole value of the header.
            request.headers.set("Authorization",
                                value.starts_with("Basic ") ? std::string(value) : "Basic " + base64(value));
            break;
        case key_location::header:
            request.headers.set(std::string(as.name), std::string(value));
            break;
        case key_location::query:
            append_query(request.target, as.name, value);
            break;
        case key_location::cookie:
            cookies.push_back(encode_cookie_name(as.name) + "=" + encode_cookie_value(value));
            break;
        case key_location::none:
            break;
    }
}

/// The sets of credentials of which one is needed.
inline std::vector<std::uint32_t> alternatives(api_description const& description, operation const& shape) {
    auto const& told = shape.security.empty() ? description.security : shape.security;
    std::vector<std::uint32_t> made;
    made.reserve(told.empty() ? description.credentials.size() : told.size());
    made.assign(told.begin(), told.end());
    for (std::size_t i = 0; told.empty() && i < description.credentials.size(); ++i)
        made.push_back(std::uint32_t{1} << i);
    return made;
}

inline error missing_credentials(settings const& with, operation const& shape,
                                 std::vector<std::uint32_t> const& sets) {
    auto const& api = *with.description;
    bool const takes_key =
        std::any_of(sets.begin(), sets.end(), [](std::uint32_t one) { return (one & 1) != 0; });
    std::string text = "no API key for " + std::string(api.title) + ": set ";
    if (takes_key) {
        text += "client_options::api_key";
        for (auto const name : api.api_key_env) text += " or the environment variable " + std::string(name);
    } else {
        text += "client_options::credentials for";
        for (std::size_t i = 0; i < api.credentials.size(); ++i)
            if ((sets.front() >> i & 1) != 0) text += " " + std::string(api.credentials[i].scheme);
    }
    return refused(shape.name, text);
}

FERRY_DECL result<void> add_credentials(settings const& with, operation const& shape, http_request& request,
                                        std::vector<std::string>& cookies) {
    auto const& known = with.description->credentials;
    if (!shape.authenticated || known.empty() || known.front().in == key_location::none) return {};
    auto const sets = alternatives(*with.description, shape);
    auto const needs = [&](std::uint32_t set, std::size_t i) { return (set >> i & 1) != 0; };
    auto const is_met = [&](std::uint32_t set) {
        for (std::size_t i = 0; i < known.size(); ++i)
            if (needs(set, i) && !is_brought(request, known[i]) && !credential_value(with, known[i]))
                return false;
        return set != 0;
    };
    auto const has_token = [&](std::uint32_t set) {
        for (std::size_t i = 0; i < known.size(); ++i)
            if (needs(set, i) && known[i].in == key_location::bearer) return is_met(set);
        return false;
    };
    // A token is sent instead of the key.
    auto const token = filled(with.options.bearer_token);
    auto chosen = token ? std::find_if(sets.begin(), sets.end(), has_token) : sets.end();
    if (chosen == sets.end() && token) {
        if (auto const fault = credential_fault(with, {{}, key_location::bearer, {}}, *token))
            return refused(shape.name, *fault);
        if (!request.headers.contains("Authorization"))
            request.headers.set("Authorization", std::string("Bearer ").append(*token));
        return {};
    }
    if (chosen == sets.end()) chosen = std::find_if(sets.begin(), sets.end(), is_met);
    if (chosen == sets.end()) {
        bool const none_is_fine = std::find(sets.begin(), sets.end(), 0U) != sets.end();
        if (none_is_fine || request.headers.contains("Authorization")) return {};
        return missing_credentials(with, shape, sets);
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (!needs(*chosen, i) || is_brought(request, known[i])) continue;
        auto const value = *credential_value(with, known[i]);
        if (auto const fault = credential_fault(with, known[i], value)) return refused(shape.name, *fault);
        put_credential(known[i], value, request, cookies);
    }
    return {};
}

}  // namespace ferry::detail
