// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/async_initiators.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <utility>

/// \file
/// The asynchronous half of every call: call::async_send(), call::async_with_response(),
/// download_call::async_save_to(), download_call::async_write_to(), page_range::async_next() and
/// item_range::async_next(), with any completion token of Asio. Light headers declare them; this header
/// brings their bodies. It brings Asio too, but no Beast and no TLS.
///
/// Where a call does its I/O: on the executor that use_executor() gave the client, else on the handler's
/// associated executor. ferry has no thread of its own that would run it.
///
/// \par Example
/// ```cpp
/// boost::asio::awaitable<void> show(ferry::langflow::client flows) {
///     auto const version = co_await flows.server.version().async_send(boost::asio::use_awaitable);
///     if (version) std::cout << version->version << '\n';
/// }
/// ```

namespace ferry::inline FERRY_ABI {

/// Lets asynchronous calls of clients made with `options` do their I/O on `executor`, whatever executor their
/// handlers have. Handlers still run on their own.
///
/// \par Lifetime
/// Calls that are under way end without their handlers where the execution context is destroyed before.
///
/// \param options what a client is made with afterwards; clients that exist keep theirs
/// \param executor need not be a strand where several threads run it
inline void use_executor(client_options& options, boost::asio::any_io_executor executor) {
    options.executor = std::make_shared<io_executor const>(std::move(executor));
}

}  // namespace ferry
