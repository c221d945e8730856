// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"

#include <boost/system/system_error.hpp>

#include <exception>
#include <new>
#include <string>
#include <system_error>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

inline error make_failure(error_kind kind, std::string message, boost::system::error_code code) {
    error_details details(kind, std::move(message));
    details.code = code;
    return error(std::move(details));
}

/// What was thrown by what asks the system, mostly Asio. Only within `catch (...)`. \throws std::bad_alloc,
/// and whatever is no std::exception, which nobody may swallow
inline error thrown_failure(std::string what) {
    try {
        throw;
    } catch (std::bad_alloc const&) {
        throw;
    } catch (boost::system::system_error const& e) {
        return make_failure(error_kind::connection, std::move(what) + ": " + e.code().message(), e.code());
    } catch (std::exception const& e) {
        return error(error_kind::connection, std::move(what) + ": " + e.what());
    }
}

/// \param number what the system says in `errno`
inline error file_failure(std::string const& what, int number) {
    return make_failure(error_kind::file, what + ": " + std::generic_category().message(number),
                        {number, boost::system::generic_category()});
}

}  // namespace ferry::detail
