// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Requests and responses as the rest of the mock sees them: raw where a service looks at raw bytes (target,
// header values, multipart bodies), decoded where it does not.

#include "http/spool.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::mock {

using string_pairs = std::vector<std::pair<std::string, std::string>>;

/// The first header of that name (any case); nullptr when there is none.
[[nodiscard]] std::string const* find_header(string_pairs const& headers, std::string_view name) noexcept;
/// The last value of that name, which is the one that counts in a query; nullptr when there is none.
[[nodiscard]] std::string const* last_value(string_pairs const& pairs, std::string_view name) noexcept;

struct http_request {
    std::string method;
    std::string target;     ///< as sent
    std::string path;       ///< percent-decoded, without the query
    string_pairs query;     ///< decoded, in order, duplicates kept
    string_pairs headers;   ///< in order, values as sent without surrounding blanks
    bool http_1_0 = false;  ///< its client does not know chunks
    bool keep_alive = true;
    bool from_loopback = true;
    bool over_tls = false;
    std::string peer{};  ///< the address it came from, without port

    blob body;
    /// Bytes read from the client; when the body was too large, more than body.size(), or what the client
    /// announced where that was refused unread.
    std::uint64_t body_received = 0;
    bool body_too_large = false;
    std::string body_tail{};  ///< its last bytes, where the handler wanted to hear all of it

    [[nodiscard]] std::string const* header(std::string_view name) const noexcept {
        return find_header(headers, name);
    }
    [[nodiscard]] std::string_view header_or_empty(std::string_view name) const noexcept;

    /// The pairs in its `Cookie` field.
    [[nodiscard]] string_pairs cookies() const;

    /// `http://host:port` as the client addressed us.
    [[nodiscard]] std::string origin() const;
};

struct http_response {
    int status = 200;
    string_pairs headers;
    std::string body;
    std::shared_ptr<byte_source> stream;  ///< takes the place of `body`
    std::optional<std::uint64_t> length;  ///< of `stream`; without it the response is chunked

    http_response& with(std::string name, std::string value) & {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    http_response&& with(std::string name, std::string value) && {
        return std::move(this->with(std::move(name), std::move(value)));
    }
};

/// Whether the line is a header field: a name, a colon, and a value without control characters.
[[nodiscard]] bool is_field(std::string_view line) noexcept;

/// Parses request line and header lines (everything up to and including the empty line). Empty when they are
/// malformed.
[[nodiscard]] std::optional<http_request> parse_head(std::string_view head);

}  // namespace ferry::mock
