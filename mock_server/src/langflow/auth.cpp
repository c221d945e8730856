// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Who is calling: a token (bearer, else cookie) is tried first and must hold; an API key (query, else header)
// otherwise.
#include "jwt.hpp"
#include "service.hpp"

namespace ferry::mock::langflow {
namespace {

std::string token_of(call const& current) {
    std::string_view const header = current.request.header_or_empty("authorization");
    if (header.size() >= 7 && equal_ignoring_case(header.substr(0, 7), "bearer ")) {
        return std::string(trim(header.substr(7)));
    }
    std::string const* const cookie = last_value(current.values.cookies, "access_token_lf");
    return cookie == nullptr ? std::string() : *cookie;
}

std::string key_of(call const& current) {
    if (auto key = current.query("x-api-key"); key && !key->empty()) return *key;
    return std::string(current.request.header_or_empty("x-api-key"));
}

}  // namespace

user const* service::find_user(std::string_view id) const {
    for (user const& candidate : users_) {
        if (candidate.id == id) return &candidate;
    }
    return nullptr;
}

user const& service::user_of_key(std::string const& key) const {
    for (user const& candidate : users_) {
        if (candidate.key != key) continue;
        if (!candidate.active) throw http_error(403, "API key authentication failed");
        return candidate;
    }
    throw http_error(403, "Invalid API key");
}

user const& service::user_of_token(std::string const& token) const {
    std::optional<json::object> const claims = read_jwt(token, token_secret_);
    if (!claims) throw http_error(401, "Invalid token");
    json::value const* const expiry = claims->if_contains("exp");
    if (expiry != nullptr && expiry->is_int64() && expiry->get_int64() <= shared_.clock.now() / second) {
        throw http_error(401, "Token has expired");
    }
    if (text_member(*claims, "type") != "access") throw http_error(401, "Invalid token type");
    auto const subject = text_member(*claims, "sub");
    if (!subject) throw http_error(401, "Invalid token payload");
    user const* const found = find_user(*subject);
    if (found == nullptr) throw http_error(401, "Token authentication failed");
    if (!found->active) throw http_error(401, "User account is inactive");
    return *found;
}

user const& service::caller(call const& current) const {
    std::string const token = token_of(current);
    std::string const key = key_of(current);
    if (!token.empty()) {
        std::optional<json::object> const claims = read_jwt(token, token_secret_);
        bool const of_deleted_user = claims && find_user(text_member(*claims, "sub").value_or("")) == nullptr;
        if (!of_deleted_user || key.empty()) return user_of_token(token);
    }
    if (!key.empty()) return user_of_key(key);
    if (shared_.options.langflow.auto_login && shared_.options.langflow.skip_auth) {
        for (user const& candidate : users_) {
            if (candidate.superuser) return candidate;
        }
    }
    throw http_error(403, "No authentication credentials provided");
}

void service::authenticate(call& current) {
    if (current.target.operation == "flows.run") {
        (void)caller_of_run(current);
    } else {
        (void)caller(current);
    }
}

user const& service::caller_of_run(call const& current) const {
    std::string const key = key_of(current);
    if (key.empty() && shared_.options.langflow.auto_login) {
        if (shared_.options.langflow.skip_auth) return caller(current);
        throw http_error(403,
                         "Since v1.5, LANGFLOW_AUTO_LOGIN requires a valid API key. Set "
                         "LANGFLOW_SKIP_AUTH_AUTO_LOGIN=true to skip this check. Please update your "
                         "authentication method.");
    }
    if (key.empty()) throw http_error(403, "An API key must be passed as query or header");
    for (user const& candidate : users_) {
        if (candidate.key == key && candidate.active) return candidate;
    }
    throw http_error(403, "Invalid or missing API key");
}

}  // namespace ferry::mock::langflow
