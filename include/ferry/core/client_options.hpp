// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/log_options.hpp"
#include "ferry/core/logger.hpp"
#include "ferry/core/time_source.hpp"
#include "ferry/core/tls_options.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace ferry::inline FERRY_ABI {

/// An executor of Asio, which light headers do not know: what `ferry::use_executor` makes.
class io_executor;

/// Everything a client can be told once. Precedence: call > these options > environment > default.
///
/// An optional member that is not set falls back to the environment variable named in its comment, then to
/// the default. The environment is read when the client is made; an empty variable counts as not set. An
/// empty text here counts as set. White space around keys, tokens and URLs is left out, wherever they come
/// from.
///
/// \par Errors
/// Making a client never fails. What is wrong with options (a URL that is none, a missing key) is the error
/// of each call: error_kind::invalid_argument, before anything is sent.
///
/// \par Lifetime
/// A client copies them: later changes have no effect on it. It shares `logger`, `time_source` and
/// `executor`.
///
/// \par Thread safety
/// Not synchronised.
///
/// \par Example
/// ```cpp
/// ferry::client_options options;
/// options.api_key = "llx-…";
/// options.max_retries = 5;
/// ferry::llamacloud::client const cloud(options);
/// ```
struct client_options {
    client_options() = default;

    // ---- who calls, and where

    /// The API key. Environment: the variables that the description names, which the client's documentation
    /// lists; of several the first that is set. Only the service's own origin gets it.
    std::optional<std::string> api_key;
    /// A bearer token, such as a login answers with, that is sent instead of the key.
    std::optional<std::string> bearer_token;
    /// Credentials by the name of their security scheme in the description, where a service takes several or
    /// wants more than one at once. Each wins over `api_key` and `bearer_token` for its scheme. Basic
    /// authentication takes `user:password`.
    std::map<std::string, std::string, std::less<>> credentials;
    /// Origin and path prefix: `http` or `https`, without user name or fragment; a query goes with every
    /// request. Environment: as for the key. Default: the first server of the description. Where it is set,
    /// here or by the environment, all calls go there, also those of operations that have a server of their
    /// own.
    std::optional<std::string> base_url;
    /// Where single servers are instead, by the URL that the description gives them (one of the generated
    /// `servers::…()`), for operations that have a server of their own. Wins over `base_url`. A URL that no
    /// operation has is refused.
    std::map<std::string, std::string, std::less<>> servers;
    /// Sent with every request to the service's own origin. Environment: where the description names a
    /// variable, its lines `Name: value` for names that are not among these.
    header_fields headers;
    /// Put in front of ferry's own `User-Agent`, for example `invoices/2.1`.
    std::string application;

    // ---- how often

    /// How often a failed request is repeated; 0: not at all. A client with all its copies has a budget
    /// besides: a hundred repetitions, of which every good answer gives back a fifth of one, so that an
    /// outage is not answered with a storm.
    ///
    /// Between two attempts lie 0.5 s, then twice as long each time up to 8 s, less up to a quarter by
    /// chance; or as long as the service asks. Where the call's deadline passes before, the error is returned
    /// at once.
    int max_retries = 2;
    /// Whether a POST or PATCH that may have arrived is repeated: it was sent, but no answer came back, or a
    /// gateway's 502 or 504. That can do its work twice, for example upload a file twice. Requests that were
    /// answered with 408, 409, 425, 429, 500, 503 or above are repeated either way. Where an answer has
    /// `x-should-retry`, `true` or `false`, that counts instead of its status.
    bool retry_non_idempotent = false;
    /// `Retry-After` is honoured up to this long; beyond it the error is returned with error::retry_after().
    std::chrono::milliseconds max_retry_after = std::chrono::seconds(60);

    // ---- how long; each ends with error_kind::timeout, and milliseconds::max() is no limit

    /// Resolving, connecting and TLS together.
    std::chrono::milliseconds connect_timeout = std::chrono::seconds(5);
    /// A whole call without streamed bodies, retries and waits included. request_options::timeout goes first.
    std::chrono::milliseconds total_timeout = std::chrono::seconds(60);
    /// Longest time without a byte moving, once connected. What the system still has to send moves as long as
    /// the peer's confirms some of it; that this has stopped may show up to twice as late.
    std::chrono::milliseconds idle_timeout = std::chrono::seconds(60);
    /// Bytes a second that a download without a deadline has to bring, on average over each idle_timeout (at
    /// least 10 s): one that only drips is ended. Streams of events (`text/event-stream`) need not. 0: no
    /// limit.
    std::uint32_t min_download_rate = 64;
    /// Uploads and downloads in total. Not set: no limit, because a fixed one would kill large files on slow
    /// lines.
    std::optional<std::chrono::milliseconds> transfer_timeout;

    // ---- how much; each ends with error_kind::limit

