// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"

#include <string>
#include <system_error>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

inline error make_failure(error_kind kind, std::string message, boost::system::error_code code) {
    error_details details(kind, std::move(message));
    details.code = code;
    return error(std::move(details));
}

/// \param number what the system says in `errno`
inline error file_failure(std::string const& what, int number) {
    return make_failure(error_kind::file, what + ": " + std::generic_category().message(number),
                        {number, boost::system::generic_category()});
}

}  // namespace ferry::detail
