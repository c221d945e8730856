// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The small types: headers, nullable, open_enum, time, error and result.

#include "../support/result.hpp"

#include "ferry/core/headers.hpp"
#include "ferry/core/result.hpp"
#include "ferry/json/nullable.hpp"
#include "ferry/json/open_enum.hpp"
#include "ferry/json/timestamp.hpp"

#include <type_traits>

namespace {

struct shade : ferry::open_enum<shade> {
    enum known : std::uint16_t { red, green };
    static constexpr std::string_view names[] = {"red", "green"};
    shade() = default;
    shade(known value) noexcept : open_enum(static_cast<std::size_t>(value)) {}
    shade(std::string text) : open_enum(std::move(text)) {}
    shade(char const* text) : open_enum(std::string(text)) {}
};

std::string instant(char const* text) {
    auto const when = ferry::timestamp(text).to_time_point();
    return when ? ferry::timestamp(*when).text() : "none";
}

template <class Exception>
bool throws(ferry::error const& why) {
    ferry::result<int> const failed = why;
    try {
        static_cast<void>(failed.value());
    } catch (Exception const& e) {
        return typeid(e) == typeid(Exception) && std::string(e.what()) == why.message() &&
               e.error().kind() == why.kind() && e.error().status() == why.status();
    } catch (...) {
    }
    return false;
}

ferry::error with_status(int status) {
    ferry::detail::error_data data;
    data.kind = ferry::error_kind::status;
    data.status = status;
    data.message = "status " + std::to_string(status);
    return ferry::error(std::move(data));
}

}  // namespace

TEST_CASE("header fields keep order and duplicates, and compare names without case") {
    ferry::header_fields fields;
    CHECK(fields.empty());
    fields.add("Set-Cookie", "a=1");
    fields.add("X-Id", "7");
    fields.add("set-cookie", "b=2");
    CHECK(fields.size() == 3);
    CHECK(fields.find("SET-COOKIE") == "a=1");
    CHECK_FALSE(fields.find("missing").has_value());
    CHECK(fields.contains("x-id"));

    fields.set("X-ID", "8");
    CHECK(fields.find("x-id") == "8");
    CHECK(fields.size() == 3);
    fields.erase("Set-Cookie");
    CHECK(fields.size() == 1);
    CHECK(fields.begin()->first == "X-ID");
    fields.clear();
    CHECK(fields.empty());
}

TEST_CASE("nullable tells unset, null and a value apart") {
    ferry::nullable<std::string> value;
    CHECK(value.is_unset());
    CHECK_FALSE(value.is_null());
    CHECK_FALSE(value.has_value());

    value = ferry::null;
    CHECK(value.is_null());
    CHECK_FALSE(value.is_unset());
    CHECK_THROWS_AS(value.value(), std::bad_optional_access);

    value = "text";
    REQUIRE(value);
    CHECK(*value == "text");
    CHECK(value->size() == 4);
    CHECK_FALSE(value.is_null());
    value = std::string("other");
    CHECK(value.value() == "other");
    value.set_null();
    CHECK(value == ferry::nullable<std::string>(ferry::null));
    CHECK_FALSE(value == ferry::nullable<std::string>());
    CHECK(value.emplace(3, 'x') == "xxx");
    CHECK_FALSE(value.is_null());
    value.reset();
    CHECK(value.is_unset());
}

TEST_CASE("a nullable argument takes what converts to its value") {
    auto const state = [](ferry::nullable<std::string> v) { return v.is_null() ? "null" : v ? *v : "unset"; };
    CHECK(state("text") == "text");
    CHECK(state(std::string("text")) == "text");
    CHECK(state(ferry::null) == "null");
    CHECK(state({}) == "unset");
    ferry::nullable<std::int64_t> const number = 3;
    CHECK(*number == 3);
    ferry::nullable<shade> const color = shade::green;
    CHECK(color->text() == "green");
    STATIC_REQUIRE_FALSE(std::is_convertible_v<int, ferry::nullable<std::string>>);
}

TEST_CASE("open enums keep what they do not know") {
    CHECK(shade().text() == "red");
    CHECK(shade(shade::green).as_known() == shade::green);
    CHECK(shade("green") == shade(shade::green));
    CHECK(shade("green") == "green");
    CHECK(shade("green").is_known());
    CHECK(shade("green") == shade::green);
    CHECK_FALSE(shade("mauve") == shade::green);

    shade const unknown = "mauve";
    CHECK_FALSE(unknown.is_known());
    CHECK_FALSE(unknown.as_known().has_value());
    CHECK(unknown.to_string() == "mauve");
    CHECK(unknown == shade(std::string("mauve")));
    CHECK_FALSE(unknown == shade(shade::red));
    CHECK(shade("").text().empty());
}

