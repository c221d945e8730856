// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <new>
#include <optional>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// A client's TLS on a non-blocking socket, which must outlive it. Like boost::asio::ssl::stream, except that
/// OpenSSL reads and writes the socket itself: one event moves as many records as there are, not one.
///
/// At most one read and one write at a time, all completions one after the other.
class tls_stream {
public:
    using tcp = boost::asio::ip::tcp;
    using error_code = boost::system::error_code;
    using write_buffers = std::array<boost::asio::const_buffer, 2>;

    tls_stream(tcp::socket& socket, boost::asio::ssl::context& context)
        : socket_(socket), tls_(SSL_new(context.native_handle())) {
        BIO* const wire = tls_ ? BIO_new(wire_method()) : nullptr;
        if (!wire) {
            SSL_free(tls_);
            throw std::bad_alloc();
        }
        BIO_set_data(wire, this);
        BIO_set_init(wire, 1);
        SSL_set_bio(tls_, wire, wire);
        SSL_set_mode(tls_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                               SSL_MODE_RELEASE_BUFFERS);
        SSL_set_read_ahead(tls_, 1);
        SSL_set_default_read_buffer_len(tls_, read_ahead);
        SSL_set_connect_state(tls_);
    }
    ~tls_stream() { SSL_free(tls_); }
    tls_stream(tls_stream const&) = delete;

    SSL* native_handle() noexcept { return tls_; }

    /// Whether the peer, who was asked for nothing, has said nothing but what is TLS's own: no goodbye, no
    /// bytes. Not while something is being read.
    bool is_quiet() {
        if (late_error_) return false;
        char byte = 0;
        ERR_clear_error();
        int const n = SSL_peek(tls_, &byte, 1);
        return n <= 0 && stopped(n).wait == tcp::socket::wait_read;
    }

    /// Gives memory back that only large bodies need.
    void shrink() {
        if (unsent_.empty() && unsent_.capacity() > record_size) unsent_.shrink_to_fit();
    }

    template <class Handler>
    void async_handshake(Handler&& handler) {
        start([](tls_stream& self) { return self.shake(); }, std::forward<Handler>(handler));
    }
    template <class Handler>
    void async_read_some(boost::asio::mutable_buffer to, Handler&& handler) {
        start([to](tls_stream& self) { return self.read(to); }, std::forward<Handler>(handler));
    }
    template <class Handler>
    void async_write_some(write_buffers const& from, Handler&& handler) {
        start([from](tls_stream& self) { return self.write(from); }, std::forward<Handler>(handler));
    }

private:
    static constexpr std::size_t record_size = 16 << 10;
    static constexpr std::size_t write_ahead = 8 * record_size;
    static constexpr std::size_t read_ahead = 4 * (record_size + 256);  // records and what is around them

    /// What came of one attempt: either it has to wait for the socket, or it is complete.
    struct progress {
        progress(std::optional<tcp::socket::wait_type> for_what = {}, error_code failed = {},
                 std::size_t moved = 0)
            : wait(for_what), ec(failed), n(moved) {}

        std::optional<tcp::socket::wait_type> wait;
        error_code ec;
        std::size_t n;
    };

    struct record {
        std::size_t end;   ///< Behind it, in unsent_.
        std::size_t size;  ///< Of what it holds.
    };

    /// Attempts until nothing has to be waited for.
    template <class Attempt, class Handler>
    struct operation {
        tls_stream& self;
        Attempt attempt;
        Handler handler;

        using executor_type = typename Handler::executor_type;
        executor_type get_executor() const noexcept { return handler.get_executor(); }

        void operator()(error_code ec) {
            if (ec) return handler(ec, 0);
            auto const now = attempt(self);
            if (!now.wait) return handler(now.ec, now.n);
            auto& socket = self.socket_;
            socket.async_wait(*now.wait, std::move(*this));
        }
    };

    template <class Attempt, class Handler>
    void start(Attempt attempt, Handler&& handler) {
        auto const now = attempt(*this);
        operation<Attempt, std::decay_t<Handler>> rest{*this, attempt, std::forward<Handler>(handler)};
        if (now.wait) return socket_.async_wait(*now.wait, std::move(rest));
        auto const executor = rest.get_executor();
        boost::asio::post(executor,
                          [ended = std::move(rest.handler), now]() mutable { ended(now.ec, now.n); });
    }

    progress shake() {
        ERR_clear_error();
        int const done = SSL_do_handshake(tls_);
        flush();
        // What could not be sent, nobody will answer.
        auto const why = done > 0 ? progress() : stopped(done);
        if (write_error_ && (why.wait || done > 0)) return {{}, write_error_};
        if (!unsent_.empty() && !why.ec) return {tcp::socket::wait_write};
        return why;
    }

    progress read(boost::asio::mutable_buffer to) {
        if (late_error_) return {{}, std::exchange(late_error_, {})};
        std::size_t got = 0;
        do {
            ERR_clear_error();
            auto* const at = static_cast<char*>(to.data()) + got;
            int const n = SSL_read(tls_, at, static_cast<int>(to.size() - got));
            if (n <= 0) {
                flush();  // a warning, or new keys
                auto const why = stopped(n);
                if (got == 0) return why;
                late_error_ = why.ec;
                break;
            }
            got += static_cast<std::size_t>(n);
        } while (got < to.size() && SSL_has_pending(tls_) == 1);
        return {{}, {}, got};
    }

