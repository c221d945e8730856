// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The HTTP server under the mock. cpp-httplib listens, accepts, runs connections on threads and frames
// responses; reading a request is ours, because its public interface cannot hand out raw bodies and decodes
// header values. The only file that knows cpp-httplib is backend.cpp.

#include "http/body_reader.hpp"
#include "http/channel.hpp"
#include "http/delivery.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace ferry::mock {

/// Called from many threads at once.
class request_handler {
public:
    virtual ~request_handler() = default;
    /// Asked when the head has arrived.
    [[nodiscard]] virtual body_limit limit_for(http_request const& head) const = 0;
    [[nodiscard]] virtual reply handle(http_request& request) = 0;
};

struct backend_options {
    std::string host = "127.0.0.1";
    int port = 0;                 ///< 0: any free port
    std::string tls_certificate;  ///< PEM file with the chain; empty: plain HTTP
    std::string tls_key;
    patience clients{};
};

class backend {
public:
    /// Listens and serves when it returns.
    /// \throws std::runtime_error with host, port and reason
    backend(backend_options const& options, request_handler& handler,
            std::shared_ptr<scratch_directory const> scratch);
    ~backend();
    backend(backend const&) = delete;
    backend& operator=(backend const&) = delete;

    [[nodiscard]] int port() const noexcept;
    /// Closes every connection and returns when no handler runs any more. May be called twice.
    void stop();

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace ferry::mock