TEST_CASE("timestamps keep their text and say which instant it is") {
    CHECK(instant("2026-01-01T00:00:00Z") == "2026-01-01T00:00:00.000000Z");
    CHECK(instant("2026-01-01T00:00:00.123456Z") == "2026-01-01T00:00:00.123456Z");
    CHECK(instant("2026-01-01T00:00:00.1234567Z") == "2026-01-01T00:00:00.123456Z");
    CHECK(instant("2026-01-01T00:00:00.1+02:00") == "2025-12-31T22:00:00.100000Z");
    CHECK(instant("2026-01-01t00:00:00-0530") == "2026-01-01T05:30:00.000000Z");
    CHECK(instant("2026-01-01 10:20:30") == "2026-01-01T10:20:30.000000Z");
    CHECK(instant("2024-02-29") == "2024-02-29T00:00:00.000000Z");
    CHECK(instant("1969-12-31T23:59:59.5Z") == "1969-12-31T23:59:59.500000Z");
    CHECK(instant("9999-12-31T23:59:59Z") == "9999-12-31T23:59:59.000000Z");
    for (auto const* text :
         {"", "2026", "2026-13-01", "2025-02-29", "2026-01-01T", "2026-01-01T24:00:00Z",
          "2026-01-01T00:60:00Z", "2026-01-01T00:00:00X", "2026-01-01T00:00:00+2", "2026-01-01T00:00:00.Z",
          "2026-01-01T00:00:00+24:00", "26-01-01", "2026-01-01T00:00:00Z ", "-026-01-01"})
        CHECK(instant(text) == "none");
    ferry::timestamp const odd("yesterday");
    CHECK(odd.text() == "yesterday");
    CHECK_FALSE(odd.to_time_point().has_value());
    CHECK(ferry::timestamp("2026-01-01T00:00:00Z") != ferry::timestamp("2026-01-01T00:00:00.0Z"));
}

TEST_CASE("every kind of error throws its exception") {
    using ferry::error_kind;
    auto const of = [](error_kind kind) { return ferry::error(kind, "why"); };
    CHECK(throws<ferry::invalid_argument_error>(of(error_kind::invalid_argument)));
    CHECK(throws<ferry::file_error>(of(error_kind::file)));
    CHECK(throws<ferry::connection_error>(of(error_kind::connection)));
    CHECK(throws<ferry::connection_error>(of(error_kind::protocol)));
    CHECK(throws<ferry::tls_error>(of(error_kind::tls)));
    CHECK(throws<ferry::timeout_error>(of(error_kind::timeout)));
    CHECK(throws<ferry::cancelled_error>(of(error_kind::cancelled)));
    CHECK(throws<ferry::decoding_error>(of(error_kind::limit)));
    CHECK(throws<ferry::decoding_error>(of(error_kind::decoding)));

    CHECK(throws<ferry::bad_request_error>(with_status(400)));
    CHECK(throws<ferry::authentication_error>(with_status(401)));
    CHECK(throws<ferry::permission_denied_error>(with_status(403)));
    CHECK(throws<ferry::not_found_error>(with_status(404)));
    CHECK(throws<ferry::conflict_error>(with_status(409)));
    CHECK(throws<ferry::content_too_large_error>(with_status(413)));
    CHECK(throws<ferry::unprocessable_content_error>(with_status(422)));
    CHECK(throws<ferry::rate_limit_error>(with_status(429)));
    CHECK(throws<ferry::internal_server_error>(with_status(500)));
    CHECK(throws<ferry::internal_server_error>(with_status(599)));
    for (int const status : {302, 402, 405, 408, 418})
        CHECK(throws<ferry::status_error>(with_status(status)));
    STATIC_REQUIRE(std::is_base_of_v<ferry::connection_error, ferry::timeout_error>);
    STATIC_REQUIRE(std::is_base_of_v<ferry::connection_error, ferry::tls_error>);
    STATIC_REQUIRE(std::is_base_of_v<ferry::api_exception, ferry::not_found_error>);
    STATIC_REQUIRE(std::is_base_of_v<std::runtime_error, ferry::api_exception>);
}

TEST_CASE("an error is one pointer wide, and an empty one is harmless") {
    STATIC_REQUIRE(sizeof(ferry::error) == sizeof(std::shared_ptr<int>));
    ferry::error const nothing;
    CHECK(nothing.message().empty());
    CHECK(nothing.status() == 0);
    CHECK(nothing.headers().empty());
    CHECK_FALSE(nothing.retry_after().has_value());
    ferry::error const some(ferry::error_kind::file, "text");
    ferry::error const copy = some;
    CHECK(&copy.message() == &some.message());
}
