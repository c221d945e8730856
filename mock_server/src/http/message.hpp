// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Requests and responses as the rest of the mock sees them: raw where a service looks at raw bytes (target,
// header values, multipart bodies), decoded where it does not.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ferry/mock/fault.hpp"
#include "ferry/mock/journal.hpp"
#include "spool.hpp"

namespace ferry::mock {

using string_pairs = std::vector<std::pair<std::string, std::string>>;

/// What is found out about a request on its way through a service, for the journal.
struct request_notes {
    std::string_view operation{};  ///< of the description; lives as long as the program
    bool open = false;             ///< the operation asks for no credentials
    std::string identity{};        ///< name of the caller
    std::vector<journal_part> parts{};
};

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

    /// What a fault rule does to the place where the service keeps its bytes, for this request.
    storage_fault storage = storage_fault::none;

    request_notes* notes = nullptr;  ///< where services write down what they find out; may be absent

    /// The first header of that name (any case); nullptr when there is none.
    [[nodiscard]] std::string const* header(std::string_view name) const noexcept;
    [[nodiscard]] std::string_view header_or_empty(std::string_view name) const noexcept;

    /// `http://host:port` as the client addressed us.
    [[nodiscard]] std::string origin() const;
};

/// What happens to the bytes of a response on their way to the client.
struct wire_fault {
    enum class kind { none, reset, reset_after_head, truncate, garbage, stall, drip };
    kind what = kind::none;
    std::uint64_t amount = 0;  ///< truncate: body bytes sent; drip: bytes per second
};

struct http_response {
    int status = 200;
    string_pairs headers;
    std::string body;
    std::shared_ptr<byte_source> stream;  ///< takes the place of `body`
    std::optional<std::uint64_t> length;  ///< of `stream`; without it the response is chunked
    std::uint64_t delay_ms = 0;
    wire_fault fault;

    http_response& with(std::string name, std::string value) & {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    http_response&& with(std::string name, std::string value) && {
        return std::move(this->with(std::move(name), std::move(value)));
    }
};

/// Parses request line and header lines (everything up to and including the empty line). Empty when they are
/// malformed.
[[nodiscard]] std::optional<http_request> parse_head(std::string_view head);

[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;
[[nodiscard]] std::string lower_case(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

}  // namespace ferry::mock
