// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"

#include <boost/assert/source_location.hpp>

#include <stdexcept>
#include <utility>

/// \file
/// What `ferry::result<T>::value()` throws: an exception class for each kind of error, and for the statuses
/// that programs tell apart. All derive from ferry::api_exception.

namespace ferry::inline FERRY_ABI {

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
        case error_kind::none:
            throw api_exception(why);
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
