// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// ferry/mock/server.hpp: LlamaCloud's and Langflow's file services on a local port, for tests.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ferry::mock {

/// Where the services' pages and their servers disagree, which of the two the mock follows.
enum class profile {
    documented,  ///< as the pages say, and as the server does where they are silent
    observed,    ///< as the server does
};

struct server_options {
    /// Address to listen on. Admin paths (`/_ferry/…`) answer loopback peers only.
    std::string host = "127.0.0.1";
    /// 0 takes any free port; see server::port().
    int port = 0;
    /// PEM files; both or none. With them the server speaks TLS only.
    std::string tls_certificate{};
    std::string tls_key{};

    mock::profile profile = mock::profile::documented;

    /// Largest upload in MiB. Without it each service has its own limit: 512 for LlamaCloud, 1024 for
    /// Langflow.
    std::optional<std::uint64_t> max_upload_mb{};

    /// Langflow's LANGFLOW_AUTO_LOGIN: changes the wording of some refusals and opens `/api/v1/auto_login`.
    bool auto_login = false;
    /// Langflow's LANGFLOW_SKIP_AUTH_AUTO_LOGIN: with auto_login, requests without credentials act as the
    /// superuser.
    bool skip_auth = false;

    /// LlamaCloud declares `purpose` as free text but documents seven values; true refuses others with 422.
    bool strict_purpose = true;
};

/// What goes wrong, how often, and for which requests. Without any effect set, add_fault() throws
/// std::invalid_argument.
struct fault {
    /// Method and path that it hits; empty method means any. The path is the decoded path without query; `*`
    /// matches any run of characters, and a bare `*` everything outside `/_ferry/`.
    std::string method{};
    std::string path = "*";
    /// The next `times` matching requests are hit, then the fault is spent.
    std::uint64_t times = 1;

    /// Answer with this status instead of serving the request, with Retry-After (seconds) when given.
    std::optional<int> status{};
    std::optional<std::uint64_t> retry_after{};
    /// Wait before answering; the request is served. Combines with the others.
    std::optional<std::uint64_t> delay_ms{};
    /// Reset the connection instead of answering; the request is served (its effects happen).
    bool reset = false;
    /// Close the connection after so many bytes of the answer's body.
    std::optional<std::uint64_t> truncate_after{};
    /// Send the answer's body at this pace.
    std::optional<std::uint64_t> drip_bytes_per_s{};
    /// Answer with bytes that are not HTTP.
    bool garbage = false;
    /// Never answer; the connection stays open until the client gives up or the server stops.
    bool stall = false;
};

/// One mock server with both services and the identities of the README. Ready when constructed; the
/// destructor stops it.
///
/// Each instance has its own state, so a test can have its own server; starting one takes a few milliseconds.
/// All members may be called from any thread. Installs no signal handlers and writes nothing to the terminal.
/// Uploads of more than 64 KiB are kept in a temporary directory that is removed with the instance.
class server {
public:
    /// Listens when it returns. Throws std::runtime_error when it cannot (port taken, unreadable
    /// certificate), saying why.
    explicit server(server_options options = {});
    ~server();
    server(server&&) noexcept;
    server& operator=(server&&) noexcept;

    [[nodiscard]] int port() const noexcept;
    /// `http://127.0.0.1:PORT`, or `https://…` with TLS. Both services are below it.
    [[nodiscard]] std::string base_url() const;

    /// Back to the first moment: no files, no faults, the initial identities.
    void reset();

    /// From the next matching request on.
    void add_fault(fault rule);
    /// How many requests faults have hit since the start or the last reset().
    [[nodiscard]] std::uint64_t faults_fired() const;
    void clear_faults();

    /// Closes all connections and returns when no request is being served. Called by the destructor.
    void stop();

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace ferry::mock
