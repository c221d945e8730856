// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// ferry/mock/deviation.hpp: where a request or an answer was not what the OpenAPI description says.

#include <cstdint>
#include <string>

namespace ferry::mock {

/// One finding of server_options::strict or server_options::check_responses. Values stay out of it: they may
/// be secret.
struct deviation {
    std::uint64_t number = 0;   ///< counted from 1 since the start, the last reset or the last clearing
    bool in_response = false;   ///< else it is in the request
    std::string operation{};    ///< `files.list`
    std::string method{};       ///< of the request
    std::string path{};         ///< of the request, decoded, without query
    int status = 0;             ///< of the answer; 0 for a request
    std::string type{};         ///< `extra_forbidden`, `missing`, `int_type`, …
    std::string at{};           ///< JSON pointer into the message: `/query/page_size`, `/body/items/0/id`
    std::string description{};  ///< JSON pointer into the description
    std::string message{};      ///< what is wrong, for people
};

}  // namespace ferry::mock
