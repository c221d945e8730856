// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Bodies that come when they come: from pipes, devices and callbacks.

#include "ferry/transports/beast_transport.hpp"

#include "../support/temporary_directory.hpp"
#include "support/catch2.hpp"
#include "support/certificates.hpp"
#include "support/eventually.hpp"
#include "support/exchange.hpp"
#include "support/raw_server.hpp"

#include <boost/asio/post.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <condition_variable>
#include <future>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

using namespace ferry_test;
using namespace std::chrono_literals;
using ferry::error_kind;

namespace {

/// Counts up, and lets others wait for a number.
class steps {
public:
    void add(int count = 1) {
        {
            std::lock_guard const lock(mutex_);
            reached_ += count;
        }
        changed_.notify_all();
    }
    /// `false`: something hangs.
    bool wait(int number) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 1min, [&] { return reached_ >= number; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int reached_ = 0;
};

/// Gives a piece only when the peer has all that came before.
class waiting_source final : public ferry::byte_source {
public:
    waiting_source(steps& seen, int pieces, std::optional<std::uint64_t> size)
        : seen_(seen), pieces_(pieces), size_(size) {}

    ferry::result<std::optional<std::uint64_t>> open() override { return size_; }
    ferry::result<std::size_t> read(char* to, std::size_t) override {
        if (!seen_.wait(given_ + 1)) return ferry::error(error_kind::file, "the peer has not got it");
        if (given_ == pieces_) return std::size_t{0};
        *to = static_cast<char>('a' + given_++);
        return std::size_t{1};
    }
    bool repeatable() const noexcept override { return false; }

private:
    steps& seen_;
    int pieces_;
    std::optional<std::uint64_t> size_;
    int given_ = 0;
};

/// A pipe, and a source of its reading end.
class pipe_source {
public:
    pipe_source() {
        REQUIRE(::pipe2(ends_, O_CLOEXEC) == 0);
        source_.emplace(ferry::from_descriptor(ends_[0], "pipe"));
    }
    pipe_source(pipe_source const&) = delete;
    ~pipe_source() {
        ::close(ends_[0]);
        end();
    }

