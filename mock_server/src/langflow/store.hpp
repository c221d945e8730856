// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Everything that Langflow knows: users, flows, the rows of the v2 file table, and the bytes of files.

#include "core/call.hpp"
#include "core/document.hpp"
#include "core/environment.hpp"
#include "langflow/model.hpp"

#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::mock::langflow {

/// Only what locks by itself says so; with the rest the caller holds the lock.
class store {
public:
    explicit store(environment& shared);

    std::mutex mutex;  ///< guards everything below; held while a request is served
    std::vector<user> users;
    std::vector<flow> flows;
    std::vector<file_row> rows;
    storage contents;
    std::deque<std::pair<std::string, std::int64_t>> logins;  ///< of the last minute: address and time

    [[nodiscard]] user* find_user(std::string_view id);
    /// \throws http_error when there is none
    [[nodiscard]] user& first_superuser();

    // Bytes by folder and name, with the faults that a test may have asked for.

    /// nullptr when they are gone.
    /// \throws storage_error when storage fails
    [[nodiscard]] blob const* find_bytes(exchange const& on, std::string const& folder,
                                         std::string_view name) const;
    /// \throws storage_error when storage fails, http_error when they are gone
    [[nodiscard]] blob const& bytes_of(exchange const& on, file_row const& row) const;
    /// \throws storage_error when storage fails
    void put(exchange const& on, std::string const& folder, std::string const& name, blob content);
    void discard(exchange const& on, std::string const& folder, std::string const& name);

    // As the service's members of these names; they lock.

    [[nodiscard]] std::string owner_of_key(std::string_view key);
    [[nodiscard]] std::string owner_of(std::string_view id);
    [[nodiscard]] json::object state(std::uint64_t largest_content);
    void load(document source);

private:
    [[nodiscard]] std::vector<user> first_users(std::int64_t now) const;

    environment& shared_;
};

}  // namespace ferry::mock::langflow
