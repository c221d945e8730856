// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/channel.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

namespace ferry::mock {

void stop_signal::raise() {
    std::lock_guard const lock(mutex_);
    raised_ = true;
    changed_.notify_all();
}

bool stop_signal::sleep_for(std::chrono::milliseconds time) const {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, time, [this] { return raised_; });
}

channel::channel(int socket, SSL_CTX* tls, patience time, stop_signal const& stop)
    // Pages that no request reaches stay untouched: an idle connection costs none of them.
    : socket_(socket), time_(time), stop_(stop), input_(new char[input_size]) {
    timeval const limit{static_cast<time_t>(time.wait.count()), 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    int const on = 1;  // without it every keep-alive answer waits 40 ms for the peer's delayed ACK
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (tls != nullptr) {
        tls_ = SSL_new(tls);
        SSL_set_fd(tls_, socket_);
    }
}

channel::~channel() {
    if (tls_ == nullptr) return;
    if (!broken_) SSL_shutdown(tls_);  // without it the peer cannot tell the end from a cut cable
    SSL_free(tls_);
}

bool channel::handshake() {
    return tls_ == nullptr || SSL_accept(tls_) == 1;
}

bool channel::peer_is_loopback() const {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getpeername(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) return false;
    if (address.ss_family == AF_INET) {
        auto const& v4 = reinterpret_cast<sockaddr_in const&>(address);
        return (ntohl(v4.sin_addr.s_addr) >> 24U) == 127;
    }
    auto const& v6 = reinterpret_cast<sockaddr_in6 const&>(address);
    return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr) ||
           (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr) && v6.sin6_addr.s6_addr[12] == 127);
}

