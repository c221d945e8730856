// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/wait_readable.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <cerrno>
#include <cstdint>

namespace ferry::cli {

namespace {

/// A descriptor that becomes readable with a stop request.
class stop_descriptor {
public:
    explicit stop_descriptor(std::stop_token const& stop)
        : number_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), wake_(stop, waker{number_}) {}
    ~stop_descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    stop_descriptor(stop_descriptor const&) = delete;
    stop_descriptor& operator=(stop_descriptor const&) = delete;

    int get() const { return number_; }

private:
    struct waker {
        int number;
        void operator()() const noexcept {
            std::uint64_t const one = 1;
            static_cast<void>(::write(number, &one, sizeof one) == sizeof one);
        }
    };

    int number_;
    std::stop_callback<waker> wake_;
};

}  // namespace

bool wait_until_readable(int descriptor, std::stop_token const& stop) {
    stop_descriptor const stopped(stop);
    pollfd both[] = {{descriptor, POLLIN, 0}, {stopped.get(), POLLIN, 0}};
    while (!stop.stop_requested()) {
        if (::poll(both, 2, -1) < 0 && errno != EINTR) return true;  // reading will say why
        if (both[0].revents != 0) return !stop.stop_requested();
    }
    return false;
}

}  // namespace ferry::cli
