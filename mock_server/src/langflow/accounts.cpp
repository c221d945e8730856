// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Logging in, asking who one is, and the server's state.
#include "jwt.hpp"
#include "service.hpp"

namespace ferry::mock::langflow {
namespace {

constexpr std::int64_t access_lifetime = 3600;
constexpr std::int64_t refresh_lifetime = 7 * 24 * 3600;
constexpr std::string_view version = "1.10.1";

json::object describe(user const& item) {
    json::object result;
    result["id"] = item.id;
    result["username"] = item.name;
    result["profile_image"] = nullptr;
    result["store_api_key"] = nullptr;
    result["is_active"] = item.active;
    result["is_superuser"] = item.superuser;
    result["create_at"] = naive_text(item.created);
    result["updated_at"] = naive_text(item.last_login.value_or(item.created));
    result["last_login_at"] =
        item.last_login ? json::value(naive_text(*item.last_login)) : json::value(nullptr);
    result["optins"] = nullptr;
    return result;
}

std::string cookie(std::string_view name, std::string const& value) {
    return std::string(name) + '=' + value + "; Path=/; SameSite=lax";
}

}  // namespace

void service::bind_accounts() {
    api_.bind("auth.login", {.behaviour = [this](call& c) { return login(c); }});
    api_.bind("users.whoami",
              {.behaviour = [this](call& c) { return json_response(200, describe(caller(c))); }});
    api_.bind("server.health", {.behaviour = [](call&) {
                  return json_response(200, json::object{{"status", "ok"}});
              }});
    api_.bind("server.version", {.behaviour = [](call&) {
                  json::object answer{{"version", version}, {"main_version", version}};
                  answer["package"] = "Langflow";
                  return json_response(200, answer);
              }});
}

http_response service::login(call& current) {
    std::string const name = current.part_text("username").value_or("");
    std::string const password = current.part_text("password").value_or("");
    for (user& candidate : users_) {
        if (candidate.name != name || candidate.password != password) continue;
        if (!candidate.active) {
            if (!candidate.last_login) throw http_error(400, "Waiting for approval");
            throw http_error(401, "Inactive user");
        }
        candidate.last_login = shared_.clock.now();
        std::int64_t const now = *candidate.last_login / second;
        auto const token = [&](std::string_view type, std::int64_t lifetime) {
            json::object claims;
            claims["sub"] = candidate.id;
            claims["type"] = json::string_view(type);
            claims["exp"] = now + lifetime;
            return make_jwt(claims, token_secret_);
        };
        std::string const access = token("access", access_lifetime);
        std::string const refresh = token("refresh", refresh_lifetime);
        json::object answer{{"access_token", access}, {"refresh_token", refresh}};
        answer["token_type"] = "bearer";
        http_response response = json_response(200, answer);
        response.with("Set-Cookie", cookie("refresh_token_lf", refresh));
        response.with("Set-Cookie", cookie("access_token_lf", access));
        response.with("Set-Cookie", cookie("apikey_tkn_lflw", candidate.key));
        return response;
    }
    http_response refusal = json_response(401, json::object{{"detail", "Incorrect username or password"}});
    throw http_error(std::move(refusal).with("WWW-Authenticate", "Bearer"));
}

}  // namespace ferry::mock::langflow
