// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/metrics.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// What is known about an answer besides its value.
struct response_info {
    response_info() = default;

    int status = 0;          ///< HTTP status of the final answer.
    header_fields headers;   ///< Its header fields.
    std::string request_id;  ///< `x-request-id` (or `x-correlation-id`), or empty.
    int attempts = 0;        ///< The successful one included, call_metrics::resent not.
    call_metrics metrics;    ///< Durations and bytes of the whole call.
    std::string raw_body;  ///< The body as it came, decompressed; empty unless keep_raw_body() asked for it.
};

/// A value with the answer it came in. `with_response()` returns it.
template <class T>
struct response : response_info {
    response() = default;

    T value{};
};
template <>
struct response<void> : response_info {
    response() = default;
};

/// A finished download to a file. `save_to()` returns it.
struct saved_file {
    saved_file() = default;

    std::string path;          ///< Where the bytes are.
    std::uint64_t size = 0;    ///< How many.
    std::string content_type;  ///< As the service said, or empty.
    std::string file_name;     ///< As `Content-Disposition` said (RFC 6266), without directories, or empty.
    std::string digest;  ///< The checksum that was asked for, in lower-case hexadecimal digits, or empty.
};

/// The request that a call would make, for tests and logs.
struct request_preview {
    request_preview() = default;

    std::string method;
    std::string url;
    header_fields headers;  ///< Credentials are shown as `***`.
    std::string content;    ///< A JSON or form body; for multipart a line per part, without the files' bytes.
};

}  // namespace ferry
