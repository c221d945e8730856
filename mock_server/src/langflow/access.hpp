// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Who is calling: a token (bearer, else cookie) is tried first and must hold; an API key (query, else header)
// otherwise. The caller holds the store's lock.

#include "core/call.hpp"
#include "langflow/store.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ferry::mock::langflow {

class access {
public:
    /// Tokens are signed with the secret.
    access(environment& shared, store& things, std::string secret);

    /// Runs before parameters and body are validated.
    /// \throws http_error for those who may not call
    void authenticate(call& current);

    /// \throws http_error for those who are nobody, or not enough
    [[nodiscard]] user& caller(call const& current);
    [[nodiscard]] user& superuser_calling(call const& current);
    /// Runs take API keys only, and refuse in words of their own.
    [[nodiscard]] user& caller_of_run(call const& current);
    [[nodiscard]] user* caller_if_any(call const& current);
    /// The caller's name; empty when it is nobody. Locks.
    [[nodiscard]] std::string identity_of(http_request const& request);

    struct tokens {
        std::string access;
        std::string refresh;
    };
    [[nodiscard]] tokens tokens_for(user const& who) const;
    /// The user whose refresh token that is; nullptr when it is not good.
    [[nodiscard]] user const* owner_of_refresh_token(std::string_view token);

private:
    struct credentials {
        std::string token{};
        std::string key{};
    };
    [[nodiscard]] static credentials credentials_in(http_request const& request, string_pairs const& query);
    [[nodiscard]] user& owner_of(credentials const& given);
    [[nodiscard]] user& user_of_key(std::string const& key);
    /// nullptr for the token of a user who is gone.
    [[nodiscard]] user* user_of_token(std::string const& token);
    [[nodiscard]] bool is_over(json::object const& claims) const;

    environment& shared_;
    store& things_;
    std::string secret_;
};

}  // namespace ferry::mock::langflow
