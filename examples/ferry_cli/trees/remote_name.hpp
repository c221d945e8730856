// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <string_view>

namespace ferry::cli {

enum class remote_service { llamacloud, langflow };

/// Where something is at a service, as a person writes it: `llamacloud:reports/2026/may.pdf`,
/// `langflow:reports/`, or without a service `reports/2026`.
struct remote_name {
    remote_service service = remote_service::llamacloud;
    std::string directory;  ///< LlamaCloud: name or id of a directory; Langflow has none
    std::string path;       ///< below it, without `/` at either end; empty: all of it

    /// As a person would write it.
    std::string text() const;
    /// The same place with a name below it.
    remote_name below(std::string_view name) const;
};

/// Whether a word names a place at a service rather than here: it begins with a service and a colon.
bool is_remote(std::string_view word);

/// \param by_default where no service is named
/// \throws usage_error for a service that there is not, a path with `..`, or an empty one where a directory
/// must be named
remote_name parse_remote(std::string_view word, remote_service by_default);

}  // namespace ferry::cli
