// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// A process that may open no more descriptors gets errors of its calls, and no exceptions.

#include "llamacloud.hpp"

#include "support/few_descriptors.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>

#include <optional>

using namespace ferry_test;
using namespace ferry_test::cloud;
using ferry::error_kind;

TEST_CASE("without descriptors a call fails, and the next succeeds") {
    if (!can_do_with_few_descriptors) return;
    llamacloud const service;
    std::optional<ferry::error> why;
    {
        few_descriptors const few(0);
        auto const listed = service.alice.files.list().max_retries(0).send();
        if (!listed) why = listed.error();
    }
    REQUIRE(why);
    CHECK(*why == error_kind::connection);
    CHECK(why->code() == boost::system::errc::too_many_files_open);
    CHECK_THAT(why->message(), contains("cannot begin an exchange with 127.0.0.1:"));
    CHECK(service.alice.files.list().send());
}

TEST_CASE("without descriptors an asynchronous call fails, although it could not even wait to try again") {
    if (!can_do_with_few_descriptors) return;
    llamacloud const service;
    boost::asio::io_context context;
    std::optional<ferry::error> why;
    auto const list = [&] {
        why.reset();
        service.alice.files.list().max_retries(3).async_send(boost::asio::bind_executor(
            context, [&](auto listed) { why = listed ? ferry::error() : listed.error(); }));
        context.restart();
        context.run();
    };
    {
        few_descriptors const few(0);
        list();
    }
    REQUIRE(why);
    CHECK(*why == error_kind::connection);
    CHECK_THAT(why->message(), contains("cannot wait for another attempt"));
    list();
    REQUIRE(why);
    CHECK(*why == error_kind::none);
}
