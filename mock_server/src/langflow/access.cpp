// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/access.hpp"

#include "core/responses.hpp"
#include "http/text.hpp"
#include "langflow/jwt.hpp"

namespace ferry::mock::langflow {
namespace {

constexpr std::int64_t access_lifetime = 3600;
constexpr std::int64_t refresh_lifetime = 7 * 24 * 3600;

}  // namespace

access::access(environment& shared, store& things, std::string secret)
    : shared_(shared), things_(things), secret_(std::move(secret)) {}

access::credentials access::credentials_in(http_request const& request, string_pairs const& query) {
    credentials given;
    std::string_view const header = request.header_or_empty("authorization");
    if (header.size() >= 7 && equal_ignoring_case(header.substr(0, 7), "bearer "))
        given.token = trim(header.substr(7));
    string_pairs const cookies = request.cookies();
    std::string const* const cookie = last_value(cookies, "access_token_lf");
    if (given.token.empty() && cookie != nullptr) given.token = *cookie;
    std::string const* const key = last_value(query, "x-api-key");
    given.key = key != nullptr && !key->empty() ? *key : request.header_or_empty("x-api-key");
    return given;
}

user& access::user_of_key(std::string const& key) {
    std::string const& of_environment = shared_.options.langflow.environment_key;
    if (!of_environment.empty() && key == of_environment) return things_.first_superuser();
    for (user& owner : things_.users) {
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

bool access::is_over(json::object const& claims) const {
    json::value const* const expiry = claims.if_contains("exp");
    return expiry != nullptr && expiry->is_int64() && expiry->get_int64() <= shared_.clock.now() / second;
}

user* access::user_of_token(std::string const& token) {
    std::optional<json::object> const claims = read_jwt(token, secret_);
    if (!claims) throw http_error(401, "Invalid token");
    if (is_over(*claims)) throw http_error(401, "Token has expired");
    if (text_member(*claims, "type") != "access") throw http_error(401, "Invalid token type");
    auto const subject = text_member(*claims, "sub");
    if (!subject) throw http_error(401, "Invalid token payload");
    user* const found = things_.find_user(*subject);
    if (found != nullptr && !found->active) throw http_error(401, "User account is inactive");
    return found;
}

user& access::owner_of(credentials const& given) {
    if (!given.token.empty()) {
        if (user* const found = user_of_token(given.token)) return *found;
        if (given.key.empty()) throw http_error(401, "Token authentication failed");
    }
    if (!given.key.empty()) return user_of_key(given.key);
    langflow_options const& options = shared_.options.langflow;
    if (options.auto_login && options.skip_auth) return things_.first_superuser();
    throw http_error(403, "No authentication credentials provided");
}

user& access::caller(call const& current) {
    return owner_of(credentials_in(current.request, current.values.query));
}

user* access::caller_if_any(call const& current) {
    try {
        return &caller(current);
    } catch (http_error const&) {
        return nullptr;
    }
}

std::string access::identity_of(http_request const& request) {
    std::lock_guard const lock(things_.mutex);
    try {
        return owner_of(credentials_in(request, request.query)).name;
    } catch (http_error const&) {
        return {};
    }
}

user& access::superuser_calling(call const& current) {
    user& found = caller(current);
    if (!found.superuser) throw http_error(403, "The user doesn't have enough privileges");
    return found;
}

user& access::caller_of_run(call const& current) {
    std::string const key = credentials_in(current.request, current.values.query).key;
    if (key.empty() && shared_.options.langflow.auto_login) {
        if (shared_.options.langflow.skip_auth) return things_.first_superuser();
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

void access::authenticate(call& current) {
    bool const is_run = current.target.operation == "flows.run";
    current.on.identity = (is_run ? caller_of_run(current) : caller(current)).name;
}

access::tokens access::tokens_for(user const& who) const {
    std::int64_t const now = shared_.clock.now() / second;
    auto const token = [&](std::string_view type, std::int64_t lifetime) {
        json::object claims{{"sub", who.id}, {"type", type}};
        claims["exp"] = now + lifetime;
        return make_jwt(claims, secret_);
    };
    return {token("access", access_lifetime), token("refresh", refresh_lifetime)};
}

user const* access::owner_of_refresh_token(std::string_view token) {
    std::optional<json::object> const claims = read_jwt(token, secret_);
    if (!claims || text_member(*claims, "type") != "refresh" || is_over(*claims)) return nullptr;
    user const* const owner = things_.find_user(text_member(*claims, "sub").value_or(""));
    return owner != nullptr && owner->active ? owner : nullptr;
}

}  // namespace ferry::mock::langflow