    void write(std::string_view bytes) const {
        CHECK(::write(ends_[1], bytes.data(), bytes.size()) == static_cast<::ssize_t>(bytes.size()));
    }
    void end() {
        if (ends_[1] >= 0) ::close(ends_[1]);
        ends_[1] = -1;
    }
    ferry::byte_source& source() const { return source_->source(); }
    std::string name() const { return "the pipe descriptor " + std::to_string(ends_[0]); }

private:
    int ends_[2] = {-1, -1};
    std::optional<ferry::upload_source> source_;
};

outcome exchange(ferry::transport& transport, ferry::http_request const& request,
                 ferry::exchange_limits const& bounds, bool async) {
    return async ? run_async(transport, request, bounds) : run(transport, request, bounds);
}

}  // namespace

TEST_CASE("what a source has is sent before it is asked for more, the head first") {
    bool const async = GENERATE(false, true);
    bool const chunked = GENERATE(false, true);
    bool const secure = GENERATE(false, true);
    auto const authority = certificate::authority("test");
    auto const context = authority.issue("IP:127.0.0.1").server_context();
    steps seen;
    std::string body;
    raw_server server(
        [&](raw_server::peer& peer) {
            peer.read_head();
            seen.add();
            for (int i = 0; i < 3; ++i) {
                body += chunked ? peer.read(6) : peer.read(1);
                seen.add();
            }
            if (chunked) body += peer.read(5);
            peer.answer("thanks");
        },
        secure ? context.get() : nullptr);
    ferry::client_options options;
    options.tls.ca_pem = authority.pem();
    ferry::beast_transport transport(options);
    auto const size = chunked ? std::nullopt : std::optional<std::uint64_t>(3);
    waiting_source source(seen, 3, size);
    auto const got =
        exchange(transport, upload(server.port(), source, size, secure ? "https" : "http"), limits(), async);
    CHECK(got.text() == "ok");
    CHECK(got.content == "thanks");
    CHECK(body == (chunked ? "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n" : "abc"));
}

TEST_CASE("the time that a source takes is not the peer's silence") {
    bool const async = GENERATE(false, true);
    /// Takes three times as long as the peer may be silent.
    struct slow : pattern_source {
        slow(std::uint64_t size, std::chrono::milliseconds longest)
            : pattern_source(size, 1), pause(3 * longest) {}
        std::chrono::milliseconds pause;
        ferry::result<std::size_t> read(char* to, std::size_t size) override {
            std::this_thread::sleep_for(pause);
            return pattern_source::read(to, size);
        }
    };
    auto const transport = ferry::make_beast_transport({});
    CHECK(at_some_pace([&](std::chrono::milliseconds pace) {
        raw_server server([](raw_server::peer& peer) {
            peer.read_head();
            peer.read(3);
            peer.answer("thanks");
        });
        auto bounds = limits(10min);
        bounds.idle_timeout = pace;
        slow source(3, pace);
        return exchange(*transport, upload(server.port(), source, 3), bounds, async).content == "thanks";
    }));
}

TEST_CASE("a pipe is sent as it comes, and however long it takes") {
    bool const async = GENERATE(false, true);
    auto const transport = ferry::make_beast_transport({});
    CHECK(at_some_pace([&](std::chrono::milliseconds pace) {
        pipe_source pipe;
        std::string body;
        raw_server server([&](raw_server::peer& peer) {
            peer.read_head();
            for (auto const* piece : {"one", "two"}) {
                std::this_thread::sleep_for(2 * pace);
                pipe.write(piece);
                body += peer.read(8);
            }
            pipe.end();
            body += peer.read(5);
            peer.answer("thanks");
        });
        auto bounds = limits(10min);
        bounds.idle_timeout = pace;
        auto const got =
            exchange(*transport, upload(server.port(), pipe.source(), std::nullopt), bounds, async);
        return got.content == "thanks" && body == "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n";
    }));
}

TEST_CASE("a silent pipe obeys the deadline, and is named") {
    bool const async = GENERATE(false, true);
    raw_server server([](raw_server::peer& peer) { peer.drain(); });
    auto const transport = ferry::make_beast_transport({});
    temporary_directory const here;
    auto const path = here / "pipe";
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    pipe_source pipe;
    bool const named = GENERATE(false, true);
    auto const file = ferry::from_path(path);
    outcome got;
    at_some_pace([&](std::chrono::milliseconds span) {
        got = exchange(*transport, upload(server.port(), named ? file.source() : pipe.source(), std::nullopt),
                       limits(span), async);
        return got.text().find("while waiting for bytes") != std::string::npos;
    });
    CHECK(got.kind() == error_kind::timeout);
    CHECK(got.text() == "total timeout: the call's deadline passed while waiting for bytes to send, from " +
                            (named ? "the pipe '" + path + "'" : pipe.name()));
}

TEST_CASE("a silent pipe obeys the stop token") {
    bool const async = GENERATE(false, true);
    std::stop_source stop;
    std::shared_ptr<ferry::exchange_handle> handle;
    std::promise<void> started;
    raw_server server([&](raw_server::peer& peer) {
        peer.read_head();
        started.get_future().wait();
        handle ? handle->cancel() : void(stop.request_stop());
        peer.drain();
    });
    auto const transport = ferry::make_beast_transport({});
    pipe_source pipe;
    auto const request = upload(server.port(), pipe.source(), std::nullopt);
    auto bounds = limits();
    bounds.stop_token = stop.get_token();
    if (!async) started.set_value();
    auto const got = async ? run_async(*transport, request, bounds,
                                       [&](auto&, auto what) {
                                           handle = std::move(what);
                                           started.set_value();
                                       })
                           : run(*transport, request, bounds);
    CHECK(got.kind() == error_kind::cancelled);
    CHECK_THAT(got.text(), contains("cancelled while"));
    // What comes afterwards is the caller's.
    pipe.write("x");
    char byte = 0;
    CHECK(pipe.source().read(&byte, 1).value() == 1);
}

TEST_CASE("a pipe that nobody writes to yet keeps an executor free for others") {
    temporary_directory const here;
    auto const path = here / "pipe";
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    std::string body;
    std::promise<void> head_came;
    raw_server server([&](raw_server::peer& peer) {
        if (peer.read_head().starts_with("GET")) return peer.answer("other");
        head_came.set_value();
        body = peer.read_chunked();
        peer.answer("thanks");
    });
    auto const transport = ferry::make_beast_transport({});
    auto const file = ferry::from_path(path);
    auto const request = upload(server.port(), file.source(), std::nullopt);
    auto const meanwhile = get(server.port());
    asio::io_context context;
    outcome other;
    outcome got;
    auto const ended = [](outcome& to) {
        return [&to](ferry::exchange_result result) {
            to.result = std::move(result);
            ++to.ends;
        };
    };
    auto const first = transport->start(context.get_executor(), request, limits(), got, ended(got));
    std::thread writer([&] {
        head_came.get_future().wait();
        asio::post(context, [&] {
            auto const handle =
                transport->start(context.get_executor(), meanwhile, limits(), other, ended(other));
        });
    });
    REQUIRE(run_until(context, [&] { return other.ends == 1; }));
    writer.join();
    CHECK(other.content == "other");
    CHECK(got.ends == 0);
    int const end = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    REQUIRE(::write(end, "piped", 5) == 5);
    ::close(end);
    context.restart();
    context.run();
    CHECK(got.content == "thanks");
    CHECK(body == "piped");
}

TEST_CASE("an answer that wants no more of a pipe is the answer") {
    bool const async = GENERATE(false, true);
    raw_server server([](raw_server::peer& peer) {
        peer.read_head();
        peer.send("HTTP/1.1 413 Too Much\r\nContent-Length: 2\r\n\r\nno");
        peer.drain();
    });
    auto const transport = ferry::make_beast_transport({});
    pipe_source pipe;
    auto const got =
        exchange(*transport, upload(server.port(), pipe.source(), std::nullopt), limits(), async);
    CHECK(got.text() == "ok");
    CHECK(got.status == 413);
}

TEST_CASE("a peer that goes away while a pipe is silent is noticed") {
    bool const async = GENERATE(false, true);
    raw_server server([](raw_server::peer& peer) { peer.read_head(); });
    auto const transport = ferry::make_beast_transport({});
    pipe_source pipe;
    auto const got =
        exchange(*transport, upload(server.port(), pipe.source(), std::nullopt), limits(), async);
    CHECK(got.kind() == error_kind::connection);
    CHECK_THAT(got.text(), contains("closed the connection without an answer"));
}

TEST_CASE("a pipe on a kept connection that went away is begun on another, where nothing was taken from it") {
    raw_server server([](raw_server::peer& peer) {
        peer.read_head();
        if (peer.number() == 0) {
            peer.answer("first");
            peer.read_head();
            return peer.reset();
        }
        peer.answer(peer.read_chunked());
    });
    auto const transport = ferry::make_beast_transport({});
    REQUIRE(run(*transport, get(server.port())).text() == "ok");
    pipe_source pipe;
    auto request = upload(server.port(), pipe.source(), std::nullopt);
    request.idempotent = true;
    std::thread writer([&] {
        CHECK(eventually([&] { return server.connections() == 2; }));
        pipe.write("piped");
        pipe.end();
    });
    auto const got = run(*transport, request);
    writer.join();
    CHECK(got.content == "piped");
}