    /// Largest JSON answer, in bytes, decompressed; also the limit of downloads into memory, and of the
    /// memory that the elements of a JSON answer take, unless that is less than 1 MiB or 4 times the answer.
    /// Downloads to files and sinks have none, unless they are compressed: those end with error_kind::limit
    /// where they expand to more than this and to more than 100 times their size.
    std::uint64_t max_body_size = std::uint64_t{64} << 20;
    /// Largest status line plus header fields of an answer, in bytes.
    std::uint32_t max_header_size = 64 << 10;

    // ---- what JSON answers must be

    /// Whether what is mended in JSON answers by default ends the call with error_kind::decoding: text that
    /// is not valid Unicode (half of a surrogate pair, bytes that are no UTF-8; U+FFFD takes its place),
    /// `NaN` and infinity in a `raw_json` (`null` does), a byte order mark (skipped). Members that a model
    /// does not have are not judged either way.
    bool strict_json = false;

    // ---- connections

    /// Connections to one origin (or proxy) at most: in use, being made and idle together, over all threads
    /// and execution contexts. 0: no limit. A call that finds none free waits in a fair queue, which its
    /// total timeout, cancellation and stop token bound and connect_timeout and idle_timeout do not: the
    /// wait says nothing about the network. The addresses of one host that are tried at once count as one.
    /// The default leaves room under the usual limit of 1,024 descriptors, of which a synchronous call's
    /// connection takes four.
    std::size_t max_connections = 64;
    /// Idle connections kept for each origin, over all threads and execution contexts. By default as many as
    /// there may be: with fewer, a steady 64 calls in flight pays for handshakes all the time.
    std::size_t max_idle_connections = 64;
    /// How long an idle connection is kept; less where the server says so.
    std::chrono::milliseconds keep_alive_timeout = std::chrono::seconds(55);
    /// The same for calls that are sent once: POST and PATCH without retry_non_idempotent, bodies that cannot
    /// start again. Where a server closes an idle connection while such a call is sent on it, nobody knows
    /// whether it has arrived. Many servers do so after 5 s. In place of what has been idle for longer
    /// than this such a call has a connection made; others use it, and are sent again where need be. 0: each
    /// such call has a new one.
    std::chrono::milliseconds keep_alive_timeout_once = std::chrono::seconds(4);

    /// Whom to trust.
    tls_options tls;
    /// Whether what an `https` service leads to may be fetched over `http`: signed URLs and redirects. No
    /// credentials go there, but anybody on the way can read and change what comes, and read the URL with its
    /// signature. Without it such a link ends the call with error_kind::protocol.
    bool allow_http_links = false;
    /// A proxy for everything: `http://[user:password@]host[:port]`, port 1080 by default. User and password
    /// are percent-encoded. Empty text: no proxy.
    ///
    /// Not set: the environment, as with curl: for `https` the first that is not empty of `https_proxy`,
    /// `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY`; for `http` of `http_proxy`, `all_proxy`, `ALL_PROXY`.
    /// `HTTP_PROXY` in capitals is not read: in a CGI program it is what a client has sent as the header
    /// field `Proxy` (httpoxy, CVE-2016-5385).
    ///
    /// Who is reached without it says `no_proxy`, or else `NO_PROXY`, separated by commas or white space:
    /// hosts and domains (`example.org`, `.example.org`, `*.example.org`: all the same, with all below),
    /// addresses and ranges of them (`10.0.0.0/8`, `fd00::/8`), `*` for everything; each with or without a
    /// port
    /// (`host:8080`, `[::1]:8080`). Case and a dot at the end do not count.
    ///
    /// The proxy itself is spoken to without TLS; `https` goes through a tunnel (`CONNECT`).
    ///
    /// \par Errors
    /// What cannot be read as a proxy ends the calls that would use it with error_kind::invalid_argument.
    /// Failures of the proxy name it, and the setting that it comes from; where it refuses (407), the kind is
    /// error_kind::connection.
    std::optional<std::string> proxy;

    // ---- whom to tell, and what to obey

    /// Ends all calls of the client, those in flight and those to come, with error_kind::cancelled soon after
    /// a stop was requested: as the token of each call would, which they may have besides. Default: never.
    std::stop_token stop_token;

    /// Where events go: make_logger(). Default: nowhere.
    std::shared_ptr<ferry::logger> logger;
    /// What they carry of header fields and bodies. Default: nothing.
    log_options log;
    /// Clocks and randomness of retries, for tests. Default: the system's.
    std::shared_ptr<ferry::time_source> time_source;

    /// Where asynchronous calls do their I/O. Not set: on the completion handler's associated executor.
    /// Set it with `use_executor` from `ferry/async.hpp`.
    std::shared_ptr<io_executor const> executor;
};

}  // namespace ferry
