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
        if (std::string_view const token = trim(header.substr(7)); !token.empty()) return std::string(token);
    }
    std::string const* const cookie = last_value(current.values.cookies, "access_token_lf");
    return cookie == nullptr ? std::string() : *cookie;
}

std::string key_of(call const& current) {
    if (auto key = current.query("x-api-key"); key && !key->empty()) return *key;
    return std::string(current.request.header_or_empty("x-api-key"));
}

}  // namespace

user* service::find_user(std::string_view id) {
    for (user& candidate : users_) {
        if (candidate.id == id) return &candidate;
    }
    return nullptr;
}

user& service::first_superuser() {
    for (user& candidate : users_) {
        if (candidate.superuser) return candidate;
    }
    throw http_error(401, "Token authentication failed");  // a state without any was loaded
}

user& service::user_of_key(std::string const& key) {
    std::string const& of_environment = shared_.options.langflow.environment_key;
    if (!of_environment.empty() && key == of_environment) return first_superuser();
    for (user& owner : users_) {
        for (api_key const& known : owner.keys) {
            if (known.secret != key) continue;
            bool const expired = known.expires && *known.expires <= shared_.clock.now();
            if (!known.active || expired) throw http_error(403, "Invalid API key");
            if (!owner.active) throw http_error(403, "API key authentication failed");
            return owner;
        }
    }
    throw http_error(403, "Invalid API key");
}

user* service::user_of_token(std::string const& token) {
    std::optional<json::object> const claims = read_jwt(token, token_secret_);
    if (!claims) throw http_error(401, "Invalid token");
    json::value const* const expiry = claims->if_contains("exp");
    if (expiry != nullptr && expiry->is_int64() && expiry->get_int64() <= shared_.clock.now() / second) {
        throw http_error(401, "Token has expired");
    }
    if (text_member(*claims, "type") != "access") throw http_error(401, "Invalid token type");
    auto const subject = text_member(*claims, "sub");
    if (!subject) throw http_error(401, "Invalid token payload");
    user* const found = find_user(*subject);
    if (found != nullptr && !found->active) throw http_error(401, "User account is inactive");
    return found;
}

user& service::caller(call const& current) {
    std::string const token = token_of(current);
    std::string const key = key_of(current);
    if (!token.empty()) {
        if (user* const found = user_of_token(token)) return *found;
        if (key.empty()) throw http_error(401, "Token authentication failed");
    }
    if (!key.empty()) return user_of_key(key);
    if (shared_.options.langflow.auto_login && shared_.options.langflow.skip_auth) return first_superuser();
    throw http_error(403, "No authentication credentials provided");
}

user* service::caller_if_any(call const& current) {
    try {
        return &caller(current);
    } catch (http_error const&) {
        return nullptr;
    }
}

user& service::superuser_calling(call const& current) {
    user& found = caller(current);
    if (!found.superuser) throw http_error(403, "The user doesn't have enough privileges");
    return found;
}

user& service::caller_of_run(call const& current) {
    std::string const key = key_of(current);
    if (key.empty() && shared_.options.langflow.auto_login) {
        if (shared_.options.langflow.skip_auth) return first_superuser();
        throw http_error(403,
                         "Since v1.5, LANGFLOW_AUTO_LOGIN requires a valid API key. Set "
                         "LANGFLOW_SKIP_AUTH_AUTO_LOGIN=true to skip this check. Please update your "
                         "authentication method.");
    }
    if (key.empty()) throw http_error(403, "An API key must be passed as query or header");
    try {
        return user_of_key(key);
    } catch (http_error const&) {
        throw http_error(403, "Invalid or missing API key");
    }
}

void service::authenticate(call& current) {
    bool const is_run = current.target.operation == "flows.run";
    user const& found = is_run ? caller_of_run(current) : caller(current);
    if (current.request.notes != nullptr) current.request.notes->identity = found.name;
}

}  // namespace ferry::mock::langflow
