// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What LlamaCloud keeps: accounts, files, directories and the directories' entries. Times are microseconds
// since 1970.

#include "core/json.hpp"
#include "http/spool.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ferry::mock::llamacloud {

struct account {
    std::string name;
    std::string key;
    std::string session;  ///< of a signed-in browser, in place of the key
    std::string project;
    std::string organization;
    bool read_only = false;  ///< its role may look, not change
    bool disabled = false;   ///< its project is switched off
};

struct file {
    std::string id;
    std::string name;
    std::string project;
    std::optional<std::string> external_id;
    std::optional<std::string> purpose;
    std::optional<std::string> data_source;
    json::value resource_info;
    json::value permission_info;
    json::value announced_size;  ///< of a file whose bytes are still to come
    std::int64_t created = 0;
    std::int64_t modified = 0;
    std::optional<std::int64_t> expires;
    bool pending = false;  ///< registered, but its bytes have not come
    bool expired = false;  ///< and therefore without bytes
    blob content;
};

struct directory {
    std::string id;
    std::string project;
    std::string name;
    std::optional<std::string> description;
    std::string type = "user";
    std::optional<std::string> connector;
    json::value system_metadata;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::optional<std::int64_t> expires;
    std::optional<std::int64_t> deleted;
};

/// An entry: a file's place in a directory.
struct directory_file {
    std::string id;
    std::string project;
    std::string directory;
    std::string unique_id;
    std::string display_name;
    std::string file;
    /// The layer of connectors: below the user's, and not the user's to change.
    json::object source_metadata;
    /// The user's layer.
    json::object metadata;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::optional<std::int64_t> deleted;
};

/// Metadata takes scalars, null and lists of strings.
[[nodiscard]] bool is_metadata_value(json::value const& value);

/// The identities of the manual.
[[nodiscard]] std::vector<account> initial_accounts();

}  // namespace ferry::mock::llamacloud
