// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// One accepted connection: a blocking socket, with or without TLS, buffered both ways, and the place where
// responses are disturbed.

#include "http/delivery.hpp"

#include <openssl/ssl.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace ferry::mock {

/// Lets sleeping connections wake when the server stops.
class stop_signal {
public:
    void raise();
    /// Sleeps; returns false when the server stops before the time is over.
    bool sleep_for(std::chrono::milliseconds time) const;

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    bool raised_ = false;
};

/// How long a connection has patience with its peer.
struct patience {
    std::chrono::seconds wait{60};  ///< for every single wait, and for a head as a whole
    /// For a body or an answer as a whole, and a second more for each MiB of it: whoever sends or takes a
    /// byte just before every wait is over would otherwise hold the connection for ever.
    std::chrono::seconds message{600};
};

/// The time that a message has as a whole.
class allowance {
public:
    void begin(std::chrono::seconds time) noexcept {
        end_ = std::chrono::steady_clock::now() + time;
        bytes_ = 0;
    }
    void moved(std::size_t bytes) noexcept { bytes_ += bytes; }
    [[nodiscard]] bool is_over() const noexcept {
        return std::chrono::steady_clock::now() - std::chrono::seconds(bytes_ >> 20U) > end_;
    }

private:
    std::chrono::steady_clock::time_point end_ = (std::chrono::steady_clock::time_point::max)();
    std::uint64_t bytes_ = 0;
};

class channel {
public:
    /// Takes a connected socket; `tls` may be null.
    channel(int socket, SSL_CTX* tls, patience time, stop_signal const& stop);
    ~channel();
    channel(channel const&) = delete;
    channel& operator=(channel const&) = delete;

    [[nodiscard]] bool handshake();
    [[nodiscard]] bool over_tls() const noexcept { return tls_ != nullptr; }
    [[nodiscard]] bool peer_is_loopback() const;
    /// Without the port; empty when the peer is gone.
    [[nodiscard]] std::string peer_address() const;

    enum class head_result { complete, closed, line_too_long, too_large };
    /// Waits for a request head; head() is valid until the next read. The head as a whole has as much time as
    /// one wait.
    head_result read_head();
    [[nodiscard]] std::string_view head() const noexcept { return {input_.get() + begin_, head_size_}; }
    void consume_head() noexcept {
        begin_ += head_size_;
        answer_time_.begin(time_.message);  // of what goes out before the answer, too: 100 Continue
    }

    /// What follows is a body: its time begins.
    void begin_body() noexcept { body_time_.begin(time_.message); }
    /// Whether the body's time was over before the body was.
    [[nodiscard]] bool ran_out_of_time() const noexcept { return late_; }
    /// The next bytes, at least one; empty when the peer closed, failed or took too long.
    [[nodiscard]] std::string_view read_some(std::size_t at_most);
    /// Reads up to and without CRLF; false when the line is longer than `limit` or the peer is gone.
    [[nodiscard]] bool read_line(std::string& line, std::size_t limit);

    /// What follows is a response that travels like this.
    void begin_response(delivery how);
    /// False when the connection is of no further use.
    bool write(std::string_view bytes);
    bool flush();
    [[nodiscard]] bool usable() const noexcept { return !broken_; }

    /// Sends our end of stream and reads what the peer still has to say, so that it sees the answer and not a
    /// reset.
    void linger();

private:
    static constexpr std::size_t input_size = 64 * 1024;
    static constexpr std::size_t output_size = 64 * 1024;

    bool fill();
    [[nodiscard]] std::string_view unread() const noexcept { return {input_.get() + begin_, end_ - begin_}; }
    bool send_all(std::string_view bytes);
    bool write_disturbed(std::string_view bytes);
    void reset_connection() noexcept;

    int socket_;
    SSL* tls_ = nullptr;
    patience time_;
    stop_signal const& stop_;
    bool broken_ = false;

    allowance body_time_;
    bool late_ = false;
    allowance answer_time_;

    std::unique_ptr<char[]> input_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t head_size_ = 0;
    std::string output_;

    delivery how_;
    bool head_written_ = false;
    std::uint64_t body_written_ = 0;
};

}  // namespace ferry::mock
