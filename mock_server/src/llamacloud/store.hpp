// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Everything that LlamaCloud knows, and how things in it end.

#include "core/environment.hpp"
#include "core/responses.hpp"
#include "llamacloud/model.hpp"

#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::mock::llamacloud {

/// Only what locks by itself says so; with the rest the caller holds the lock.
class store {
public:
    explicit store(environment& shared);

    std::mutex mutex;  ///< guards everything below
    std::vector<account> accounts;
    std::map<std::string, file, std::less<>> files;
    std::map<std::string, directory, std::less<>> directories;
    std::map<std::string, directory_file, std::less<>> entries;

    [[nodiscard]] account const* find_account(std::string account::* member, std::string_view value) const;

    // retention.cpp

    /// Ends what has passed its time by `now`. Costs nothing until something has.
    void retire(std::int64_t now);
    void expect_expiry(std::optional<std::int64_t> const& expires);
    /// Whether lists show it.
    [[nodiscard]] bool is_visible(file const& item) const;
    void remove_file(std::string const& id, std::int64_t now);
    void remove_directory(directory& item, std::int64_t now);
    void remove_entry(directory_file& item, std::int64_t now);
    /// Runs a deletion; one that finds its target deleted already is answered as decided.
    [[nodiscard]] http_response deleted(std::string const& id, std::function<void()> const& remove);

    // As the service's members of these names; they lock.

    [[nodiscard]] std::string owner_of_key(std::string_view key);
    [[nodiscard]] std::string owner_of(std::string_view id);
    [[nodiscard]] json::object state(std::uint64_t largest_content);
    void load(document source);

private:
    environment& shared_;
    llamacloud_decisions const& decisions_;
    std::set<std::string, std::less<>> deleted_ids_;  ///< where a second deletion succeeds
    std::int64_t next_expiry_ = (std::numeric_limits<std::int64_t>::max)();
};

}  // namespace ferry::mock::llamacloud
