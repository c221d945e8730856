// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// A process that may open no more descriptors.

#include "ferry/transports/beast_transport.hpp"

#include "support/catch2.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

using namespace ferry_test;
using ferry::error_kind;

namespace {

/// Leaves the process so many descriptors to open, as long as this lives.
class few_descriptors {
public:
    explicit few_descriptors(int left) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        // The holes among those that are open, too.
        int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        int const highest = highest_open();
        while (next < highest) {
            fillers_.push_back(next);
            next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        }
        ::close(next);
        auto few = before_;
        few.rlim_cur = static_cast<::rlim_t>(next + left);
        ::setrlimit(RLIMIT_NOFILE, &few);
    }
    few_descriptors(few_descriptors const&) = delete;
    ~few_descriptors() {
        ::setrlimit(RLIMIT_NOFILE, &before_);
        for (int const one : fillers_) ::close(one);
    }

private:
    static int highest_open() {
        int highest = 0;
        for (int one = 0; one < 1024; ++one)
            if (::fcntl(one, F_GETFD) >= 0) highest = one;
        return highest;
    }

    ::rlimit before_{};
    std::vector<int> fillers_;
};

}  // namespace

TEST_CASE("without descriptors an exchange fails, and nothing is thrown") {
    raw_server server([](raw_server::peer& peer) {
        while (!peer.read_head().empty()) peer.answer("hello");
    });
    auto const transport = ferry::make_beast_transport({});
    // What Asio needs for itself, one after the other, and the socket.
    for (int left = 0; left < 4; ++left) {
        outcome got;
        {
            few_descriptors const few(left);
            got = run(*transport, get(server.port()));
        }
        INFO(left << " left: " << got.text());
        CHECK(got.kind() == error_kind::connection);
        CHECK(got.result.failure->code() == boost::system::errc::too_many_files_open);
        CHECK_FALSE(got.result.request_sent);
    }
    // Nothing of it stays.
    CHECK(run(*transport, get(server.port())).content == "hello");
}

TEST_CASE("without descriptors an asynchronous exchange fails on its executor") {
    raw_server server([](raw_server::peer& peer) {
        while (!peer.read_head().empty()) peer.answer("hello");
    });
    auto const transport = ferry::make_beast_transport({});
    for (int left = 0; left < 4; ++left) {
        outcome got;
        {
            few_descriptors const few(left);
            got = run_async(*transport, get(server.port()));
        }
        INFO(left << " left: " << got.text());
        CHECK(got.ends == 1);
        CHECK(got.kind() == error_kind::connection);
        CHECK(got.result.failure->code() == boost::system::errc::too_many_files_open);
    }
    CHECK(run_async(*transport, get(server.port())).content == "hello");
}

TEST_CASE("a context that has run out of descriptors serves again when there are some") {
    raw_server server([](raw_server::peer& peer) {
        while (!peer.read_head().empty()) peer.answer("hello");
    });
    auto const transport = ferry::make_beast_transport({});
    asio::io_context context;
    auto const request = get(server.port());
    auto const exchanged = [&] {
        outcome got;
        auto const handle =
            transport->start(context.get_executor(), request, limits(), got, [&](auto result) {
                got.result = std::move(result);
                ++got.ends;
            });
        context.restart();
        context.run();
        return got;
    };
    {
        few_descriptors const few(0);
        CHECK(exchanged().kind() == error_kind::connection);
    }
    CHECK(exchanged().content == "hello");
}
