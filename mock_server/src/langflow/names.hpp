// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// File names: which ones are refused, how v2 numbers them, how they appear in headers and which type they
// stand for.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::mock::langflow {

/// A v2 upload's file name, split at the last dot.
struct split_name {
    std::string root;
    std::string extension;  ///< without the dot; empty when there is none

    [[nodiscard]] std::string stored(std::string const& unique_root) const {
        return extension.empty() ? unique_root : unique_root + '.' + extension;
    }
};
[[nodiscard]] split_name split_at_last_dot(std::string_view file_name);

/// Why v2 refuses the name; nothing when it is fine.
[[nodiscard]] std::optional<std::string> v2_name_mistake(std::string_view file_name);

/// Whether v1's paths refuse it.
[[nodiscard]] bool has_path_parts(std::string_view name);

/// `root`, or `root (n)` when any existing name begins with it (SQL LIKE: `%` and `_` are wildcards). SQLite
/// folds the case of ASCII letters, PostgreSQL does not.
[[nodiscard]] std::string next_free_name(std::string const& root,
                                         std::vector<std::string_view> const& existing, bool fold_case);
[[nodiscard]] bool is_like_prefix(std::string_view pattern, std::string_view name, bool fold_case);

/// `attachment; filename="…"; filename*=UTF-8''…`
[[nodiscard]] std::string attachment(std::string_view file_name);

/// By the extension, `application/octet-stream` for those that the server does not know.
[[nodiscard]] std::string_view content_type_of(std::string_view file_name);

}  // namespace ferry::mock::langflow
