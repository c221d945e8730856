// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// What the mock server was asked, and what it answered.
///
/// Over HTTP (`/_ferry/journal`) the members have the same names; times are ISO 8601 texts there, and pairs
/// are arrays of two texts.

namespace ferry::mock {

/// A part of a multipart body.
struct journal_part {
    /// Of the form field.
    std::string name{};

    /// As the service read it; empty for a plain field.
    std::string filename{};

    /// Of the content, in bytes.
    std::uint64_t size = 0;
};

/// A body, of which the journal has the beginning.
struct journal_body {
    /// Of the whole body, in bytes.
    std::uint64_t size = 0;

    /// The first server_options::journal_body_limit bytes. Over HTTP `base64` stands in its place where they
    /// are not UTF-8.
    std::string text{};
};

/// One request to a service and its answer. Requests to `/_ferry/` are not recorded, nor those that are not
/// HTTP.
///
/// Secrets are replaced by `***`: values of header fields, query parameters, form fields and JSON members
/// whose names say that they are one (authorization, x-api-key, cookie, password, access_token, signature and
/// the like), and every repetition of these values elsewhere in the entry.
struct journal_entry {
    /// Names and values, in order, repetitions kept.
    using pairs = std::vector<std::pair<std::string, std::string>>;

    /// Counts the requests of a namespace from 1, also across evictions.
    std::uint64_t number = 0;

    /// When the request arrived, by the wall clock.
    std::chrono::system_clock::time_point time{};

    /// The namespace that served it; empty for the default one.
    std::string name_space{};

    /// As sent.
    std::string method{};

    /// Path and query as sent.
    std::string target{};

    /// The path, percent-decoded, without the query.
    std::string path{};

    /// The query's parameters, decoded.
    pairs query{};

    /// The header fields, as sent.
    pairs headers{};

    /// The parts of a form.
    std::vector<journal_part> parts{};

    /// As sent.
    journal_body body{};

    /// `llamacloud.files.list` and the like, by the names of the description; empty when no route matched.
    std::string operation{};

    /// Name of the account or user that asked; empty when nobody was recognised.
    std::string identity{};

    /// Of the answer.
    int status = 0;

    /// As the service set them: without Date and the framing.
    pairs response_headers{};

    /// Of the answer; without its text when it was streamed, and with size 0 when its length was not known
    /// then.
    journal_body response_body{};

    /// Until the answer was ready to be sent, without delays of faults.
    std::chrono::microseconds duration_us{};

    /// The effects of the fault that hit it, such as `status 503, delay_ms 20`.
    std::string fault{};

    /// Why the request met nothing: an unknown path, a wrong key, a file of somebody else.
    std::string hint{};
};

/// Which entries. An entry must meet everything that is set; the default meets all. Over HTTP these are the
/// parameters of the query.
struct journal_query {
    /// In any case.
    std::string method{};

    /// `*` matches any run of characters.
    std::string path{};

    /// `*` matches any run of characters: `llamacloud.files.*`.
    std::string operation{};

    /// Of the answer.
    std::optional<int> status{};

    /// Parameters that were sent with these values. Over HTTP `query=NAME=VALUE`, as often as needed.
    journal_entry::pairs query{};

    /// Fields that were sent with these values; names in any case, secrets included. Over HTTP
    /// `header=NAME:VALUE`.
    journal_entry::pairs header{};

    /// Names of multipart parts that were sent.
    std::vector<std::string> part{};

    /// Text within the recorded part of the request's body.
    std::string body{};

    /// The name of the account or user that asked.
    std::string identity{};

    /// Only requests with a hint.
    bool unmatched = false;

    /// Only entries with a greater number.
    std::uint64_t after = 0;

    /// At most so many entries, the oldest first.
    std::size_t limit = (std::numeric_limits<std::size_t>::max)();
};

/// What a query found.
struct journal_page {
    /// How many entries meet the query, also beyond its limit.
    std::uint64_t count = 0;

    /// How many entries this journal has dropped to stay within its bounds.
    std::uint64_t evicted = 0;

    /// In the order in which the answers were ready.
    std::vector<journal_entry> entries{};
};

}  // namespace ferry::mock
