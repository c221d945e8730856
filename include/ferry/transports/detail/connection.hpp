// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/transports/detail/connection_tally.hpp"
#include "ferry/transports/detail/tls_stream.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#if __has_include(<linux/sockios.h>)
#include <linux/sockios.h>
#include <sys/ioctl.h>
#endif

#include <fcntl.h>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// One socket, TLS on it where wanted, and the bytes that were read but not parsed yet. No logic.
class connection {
public:
    using tcp = boost::asio::ip::tcp;
    using error_code = boost::system::error_code;
    using write_buffers = tls_stream::write_buffers;

    connection(boost::asio::any_io_executor const& executor, std::shared_ptr<connection_tally> tally)
        : tally_(std::move(tally)), socket_(executor) {}
    ~connection() { close(); }
    connection(connection const&) = delete;

    void close() noexcept {
        set_idle(false);
        if (connected_) --tally_->open;
        connected_ = false;
        error_code ignored;
        socket_.close(ignored);
    }

    template <class Handler>
    void async_connect(tcp::endpoint const& to, Handler&& handler) {
        close();
        error_code ignored;  // async_connect() tries again, and says why not
        socket_.open(to.protocol(), ignored);
        // Programs that are started meanwhile must not hold the connection open.
        if (!ignored) ::fcntl(socket_.native_handle(), F_SETFD, FD_CLOEXEC);
        socket_.async_connect(to, std::forward<Handler>(handler));
    }

    void after_connect() {
        connected_ = true;
        ++tally_->opened;
        ++tally_->open;
        error_code ignored;
        socket_.set_option(tcp::no_delay(true), ignored);
        // For alive(), write_now() and TLS; asynchronous operations do not care.
        socket_.non_blocking(true, ignored);
    }

    /// Prepares TLS; handshake next.
    SSL* start_tls(boost::asio::ssl::context& context) {
        tls_.emplace(socket_, context);
        return tls_->native_handle();
    }
    SSL* tls() noexcept { return tls_ ? tls_->native_handle() : nullptr; }

    template <class Handler>
    void async_handshake(Handler&& handler) {
        tls_->async_handshake(std::forward<Handler>(handler));
    }

    template <class Handler>
    void async_write_some(write_buffers const& from, Handler&& handler) {
        if (tls_)
            tls_->async_write_some(from, std::forward<Handler>(handler));
        else
            socket_.async_write_some(from, std::forward<Handler>(handler));
    }

    /// Writes what the socket takes at once; an error means only that nothing was written. Not through TLS,
    /// where a record cut in two could not be continued.
    std::size_t write_now(write_buffers const& from) {
        if (tls_) return 0;
        error_code ec;
        // A request is mostly one piece, which has a cheaper way into the kernel.
        auto const n = from[1].size() == 0 ? socket_.write_some(from[0], ec) : socket_.write_some(from, ec);
        return ec ? 0 : n;
    }

    /// Reads into the space of prepare_read().
    template <class Handler>
    void async_read_some(Handler&& handler) {
        auto const space = boost::asio::buffer(buffer_.get() + end_, capacity_ - end_);
        if (tls_)
            tls_->async_read_some(space, std::forward<Handler>(handler));
        else
            socket_.async_read_some(space, std::forward<Handler>(handler));
    }

    /// Makes room behind the unparsed bytes; grows where they fill the buffer. `false`: they are `limit`
    /// bytes already.
    bool prepare_read(std::size_t limit) {
        if (begin_ == end_) {
            // A read that filled the buffer: there is more to come than a page of a list.
            bool const grow = end_ == capacity_ && capacity_ < large_read_size;
            begin_ = end_ = 0;
            if (grow) resize(buffer_ ? large_read_size : read_size);
        }
        if (end_ < capacity_) return true;
        if (begin_ == 0) {
            if (capacity_ >= limit) return false;
            resize(capacity_ * 2);
            return true;
        }
        std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
        return true;
    }
    void commit(std::size_t n) noexcept { end_ += n; }
    void consume(std::size_t n) noexcept { begin_ += n; }
    boost::asio::const_buffer unparsed() const noexcept { return {buffer_.get() + begin_, end_ - begin_}; }

    /// Whether the peer has neither closed the idle connection nor said something that nobody asked for.
    bool alive() {
        if (tls_) return tls_->is_quiet();
        char byte;
        error_code ec;
        socket_.receive(boost::asio::buffer(&byte, 1), boost::asio::socket_base::message_peek, ec);
        return ec == boost::asio::error::would_block;
    }

    /// Bytes that were written and that the peer's system has not confirmed; 0 where that cannot be told.
    int unconfirmed() {
        int left = 0;
#if defined(SIOCOUTQ)
        if (::ioctl(socket_.native_handle(), SIOCOUTQ, &left) != 0) left = 0;
#endif
        return left;
    }

    /// Whether it is kept for the next exchange; only for the count.
    void set_idle(bool idle) noexcept {
        if (idle == idle_) return;
        idle_ = idle;
        if (idle) shrink();
        idle ? ++tally_->idle : --tally_->idle;
    }

private:
    static constexpr std::size_t read_size = 64 << 10;
    static constexpr std::size_t large_read_size = 256 << 10;

    /// Keeps idle connections small.
    void shrink() {
        if (tls_) tls_->shrink();
        if (begin_ < end_ || capacity_ <= read_size) return;
        buffer_.reset();
        begin_ = end_ = capacity_ = 0;
    }

    void resize(std::size_t capacity) {
        std::unique_ptr<char[]> larger(new char[capacity]);
        if (end_ > begin_) std::memcpy(larger.get(), buffer_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
        buffer_ = std::move(larger);
        capacity_ = capacity;
    }

    std::shared_ptr<connection_tally> tally_;
    bool connected_ = false;
    bool idle_ = false;
    tcp::socket socket_;
    std::optional<tls_stream> tls_;
    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace ferry::detail
