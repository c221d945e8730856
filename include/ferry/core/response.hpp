// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/metrics.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// What is known about an answer besides its value.
struct response_info {
    response_info() = default;

    /// HTTP status of the final answer, 200 to 299.
    int status = 0;
    /// Its header fields.
    header_fields headers;
    /// `x-request-id` (or `x-correlation-id`), or empty. The service's support asks for it.
    std::string request_id;
    /// Requests that it took, redirects and the successful one included, call_metrics::resent not.
    int attempts = 0;
    /// Durations and bytes of the whole call.
    call_metrics metrics;
    /// The body as it came, decompressed; empty unless call::keep_raw_body() asked for it.
    std::string raw_body;
};

/// A value with the answer it came in. call::with_response() returns it.
///
/// \par Example
/// ```cpp
/// auto const answer = cloud.files.get(id).with_response().value();
/// std::cout << answer.value.name << ", " << answer.status << ", " << answer.request_id << '\n';
/// ```
template <class T>
struct response : response_info {
    response() = default;

    T value{};
};
/// Of a call whose answer has no content.
template <>
struct response<void> : response_info {
    response() = default;
};

/// How the names of temporary files of downloads end: `copy.pdf.<32 digits>.ferry-part`, beside `copy.pdf`. A
/// program that is killed leaves them behind; where none is running they may be removed
/// (`find . -name '*.ferry-part' -delete`). bulk::scan() leaves them out.
inline constexpr std::string_view part_file_suffix = ".ferry-part";

/// A finished download to a file. download_call::save_to() returns it.
///
/// \par Example
/// ```cpp
/// auto const saved = cloud.files.content(id).save_to("download").value();
/// std::cout << saved.size << " bytes in " << saved.path << ", called " << saved.file_name << '\n';
/// ```
struct saved_file {
    saved_file() = default;

    /// Where the bytes are: what save_to() was given.
    std::string path;
    /// How many, after decompression.
    std::uint64_t size = 0;
    /// As the service said, or empty.
    std::string content_type;
    /// As `Content-Disposition` said (RFC 6266), or empty. Without directories, control characters and such
    /// as turn the direction of text, but still text that came from outside.
    std::string file_name;
    /// The checksum that was asked for, in lower-case hexadecimal digits, or empty.
    std::string digest;
};

/// The request that a call would make, for tests and logs. call::request() returns it.
///
/// \par Example
/// ```cpp
/// auto const request = cloud.files.list().page_size(10).request().value();
/// std::cout << request.method << ' ' << request.url << '\n';
/// ```
struct request_preview {
    request_preview() = default;

    std::string method;
    /// With path and query. A key in the query is shown as `***`.
    std::string url;
    /// Credentials are shown as `***`. What the transport writes itself, such as `Host`, is not among them.
    header_fields headers;
    /// A JSON or form body; for multipart a line per part, without the files' bytes.
    std::string content;
};

}  // namespace ferry
