// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Shapes that a coroutine of a user has, and that g++ 12 turns into double frees where a temporary in a
// co_await expression is an aggregate. They mean something under AddressSanitizer only, but must compile
// everywhere. (No co_await within CHECK: the macro names its expression twice.)

#include "ferry/async.hpp"

#include "support/fake_api.hpp"
#include "support/result.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <type_traits>

namespace net = boost::asio;
using ferry::testing::canned_response;

namespace {

template <class Coroutine>
void run(Coroutine&& body) {
    net::io_context io;
    std::exception_ptr thrown;
    net::co_spawn(io, std::forward<Coroutine>(body), [&](std::exception_ptr e) { thrown = e; });
    io.run();
    if (thrown) std::rethrow_exception(thrown);
}

/// Long enough to live on the heap, where a double free shows.
std::string text(char c) {
    return std::string(64, c);
}

class own_source final : public ferry::byte_source {
public:
    ferry::result<std::optional<std::uint64_t>> open() override {
        left_ = text('b');
        return std::optional<std::uint64_t>(left_.size());
    }
    ferry::result<std::size_t> read(char* to, std::size_t size) override {
        auto const count = left_.copy(to, size);
        left_.erase(0, count);
        return count;
    }
    bool repeatable() const noexcept override { return true; }

private:
    std::string left_;
};

ferry::request_options options_with(std::string value) {
    ferry::request_options options;
    options.headers.add("X-Long", std::move(value));
    return options;
}

net::awaitable<std::size_t> length_of(ferry::request_options options) {
    co_return options.headers.begin()->second.size();
}
net::awaitable<std::size_t> length_of(ferry::upload_source file) {
    co_return file.file_name().size();
}
net::awaitable<bool> sends(fake_api::get call) {
    co_return (co_await call.async_send(net::use_awaitable)).has_value();
}

fake_api::service answering() {
    return fake_api::service([](auto const& r) {
        if (r.method == "GET" && r.target.rfind("/things?", 0) == 0)
            return canned_response(200, R"({"items":[{"id":"1","name":"n"}]})");
        return fake_api::a_thing(text('i'));
    });
}

}  // namespace

TEST_CASE("what a user passes within co_await is no aggregate") {
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<fake_api::get>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<fake_api::upload>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::unlisted_call>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::request_options>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::client_options>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::tls_options>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::upload_source>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::header_fields>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::error>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::nullable<std::string>>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::response<fake_api::thing>>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::response<void>>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::saved_file>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::item_range<fake_api::list>>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<ferry::testing::canned_response>);
}

TEST_CASE("builders may be temporaries of a co_await") {
    auto const s = answering();
    run([&]() -> net::awaitable<void> {
        auto const plain = co_await s.things.get(text('a')).async_send(net::use_awaitable);
        CHECK(plain->id == text('i'));
        auto const chained = co_await s.things.get(text('a'))
                                 .trace(text('t'))
                                 .extra_header("X-Long", text('h'))
                                 .extra_query("long", text('q'))
                                 .async_send(net::use_awaitable);
        CHECK(chained->id == text('i'));
        auto const body = co_await s.things.create(text('n')).note(text('o')).extra_body("x", "1").async_send(
            net::use_awaitable);
        CHECK(body);
        auto const made = co_await fake_api::get(s.things.get(text('a'))).async_send(net::use_awaitable);
        CHECK(made);
        auto const id = (co_await s.things.get(text('a')).async_send(net::use_awaitable)).value().id;
        CHECK(id == text('i'));
        bool const sent = co_await sends(s.things.get(text('a')).trace(text('t')));
        CHECK(sent);
        auto const called =
            co_await s.things.call("POST", "/" + text('p')).content(text('c')).async_send(net::use_awaitable);
        CHECK(called);
    });
}

TEST_CASE("options and uploads may be temporaries of a co_await") {
    auto const s = answering();
    run([&]() -> net::awaitable<void> {
        auto const got =
            co_await s.things.get("x").options(options_with(text('o'))).async_send(net::use_awaitable);
        CHECK(got);
        auto length = co_await length_of(options_with(text('o')));
        CHECK(length == 64);
        length = co_await length_of(ferry::from_string(text('b'), text('f')));
        CHECK(length == 64);
        length = co_await length_of(ferry::from_path(text('p')).content_type(text('t')));
        CHECK(length == 64);
        auto const uploaded =
            co_await s.things.upload(ferry::from_string(text('b'), text('f')).content_type("text/plain"))
                .purpose(text('p'))
                .async_send(net::use_awaitable);
        CHECK(uploaded);
        auto const twice = co_await s.things.upload({std::make_shared<own_source>(), text('f')})
                               .async_send(net::use_awaitable);
        CHECK(twice);
    });
    for (auto const& request : s.requests())
        if (request.method == "POST") CHECK_THAT(request.content, ferry_test::contains(text('b')));
}

TEST_CASE("lambdas with captures are named before the co_await") {
    auto const s = answering();
    run([&]() -> net::awaitable<void> {
        auto left = std::make_shared<std::string>(text('s'));
        auto read = [left](char* to, std::size_t size) {
            auto const count = left->copy(to, size);
            left->erase(0, count);
            return count;
        };
        auto source = ferry::from_callback(std::move(read), text('f'));
        left.reset();
        auto const got = co_await s.things.upload(std::move(source)).async_send(net::use_awaitable);
        CHECK(got);
    });
    CHECK_THAT(s.requests().at(0).content, ferry_test::contains(text('s')));
}

TEST_CASE("calls may be started in one expression and awaited in another") {
    auto const s = answering();
    run([&]() -> net::awaitable<void> {
        auto awaitable = s.things.get(text('a')).trace(text('t')).async_send(net::use_awaitable);
        auto const first = co_await std::move(awaitable);
        CHECK(first);
        auto deferred = s.things.get(text('a')).trace(text('t')).async_send(net::deferred);
        auto const second = co_await std::move(deferred)(net::use_awaitable);
        CHECK(second);
        auto items = s.things.list().extra_query("q", text('q')).items();
        while (auto const item = co_await items.async_next(net::use_awaitable)) CHECK(item->has_value());
    });
}

TEST_CASE("coroutines may throw out of value()") {
    fake_api::service const s(std::vector<canned_response>{{404, R"({"detail":")" + text('d') + "\"}"}});
    CHECK_THROWS_AS(run([&]() -> net::awaitable<void> {
                        auto const got = (co_await s.things.get("x").async_send(net::use_awaitable)).value();
                        CHECK(got.id.empty());
                    }),
                    ferry::not_found_error);
}
