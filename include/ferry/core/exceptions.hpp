// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"

#include <boost/assert/source_location.hpp>

#include <stdexcept>
#include <utility>

/// \file
/// What `ferry::result<T>::value()` throws: an exception class for each kind of error, and for the statuses
/// that programs tell apart. All derive from ferry::api_exception. Nothing else in ferry throws for a call
/// that failed.
///
/// \par Example
/// ```cpp
/// try {
///     std::cout << cloud.files.get(id).send().value().name << '\n';
/// } catch (ferry::not_found_error const&) {
///     std::cout << "no such file\n";
/// } catch (ferry::api_exception const& e) {
///     std::cerr << e.error() << '\n';
/// }
/// ```

namespace ferry::inline FERRY_ABI {

/// Base of everything that `result<T>::value()` throws. Itself it is thrown only for error_kind::none, where
/// a result was made of an error that says nothing. what() is error::message().
class api_exception : public std::runtime_error {
public:
    explicit api_exception(ferry::error why) : std::runtime_error(why.message()), error_(std::move(why)) {}

    /// All that is known about it. Lives as long as the exception.
    ferry::error const& error() const noexcept { return error_; }

private:
    ferry::error error_;
};

/// error_kind::invalid_argument: refused before anything was sent.
struct invalid_argument_error : api_exception {
    using api_exception::api_exception;
};
/// error_kind::file: a local file, stream, source or sink.
struct file_error : api_exception {
    using api_exception::api_exception;
};
/// error_kind::connection and protocol; base for tls and timeout. The request may or may not have reached the
/// service: may_have_arrived().
struct connection_error : api_exception {
    using api_exception::api_exception;
};
/// error_kind::tls: the peer is not who it should be, or the handshake failed.
struct tls_error : connection_error {
    using connection_error::connection_error;
};
/// error_kind::timeout: a deadline of client_options or of the call passed.
struct timeout_error : connection_error {
    using connection_error::connection_error;
};
/// error_kind::cancelled: by the caller.
struct cancelled_error : api_exception {
    using api_exception::api_exception;
};
/// error_kind::decoding and limit: an answer arrived that cannot be used.
struct decoding_error : api_exception {
    using api_exception::api_exception;
};

/// error_kind::status: base of the following, and thrown for any status outside 2xx that has no class of its
/// own.
struct status_error : api_exception {
    using api_exception::api_exception;
};
/// 400
struct bad_request_error : status_error {
    using status_error::status_error;
};
/// 401: no key, or not a valid one.
struct authentication_error : status_error {
    using status_error::status_error;
};
/// 403: the key is valid but must not do this.
struct permission_denied_error : status_error {
    using status_error::status_error;
};
/// 404
struct not_found_error : status_error {
    using status_error::status_error;
};
/// 409
struct conflict_error : status_error {
    using status_error::status_error;
};
/// 413: what was sent is larger than the service takes.
struct content_too_large_error : status_error {
    using status_error::status_error;
};
/// 422: error::validation_issues() says what is wrong with the arguments.
struct unprocessable_content_error : status_error {
    using status_error::status_error;
};
/// 429: error::retry_after() says how long to wait, where the service does.
struct rate_limit_error : status_error {
    using status_error::status_error;
};
/// 500 and above
struct internal_server_error : status_error {
    using status_error::status_error;
};

/// Throws the exception that belongs to `why`: by kind, with error_kind::status by status.
/// `boost::system::result::value()` calls it.
[[noreturn]] FERRY_DECL void throw_exception_from_error(error const& why, boost::source_location const&);

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/core/impl/exceptions.ipp"
#endif
