// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// ferry/mock/journal.hpp: what the mock server was asked, and what it answered.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ferry::mock {

/// A part of a multipart body.
struct journal_part {
    std::string name{};
    std::string filename{};  ///< as the service read it; empty for a plain field
    std::uint64_t size = 0;
};

/// One request to a service and its answer. Requests to `/_ferry/` are not recorded, nor those that are not
/// HTTP.
///
/// Secrets are replaced by `***`: values of header fields, query parameters, form fields and JSON members
/// whose names say that they are one (authorization, x-api-key, cookie, password, access_token, signature and
/// the like), and every repetition of these values elsewhere in the entry.
struct journal_entry {
    using pairs = std::vector<std::pair<std::string, std::string>>;

    std::uint64_t number = 0;  ///< counts the requests of a namespace from 1, also across evictions
    std::chrono::system_clock::time_point time{};  ///< of arrival, by the wall clock
    std::string space{};                           ///< the namespace; empty for the default one

    std::string method{};
    std::string target{};  ///< path and query as sent
    std::string path{};    ///< percent-decoded, without the query
    pairs query{};         ///< decoded, in order
    pairs headers{};       ///< in order
    std::vector<journal_part> parts{};
    std::string body{};           ///< the first server_options::journal_body_limit bytes
    std::uint64_t body_size = 0;  ///< of the whole body

    /// `llamacloud.files.list` and the like, by the names of the description; empty when no route matched.
    std::string operation{};
    /// Name of the account or user that asked; empty when nobody was recognised.
    std::string identity{};

    int status = 0;
    pairs response_headers{};  ///< as the service set them: without Date and the framing
    std::string
        response_body{};  ///< the first server_options::journal_body_limit bytes; empty when it was streamed
    std::uint64_t response_size = 0;  ///< of the whole body
    std::chrono::microseconds
        duration{};  ///< until the answer was ready to be sent, without delays of faults

    std::string fault{};  ///< the effects of the fault that hit it, such as `status 503, delay_ms 20`
    std::string
        hint{};  ///< why the request met nothing: an unknown path, a wrong key, a file of somebody else
};

/// Which entries. An entry must meet everything that is set; the default meets all.
struct journal_query {
    std::string method{};     ///< any case
    std::string path{};       ///< `*` matches any run of characters
    std::string operation{};  ///< `*` matches any run of characters
    std::optional<int> status{};
    journal_entry::pairs query{};  ///< parameters that were sent with these values
    journal_entry::pairs
        header{};  ///< fields that were sent with these values; names in any case, secrets included
    std::vector<std::string> part{};  ///< names of multipart parts that were sent
    std::string body{};               ///< text within the recorded part of the request's body
    std::string identity{};
    bool unmatched = false;   ///< only requests with a hint
    std::uint64_t after = 0;  ///< only entries with a greater number
    std::size_t limit =
        (std::numeric_limits<std::size_t>::max)();  ///< at most so many entries, the oldest first
};

/// What a query found.
struct journal_page {
    std::uint64_t count = 0;    ///< how many entries meet the query, also beyond its limit
    std::uint64_t evicted = 0;  ///< how many entries this journal has dropped to stay within its bounds
    std::vector<journal_entry> entries{};  ///< in the order of arrival of the answers
};

}  // namespace ferry::mock
