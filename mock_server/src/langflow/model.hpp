// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What Langflow knows: users with their keys, flows, the rows of the v2 file table, and bytes. Times are
// microseconds since 1970.

#include "core/json.hpp"
#include "http/spool.hpp"
#include "langflow/password.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ferry::mock::langflow {

struct api_key {
    std::string id;
    std::string secret;
    std::optional<std::string> name{};
    bool active = true;
    std::optional<std::int64_t> expires{};
};

/// What a new user has agreed to in the web interface: nothing.
[[nodiscard]] json::object default_optins();

struct user {
    std::string id;
    std::string name;
    langflow::password password{};
    std::vector<api_key> keys{};
    bool superuser = false;
    bool active = true;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::optional<std::int64_t> last_login{};
    std::optional<std::string> profile_image{};
    json::value optins = default_optins();  ///< an object or null
};

struct flow {
    std::string id;
    std::string owner;
    std::string name{};
    std::optional<std::string> endpoint_name{};  ///< runs may call the flow by it
    std::optional<std::string> folder{};
    std::int64_t updated = 0;
    json::value data{};      ///< the graph, an object or null
    json::object details{};  ///< further members of the flow that its maker set
};

/// A row of the v2 file table.
struct file_row {
    std::string id;
    std::string owner;
    std::string name{};
    std::string stored_name{};
    std::uint64_t size = 0;
    std::int64_t created = 0;

    [[nodiscard]] std::string path() const { return owner + '/' + stored_name; }
    /// From the last dot of the stored name on; what downloads put behind `name`.
    [[nodiscard]] std::string suffix() const;
};

/// Bytes by folder (a flow's or user's id) and stored name, as the server keeps them on disk.
using storage = std::map<std::string, std::map<std::string, blob, std::less<>>, std::less<>>;

/// The identities of the manual.
[[nodiscard]] std::vector<user> initial_users(std::int64_t now);
[[nodiscard]] std::vector<flow> initial_flows(std::int64_t now);
/// The superuser that a server with AUTO_LOGIN has.
[[nodiscard]] user auto_login_user(std::int64_t now);

}  // namespace ferry::mock::langflow
