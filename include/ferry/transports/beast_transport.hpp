// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/transports/connection_counters.hpp"

#include <memory>

namespace ferry::inline FERRY_ABI {

namespace detail {
struct transport_core;
template <class Core>
class process_core;
}  // namespace detail

/// The default transport: HTTP/1.1 on Boost.Asio sockets, Boost.Beast's parser and OpenSSL.
///
/// Keeps connections alive between exchanges (client_options::max_idle_connections, keep_alive_timeout,
/// keep_alive_timeout_once), verifies TLS peers, talks to HTTP and CONNECT proxies, streams bodies both ways
/// and bounds every exchange by its deadlines. It starts no thread but a short-lived, detached one for each
/// name that is looked up.
///
/// To one origin it has at most client_options::max_connections connections, over all threads and execution
/// contexts. Who finds none free waits, synchronous and asynchronous exchanges in one queue. It is first
/// come, first served, except that a connection that becomes free goes to the first who can use it (those on
/// the same execution context; all synchronous ones), past at most 8 others; the next after that has it
/// closed and makes one of his own. Where a context is not run, those who wait on it are passed by after a
/// second.
///
/// An idle connection that has expired, or that the peer has closed, is closed with the next exchange that
/// begins or ends on any thread or context or with the next call of counters(): at once where it has expired,
/// within a second where the peer has closed it. No thread and no timer waits for that, so io_context::run()
/// returns when the exchanges have ended; a program that pauses for long calls close_idle_connections().
///
/// run() does its I/O on the calling thread. start() does it on the given executor, whose execution context
/// may be destroyed before or after this object: idle connections are closed with whichever goes first.
/// Exchanges that are under way, or wait, keep what they need of this object alive. Those whose execution
/// context goes never end: their `done` is destroyed with the context, and others have their turns.
///
/// A process that is forked off has connections, queues and counters of its own from its first exchange on;
/// it closes what synchronous exchanges have left it, and its parent's connections stay its parent's. An
/// exchange that is under way at a fork() is the parent's alone: where the child goes on with it, from within
/// a callback or by an execution context that it has inherited, it ends there with error_kind::cancelled.
/// Asio wants execution_context::notify_fork() for contexts that both go on with.
///
/// \par Errors
/// error_kind::connection, tls, timeout, cancelled, protocol and limit; what the handler or the body's source
/// says; error_kind::invalid_argument for a request that HTTP cannot carry or a proxy that cannot be read.
///
/// \par Thread safety
/// All functions may be called from any thread, at the same time.
///
/// \par Example
/// ```cpp
/// auto const transport = std::make_shared<ferry::beast_transport>(options);
/// ferry::llamacloud::client const cloud(
///     ferry::make_engine(ferry::llamacloud::description(), options, transport));
/// std::cout << transport->counters().open() << " connections\n";
/// ```
///
/// \par Source
/// RFC 9110 and 9112; `CONNECT`: RFC 9110, section 9.3.6; race of addresses: RFC 8305.
class beast_transport final : public transport {
public:
    /// Takes the limits of the connection pool, tls_options and the proxy; the proxy variables of the
    /// environment are read here. Certificates are loaded with the first `https` exchange; what is wrong with
    /// them is its error.
    FERRY_DECL explicit beast_transport(client_options const& options);
    FERRY_DECL ~beast_transport() override;

    beast_transport(beast_transport const&) = delete;
    beast_transport& operator=(beast_transport const&) = delete;

    FERRY_DECL exchange_result run(http_request const& request, exchange_limits const& limits,
                                   response_handler& handler) override;

    /// On a context that several threads run, `executor` need not be a strand.
    FERRY_DECL std::shared_ptr<exchange_handle> start(boost::asio::any_io_executor executor,
                                                      http_request const& request,
                                                      exchange_limits const& limits,
                                                      response_handler& handler,
                                                      std::function<void(exchange_result)> done) override;

    /// What became of the connections so far. To have them of a client's transport, make the transport first.
    FERRY_DECL connection_counters counters() const;

    /// Closes the connections that no exchange uses; those in use are kept afterwards as ever.
    FERRY_DECL void close_idle_connections();

private:
    std::unique_ptr<detail::process_core<detail::transport_core>> core_;
};

/// A beast_transport as the seam that clients are built on.
/// \param options as for beast_transport
FERRY_DECL std::shared_ptr<transport> make_beast_transport(client_options const& options);

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/transports/impl/beast_transport.ipp"
#endif
