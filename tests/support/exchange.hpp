// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Short ways to perform exchanges on a transport and to look at what came of them.

#include "ferry/core/client_options.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/transports/beast_transport.hpp"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ferry_test {

/// What arrived, and how the exchange ended.
struct outcome : ferry::response_handler {
    int status = 0;
    ferry::header_fields headers;
    std::string content;
    int heads = 0;
    ferry::exchange_result result;
    int ends = 0;

    ferry::result<void> on_head(int code, ferry::header_fields&& fields) override {
        ++heads;
        status = code;
        headers = std::move(fields);
        return {};
    }
    ferry::result<void> on_content(std::string_view piece) override {
        content.append(piece);
        return {};
    }

    bool ok() const { return ends == 1 && !result.failure; }
    /// `ok`, or the failure's message: what a CHECK prints.
    std::string text() const { return result.failure ? result.failure->message() : "ok"; }
    std::optional<ferry::error_kind> kind() const {
        return result.failure ? std::optional(result.failure->kind()) : std::nullopt;
    }
};

inline ferry::http_request get(std::uint16_t port, std::string target = "/", std::string scheme = "http",
                               std::string host = "127.0.0.1") {
    ferry::http_request request;
    request.method = "GET";
    request.idempotent = true;
    request.origin = {std::move(scheme), std::move(host), port};
    request.target = std::move(target);
    return request;
}

inline ferry::http_request post(std::uint16_t port, std::string content, std::string scheme = "http") {
    auto request = get(port, "/", std::move(scheme));
    request.method = "POST";
    request.idempotent = false;
    request.content = std::move(content);
    return request;
}

/// Options by which no kept connection is too old for a POST, however slow the machine is.
inline ferry::client_options keeping() {
    ferry::client_options options;
    options.keep_alive_timeout_once = std::chrono::hours(1);
    return options;
}

/// Limits that end every test, whatever happens.
inline ferry::exchange_limits limits(std::chrono::milliseconds total = std::chrono::minutes(1)) {
    ferry::exchange_limits limits;
    limits.deadline = ferry::exchange_limits::clock::now() + total;
    return limits;
}

inline outcome run(ferry::transport& transport, ferry::http_request const& request,
                   ferry::exchange_limits const& bounds = limits()) {
    outcome got;
    got.result = transport.run(request, bounds, got);
    got.ends = 1;
    return got;
}

/// The same through start(), on a context of its own; `meanwhile` gets the handle before the context runs.
inline outcome run_async(
    ferry::transport& transport, ferry::http_request const& request,
    ferry::exchange_limits const& bounds = limits(),
    std::function<void(boost::asio::io_context&, std::shared_ptr<ferry::exchange_handle>)> meanwhile = {}) {
    boost::asio::io_context context;
    outcome got;
    auto handle =
        transport.start(context.get_executor(), request, bounds, got, [&](ferry::exchange_result result) {
            got.result = std::move(result);
            ++got.ends;
        });
    if (got.ends) got.ends = -1000;  // done must not be called from within start()
    if (meanwhile) meanwhile(context, handle);
    context.run();
    return got;
}

/// Runs until `holds` returns true; `false` where that takes so long that something must be wrong.
template <class Condition>
bool run_until(boost::asio::io_context& context, Condition const& holds) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        context.run_one_for(std::chrono::milliseconds(1));
        context.restart();
    }
    return true;
}

/// Also tells other threads that content has arrived.
struct watched_outcome : outcome {
    std::atomic<bool> has_content = false;

    ferry::result<void> on_content(std::string_view piece) override {
        has_content = true;
        return outcome::on_content(piece);
    }
};

/// `size` bytes that differ from place to place, produced while they are read.
class pattern_source : public ferry::byte_source {
public:
    explicit pattern_source(std::uint64_t size, std::size_t largest_read = SIZE_MAX)
        : size_(size), largest_(largest_read) {}

    static char at(std::uint64_t offset) { return static_cast<char>(offset * 31 + (offset >> 10)); }

    ferry::result<std::optional<std::uint64_t>> open() override {
        offset_ = 0;
        return std::optional(size_);
    }
    ferry::result<std::size_t> read(char* to, std::size_t size) override {
        auto const n = static_cast<std::size_t>((std::min<std::uint64_t>)({size, largest_, size_ - offset_}));
        for (std::size_t i = 0; i < n; ++i) to[i] = at(offset_ + i);
        offset_ += n;
        return n;
    }
    bool repeatable() const noexcept override { return true; }
    std::uint64_t offset() const noexcept { return offset_; }

    std::string all() const {
        std::string text;
        for (std::uint64_t i = 0; i < size_; ++i) text += at(i);
        return text;
    }

private:
    std::uint64_t size_;
    std::size_t largest_;
    std::uint64_t offset_ = 0;
};

/// A POST that streams `source`, chunked where `size` is not given.
inline ferry::http_request upload(std::uint16_t port, ferry::byte_source& source,
                                  std::optional<std::uint64_t> size, std::string scheme = "http") {
    auto request = post(port, {}, std::move(scheme));
    static_cast<void>(source.open());
    request.stream = &source;
    request.stream_size = size;
    return request;
}

}  // namespace ferry_test
