// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/transports/detail/resolver.hpp"

#include "support/catch2.hpp"
#include "support/slow_names.hpp"

#include <boost/asio/io_context.hpp>

using namespace ferry_test;
using namespace ferry::detail;
namespace asio = boost::asio;

namespace {

std::string text_of(std::vector<asio::ip::address> const& addresses) {
    std::string order;
    for (auto const& one : addresses) order += one.to_string() + ' ';
    return order;
}

std::string mixed(std::vector<std::string> const& texts) {
    std::vector<asio::ip::address> addresses;
    for (auto const& text : texts) addresses.push_back(asio::ip::make_address(text));
    return text_of(interleaved(std::move(addresses)));
}

/// A context on which names are waited for.
struct scene {
    asio::io_context context;
    std::shared_ptr<context_link> link = std::make_shared<context_link>();
    name_resolver names;
    int calls = 0;
    name_lookup last;

    std::shared_ptr<name_waiter> waiter() {
        return std::make_shared<name_waiter>(context.get_executor(), link, [this](name_lookup found) {
            ++calls;
            last = std::move(found);
        });
    }
};

}  // namespace

TEST_CASE("address families take turns, the system's favourite first") {
    CHECK(mixed({}) == "");
    CHECK(mixed({"::1", "::2", "::3", "1.1.1.1", "2.2.2.2"}) == "::1 1.1.1.1 ::2 2.2.2.2 ::3 ");
    CHECK(mixed({"1.1.1.1", "::1", "::2"}) == "1.1.1.1 ::1 ::2 ");
    CHECK(mixed({"1.1.1.1", "2.2.2.2"}) == "1.1.1.1 2.2.2.2 ");
}

TEST_CASE("addresses and this machine's names need no lookup") {
    name_resolver names;
    CHECK(text_of(names.find("127.0.0.1").value().addresses) == "127.0.0.1 ");
    CHECK(text_of(names.find("::1").value().addresses) == "::1 ");
    for (auto const* name : {"localhost", "localhost.", "files.localhost"})
        CHECK(text_of(names.find(name).value().addresses) == "127.0.0.1 ::1 ");
    for (auto const* name : {"localhost.test", "notlocalhost", "1.2.3"}) CHECK_FALSE(names.find(name));
}

TEST_CASE("a name is looked up once for all who wait, and kept") {
    scene here;
    auto const name = name_of({"127.0.0.1", "127.0.0.1", "::1"});
    CHECK_FALSE(here.names.find(name));
    auto const first = here.waiter();
    auto const second = here.waiter();
    here.names.start(name, first);
    here.names.start(name, second);
    here.context.run();
    CHECK(here.calls == 2);
    CHECK(text_of(here.last.addresses) == "127.0.0.1 ::1 ");  // each once
    CHECK(text_of(here.names.find(name).value().addresses) == "127.0.0.1 ::1 ");
}

TEST_CASE("a name that means nothing is an error, and is not kept") {
    scene here;
    here.names.start(name_of({}), here.waiter());
    here.context.run();
    CHECK(here.calls == 1);
    CHECK(here.last.code == asio::error::host_not_found);
    CHECK_FALSE(here.names.find(name_of({})));
}

TEST_CASE("who has lost interest hears nothing, and gives the context no work") {
    scene here;
    auto const slow = here.waiter();
    here.names.start(slow_name, slow);
    slow->forget();
    here.context.run();  // else it takes an hour
    slow->deliver({});
    here.context.restart();
    here.context.run();
    CHECK(here.calls == 0);
}

TEST_CASE("a context that is going hears nothing") {
    scene here;
    auto const waiter = here.waiter();
    here.link->close();
    waiter->deliver({});
    here.context.run();
    CHECK(here.calls == 0);
}
