// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Refusals: which are repeated, at which method, and how an upload that is refused early ends.

#include "matrix.hpp"

using namespace ferry_test;
using namespace ferry_test::faults;

namespace {

std::string refusal(int status, std::string const& more_headers = {}) {
    return "HTTP/1.1 " + std::to_string(status) + " No\r\nContent-Type: application/json\r\n" + more_headers +
           "Content-Length: 15\r\n\r\n{\"detail\":\"no\"}";
}

/// `keep`: goes on with the connection.
fault answers(int status, repeated again, bool keep) {
    auto const text =
        refusal(status, "retry-after-ms: 1\r\n" + std::string(keep ? "" : "Connection: close\r\n"));
    return {std::to_string(status) + (keep ? "" : " and closed"), strikes::after_body,
            [=](peer& client, good_answer const&) {
                client.send(text);
                return keep;
            },
            answered(status, again)};
}

/// Ahead of the body, which then goes nowhere.
fault refuses_early(int status, repeated again) {
    auto const text = refusal(status, "retry-after-ms: 1\r\nConnection: close\r\n");
    return {std::to_string(status) + " before the body", strikes::before_body,
            [=](peer& client, good_answer const&) {
                client.send(text);
                client.shutdown_send();
                client.drain();
                return false;
            },
            answered(status, again)};
}

}  // namespace

TEST_CASE("statuses that are repeated") {
    std::vector<fault> all;
    bool keep = false;
    for (int const status : {408, 409, 425, 429, 500, 503, 529})
        all.push_back(answers(status, repeated::always, keep = !keep));
    // Of a gateway that does not know whether the request has arrived.
    for (int const status : {502, 504}) all.push_back(answers(status, repeated::if_idempotent, keep = !keep));
    check_matrix(all);
}

TEST_CASE("statuses that are final") {
    std::vector<fault> all;
    bool keep = false;
    for (int const status : {300, 304, 400, 401, 403, 404, 410, 413, 416, 422})
        all.push_back(answers(status, repeated::never, keep = !keep));
    check_matrix(all);
}

TEST_CASE("refusals ahead of the body") {
    check_matrix({refuses_early(413, repeated::never), refuses_early(401, repeated::never),
                  refuses_early(503, repeated::always)});
}

TEST_CASE("a service that asks for more patience than there is") {
    fault busy{"Retry-After: 3600", strikes::after_body,
               [](peer& client, good_answer const&) {
                   client.send(refusal(429, "Retry-After: 3600\r\n"));
                   return true;
               },
               answered(429, repeated::never)};
    fault told{"x-should-retry: false", strikes::after_body,
               [](peer& client, good_answer const&) {
                   client.send(refusal(503, "x-should-retry: false\r\n"));
                   return true;
               },
               answered(503, repeated::never)};
    check_matrix({busy, told});
}
