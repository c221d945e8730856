// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/exit_code.hpp"

#include "support/catch2.hpp"

using ferry::error_kind;
using namespace ferry::cli;

namespace {

ferry::error status(int code) {
    ferry::error_details details(error_kind::status, "refused");
    details.status = code;
    return ferry::error(std::move(details));
}

}  // namespace

TEST_CASE("exit codes keep their numbers") {
    CHECK(static_cast<int>(exit_code::done) == 0);
    CHECK(static_cast<int>(exit_code::failed) == 1);
    CHECK(static_cast<int>(exit_code::usage) == 2);
    CHECK(static_cast<int>(exit_code::partly) == 3);
    CHECK(static_cast<int>(exit_code::not_authenticated) == 4);
    CHECK(static_cast<int>(exit_code::not_found) == 5);
    CHECK(static_cast<int>(exit_code::nothing_done) == 9);
    CHECK(static_cast<int>(exit_code::interrupted) == 130);
}

TEST_CASE("an error of the SDK has an exit code") {
    CHECK(exit_code_of(ferry::error()) == exit_code::done);
    CHECK(exit_code_of(ferry::error(error_kind::cancelled, "x")) == exit_code::interrupted);
    CHECK(exit_code_of(status(401)) == exit_code::not_authenticated);
    CHECK(exit_code_of(status(403)) == exit_code::not_authenticated);
    CHECK(exit_code_of(status(404)) == exit_code::not_found);
    for (int const code : {400, 402, 409, 413, 422, 429, 500, 503})
        CHECK(exit_code_of(status(code)) == exit_code::failed);
    for (auto const kind :
         {error_kind::connection, error_kind::timeout, error_kind::tls, error_kind::protocol,
          error_kind::limit, error_kind::file, error_kind::invalid_argument})
        CHECK(exit_code_of(ferry::error(kind, "x")) == exit_code::failed);
}

TEST_CASE("advice says what to try where there is something to try") {
    auto const said = [](ferry::error const& why) { return advice(why, "THE_KEY"); };
    CHECK(said(status(401)) == "The key is not accepted: look at THE_KEY and at `ferry doctor`.");
    for (int const code : {402, 403, 404, 413, 429, 500, 503, 599}) CHECK_FALSE(said(status(code)).empty());
    for (int const code : {400, 409, 422}) CHECK(said(status(code)).empty());
    CHECK(said(ferry::error(error_kind::timeout, "x")) == "--timeout allows more time.");
    CHECK(said(ferry::error(error_kind::connection, "x")).find("ferry doctor") != std::string::npos);
    CHECK(said(ferry::error(error_kind::tls, "x")).find("ferry doctor") != std::string::npos);
    CHECK(said(ferry::error(error_kind::file, "x")).empty());
}
