// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/headers.hpp"

#include <boost/assert/source_location.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace ferry {

/// What went wrong, by who can do something about it.
enum class error_kind : std::uint8_t {
    invalid_argument,  ///< Refused before anything was sent: a missing key, an empty id, CR or LF in a
                       ///< header.
    file,              ///< A local file or stream could not be read or written, or changed while it was sent.
    connection,        ///< No connection, or it broke: name resolution, connect, reset, closed early.
    tls,               ///< The TLS handshake or the certificate failed.
    timeout,           ///< A deadline passed; `message()` says which.
    cancelled,         ///< The caller cancelled.
    protocol,          ///< The answer is not HTTP, was cut short, or redirected in a circle.
    limit,             ///< The answer is larger than the configured limit.
    decoding,  ///< The answer is not what the description promises; `message()` holds the JSON pointer.
    status,    ///< The service answered with a status outside 2xx.
};

/// One item of the `detail` array of a 422 answer.
struct validation_issue {
    std::string location;  ///< Where, as dotted path: `body.file`, `query.page_size`, `body.0`.
    std::string type;      ///< Machine-readable kind, for example `missing` or `uuid_parsing`.
    std::string message;   ///< Text for people.
};

namespace detail {

/// Defined in `ferry/json.hpp`; incomplete without it.
template <class T>
struct model_reader;

struct error_data {
    error_kind kind = error_kind::invalid_argument;
    int status = 0;
    std::string message;
    std::string detail;
    std::string request_id;
    header_fields headers;
    std::string body;
    int retries = 0;
    std::optional<std::chrono::milliseconds> retry_after;
    boost::system::error_code code;
    std::vector<validation_issue> issues;
};

}  // namespace detail

/// Why a call failed. One shared pointer wide; copies share immutable data, so reading is thread-safe.
class error {
public:
    /// Says nothing; what `result::error()` returns where there is a value.
    error() = default;
    explicit error(detail::error_data data) : data_(std::make_shared<detail::error_data>(std::move(data))) {}
    error(error_kind kind, std::string message) {
        detail::error_data data;
        data.kind = kind;
        data.message = std::move(message);
        data_ = std::make_shared<detail::error_data const>(std::move(data));
    }

    error_kind kind() const noexcept { return data().kind; }
    /// One line for people and logs: what was tried, what happened, what to do. Holds no credentials.
    std::string const& message() const noexcept { return data().message; }
    /// The HTTP status, or 0 where no answer arrived.
    int status() const noexcept { return data().status; }
    /// The service's own words: `detail` or `message` of the body where it is text, else the JSON of
    /// `detail`.
    std::string const& detail() const noexcept { return data().detail; }
    /// The items of a 422 answer; empty otherwise.
    std::vector<validation_issue> const& validation_issues() const noexcept { return data().issues; }
    /// `x-request-id` (or `x-correlation-id`) of the answer, or empty.
    std::string const& request_id() const noexcept { return data().request_id; }
    /// The header fields of the answer; empty where none arrived.
    header_fields const& headers() const noexcept { return data().headers; }
    /// The body of the answer, up to 1 MiB.
    std::string const& body() const noexcept { return data().body; }
    /// The body as one of the API's models; the generated calls say which one a status carries. Returns a
    /// `result<T>`: error_kind::decoding where the body is something else. Needs `#include <ferry/json.hpp>`.
    template <class T>
    auto body_as() const {
        return detail::model_reader<T>::read(body());
    }
    /// How many times the request had been repeated. What the transport sent again by itself is not among
    /// them: call_metrics::resent.
    int retries() const noexcept { return data().retries; }
    /// How long the service asked to wait, where it said so.
    std::optional<std::chrono::milliseconds> retry_after() const noexcept { return data().retry_after; }
    /// The operating system's or library's code, where there is one.
    boost::system::error_code code() const noexcept { return data().code; }

private:
    detail::error_data const& data() const noexcept {
        static detail::error_data const nothing;
        return data_ ? *data_ : nothing;
    }

    std::shared_ptr<detail::error_data const> data_;
};

/// Writes the message.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& to, error const& why) {
    return to << why.message();
}

/// Base of everything that `result<T>::value()` throws.
class api_exception : public std::runtime_error {
public:
    explicit api_exception(ferry::error why) : std::runtime_error(why.message()), error_(std::move(why)) {}
    ferry::error const& error() const noexcept { return error_; }

private:
    ferry::error error_;
};

/// error_kind::invalid_argument
struct invalid_argument_error : api_exception {
    using api_exception::api_exception;
};
/// error_kind::file
struct file_error : api_exception {
    using api_exception::api_exception;
};
/// error_kind::connection, tls and protocol: the request may or may not have reached the service.
struct connection_error : api_exception {
    using api_exception::api_exception;
};
/// error_kind::tls
struct tls_error : connection_error {
    using connection_error::connection_error;
};
/// error_kind::timeout
struct timeout_error : connection_error {
    using connection_error::connection_error;
};
/// error_kind::cancelled
struct cancelled_error : api_exception {
    using api_exception::api_exception;
};
/// error_kind::decoding and limit: an answer arrived that cannot be used.
struct decoding_error : api_exception {
    using api_exception::api_exception;
};
/// error_kind::status: any status outside 2xx that has no class of its own.
struct status_error : api_exception {
    using api_exception::api_exception;
};
struct bad_request_error : status_error {  ///< 400
    using status_error::status_error;
};
struct authentication_error : status_error {  ///< 401
    using status_error::status_error;
};
struct permission_denied_error : status_error {  ///< 403
    using status_error::status_error;
};
struct not_found_error : status_error {  ///< 404
    using status_error::status_error;
};
struct conflict_error : status_error {  ///< 409
    using status_error::status_error;
};
struct content_too_large_error : status_error {  ///< 413
    using status_error::status_error;
};
struct unprocessable_content_error : status_error {  ///< 422; see error::validation_issues()
    using status_error::status_error;
};
struct rate_limit_error : status_error {  ///< 429; see error::retry_after()
    using status_error::status_error;
};
struct internal_server_error : status_error {  ///< 500 and above
    using status_error::status_error;
};

/// Throws the exception that belongs to `why`. `boost::system::result::value()` calls it.
[[noreturn]] inline void throw_exception_from_error(error const& why, boost::source_location const&) {
    switch (why.kind()) {
        case error_kind::invalid_argument:
            throw invalid_argument_error(why);
        case error_kind::file:
            throw file_error(why);
        case error_kind::connection:
        case error_kind::protocol:
            throw connection_error(why);
        case error_kind::tls:
            throw tls_error(why);
        case error_kind::timeout:
            throw timeout_error(why);
        case error_kind::cancelled:
            throw cancelled_error(why);
        case error_kind::limit:
        case error_kind::decoding:
            throw decoding_error(why);
        case error_kind::status:
            break;
    }
    switch (why.status()) {
        case 400:
            throw bad_request_error(why);
        case 401:
            throw authentication_error(why);
        case 403:
            throw permission_denied_error(why);
        case 404:
            throw not_found_error(why);
        case 409:
            throw conflict_error(why);
        case 413:
            throw content_too_large_error(why);
        case 422:
            throw unprocessable_content_error(why);
        case 429:
            throw rate_limit_error(why);
        default:
            break;
    }
    if (why.status() >= 500) throw internal_server_error(why);
    throw status_error(why);
}

}  // namespace ferry
