// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Parts of a file, for clients that resume a download (RFC 9110, section 14).

#include "http/message.hpp"

#include <string>

namespace ferry::mock::llamacloud {

/// What a URL stands for at the moment.
struct representation {
    blob content;
    std::string entity_tag;     ///< with its quotes
    std::string last_modified;  ///< as an HTTP date
};

/// 200 with everything, 206 with the one range that was asked for, or 416 without body. `If-Range` with
/// another tag or date, several ranges and ranges in other units are answered with everything.
[[nodiscard]] http_response serve_range(http_request const& request, representation const& whole);

}  // namespace ferry::mock::llamacloud