    // A head shares its record with the beginning of what follows.
    progress write(write_buffers const& from) {
        auto const& [head, body] = from;
        if (head.size() == 0) return write(body);
        std::array<char, record_size> joined;
        auto const n = boost::asio::buffer_copy(boost::asio::buffer(joined), from);
        return write(boost::asio::buffer(joined.data(), n));
    }

    // Several records go to the socket together. What they hold counts as sent, record by record, when it is.
    progress write(boost::asio::const_buffer from) {
        while (encrypted_ < from.size() && unsent_.size() < write_ahead) {
            ERR_clear_error();
            auto const* const data = static_cast<char const*>(from.data()) + encrypted_;
            int const n = SSL_write(tls_, data, static_cast<int>(from.size() - encrypted_));
            if (n <= 0 && records_.empty()) return stopped(n);
            if (n <= 0) break;
            encrypted_ += static_cast<std::size_t>(n);
            records_.push_back({unsent_.size(), static_cast<std::size_t>(n)});
        }
        flush();
        if (write_error_) return {{}, write_error_};
        auto const sent = take_sent();
        if (sent == 0 && encrypted_ > 0) return {tcp::socket::wait_write};
        return {{}, {}, sent};
    }

    /// How many bytes the records had that have been sent.
    std::size_t take_sent() {
        std::size_t sent = 0;
        auto first = records_.begin();
        for (; first != records_.end() && first->end == 0; ++first) sent += first->size;
        records_.erase(records_.begin(), first);
        encrypted_ -= sent;
        return sent;
    }

    /// Why OpenSSL gave `answer`.
    progress stopped(int answer) {
        int const why = SSL_get_error(tls_, answer);
        if (why == SSL_ERROR_WANT_READ) return {tcp::socket::wait_read};
        if (why == SSL_ERROR_WANT_WRITE) return {tcp::socket::wait_write};
        if (why == SSL_ERROR_ZERO_RETURN) return {{}, boost::asio::error::eof};
        if (read_error_ == boost::asio::error::eof) return {{}, boost::asio::ssl::error::stream_truncated};
        if (read_error_) return {{}, read_error_};
        auto const code = static_cast<int>(ERR_get_error());
        if (code != 0) return {{}, error_code(code, boost::asio::error::get_ssl_category())};
        return {{}, boost::asio::ssl::error::unexpected_result};
    }

    /// Sends what the socket takes at once.
    void flush() {
        if (unsent_.empty()) return;
        error_code ec;
        auto const n = socket_.write_some(boost::asio::buffer(unsent_), ec);
        if (ec == boost::asio::error::would_block) return;
        write_error_ = ec;
        unsent_.erase(unsent_.begin(), ec ? unsent_.end() : unsent_.begin() + static_cast<std::ptrdiff_t>(n));
        for (auto& one : records_) one.end -= (std::min)(one.end, n);
    }

    // What OpenSSL sees of the socket. Asio's functions, because they raise no SIGPIPE.

    static BIO_METHOD* wire_method() {
        static BIO_METHOD* const method = [] {
            BIO_METHOD* const made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "ferry");
            if (!made) throw std::bad_alloc();
            BIO_meth_set_write(made, write_wire);
            BIO_meth_set_read(made, read_wire);
            BIO_meth_set_ctrl(made, control_wire);
            return made;
        }();
        return method;
    }

    static tls_stream& of(BIO* wire) { return *static_cast<tls_stream*>(BIO_get_data(wire)); }

    // It never fails: the peer's last words can be read though nothing can be written any more.
    static int write_wire(BIO* wire, char const* data, int size) {
        auto& self = of(wire);
        BIO_clear_retry_flags(wire);
        if (!self.write_error_) self.unsent_.insert(self.unsent_.end(), data, data + size);
        return size;
    }

    static int read_wire(BIO* wire, char* to, int size) {
        auto& self = of(wire);
        BIO_clear_retry_flags(wire);
        error_code ec;
        auto const n = self.socket_.read_some(boost::asio::buffer(to, static_cast<std::size_t>(size)), ec);
        if (!ec) return static_cast<int>(n);
        if (ec == boost::asio::error::would_block)
            BIO_set_retry_read(wire);
        else
            self.read_error_ = ec;
        return -1;
    }

    static long control_wire(BIO*, int what, long, void*) { return what == BIO_CTRL_FLUSH ? 1 : 0; }

    tcp::socket& socket_;
    SSL* tls_;
    std::vector<char> unsent_;     // what the socket did not take yet
    std::vector<record> records_;  // in unsent_, of what is being written
    std::size_t encrypted_ = 0;    // bytes in these records
    error_code read_error_;        // of the socket
    error_code write_error_;       // of the socket
    error_code late_error_;        // came behind bytes that were read
};

}  // namespace ferry::detail
