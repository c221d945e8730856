// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/detail/header_text.hpp"

#include "support/catch2.hpp"

#include <string>
#include <utility>

using ferry::detail::header_fault;
using namespace std::string_literals;

TEST_CASE("header fields that may be sent have no fault") {
    CHECK_FALSE(header_fault("X-Api-Key", "a secret, with spaces\tand \u00e9"));
    CHECK_FALSE(header_fault("a", ""));
}

TEST_CASE("header fields that must not be sent say why in one line") {
    CHECK(header_fault("X Y", "v") == "'X Y' is not a header field name");
    CHECK(header_fault("", "v") == "'' is not a header field name");
    CHECK(header_fault("X\r\nY", "v") == "'X??Y' is not a header field name");
    for (auto const& value : {"a\rb"s, "a\n"s, "\0"s})
        CHECK(header_fault("X", value) == "the value of header field 'X' contains CR, LF or NUL");
    for (auto const& [value, which] :
         {std::pair("a\x01"s, "01"), std::pair("\x7f"s, "7f"), std::pair("\x1b[2J"s, "1b")})
        CHECK(header_fault("X", value) ==
              "the value of header field 'X' contains the control character 0x"s + which);
    for (auto const* own : {"Host", "content-length", "TRANSFER-ENCODING"})
        CHECK(header_fault(own, "1") == "header field '"s + own + "' is written by the transport");
}