std::string channel::peer_address() const {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    char text[INET6_ADDRSTRLEN] = "";
    if (::getpeername(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) return text;
    void const* const host =
        address.ss_family == AF_INET
            ? static_cast<void const*>(&reinterpret_cast<sockaddr_in const&>(address).sin_addr)
            : static_cast<void const*>(&reinterpret_cast<sockaddr_in6 const&>(address).sin6_addr);
    if (::inet_ntop(address.ss_family, host, text, sizeof text) == nullptr) return {};
    return text;
}

bool channel::fill() {
    if (broken_ || !flush()) return false;
    if (begin_ == end_) {
        begin_ = end_ = 0;
    } else if (end_ == input_size) {
        if (begin_ == 0) return false;
        std::memmove(input_.get(), input_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    for (;;) {
        char* const target = input_.get() + end_;
        std::size_t const room = input_size - end_;
        ssize_t const count = tls_ != nullptr ? SSL_read(tls_, target, static_cast<int>(room))
                                              : ::recv(socket_, target, room, 0);
        if (count > 0) {
            end_ += static_cast<std::size_t>(count);
            return true;
        }
        if (count < 0 && tls_ == nullptr && errno == EINTR) continue;
        broken_ = true;
        return false;
    }
}

channel::head_result channel::read_head() {
    std::size_t searched = 0;
    std::optional<std::chrono::steady_clock::time_point> deadline;
    for (;;) {
        // RFC 9112, 2.2: empty lines before a request are ignored; some clients end a form with one too many.
        while (searched == 0 && unread().substr(0, 2) == "\r\n") begin_ += 2;
        std::string_view const seen = unread();
        auto const end = seen.find("\r\n\r\n", searched);
        if (end != std::string_view::npos) {
            head_size_ = end + 4;
            return head_result::complete;
        }
        if (seen.size() >= input_size) {
            bool const has_line = seen.find("\r\n") != std::string_view::npos;
            return has_line ? head_result::too_large : head_result::line_too_long;
        }
        if (!seen.empty()) {
            auto const now = std::chrono::steady_clock::now();
            if (!deadline) deadline = now + time_.wait;
            if (now > *deadline) return head_result::closed;
        }
        searched = seen.size() < 3 ? 0 : seen.size() - 3;
        if (!fill()) return head_result::closed;
    }
}

std::string_view channel::read_some(std::size_t at_most) {
    if (begin_ == end_) {
        late_ = body_time_.is_over();
        if (late_ || !fill()) return {};
        body_time_.moved(end_ - begin_);
    }
    std::string_view const bytes = unread().substr(0, at_most);
    begin_ += bytes.size();
    return bytes;
}

bool channel::read_line(std::string& line, std::size_t limit) {
    line.clear();
    for (;;) {
        std::string_view const piece = read_some(std::string_view::npos);
        if (piece.empty()) return false;
        auto const end = piece.find('\n');
        if (end != std::string_view::npos) begin_ -= piece.size() - end - 1;
        line += piece.substr(0, end == std::string_view::npos ? end : end + 1);
        if (line.size() > limit + 2) return false;
        if (end == std::string_view::npos) continue;
        if (line.size() < 2 || line[line.size() - 2] != '\r') return false;
        line.resize(line.size() - 2);
        return true;
    }
}

void channel::begin_response(delivery how) {
    how_ = how;
    answer_time_.begin(time_.message);
    head_written_ = false;
    body_written_ = 0;
}

bool channel::write(std::string_view bytes) {
    if (broken_) return false;
    if (how_.what != delivery::disturbance::none) return write_disturbed(bytes);
    if (output_.size() + bytes.size() <= output_size) {
        output_ += bytes;
        return true;
    }
    return flush() && (bytes.size() <= output_size / 2 ? (output_ = bytes, true) : send_all(bytes));
}

bool channel::flush() {
    if (output_.empty()) return !broken_;
    bool const sent = send_all(output_);
    output_.clear();
    return sent;
}

bool channel::send_all(std::string_view bytes) {
    while (!bytes.empty() && !broken_) {
        ssize_t const count =
            tls_ != nullptr ? SSL_write(tls_, bytes.data(),
                                        static_cast<int>((std::min)(bytes.size(), std::size_t{1} << 30U)))
                            : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
            answer_time_.moved(static_cast<std::size_t>(count));
            // What a fault slows down takes as long as it takes.
            if (how_.what == delivery::disturbance::none && answer_time_.is_over()) broken_ = true;
        } else if (tls_ != nullptr || count == 0 || errno != EINTR) {
            broken_ = true;
        }
    }
    return !broken_;
}

bool channel::write_disturbed(std::string_view bytes) {
    bool const is_head = !std::exchange(head_written_, true);
    using disturbance = delivery::disturbance;
    switch (how_.what) {
        case disturbance::none:
            return true;
        case disturbance::reset:
            reset_connection();
            return false;
        case disturbance::reset_after_head:
            send_all(bytes);
            reset_connection();
            return false;
        case disturbance::stall:
            while (stop_.sleep_for(std::chrono::milliseconds(100))) {
                char probe = 0;
                if (::recv(socket_, &probe, 1, MSG_PEEK | MSG_DONTWAIT) == 0) break;
            }
            broken_ = true;
            return false;
        case disturbance::garbage:
            send_all("\x16\x03 this is not HTTP \xff\xfe\r\n\r\n");
            broken_ = true;
            return false;
        case disturbance::truncate: {
            if (is_head) return send_all(bytes);
            std::uint64_t const allowed = how_.amount - body_written_;
            send_all(
                bytes.substr(0, static_cast<std::size_t>((std::min)(std::uint64_t{bytes.size()}, allowed))));
            body_written_ += bytes.size();
            if (body_written_ >= how_.amount) broken_ = true;
            return !broken_;
        }
        case disturbance::drip: {
            if (is_head) return send_all(bytes);
            auto const rate = (std::max)(how_.amount, std::uint64_t{1});
            std::size_t const step = static_cast<std::size_t>((std::max)(rate / 20, std::uint64_t{1}));
            auto const pause = std::chrono::milliseconds(
                static_cast<std::int64_t>(1000.0 * static_cast<double>(step) / static_cast<double>(rate)));
            for (; !bytes.empty() && !broken_; bytes.remove_prefix((std::min)(step, bytes.size()))) {
                if (!send_all(bytes.substr(0, step)) || !stop_.sleep_for(pause)) return false;
            }
            return !broken_;
        }
    }
    return true;
}

void channel::reset_connection() noexcept {
    // connect(AF_UNSPEC) dissolves the association with a RST at once, whatever happens to the descriptor
    // later.
    sockaddr nowhere{};
    nowhere.sa_family = AF_UNSPEC;
    ::connect(socket_, &nowhere, sizeof nowhere);
    broken_ = true;
}

void channel::linger() {
    if (!flush()) return;
    if (tls_ != nullptr) SSL_shutdown(tls_);
    ::shutdown(socket_, SHUT_WR);
    timeval const limit{2, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    char waste[16 * 1024];
    while (std::chrono::steady_clock::now() < deadline && ::recv(socket_, waste, sizeof waste, 0) > 0) {
    }
    broken_ = true;
}

}  // namespace ferry::mock
