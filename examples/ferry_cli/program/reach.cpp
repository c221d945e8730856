// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/reach.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <future>
#include <memory>
#include <system_error>
#include <thread>

namespace ferry::cli {

namespace {

resolved look_up(std::string const& host, std::string const& port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    resolved made;
    if (auto const code = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &list); code != 0) {
        made.why = ::gai_strerror(code);
        return made;
    }
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const owned(list, &::freeaddrinfo);
    for (auto const* one = list; one != nullptr; one = one->ai_next) {
        char text[NI_MAXHOST] = "?";
        ::getnameinfo(one->ai_addr, one->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
        made.addresses.push_back(
            {{reinterpret_cast<char const*>(one->ai_addr), one->ai_addrlen}, one->ai_family, text});
    }
    return made;
}

/// A descriptor that is closed.
class descriptor {
public:
    explicit descriptor(int number) : number_(number) {}
    descriptor(descriptor const&) = delete;
    ~descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int get() const { return number_; }

private:
    int number_;
};

/// \returns an error number, or 0
int connect_to(socket_address const& to, std::chrono::milliseconds patience) {
    descriptor const socket(::socket(to.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (socket.get() < 0) return errno;
    sockaddr_storage address{};
    std::memcpy(&address, to.bytes.data(), std::min(to.bytes.size(), sizeof address));
    if (::connect(socket.get(), reinterpret_cast<sockaddr const*>(&address),
                  static_cast<socklen_t>(to.bytes.size())) == 0)
        return 0;
    if (errno != EINPROGRESS) return errno;
    pollfd wanted{.fd = socket.get(), .events = POLLOUT, .revents = 0};
    auto const ready = ::poll(&wanted, 1, static_cast<int>(patience.count()));
    if (ready == 0) return ETIMEDOUT;
    if (ready < 0) return errno;
    int why = 0;
    socklen_t size = sizeof why;
    ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &why, &size);
    return why;
}

}  // namespace

resolved resolve(std::string const& host, std::string const& port, std::chrono::milliseconds patience) {
    // getaddrinfo() cannot be cancelled: the thread is left to it.
    auto promise = std::make_shared<std::promise<resolved>>();
    auto future = promise->get_future();
    std::thread([promise, host, port] { promise->set_value(look_up(host, port)); }).detach();
    if (future.wait_for(patience) == std::future_status::ready) return future.get();
    return {{}, "no answer in " + std::to_string(patience.count() / 1000) + " s"};
}

std::string knock(std::vector<socket_address> const& addresses, std::chrono::milliseconds patience) {
    int why = EADDRNOTAVAIL;
    for (auto const& one : addresses) {
        why = connect_to(one, patience);
        if (why == 0) return {};
    }
    return std::system_category().message(why);
}

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
    std::tm parts{};
    std::string const copy(text);
    char const* end = ::strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (end == nullptr || *end != '\0') return std::nullopt;
    return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace ferry::cli
