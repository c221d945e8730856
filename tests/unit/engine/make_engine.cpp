// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/make_engine.hpp"

#include "ferry/async.hpp"

#include "../support/fake_api.hpp"
#include "../support/result.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>

namespace net = boost::asio;

namespace {

/// Answers as a service without a network does, and knows which way it was asked.
class counting final : public ferry::transport {
public:
    ferry::exchange_result run(ferry::http_request const& request, ferry::exchange_limits const& limits,
                               ferry::response_handler& handler) override {
        ++runs;
        return service_.run(request, limits, handler);
    }
    std::shared_ptr<ferry::exchange_handle> start(net::any_io_executor executor,
                                                  ferry::http_request const& request,
                                                  ferry::exchange_limits const& limits,
                                                  ferry::response_handler& handler,
                                                  std::function<void(ferry::exchange_result)> done) override {
        ++starts;
        where = executor;
        return service_.start(std::move(executor), request, limits, handler, std::move(done));
    }

    int runs = 0;
    int starts = 0;
    net::any_io_executor where;

private:
    ferry::testing::memory_transport service_{[](auto const& request) {
        return request.target == "/things/busy" ? fake_api::at_once(503) : fake_api::a_thing();
    }};
};

struct scene {
    std::shared_ptr<counting> transport = std::make_shared<counting>();
    net::io_context context;

    fake_api::client client(ferry::client_options options = fake_api::options()) {
        return fake_api::client(ferry::make_engine(fake_api::description(), std::move(options), transport));
    }
};

}  // namespace

TEST_CASE("a call that blocks runs the transport's exchanges, one for each attempt") {
    scene here;
    auto const things = here.client();
    CHECK(things.get("x").send());
    CHECK(here.transport->runs == 1);
    CHECK_FALSE(things.get("busy").max_retries(2).send());
    CHECK(here.transport->runs == 4);
    CHECK(here.transport->starts == 0);
}

TEST_CASE("an asynchronous call starts them, where its handler is or where the client says") {
    scene here;
    net::io_context other;
    int ended = 0;
    auto const count = [&](ferry::result<fake_api::thing> got) { ended += got.has_value(); };
    here.client().get("x").async_send(net::bind_executor(here.context, count));
    here.context.run();
    CHECK(ended == 1);
    CHECK(here.transport->starts == 1);
    CHECK(here.transport->where == net::any_io_executor(here.context.get_executor()));

    auto options = fake_api::options();
    ferry::use_executor(options, other.get_executor());
    here.client(options).get("x").async_send(net::bind_executor(here.context, count));
    other.run();
    here.context.restart();
    here.context.run();
    CHECK(ended == 2);
    CHECK(here.transport->where == net::any_io_executor(other.get_executor()));
    CHECK(here.transport->runs == 0);
}

TEST_CASE("what is refused or only looked at does not get to the transport") {
    scene here;
    auto const things = here.client();
    CHECK(things.get("x").request());
    CHECK_FALSE(things.get("").send());
    auto options = fake_api::options();
    options.base_url = "ftp://api.test";
    CHECK_FALSE(here.client(options).get("x").send());
    CHECK(here.transport->runs + here.transport->starts == 0);
}
