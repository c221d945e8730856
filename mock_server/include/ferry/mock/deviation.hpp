// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstdint>
#include <string>

/// \file
/// Where a request or an answer was not what the OpenAPI description says.

namespace ferry::mock {

/// One finding of server_options::strict (a request) or server_options::check_responses (an answer).
///
/// Values stay out of it: they may be secret. Over HTTP (`/_ferry/deviations`) the members have the same
/// names.
struct deviation {
    /// Counted from 1 since the start, the last reset or the last clearing.
    std::uint64_t number = 0;

    /// It is in the answer; else it is in the request.
    bool in_response = false;

    /// By the description, without the service: `files.list`.
    std::string operation{};

    /// Method and path of the request. The path is decoded and has no query.
    std::string method{};
    std::string path{};

    /// Of the answer; 0 for a finding in a request.
    int status = 0;

    /// What kind of mistake, in the words of the services' framework: `extra_forbidden`, `missing`,
    /// `int_type`, …
    std::string type{};

    /// JSON pointer into the message: `/query/page_size`, `/body/items/0/id`.
    std::string at{};

    /// JSON pointer into the OpenAPI description, to the rule that the message breaks.
    std::string description{};

    /// What is wrong, for people.
    std::string message{};
};

}  // namespace ferry::mock
