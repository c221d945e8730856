// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The fault matrix: what can go wrong, as data, against every operation.
//
// Each cell of it has a peer and a client of its own, so that cells run at once and what one does cannot be
// mistaken for another's.

#include "operations.hpp"
#include "support/certificates.hpp"
#include "support/raw_server.hpp"

#include <ferry/core/error.hpp>

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ferry_test::faults {

using ferry::error_kind;
using peer = raw_server::peer;

/// How much the peer has read when the fault strikes: a request for a tunnel (it plays a proxy then), nothing
/// of TLS, or so much of a request.
enum class strikes { in_tunnel, in_handshake, before_body, in_body, after_body };

/// Whether ferry repeats the request by itself.
enum class repeated { never, if_idempotent, always };

/// How a call ends that meets the fault each time.
struct expectation {
    std::optional<error_kind> kind;  ///< Nothing: the call succeeds all the same.
    repeated again = repeated::never;
    int status = 0;
    unsigned requests = 0;  ///< How many meet the peer; 0: as many as follows from `again`.
};

/// A good answer, to be spoilt.
struct good_answer {
    std::string type;  ///< Of its content.
    std::string content;

    std::string text(std::string const& more_headers = {}) const;
};

struct fault {
    std::string name;
    strikes when = strikes::after_body;
    /// What the peer does instead of sending the good answer. Then it closes the connection, where this does
    /// not return true.
    std::function<bool(peer&, good_answer const&)> play;
    std::function<expectation(operation const&)> expected;
    /// Whether the fault meets a kept connection: where nothing of an answer comes, the transport sends a
    /// request again by itself on a fresh one.
    bool kept = false;
    /// Whether the peer plays a proxy that passes plain requests on.
    bool forwards = false;
    /// How long the client waits: for a connection, without a byte, in total.
    std::chrono::milliseconds connect_timeout = std::chrono::minutes(1);
    std::chrono::milliseconds idle_timeout = std::chrono::minutes(1);
    std::chrono::milliseconds timeout = std::chrono::seconds(75);

    /// Whether it is a deadline that ends the attempt: a busy machine can meet one more than once.
    bool timed() const;
};

/// The same for all operations.
std::function<expectation(operation const&)> everywhere(error_kind kind, repeated again);
/// The peer answers with this status.
std::function<expectation(operation const&)> answered(int status, repeated again);
/// Only those notice that use the content in one of these ways.
std::function<expectation(operation const&)> where(std::vector<content> notice, error_kind kind,
                                                   repeated again);

/// One call that meets a fault.
struct cell {
    fault const* what;
    operation const* call;
    call_form form = blocking;
    bool for_ever = false;              ///< Else the first time only.
    bool retry_non_idempotent = false;  ///< client_options::retry_non_idempotent
};

/// What came of it.
struct observation {
    std::optional<ferry::error> failure;
    std::string log;                  ///< All events, and the error's message.
    unsigned met = 0;                 ///< Requests that met the peer where the fault is, good ones included.
    std::vector<std::string> heads;   ///< Of all requests.
    std::vector<std::string> bodies;  ///< Of those that met it and arrived as a whole.
    std::string saved;                ///< The file's content.
    bool file_exists = false;
};

/// Performs the call. `adjust` has the last word on the client's options.
observation observe(cell const& one,
                    std::function<void(ferry::client_options&, unsigned port)> const& adjust = {});

/// What is wrong with `got`, a line each: the outcome, the repetitions, and what the peer counted.
std::string complaints(cell const& one, observation const& got);
/// What no call may do, whatever it meets: tell secrets, or leave a file where it failed.
std::string indiscretions(observation const& got);

/// For what a cell prepares: assertions of the testing library are for one thread only.
/// \throws std::runtime_error where it has not been done
void must(bool done);

/// Calls `todo(i)` for each i below `count`, many at once, and fails the test with all texts that are not
/// empty. Then no descriptor and no temporary file may be left.
void all_at_once(std::size_t count, std::function<std::string(std::size_t)> const& todo);

/// Each of `faults` × every operation × once and for ever, in the one form and the other, and once more with
/// retry_non_idempotent where that makes a difference.
void check_matrix(std::vector<fault> const& faults);

/// The authority that clients trust.
certificate const& authority();

}  // namespace ferry_test::faults
