// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What goes wrong between the server and its disk or its database, and how the answers word it.

#include "core/call.hpp"
#include "core/responses.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace ferry::mock::langflow {

/// Where the server says that it keeps its files.
inline constexpr std::string_view storage_root = "/app/data/.cache/langflow/";
inline constexpr std::string_view database_error = "(sqlite3.OperationalError) database is locked";
inline constexpr std::size_t longest_file_name = 255;

/// The disk fails; what() is the text of the operating system.
class storage_error : public std::runtime_error {
public:
    explicit storage_error(std::string_view path, std::string_view reason = "[Errno 5] Input/output error")
        : std::runtime_error(std::string(reason) + ": '" + std::string(storage_root) + std::string(path) +
                             '\'') {}
};

[[nodiscard]] inline bool storage_is(storage_fault what, call const& current) noexcept {
    return current.on.storage == what;
}

/// A 500 answer whose detail is the prefix and the error.
[[nodiscard]] inline http_error failure(std::string_view prefix, std::string_view error) {
    return {500, json::value(std::string(prefix) + std::string(error))};
}

/// Does the work; a failing disk becomes the answer 500 with `prefix` before the error.
template <class Work>
auto or_fail(std::string_view prefix, Work work) {
    try {
        return work();
    } catch (storage_error const& error) {
        throw failure(prefix, error.what());
    }
}

}  // namespace ferry::mock::langflow
