// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Redirects: followed for safe methods only, never for ever, never from https to http, and without
// credentials where they lead to another origin.

#include "matrix.hpp"

using namespace ferry_test;
using namespace ferry_test::faults;

namespace {

bool is_safe(operation const& call) {
    return call.at_storage || call.shape->method == "GET";
}

/// Safe methods end like this, others with the status.
auto if_followed(int status, expectation then) {
    return [=](operation const& call) {
        return is_safe(call) ? then : expectation{error_kind::status, repeated::never, status};
    };
}

auto redirects(int status, std::string location) {
    auto const field = location.empty() ? "" : "Location: " + location + "\r\n";
    return [=](peer& client, good_answer const&) {
        client.send("HTTP/1.1 " + std::to_string(status) + " There\r\n" + field +
                    "Content-Length: 0\r\n\r\n");
        return true;
    };
}

/// Another origin, which gives the answers that were left with it.
class elsewhere {
public:
    /// Where the answer can be fetched.
    std::string leave(std::string answer) {
        std::lock_guard const lock(mutex_);
        answers_.push_back(std::move(answer));
        return (over_tls() ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(server_.port()) +
               "/" + std::to_string(answers_.size() - 1);
    }

    std::vector<std::string> heads() const {
        std::lock_guard const lock(mutex_);
        return heads_;
    }

private:
    void serve(peer& client) {
        auto const head = client.read_head();
        if (head.empty()) return;
        std::lock_guard const lock(mutex_);
        heads_.push_back(head);
        client.send(answers_.at(std::stoul(head.substr(head.find('/') + 1))));
    }

    std::shared_ptr<boost::asio::ssl::context> const tls_ =
        authority().issue("IP:127.0.0.1").server_context();
    mutable std::mutex mutex_;
    std::vector<std::string> heads_;
    std::vector<std::string> answers_;
    raw_server server_{[this](peer& client) { serve(client); }, over_tls() ? tls_.get() : nullptr};
};

}  // namespace

TEST_CASE("redirects that lead nowhere") {
    expectation const bad{error_kind::protocol, repeated::never};
    std::vector<fault> all = {
        {"no location", strikes::after_body, redirects(302, ""), answered(302, repeated::never)},
        {"no address", strikes::after_body, redirects(307, "http://[bad"), if_followed(307, bad)},
        {"another scheme", strikes::after_body, redirects(301, "ftp://127.0.0.1/x"), if_followed(301, bad)},
    };
    if (over_tls())
        all.push_back(
            {"to http", strikes::after_body, redirects(307, "http://127.0.0.1:1/x"), if_followed(307, bad)});
    check_matrix(all);
}

TEST_CASE("redirects to another origin take no credentials along") {
    elsewhere other;
    std::vector<fault> all;
    for (int const status : {301, 302, 303, 307, 308})
        all.push_back({std::to_string(status), strikes::after_body,
                       [&other, status](peer& client, good_answer const& good) {
                           auto const where = other.leave(good.text("Connection: close\r\n"));
                           return redirects(status, where)(client, good);
                       },
                       if_followed(status, expectation{})});
    check_matrix(all);

    auto const heads = other.heads();
    CHECK(heads.size() > 100);
    for (auto const& head : heads) {
        INFO(head);
        CHECK(head.starts_with("GET /"));
        CHECK(head.find("5ecret") == std::string::npos);
        CHECK(head.find("uthorization") == std::string::npos);
    }
}

TEST_CASE("redirects without end") {
    auto const& operations = all_operations();
    expectation const too_many{error_kind::protocol, repeated::never, 0, 11};
    fault const loop{"a loop", strikes::after_body, redirects(302, "/again"), if_followed(302, too_many)};
    all_at_once(operations.size() * 2, [&](std::size_t i) {
        cell const one{&loop, &operations[i / 2], i % 2 ? coroutine : blocking, true};
        if (one.call->at_storage) return std::string();  // the loop leads to the API there
        auto const got = observe(one);
        auto const wrong = complaints(one, got) + indiscretions(got);
        return wrong.empty() ? wrong : one.call->title() + wrong;
    });
}
