// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Connections that are refused, reset, closed, or on which nothing moves any more.

#include "matrix.hpp"
#include "support/silent_address.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

using namespace ferry_test;
using namespace ferry_test::faults;
using namespace std::chrono_literals;
using boost::asio::ip::tcp;

namespace {

bool reset(peer& client, good_answer const&) {
    client.reset();
    return false;
}
bool leave(peer&, good_answer const&) {
    return false;
}
bool stall(peer& client, good_answer const&) {
    client.stall();
    return false;
}

/// Sends the first bytes of the good answer, then this.
auto within_head(bool (*then)(peer&, good_answer const&)) {
    return [=](peer& client, good_answer const& good) {
        client.send(good.text().substr(0, 20));
        return then(client, good);
    };
}
/// Sends half of the good answer's content, then this.
auto within_content(bool (*then)(peer&, good_answer const&)) {
    return [=](peer& client, good_answer const& good) {
        auto const text = good.text();
        client.send(text.substr(0, text.size() - (good.content.size() + 1) / 2));
        return then(client, good);
    };
}

auto const lost = everywhere(error_kind::connection, repeated::if_idempotent);
auto const cut_short = everywhere(error_kind::protocol, repeated::if_idempotent);
auto const too_late = everywhere(error_kind::timeout, repeated::if_idempotent);

fault stalls(std::string name, strikes when, decltype(fault::play) play) {
    fault made{std::move(name), when, std::move(play), too_late};
    made.idle_timeout = 300ms;
    return made;
}
fault drips(std::string name, decltype(fault::play) play) {
    fault made{std::move(name), strikes::after_body, std::move(play),
               everywhere(error_kind::timeout, repeated::never)};
    made.timeout = 600ms;
    return made;
}
fault on_kept(fault what) {
    what.name += ", a kept connection";
    what.kept = true;
    return what;
}

auto const cannot_connect = everywhere(error_kind::connection, repeated::always);

/// Where there is no peer to count anything.
void check_unreachable(fault const& what, std::uint16_t port) {
    auto const& operations = all_operations();
    auto const url = (over_tls() ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port);
    all_at_once(operations.size() * 2, [&](std::size_t i) {
        cell const one{&what, &operations[i / 2], i % 2 ? coroutine : blocking, true};
        if (one.call->at_storage) return std::string();
        auto got = observe(one, [&](ferry::client_options& options, unsigned) { options.base_url = url; });
        auto wrong = indiscretions(got);
        if (got.met != 0) wrong += "\n    another peer was asked";
        got.met = one.call->rewinds ? 2 : 1;
        wrong += complaints(one, got);
        return wrong.empty() ? wrong : one.call->title() + wrong;
    });
}

}  // namespace

TEST_CASE("connections that break") {
    std::vector<fault> const all = {
        {"reset before the body", strikes::before_body, reset, lost},
        {"reset during the body", strikes::in_body, reset, lost},
        {"reset after the body", strikes::after_body, reset, lost},
        {"reset within the answer's head", strikes::after_body, within_head(reset), lost},
        {"reset within the answer's content", strikes::after_body, within_content(reset), lost},
        {"closed after the body", strikes::after_body, leave, lost},
        {"closed within the answer's head", strikes::after_body, within_head(leave), cut_short},
        {"truncated length", strikes::after_body, within_content(leave), cut_short},
    };
    check_matrix(all);
}

TEST_CASE("kept connections that break") {
    std::vector<fault> const all = {
        on_kept({"reset before the body", strikes::before_body, reset, lost}),
        on_kept({"closed after the body", strikes::after_body, leave, lost}),
        on_kept({"truncated length", strikes::after_body, within_content(leave), cut_short}),
    };
    check_matrix(all);
}

TEST_CASE("peers that stall") {
    std::vector<fault> const all = {
        stalls("stall before the body", strikes::before_body, stall),
        stalls("stall during the body", strikes::in_body, stall),
        stalls("stall after the body", strikes::after_body, stall),
        stalls("stall within the answer's head", strikes::after_body, within_head(stall)),
        stalls("stall within the answer's content", strikes::after_body, within_content(stall)),
    };
    check_matrix(all);
}

TEST_CASE("peers that send a byte now and then") {
    auto const drip = [](std::string const& first, std::string const& rest) {
        return [=](peer& client, good_answer const& good) {
            client.send(first + "Content-Type: " + good.type + "\r\n");
            client.drip(rest + std::string(2000, ' '), 20ms);
            return false;
        };
    };
    std::vector<fault> const all = {
        drips("a slow head", drip("HTTP/1.1 200 OK\r\n", "X: ")),
        drips("slow content", drip("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n", "\r\n")),
        drips("slow content of a refusal",
              drip("HTTP/1.1 404 Not Found\r\nContent-Length: 2000\r\n", "\r\n")),
    };
    check_matrix(all);
}

TEST_CASE("connections that cannot be made") {
    // Bound but not listening: nobody else can listen there meanwhile.
    boost::asio::io_context context;
    tcp::socket const nobody(context, {boost::asio::ip::address_v4::loopback(), 0});
    check_unreachable({"refused", strikes::after_body, leave, cannot_connect},
                      nobody.local_endpoint().port());

    silent_address const silent;
    fault drops{"silence", strikes::after_body, leave, everywhere(error_kind::timeout, repeated::always)};
    drops.connect_timeout = 300ms;
    check_unreachable(drops, silent.port());
}
