// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Logging in, users, and their API keys.
#include "core/scalars.hpp"
#include "langflow/context.hpp"

#include <algorithm>

namespace ferry::mock::langflow {
namespace {

constexpr std::size_t logins_a_minute = 5;

json::value time_or_null(std::optional<std::int64_t> const& when) {
    return when ? json::value(naive_text(*when)) : json::value(nullptr);
}

json::object describe(user const& item) {
    json::object result{{"id", item.id}, {"username", item.name}};
    result["profile_image"] = text_or_null(item.profile_image);
    result["store_api_key"] = nullptr;
    result["is_active"] = item.active;
    result["is_superuser"] = item.superuser;
    result["create_at"] = naive_text(item.created);
    result["updated_at"] = naive_text(item.updated);
    result["last_login_at"] = time_or_null(item.last_login);
    result["optins"] = item.optins;
    return result;
}

std::string cookie(std::string_view name, std::string const& value) {
    return std::string(name) + '=' + value + "; Path=/; SameSite=lax";
}

http_error refused_login(std::string_view why) {
    return http_error(json_response(401, json::object{{"detail", why}}).with("WWW-Authenticate", "Bearer"));
}

/// A member that was sent and is not null.
json::value const* given(call const& current, std::string_view name) {
    json::value const* const value = current.body().if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

bool flag_of(json::value const& value) {
    if (value.is_bool()) return value.get_bool();
    if (value.is_string()) return parse_boolean(value.get_string()).value_or(false);
    return value.to_number<double>() != 0;
}

std::optional<std::int64_t> time_of(json::value const* value) {
    std::string ignored;
    if (value == nullptr) return std::nullopt;
    std::string const text = value->is_string() ? std::string(value->get_string()) : to_text(*value);
    return parse_date_time(text, ignored);
}

http_response answer_with(access::tokens const& made) {
    json::object answer{{"access_token", made.access}, {"refresh_token", made.refresh}};
    answer["token_type"] = "bearer";
    return json_response(200, answer)
        .with("Set-Cookie", cookie("refresh_token_lf", made.refresh))
        .with("Set-Cookie", cookie("access_token_lf", made.access));
}

void limit_logins(context& in, std::string const& address) {
    if (!in.options.rate_limit) return;
    std::int64_t const now = in.shared.clock.now();
    std::erase_if(in.store.logins, [&](auto const& attempt) { return attempt.second <= now - 60 * second; });
    auto const recent = std::count_if(in.store.logins.begin(), in.store.logins.end(),
                                      [&](auto const& attempt) { return attempt.first == address; });
    if (static_cast<std::size_t>(recent) >= logins_a_minute) {
        json::object body{{"detail", "Too many requests. Please try again later."}, {"retry_after", "60"}};
        throw http_error(json_response(429, body).with("Retry-After", "60"));
    }
    in.store.logins.emplace_back(address, now);
}

http_response login(context& in, call& current) {
    limit_logins(in, current.request.peer);
    std::string const name = current.part_text("username").value_or("");
    std::string const password = current.part_text("password").value_or("");
    auto const found = std::find_if(in.store.users.begin(), in.store.users.end(),
                                    [&](user const& item) { return item.name == name; });
    if (found == in.store.users.end()) throw refused_login("Incorrect username or password");
    if (!found->active) {  // looked at before the password
        if (!found->last_login) throw http_error(400, "Waiting for approval");
        throw http_error(401, "Inactive user");
    }
    if (!found->password.is(password)) throw refused_login("Incorrect username or password");
    found->last_login = found->updated = in.shared.clock.now();
    // The third cookie holds the key of Langflow's store, which nobody here has.
    return answer_with(in.access.tokens_for(*found)).with("Set-Cookie", cookie("apikey_tkn_lflw", "None"));
}

http_response auto_login(context& in, call&) {
    if (!in.options.auto_login) {
        json::object why{{"message", "Auto login is disabled."}, {"auto_login", false}};
        throw http_error(403, std::move(why));
    }
    return answer_with(in.access.tokens_for(in.store.first_superuser()))
        .with("Set-Cookie", cookie("apikey_tkn_lflw", "None"));
}

http_response refresh(context& in, call& current) {
    std::string const* const sent = last_value(current.values.cookies, "refresh_token_lf");
    user const* const owner = sent == nullptr ? nullptr : in.access.owner_of_refresh_token(*sent);
    if (owner == nullptr) throw refused_login("Invalid refresh token");
    return answer_with(in.access.tokens_for(*owner));
}

void require_free_name(context& in, std::string const& name, std::string const& own_id) {
    for (user const& other : in.store.users) {
        if (other.name == name && other.id != own_id) throw http_error(400, "This username is unavailable.");
    }
}

http_response create_user(context& in, call& current) {
    user const* const creator = in.access.caller_if_any(current);
    bool const is_open = in.options.enable_signup && !in.options.auto_login;
    if (!is_open && (creator == nullptr || !creator->superuser))
        throw http_error(403, "Public user registration is disabled.");
    user made{in.shared.ids.uuid(), *text_member(current.body(), "username"),
              langflow::password(*text_member(current.body(), "password"))};
    require_free_name(in, made.name, {});
    made.active = in.options.new_user_is_active;
    made.created = made.updated = in.shared.clock.now();
    if (json::value const* const optins = current.body().if_contains("optins")) made.optins = *optins;
    in.store.users.push_back(made);
    return json_response(201, describe(made));
}

http_response update_user(context& in, call& current) {
    user const& by = in.access.caller(current);
    std::string const id = current.path("user_id");
    json::value const* const active = given(current, "is_active");
    json::value const* const superuser = given(current, "is_superuser");
    if (by.id == id && active != nullptr && !flag_of(*active))
        throw http_error(403, "You can't deactivate your own user account");
    if (!by.superuser && (by.id != id || (superuser != nullptr && flag_of(*superuser))))
        throw http_error(403, "Permission denied");
    json::value const* const password = given(current, "password");
    if (password != nullptr && !by.superuser) throw http_error(400, "You can't change your password here");
    user* const found = in.store.find_user(id);
    if (found == nullptr) throw http_error(404, "User not found");
    if (json::value const* const name = given(current, "username")) {
        require_free_name(in, std::string(name->get_string()), id);
        found->name = name->get_string();
    }
    if (json::value const* const image = given(current, "profile_image"))
        found->profile_image = std::string(image->get_string());
    if (password != nullptr) found->password = langflow::password(std::string(password->get_string()));
    if (active != nullptr) found->active = flag_of(*active);
    if (superuser != nullptr) found->superuser = flag_of(*superuser);
    if (auto const login = time_of(given(current, "last_login_at"))) found->last_login = login;
    if (json::value const* const optins = given(current, "optins")) found->optins = *optins;
    found->updated = in.shared.clock.now();
    return json_response(200, describe(*found));
}

http_response delete_user(context& in, call& current) {
    std::string const id = current.path("user_id");
    if (in.access.caller(current).id == id) throw http_error(400, "You can't delete your own user account");
    if (in.store.find_user(id) == nullptr) throw http_error(404, "User not found");
    std::erase_if(in.store.users, [&](user const& item) { return item.id == id; });
    std::erase_if(in.store.flows, [&](flow const& item) { return item.owner == id; });
    std::erase_if(in.store.rows, [&](file_row const& item) { return item.owner == id; });
    return json_response(200, json::object{{"detail", "User deleted"}});
}

http_response create_key(context& in, call& current) {
    user& owner = in.access.caller(current);
    api_key made{in.shared.ids.uuid(), "sk-" + in.shared.ids.letters(43)};
    made.name = text_member(current.body(), "name");
    made.expires = time_of(given(current, "expires_at"));
    owner.keys.push_back(made);
    json::object answer{{"name", text_or_null(made.name)}, {"last_used_at", nullptr}};
    answer["total_uses"] = 0;
    answer["is_active"] = true;
    answer["expires_at"] = time_or_null(made.expires);
    answer["id"] = made.id;
    answer["api_key"] = made.secret;
    answer["user_id"] = owner.id;
    return json_response(200, answer);
}

}  // namespace

void offer_accounts(api& to, context& with) {
    offer(to, with, "auth.login", login);
    offer(to, with, "auth.auto_login", auto_login);
    offer(to, with, "auth.refresh", refresh);
    offer(to, with, "users.whoami",
          [](context& in, call& c) { return json_response(200, describe(in.access.caller(c))); });
    offer(to, with, "users.create", create_user);
    offer(to, with, "users.update", update_user);
    offer(to, with, "users.delete", delete_user,
          [&with](call& c) { (void)with.access.superuser_calling(c); });
    offer(to, with, "api_keys.create", create_key);
}

}  // namespace ferry::mock::langflow
