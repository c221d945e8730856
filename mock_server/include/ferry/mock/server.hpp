// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// ferry/mock/server.hpp: LlamaCloud's and Langflow's file services on a local port, for tests.

#include <memory>
#include <string>

#include "ferry/mock/options.hpp"
#include "ferry/mock/space.hpp"

namespace ferry::mock {

/// One mock server with both services and the identities of the README. Ready when constructed; the
/// destructor stops it. What it inherits is about the default namespace, in which requests without
/// `X-Ferry-Namespace` are served.
///
/// Each instance has its own state, so a test can have its own server; starting one takes a few milliseconds.
/// All members may be called from any thread. Installs no signal handlers and writes nothing to the terminal.
/// Uploads of more than 64 KiB are kept in a temporary directory that is removed with the instance.
class server : public mock::space {
public:
    /// Listens when it returns. Throws std::runtime_error when it cannot (port taken, unreadable
    /// certificate), std::invalid_argument for a bad seed, saying why.
    explicit server(server_options options = {});
    ~server();
    server(server&&) noexcept;
    server& operator=(server&&) noexcept;

    [[nodiscard]] int port() const noexcept;
    /// `http://127.0.0.1:PORT`, or `https://…` with TLS. Both services are below it.
    [[nodiscard]] std::string base_url() const;

    /// Another namespace: up to 200 printable ASCII characters without blanks around them, such as a test's
    /// name. It exists from its first use on. Throws std::invalid_argument for a malformed name.
    [[nodiscard]] mock::space space(std::string name) const;
    /// reset() for all namespaces.
    void reset_all();

    /// Closes all connections and returns when no request is being served. Called by the destructor.
    void stop();

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace ferry::mock
