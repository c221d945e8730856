// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// A TCP or TLS server that does byte for byte what a test says, bad manners included.

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace ferry_test {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

class raw_server {
public:
    /// The server's end of one connection. All functions block; those that read return less at the end.
    class peer {
    public:
        peer(raw_server& server, tcp::socket socket, unsigned number)
            : server_(server), socket_(std::move(socket)), number_(number) {}

        /// 0 for the server's first connection, 1 for the next.
        unsigned number() const noexcept { return number_; }

        /// Bytes up to and including the empty line; empty when the client closed instead.
        std::string read_head() {
            std::string head;
            for (;;) {
                if (auto const end = input_.find("\r\n\r\n"); end != std::string::npos) {
                    head = input_.substr(0, end + 4);
                    input_.erase(0, end + 4);
                    return head;
                }
                if (!fill()) return {};
            }
        }

        std::string read(std::size_t size) {
            while (input_.size() < size && fill()) {
            }
            auto got = input_.substr(0, size);
            input_.erase(0, got.size());
            return got;
        }

        /// Reads and counts without keeping.
        std::uint64_t drain(std::uint64_t size) {
            std::uint64_t got = 0;
            while (got < size && (!input_.empty() || fill())) {
                auto const n = (std::min<std::uint64_t>)(input_.size(), size - got);
                input_.erase(0, static_cast<std::size_t>(n));
                got += n;
            }
            return got;
        }

        /// Until the client closes.
        void drain() {
            input_.clear();
            while (fill()) input_.clear();
        }

        /// A chunked body, decoded; the framing has to be without extensions and trailers.
        std::string read_chunked() {
            std::string body;
            for (;;) {
                std::string line;
                while (!line.ends_with("\r\n")) {
                    auto const byte = read(1);
                    if (byte.empty()) return body + "<cut short>";
                    line += byte;
                }
                auto const size = std::stoul(line, nullptr, 16);
                body += read(size);
                if (read(2) != "\r\n") return body + "<bad chunk>";
                if (size == 0) return body;
            }
        }

        void send(std::string_view bytes) {
            boost::system::error_code ignored;
            if (tls_)
                asio::write(*tls_, asio::buffer(bytes), ignored);
            else
                asio::write(socket_, asio::buffer(bytes), ignored);
        }

        /// Past TLS, where there is any.
        void send_raw(std::string_view bytes) {
            boost::system::error_code ignored;
            asio::write(socket_, asio::buffer(bytes), ignored);
        }

        /// One byte at a time.
        void drip(std::string_view bytes, std::chrono::milliseconds pause) {
            for (char const& byte : bytes) {
                send({&byte, 1});
                wait(pause);
            }
        }

        void answer(std::string_view body, std::string_view more_headers = {}) {
            send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
                 std::string(more_headers) + "\r\n" + std::string(body));
        }

        void wait(std::chrono::milliseconds span) { server_.wait(span); }
        /// Does nothing until the server goes.
        void stall() { server_.wait(std::chrono::hours(1)); }

        /// Says nothing more, but reads on.
        void shutdown_send() {
            boost::system::error_code ignored;
            socket_.shutdown(tcp::socket::shutdown_send, ignored);
        }
        void close() {
            boost::system::error_code ignored;
            std::lock_guard lock(server_.mutex_);
            socket_.close(ignored);
        }
        /// Closes with RST.
        void reset() {
            boost::system::error_code ignored;
            socket_.set_option(asio::socket_base::linger(true, 0), ignored);
            close();
        }

        bool handshake(asio::ssl::context& context) {
            tls_.emplace(socket_, context);
            boost::system::error_code ec;
            tls_->handshake(asio::ssl::stream_base::server, ec);
            return !ec;
        }
        void close_tls() {
            boost::system::error_code ignored;
            tls_->shutdown(ignored);
            close();
        }
        /// Ends TLS without waiting for the client to do so too.
        void send_goodbye() {
            boost::system::error_code ignored;
            socket_.shutdown(tcp::socket::shutdown_receive, ignored);
            tls_->shutdown(ignored);
        }
        /// Changes the keys of TLS 1.3 with what is sent next, and wants the client to change its own.
        void renew_keys() { SSL_key_update(tls_->native_handle(), SSL_KEY_UPDATE_REQUESTED); }
        /// The name the client asked for in its hello.
        std::string server_name() {
            auto const* name = SSL_get_servername(tls_->native_handle(), TLSEXT_NAMETYPE_host_name);
            return name ? name : "";
        }

    private:
        friend raw_server;

        bool fill() {
            char buffer[16 << 10];
            boost::system::error_code ec;
            auto const n = tls_ ? tls_->read_some(asio::buffer(buffer), ec)
                                : socket_.read_some(asio::buffer(buffer), ec);
            input_.append(buffer, n);
            return !ec;
        }

        raw_server& server_;
        tcp::socket socket_;
        std::optional<asio::ssl::stream<tcp::socket&>> tls_;
        std::string input_;
        unsigned number_;
    };

    using script = std::function<void(peer&)>;

    /// Runs `todo` for each connection, on a thread of its own; the connection is closed when it returns.
    /// With `tls`, after a handshake that succeeded.
    explicit raw_server(script todo, asio::ssl::context* tls = nullptr)
        : todo_(std::move(todo)), tls_(tls), acceptor_(context_, {asio::ip::address_v4::loopback(), 0}) {
        port_ = acceptor_.local_endpoint().port();
        accepting_ = std::thread([this] { accept(); });
    }

    ~raw_server() {
        {
            std::lock_guard lock(mutex_);
            stopping_ = true;
            for (auto& one : peers_) {
                boost::system::error_code ignored;
                one.socket_.shutdown(tcp::socket::shutdown_both, ignored);
            }
        }
        stopped_.notify_all();
        // A blocked accept() wakes up for a connection only.
        boost::system::error_code ignored;
        asio::io_context context;
        tcp::socket(context).connect({asio::ip::address_v4::loopback(), port_}, ignored);
        accepting_.join();
        for (auto& one : running_) one.join();
    }

    std::uint16_t port() const noexcept { return port_; }
    unsigned connections() const noexcept { return connections_; }

private:
    void accept() {
        for (;;) {
            boost::system::error_code ec;
            auto socket = acceptor_.accept(ec);
            std::lock_guard lock(mutex_);
            if (stopping_) return;
            if (ec) continue;
            socket.set_option(tcp::no_delay(true), ec);
            auto& one = peers_.emplace_back(*this, std::move(socket), connections_++);
            running_.emplace_back([this, &one] {
                if (!tls_ || one.handshake(*tls_)) todo_(one);
                one.close();
            });
        }
    }

    void wait(std::chrono::milliseconds span) {
        std::unique_lock lock(mutex_);
        stopped_.wait_for(lock, span, [this] { return stopping_; });
    }

    script todo_;
    asio::ssl::context* tls_;
    asio::io_context context_;
    tcp::acceptor acceptor_;
    std::uint16_t port_ = 0;
    std::atomic<unsigned> connections_ = 0;
    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::list<peer> peers_;
    std::list<std::thread> running_;
    std::thread accepting_;
};

}  // namespace ferry_test
