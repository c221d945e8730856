// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/checksum.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/transfer_progress.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI {

/// What one call does differently from its client. Members that are not set leave the client's choice.
///
/// Most have a setter on every call; call::options() takes all at once.
///
/// \par Errors
/// What cannot be sent is error_kind::invalid_argument when the call is made.
///
/// \par Example
/// ```cpp
/// ferry::request_options with;
/// with.timeout = std::chrono::seconds(10);
/// with.max_body_size = 1 << 20;
/// auto const file = cloud.files.get(id).options(with).send();
/// ```
struct request_options {
    request_options() = default;

    /// The whole call, retries and waits included, whatever kind of body it has. milliseconds::max(): no
    /// limit. Ends with error_kind::timeout.
    std::optional<std::chrono::milliseconds> timeout;
    /// Longest time without a byte moving. Ends the attempt, which may be repeated, with error_kind::timeout.
    std::optional<std::chrono::milliseconds> idle_timeout;
    /// Ends the call with error_kind::cancelled soon after a stop was requested, whatever it is doing: also
    /// while it resolves a name, waits for a peer or for its next attempt. An answer that was complete by
    /// then stands. Default: never.
    std::stop_token stop_token;
    /// How often the call may be repeated; 0: not at all.
    std::optional<int> max_retries;
    /// Largest JSON answer or download into memory, in bytes, decompressed, as client_options::max_body_size.
    /// Ends with error_kind::limit.
    std::optional<std::uint64_t> max_body_size;
    /// Whether JSON answers are not mended, as client_options::strict_json.
    std::optional<bool> strict_json;
    /// How many pages items() and pages() of a list read at the most; the element after the last one is
    /// error_kind::limit then. Some services never stop giving tokens.
    std::size_t max_pages = 10'000;
    /// Whether response_info::raw_body is filled: with JSON and text, not with what is streamed to a file or
    /// sink.
    bool keep_raw_body = false;
    /// Sent besides the call's own; the same name replaces the client's value. Control characters but tabs
    /// are refused.
    header_fields headers;
    /// Query parameters that no description lists: name and value, not encoded.
    std::vector<std::pair<std::string, std::string>> query;
    /// Members added to a JSON object, form or multipart body: name and JSON text, as call::extra_body()
    /// takes them.
    std::vector<std::pair<std::string, std::string>> body;
    /// Hears how far an upload or download is: when an attempt begins, at most ten times a second on the way,
    /// and at the end, on the thread that moves the bytes. `false` or an exception ends the call with
    /// error_kind::cancelled; it hears nothing while nothing moves. Empty: nobody.
    progress_function progress;
    /// Downloads to files and sinks: the checksum to make while the bytes pass. Where digits are given it
    /// must be theirs, else the call ends with error_kind::decoding; a file is then not kept.
    std::optional<ferry::checksum> checksum;

    // ---- downloads to files, sinks and memory: what they must be, where that is known beforehand. An answer
    // that is something else ends the call with error_kind::decoding; a file is then not kept.

    /// How many bytes, after decompression.
    std::optional<std::uint64_t> expected_size;
    /// The media type, such as `application/pdf`, or a range of them, such as `image/*`. Types that say
    /// nothing (none, `application/octet-stream`) are taken. Empty: any.
    std::string expected_type;
    /// The file's name: an answer that is a web page, JSON or XML by its `Content-Type` is refused where the
    /// name's extension says that it is something else, such as `.pdf`; a start page is the usual case.
    /// Extensions that ferry does not know may be anything. Empty: any.
    std::string expected_name;

    // ---- downloads to files

    /// The folder that no link may lead out of: neither one on the way from it to the file, nor the file
    /// itself; error_kind::file where one does. The path that is saved to must begin with it. Existing hard
    /// links to the file are cut. Empty: links are followed.
    std::string keep_below;
    /// Whether the call ends only when the disk has file and name (`fsync`), so that a power failure cannot
    /// undo it.
    bool flush_to_disk = false;
};

}  // namespace ferry
