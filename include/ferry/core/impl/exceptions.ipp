// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/exceptions.hpp"

namespace ferry::inline FERRY_ABI {
namespace detail {

[[noreturn]] inline void throw_status_error(error const& why) {
    int const status = why.status();
    if (status == 400) throw bad_request_error(why);
    if (status == 401) throw authentication_error(why);
    if (status == 403) throw permission_denied_error(why);
    if (status == 404) throw not_found_error(why);
    if (status == 409) throw conflict_error(why);
    if (status == 413) throw content_too_large_error(why);
    if (status == 422) throw unprocessable_content_error(why);
    if (status == 429) throw rate_limit_error(why);
    if (status >= 500) throw internal_server_error(why);
    throw status_error(why);
}

}  // namespace detail

FERRY_DECL void throw_exception_from_error(error const& why, boost::source_location const&) {
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
    detail::throw_status_error(why);
}

}  // namespace ferry
