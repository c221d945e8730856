// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/exceptions.hpp"

#include "ferry/core/result.hpp"

#include "../support/result.hpp"

#include <string>
#include <type_traits>

namespace {

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
    ferry::error_details data;
    data.kind = ferry::error_kind::status;
    data.status = status;
    data.message = "status " + std::to_string(status);
    return ferry::error(std::move(data));
}

}  // namespace

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
