// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/transports/detail/context_link.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// What a name means: addresses in the system's order of preference, or why there are none.
struct name_lookup {
    std::vector<boost::asio::ip::address> addresses;
    boost::system::error_code code;
};

/// The addresses with the families in turn, beginning with the system's favourite, so that one family that
/// does not work costs one attempt and not all (RFC 8305, section 4).
inline std::vector<boost::asio::ip::address> interleaved(std::vector<boost::asio::ip::address> addresses) {
    std::vector<boost::asio::ip::address> mixed;
    mixed.reserve(addresses.size());
    bool six = !addresses.empty() && addresses.front().is_v6();
    while (!addresses.empty()) {
        auto found = std::find_if(addresses.begin(), addresses.end(),
                                  [&](auto const& one) { return one.is_v6() == six; });
        if (found == addresses.end()) found = addresses.begin();
        mixed.push_back(*found);
        addresses.erase(found);
        six = !six;
    }
    return mixed;
}

/// Somebody who waits for a name_lookup on an executor and may lose interest at any time.
///
/// While it is interested the execution context is alive and has work; afterwards the context is not touched,
/// so a lookup that hangs may outlive it.
class name_waiter : public std::enable_shared_from_this<name_waiter> {
public:
    using callback = std::function<void(name_lookup)>;

    name_waiter(boost::asio::any_io_executor const& executor, std::shared_ptr<context_link> at, callback call)
        : link_(std::move(at)),
          executor_(boost::asio::prefer(executor, boost::asio::execution::outstanding_work.tracked)),
          call_(std::move(call)) {}

    /// Called on the executor, or where no handler can run any more.
    void forget() {
        std::lock_guard lock(mutex_);
        call_ = nullptr;
        executor_ = {};
    }

    /// Called on the helper thread.
    void deliver(name_lookup const& found) {
        std::lock_guard lock(mutex_);
        if (!call_) return;
        link_->while_open([&] {
            boost::asio::post(executor_, [self = shared_from_this(), copy = found]() mutable {
                self->call(std::move(copy));
            });
        });
        executor_ = {};
    }

private:
    void call(name_lookup found) {
        callback todo;
        {
            std::lock_guard lock(mutex_);
            todo.swap(call_);
        }
        if (todo) todo(std::move(found));
    }

    std::shared_ptr<context_link> const link_;
    std::mutex mutex_;
    boost::asio::any_io_executor executor_;
    callback call_;
};

/// Looks names up without ever blocking its caller: getaddrinfo can neither be cancelled nor be given a
/// deadline, so it runs on a detached thread that nobody joins. Calls for the same name share one lookup;
/// answers are kept for a short time.
class name_resolver {
public:
    /// The answer where it is known already: an address, or a name that was looked up just now.
    std::optional<name_lookup> find(std::string const& host) {
        boost::system::error_code ec;
        auto const literal = boost::asio::ip::make_address(host, ec);
        if (!ec) return name_lookup{{literal}, {}};
        // Always this machine (RFC 6761, section 6.3), also where no hosts file says so.
        auto const name = std::string_view(host).substr(0, host.size() - (host.ends_with('.') ? 1 : 0));
        if (name == "localhost" || name.ends_with(".localhost")) {
            namespace ip = boost::asio::ip;
            return name_lookup{{ip::address_v4::loopback(), ip::address_v6::loopback()}, {}};
        }
        std::lock_guard lock(shared_->mutex);
        auto const known = shared_->cache.find(host);
        if (known == shared_->cache.end()) return std::nullopt;
        if (known->second.expires > std::chrono::steady_clock::now()) return known->second.found;
        shared_->cache.erase(known);
        return std::nullopt;
    }

    /// Throws std::system_error where no thread can be started.
    void start(std::string const& host, std::shared_ptr<name_waiter> waiter) {
        std::lock_guard lock(shared_->mutex);
        auto& waiting = shared_->running[host];
        waiting.push_back(std::move(waiter));
        if (waiting.size() > 1) return;
        try {
            std::thread([shared = shared_, host] { shared->finish(host, look_up(host)); }).detach();
        } catch (...) {
            shared_->running.erase(host);
            throw;
        }
    }

private:
    static constexpr auto cache_time = std::chrono::seconds(10);

    struct cached {
        name_lookup found;
        std::chrono::steady_clock::time_point expires;
    };

    struct state {
        std::mutex mutex;
        std::unordered_map<std::string, cached> cache;
        std::unordered_map<std::string, std::vector<std::shared_ptr<name_waiter>>> running;

        void finish(std::string const& host, name_lookup const& found) {
            std::vector<std::shared_ptr<name_waiter>> waiting;
            {
                std::lock_guard lock(mutex);
                auto const entry = running.find(host);
                waiting.swap(entry->second);
                running.erase(entry);
                if (!found.code) cache[host] = {found, std::chrono::steady_clock::now() + cache_time};
            }
            for (auto const& waiter : waiting) waiter->deliver(found);
        }
    };

    static name_lookup look_up(std::string const& host) {
        name_lookup found;
        ::addrinfo hints{};
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        ::addrinfo* list = nullptr;
        auto const failed = ::getaddrinfo(host.c_str(), nullptr, &hints, &list);
        if (failed) {
            found.code = to_error_code(failed);
            return found;
        }
        for (auto const* item = list; item; item = item->ai_next) {
            boost::asio::ip::tcp::endpoint endpoint;
            if (item->ai_addrlen > endpoint.capacity()) continue;
            endpoint.resize(item->ai_addrlen);
            std::memcpy(endpoint.data(), item->ai_addr, item->ai_addrlen);
            auto const address = endpoint.address();
            if (std::find(found.addresses.begin(), found.addresses.end(), address) == found.addresses.end())
                found.addresses.push_back(address);
        }
        ::freeaddrinfo(list);
        if (found.addresses.empty()) found.code = boost::asio::error::host_not_found;
        return found;
    }

    static boost::system::error_code to_error_code(int failed) {
        namespace reasons = boost::asio::error;
        switch (failed) {
            case EAI_AGAIN:
                return reasons::host_not_found_try_again;
            case EAI_MEMORY:
                return reasons::no_memory;
            case EAI_FAIL:
                return reasons::no_recovery;
            case EAI_SERVICE:
                return reasons::service_not_found;
            default:
                return reasons::host_not_found;
        }
    }

    std::shared_ptr<state> shared_ = std::make_shared<state>();
};

}  // namespace ferry::detail
