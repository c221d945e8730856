// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Remembers what a namespace was asked. Recording is on the path of every request, so entries are moved in as
// they are; secrets are taken out when somebody reads.

#include "core/json.hpp"
#include "ferry/mock/journal.hpp"
#include "http/message.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace ferry::mock {

class journal_store;

/// The memory that all journals of a server share. When it is used up, the largest one drops its oldest
/// entries, so that a busy namespace does not cost a quiet one its journal. Thread-safe.
class journal_memory {
public:
    explicit journal_memory(std::size_t most) : most_(most) {}

private:
    friend class journal_store;
    void enter(journal_store& one);
    void leave(journal_store const& one);
    void keep_bound();

    std::size_t const most_;
    std::atomic<std::size_t> used_ = 0;
    std::mutex mutex_;  ///< taken before a journal's own
    std::vector<journal_store*> all_;
};

/// Thread-safe.
class journal_store {
public:
    /// \param most_entries as in server_options
    journal_store(std::size_t most_entries, std::shared_ptr<journal_memory> memory);
    ~journal_store();
    journal_store(journal_store const&) = delete;
    journal_store& operator=(journal_store const&) = delete;

    /// Gives the entry its number, which it returns.
    std::uint64_t record(journal_entry&& entry);

    /// The entries without their secrets.
    [[nodiscard]] journal_page find(journal_query const& query) const;
    std::uint64_t erase(journal_query const& query);

private:
    friend class journal_memory;
    struct kept {
        journal_entry entry;
        std::size_t bytes;
    };

    void drop_oldest();
    // The lock is held.
    void drop_front();
    void count_bytes(std::size_t more, std::size_t less);

    std::size_t const most_entries_;
    std::shared_ptr<journal_memory> const memory_;

    mutable std::mutex mutex_;
    std::deque<kept> entries_;
    std::atomic<std::size_t> bytes_ = 0;
    std::uint64_t last_number_ = 0;
    std::uint64_t evicted_ = 0;
};

/// Reads the query of a URL: `status=404&header=name:value&limit=10`.
/// \throws document_error
[[nodiscard]] journal_query journal_query_from(string_pairs const& parameters);
[[nodiscard]] json::object to_json(journal_entry const& entry);
[[nodiscard]] json::object to_json(journal_page const& page);

}  // namespace ferry::mock
