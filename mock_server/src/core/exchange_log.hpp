// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What the services answered, as lines of JSON in a file: for validators of other people.

#include "http/message.hpp"

#include <mutex>
#include <string>

namespace ferry::mock {

/// Appends a line for every exchange: `{"method","path","status","headers":[[name,value],…],"body"}`.
///
/// `body` is the text, or null where it is binary or larger than `largest_body`. Cookies are left out.
/// Several servers may share a file. Thread-safe.
class exchange_log {
public:
    static constexpr std::size_t largest_body = 1024 * 1024;

    /// Writes nothing when the path is empty.
    /// \throws std::runtime_error when the file cannot be opened
    explicit exchange_log(std::string const& path);
    ~exchange_log();
    exchange_log(exchange_log const&) = delete;
    exchange_log& operator=(exchange_log const&) = delete;

    void add(http_request const& request, http_response const& response);

private:
    std::mutex mutex_;
    int descriptor_ = -1;
};

}  // namespace ferry::mock
