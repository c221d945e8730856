// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/retry.hpp"

#include "../../support/result.hpp"

using namespace ferry::detail;
using namespace std::chrono_literals;

namespace {

std::chrono::system_clock::time_point const now =
    std::chrono::sys_days(std::chrono::year(2026) / 1 / 1) + 500us;

ferry::header_fields fields(std::string name, std::string value) {
    ferry::header_fields all;
    all.add(std::move(name), std::move(value));
    return all;
}

std::optional<std::chrono::milliseconds> wait(std::string value) {
    return retry_after(fields("Retry-After", std::move(value)), now);
}

}  // namespace

TEST_CASE("what the network spoils may fare better, what was refused does not") {
    using ferry::error_kind;
    auto const transient = [](error_kind kind, int status = 0) {
        ferry::error_details why(kind, "");
        why.status = status;
        return is_transient(ferry::error(std::move(why)));
    };
    for (auto const kind : {error_kind::connection, error_kind::timeout, error_kind::protocol})
        CHECK(transient(kind));
    for (auto const kind : {error_kind::tls, error_kind::cancelled, error_kind::limit, error_kind::decoding,
                            error_kind::file, error_kind::invalid_argument})
        CHECK_FALSE(transient(kind));
    // Of a proxy.
    CHECK(transient(error_kind::connection, 502));
    CHECK_FALSE(transient(error_kind::connection, 407));
}

TEST_CASE("408, 409, 425, 429 and 500 and above ask to be asked again, unless the service says otherwise") {
    bool const idempotent = GENERATE(true, false);
    for (int const status : {408, 409, 425, 429, 500, 503, 529, 599}) {
        CHECK(is_retryable(status, {}, idempotent));
        CHECK_FALSE(is_retryable(status, fields("x-should-retry", "false"), idempotent));
    }
    for (int const status : {300, 400, 401, 403, 404, 413, 422}) {
        CHECK_FALSE(is_retryable(status, {}, idempotent));
        CHECK(is_retryable(status, fields("X-Should-Retry", "TRUE"), idempotent));
    }
    CHECK(is_retryable(503, fields("x-should-retry", "maybe"), idempotent));
    CHECK_FALSE(is_retryable(404, fields("x-should-retry", "maybe"), idempotent));
}

TEST_CASE("a gateway that got no answer asks again for what may be repeated only") {
    for (int const status : {502, 504}) {
        CHECK(is_retryable(status, {}, true));
        CHECK_FALSE(is_retryable(status, {}, false));
        CHECK(is_retryable(status, fields("x-should-retry", "true"), false));
    }
}

TEST_CASE("Retry-After is read in all its forms") {
    CHECK_FALSE(retry_after({}, now).has_value());
    CHECK(wait("3") == 3000ms);
    CHECK(wait("0") == 0ms);
    CHECK(wait("1.5") == 1500ms);
    CHECK(wait("0.0001") == 1ms);
    CHECK(wait("Thu, 01 Jan 2026 00:00:10 GMT") == 10000ms);
    CHECK(wait("Wed, 31 Dec 2025 00:00:00 GMT") == 0ms);  // over already
    CHECK(wait("99999999999999999999").value() > 24h * 365);
    CHECK(wait("Fri, 31 Dec 9999 23:59:59 GMT").value() > 24h * 365);
    for (auto const* text : {"", " ", "-1", "soon", "3 s", "nan", "0x10", "1,5", "1e999"})
        CHECK_FALSE(wait(text).has_value());

    auto both = fields("retry-after-ms", "250");
    both.add("Retry-After", "9");
    CHECK(retry_after(both, now) == 250ms);
    both.set("retry-after-ms", "soon");
    CHECK(retry_after(both, now) == 9s);
}

TEST_CASE("waiting doubles up to eight seconds, less up to a quarter") {
    CHECK(backoff(0, 0) == 500ms);
    CHECK(backoff(1, 0) == 1000ms);
    CHECK(backoff(2, 0) == 2000ms);
    CHECK(backoff(4, 0) == 8000ms);
    for (int const retries : {5, 30, 100, 2000000000}) CHECK(backoff(retries, 0) == 8000ms);
    CHECK(backoff(0, 0.999999) >= 375ms);
    CHECK(backoff(0, 0.5) == 437ms);
}

TEST_CASE("the budget ends a storm of retries and recovers with successes") {
    retry_budget budget;
    int taken = 0;
    while (budget.take()) ++taken;
    CHECK(taken == 100);
    for (int i = 0; i < 4; ++i) budget.give_back();
    CHECK_FALSE(budget.take());
    budget.give_back();
    CHECK(budget.take());
    CHECK_FALSE(budget.take());
    for (int i = 0; i < 10000; ++i) budget.give_back();
    taken = 0;
    while (budget.take()) ++taken;
    CHECK(taken == 100);
}
