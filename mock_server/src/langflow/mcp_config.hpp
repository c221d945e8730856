// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The file in which Langflow keeps a user's MCP servers: what may stand in it.

#include "http/spool.hpp"

#include <optional>
#include <string>

namespace ferry::mock::langflow {

/// Its name without `.json`. Uploading it replaces the one before; lists do not show it.
[[nodiscard]] std::string mcp_file_name(std::string const& user_id);

/// Why the server refuses the content with 422; nothing when it is fine. Reads at most 16 MiB of it.
[[nodiscard]] std::optional<std::string> mcp_mistake(blob const& content);

}  // namespace ferry::mock::langflow
