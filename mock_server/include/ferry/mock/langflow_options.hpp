// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>

/// \file
/// The settings of the Langflow server that the mock plays.

namespace ferry::mock {

/// Langflow's settings, by the names of its environment variables. Where a default differs from Langflow's,
/// the comment says why.
struct langflow_options {
    /// LANGFLOW_AUTO_LOGIN: changes the wording of some refusals, opens `/api/v1/auto_login`, closes
    /// registration to the public, and adds the superuser `langflow` with the password `langflow`. Langflow's
    /// default is true; here most tests are about users and their keys.
    bool auto_login = false;
    /// LANGFLOW_SKIP_AUTH_AUTO_LOGIN: with auto_login, requests without credentials act as that superuser.
    bool skip_auth = false;
    /// LANGFLOW_ENABLE_SIGNUP: whether strangers may register.
    bool enable_signup = true;
    /// LANGFLOW_NEW_USER_IS_ACTIVE: otherwise a superuser has to activate them.
    bool new_user_is_active = false;
    /// LANGFLOW_RATE_LIMIT_ENABLED: at most five logins a minute from one address. Langflow's default is
    /// true; here the tests of a suite share one address and log in as often as they like.
    bool rate_limit = false;
    /// LANGFLOW_SECRET_KEY: signs the tokens. Empty: a random one for each namespace.
    std::string secret_key{};
    /// LANGFLOW_API_KEY together with LANGFLOW_API_KEY_SOURCE=env: a further key, which acts as the
    /// superuser. Empty: none.
    std::string environment_key{};
    /// LANGFLOW_BACKEND_ONLY: false mounts the web interface, which answers what no route takes (404 and 405
    /// instead of redirects). Langflow's default is false; here a slash too many is to be noticed.
    bool backend_only = true;
    /// Only superusers may upload the file of MCP servers.
    bool mcp_servers_locked = false;
    /// LANGFLOW_DATABASE_URL names PostgreSQL, not SQLite: the numbering of names minds their case.
    bool postgresql = false;
    /// LANGFLOW_STORAGE_TYPE=s3: `append` to a file that exists is refused.
    bool s3_storage = false;
};

}  // namespace ferry::mock
