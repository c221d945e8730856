// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/testing/canned_response.hpp"
#include "ferry/testing/fake_time.hpp"
#include "ferry/testing/received_request.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::testing {

/// A transport that asks a function instead of the network, and remembers what was asked.
///
/// Everything above the transport is real: requests are prepared, retried, redirected and decoded as they are
/// over a network. What is asked includes repetitions, redirects and signed URLs, one request each.
///
/// \par Errors
/// An answer with canned_response::failure ends the exchange with that error, one that is cut short with
/// error_kind::protocol, one that comes after a deadline with error_kind::timeout, a cancelled one with
/// error_kind::cancelled. A body that cannot be read ends it with the error of its source, and is not among
/// requests(). An exception of the function leaves the synchronous call; of an asynchronous one it leaves
/// `run()` of the execution context.
///
/// \par Lifetime
/// Shared with the engine, which keeps it alive. Keep a copy of the pointer to look at requests().
///
/// \par Thread safety
/// All functions may be called from several threads at once. The function is called under no lock, on the
/// thread that makes the call or on its executor: where calls are made at once, it must be thread-safe.
///
/// \par Example
/// ```cpp
/// #include <ferry/llamacloud/description.hpp>
/// #include <ferry/testing.hpp>
///
/// using ferry::testing::canned_response;
/// auto const service = std::make_shared<ferry::testing::memory_transport>(
///     std::vector{canned_response(503, ""), canned_response(200, R"({"items":[]})")});
/// ferry::client_options options;
/// options.api_key = "test";
/// ferry::llamacloud::client const cloud(
///     ferry::make_engine(ferry::llamacloud::description(), options, service));
/// assert(cloud.files.list().send());
/// assert(service->requests().size() == 2);  // repeated after 503
/// ```
class memory_transport final : public transport {
public:
    /// What the service answers to a request.
    using responder = std::function<canned_response(received_request const&)>;

    /// \param answer called once for each request, at its beginning
    /// \param time whose time slow answers and deadlines take; null: real time. Give the client the same, as
    /// client_options::time_source
    explicit memory_transport(responder answer, std::shared_ptr<fake_time> time = nullptr)
        : answer_(std::move(answer)), time_(std::move(time)) {}

    /// One answer after the other, whatever is asked; after the last, the connection fails
    /// (error_kind::connection).
    /// \param time as above
    explicit memory_transport(std::vector<canned_response> answers, std::shared_ptr<fake_time> time = nullptr)
        : script_(std::move(answers)), time_(std::move(time)) {}

    /// All requests so far, oldest first, those that were not answered among them. A copy.
    FERRY_DECL std::vector<received_request> requests() const;

    /// One exchange on the calling thread; what a synchronous call does.
    FERRY_DECL exchange_result run(http_request const& request, exchange_limits const& limits,
                                   response_handler& handler) override;

    /// One exchange on `executor`; what an asynchronous call does. The function is asked there, too.
    /// \pre this object outlives the exchange
    FERRY_DECL std::shared_ptr<exchange_handle> start(boost::asio::any_io_executor executor,
                                                      http_request const& request,
                                                      exchange_limits const& limits,
                                                      response_handler& handler,
                                                      std::function<void(exchange_result)> done) override;

private:
    struct wait_end {
        std::chrono::steady_clock::time_point when;
        bool too_late = false;  ///< A deadline passes first.
    };

    FERRY_DECL result<canned_response> ask(http_request const& request);
    FERRY_DECL wait_end end_of_wait(canned_response const& answer, exchange_limits const& limits) const;

    responder answer_;
    std::vector<canned_response> script_;
    std::shared_ptr<fake_time> time_;
    mutable std::mutex mutex_;
    std::vector<received_request> requests_;
};

}  // namespace ferry::testing

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/testing/impl/memory_transport.ipp"
#endif
