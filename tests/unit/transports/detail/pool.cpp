// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/transports/detail/pool.hpp"

#include "support/catch2.hpp"

#include <boost/asio/strand.hpp>

#include <optional>

using namespace ferry::detail;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

std::shared_ptr<connection_pool> a_pool() {
    return std::make_shared<connection_pool>(pool_limits{});
}

ferry::origin const files{"https", "files.test", 443};

}  // namespace

TEST_CASE("each origin has a queue of its own") {
    auto const pool = a_pool();
    auto const queue = pool->at(files);
    CHECK(pool->at(files) == queue);
    for (auto const& other :
         {ferry::origin{"http", "files.test", 443}, ferry::origin{"https", "api.test", 443},
          ferry::origin{"https", "files.test", 444}})
        CHECK(pool->at(other) != queue);
}

TEST_CASE("all executors of a context have one link, which closes with it") {
    auto const pool = a_pool();
    std::optional<asio::io_context> context(std::in_place);
    asio::io_context other;
    auto const link = pool->link_on(context->get_executor());
    CHECK(pool->link_on(asio::make_strand(*context)) == link);
    CHECK(pool->link_on(other.get_executor()) != link);
    CHECK(pool->sync_link() != link);
    CHECK_FALSE(link->closed());
    context.reset();
    CHECK(link->closed());
    CHECK_FALSE(pool->sync_link()->closed());
}

TEST_CASE("a context that comes where another one was has a link of its own") {
    auto const pool = a_pool();
    std::optional<asio::io_context> context(std::in_place);
    auto const before = pool->link_on(context->get_executor());
    context.emplace();
    auto const after = pool->link_on(context->get_executor());
    CHECK(after != before);
    CHECK_FALSE(after->closed());
}

TEST_CASE("a context may outlive its pool") {
    auto pool = a_pool();
    std::optional<asio::io_context> context(std::in_place);
    auto const link = pool->link_on(context->get_executor());
    std::weak_ptr<connection_pool> const gone = pool;
    pool.reset();
    CHECK(gone.expired());
    context.reset();
    CHECK(link->closed());
}
