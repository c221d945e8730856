// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/mock/name_space.hpp"
#include "ferry/mock/options.hpp"

#include <memory>
#include <string>

/// \file
/// LlamaCloud's and Langflow's file services on a local port, for tests.

namespace ferry::mock {

/// One mock server with both services and the identities of the manual (mock_server/README.md). Each instance
/// has its own state, so a test can have its own server; starting one takes a few milliseconds.
///
/// What it inherits is about the default namespace, in which requests without `X-Ferry-Namespace` are served.
///
/// It installs no signal handlers and writes nothing to the terminal. Uploads of more than 64 KiB are kept in
/// a temporary directory (below `TMPDIR`) that is removed with the last handle of a namespace.
///
/// \par Lifetime
/// Ready when constructed; the destructor stops it. Moving leaves an object that can only be assigned to or
/// destroyed.
/// \par Thread safety
/// All members may be called from any thread.
class server : public mock::name_space {
public:
    /// Listens when it returns.
    ///
    /// \throws std::runtime_error when it cannot (port taken, unreadable certificate), saying why
    /// \throws std::invalid_argument for a bad seed, with the JSON pointer of the mistake
    explicit server(server_options options = {});
    /// As stop().
    ~server();
    /// The server goes on, under the other object's name; its port and its state stay.
    server(server&&) noexcept;
    server& operator=(server&&) noexcept;

    /// \returns the port that it listens on, also where server_options::port was 0
    [[nodiscard]] int port() const noexcept;

    /// \returns `http://127.0.0.1:PORT`, or `https://…` with TLS; both services are below it
    [[nodiscard]] std::string base_url() const;

    /// Another namespace.
    ///
    /// \param name up to 200 printable ASCII characters without blanks around them, such as a test's name;
    /// empty for the default namespace
    /// \throws std::invalid_argument for a malformed name
    [[nodiscard]] mock::name_space name_space(std::string name) const;

    /// reset() for all namespaces, whichever there are by now.
    void reset_all();

    /// Closes all connections and returns when no request is being served. Called by the destructor; may be
    /// called twice.
    void stop();

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace ferry::mock
