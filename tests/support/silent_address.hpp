// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <netinet/tcp.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <thread>

namespace ferry_test {

/// Drops connection attempts: a listener that nobody accepts from, with its backlog full.
class silent_address {
public:
    /// \param port 0: any that is free
    explicit silent_address(char const* address = "127.0.0.1", std::uint16_t port = 0)
        : acceptor_(context_), filler_(context_) {
        tcp::endpoint const at(boost::asio::ip::make_address(address), port);
        acceptor_.open(at.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        acceptor_.bind(at);
        acceptor_.listen(0);
        filler_.connect(acceptor_.local_endpoint());
        auto const end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (!is_full()) {
            if (std::chrono::steady_clock::now() > end) throw std::runtime_error("a backlog does not fill");
            std::this_thread::yield();
        }
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

private:
    using tcp = boost::asio::ip::tcp;

    /// Of a listener the system tells how many wait, and how many may.
    bool is_full() {
        ::tcp_info info{};
        ::socklen_t size = sizeof info;
        if (::getsockopt(acceptor_.native_handle(), IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return false;
        return info.tcpi_unacked > info.tcpi_sacked;
    }

    boost::asio::io_context context_;
    tcp::acceptor acceptor_;
    tcp::socket filler_;
};

}  // namespace ferry_test
