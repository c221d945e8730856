// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Whatever happens to an upload: the service has stored the file once, whether ferry says so or not.

#include "matrix.hpp"
#include "support/eventually.hpp"
#include "upload_ways.hpp"

using namespace ferry_test;
using namespace ferry_test::faults;

namespace {

using ferry::mock::reset_point;

/// What happens, and whether ferry may know that the file has not been stored.
struct trouble {
    char const* name;
    ferry::mock::fault what;
    bool refused;
};

trouble const troubles[] = {
    {"408", {.method = "POST", .status = 408, .retry_after = 0}, true},
    {"409", {.method = "POST", .status = 409, .retry_after = 0}, true},
    {"425", {.method = "POST", .status = 425, .retry_after = 0}, true},
    {"429", {.method = "POST", .status = 429, .retry_after = 0}, true},
    {"503", {.method = "POST", .status = 503, .retry_after = 0}, true},
    {"no answer", {.method = "POST", .reset = reset_point::before_headers}, false},
    {"half an answer", {.method = "POST", .reset = reset_point::after_headers}, false},
    {"a truncated answer", {.method = "POST", .truncate_after = 5}, false},
    {"garbage", {.method = "POST", .garbage = true}, false},
    {"a stall", {.method = "POST", .stall = true}, false},
};

std::string try_upload(upload_way const& way, trouble const& happens, call_form form,
                       std::chrono::milliseconds idle) {
    services at(idle);
    at.mock.add_fault(happens.what);
    auto const failure = way.send(at, sender(form), ferry::from_string(uploaded_bytes(), "a.bin"), {});
    std::string wrong;
    if (happens.refused && failure) wrong += "\n    failed: " + failure->message();
    if (!happens.refused && !failure) wrong += "\n    succeeded";
    if (failure && failure->retries() > 0) wrong += "\n    was repeated";
    if (auto const fired = at.mock.faults_fired(); fired != 1)
        wrong += "\n    the fault was met " + std::to_string(fired) + " times";
    if (auto const stored = way.stored(at).size(); stored != 1)
        wrong += "\n    " + std::to_string(stored) + " files are stored";
    return wrong;
}

}  // namespace

TEST_CASE("an upload is stored once") {
    std::size_t const ways = std::size(upload_ways);
    all_at_once(ways * std::size(troubles) * 2, [&](std::size_t i) {
        auto const& way = upload_ways[i / 2 % ways];
        auto const& happens = troubles[i / 2 / ways];
        auto const form = i % 2 ? coroutine : blocking;
        std::string wrong;
        if (happens.what.stall)
            at_some_pace([&](std::chrono::milliseconds pace) {
                wrong = try_upload(way, happens, form, 2 * pace);
                return wrong.empty();
            });
        else
            wrong = try_upload(way, happens, form, std::chrono::minutes(1));
        return wrong.empty() ? wrong : std::string(way.name) + " / " + happens.name + ":" + wrong;
    });
}
