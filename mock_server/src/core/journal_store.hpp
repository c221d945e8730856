// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Remembers what a namespace was asked. Recording is on the path of every request, so entries are moved in as
// they are; secrets are taken out when somebody reads.

#include "core/json.hpp"
#include "ferry/mock/journal.hpp"
#include "http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>

namespace ferry::mock {

/// Thread-safe.
class journal_store {
public:
    /// Bounds as in server_options.
    journal_store(std::size_t most_entries, std::size_t most_bytes);

    /// Gives the entry its number, which it returns.
    std::uint64_t record(journal_entry&& entry);

    /// The entries without their secrets.
    [[nodiscard]] journal_page find(journal_query const& query) const;
    std::uint64_t erase(journal_query const& query);

private:
    struct kept {
        journal_entry entry;
        std::size_t bytes;
    };

    std::size_t const most_entries_;
    std::size_t const most_bytes_;

    mutable std::mutex mutex_;
    std::deque<kept> entries_;
    std::size_t bytes_ = 0;
    std::uint64_t last_number_ = 0;
    std::uint64_t evicted_ = 0;
};

/// Reads the query of a URL: `status=404&header=name:value&limit=10`.
/// \throws document_error
[[nodiscard]] journal_query journal_query_from(string_pairs const& parameters);
[[nodiscard]] json::object to_json(journal_entry const& entry);
[[nodiscard]] json::object to_json(journal_page const& page);

}  // namespace ferry::mock
