// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/resume.hpp"

#include "../../support/result.hpp"

#include <initializer_list>
#include <utility>

using ferry::header_fields;
using ferry::detail::check_rest;
using ferry::detail::parse_content_range;
using ferry::detail::resume_point;
using ferry::detail::resume_point_of;

namespace {

header_fields fields(std::initializer_list<std::pair<char const*, char const*>> all) {
    header_fields headers;
    for (auto const& [name, value] : all) headers.add(name, value);
    return headers;
}

}  // namespace

TEST_CASE("a download can go on where ranges are offered and a change would be noticed") {
    auto const tagged = resume_point_of(
        200, fields({{"Accept-Ranges", "bytes"}, {"ETag", "\"a\""}, {"Content-Length", "10"}}));
    REQUIRE(tagged);
    CHECK(tagged->validator == "\"a\"");
    CHECK(tagged->total == 10U);

    char const* const modified = "Sun, 06 Nov 1994 08:49:37 GMT";
    auto const dated = resume_point_of(200, fields({{"accept-ranges", "Bytes"},
                                                    {"Last-Modified", modified},
                                                    {"Date", "Sun, 06 Nov 1994 08:49:38 GMT"}}));
    REQUIRE(dated);
    CHECK(dated->validator == modified);
    CHECK_FALSE(dated->total);

    CHECK_FALSE(resume_point_of(200, fields({{"ETag", "\"a\""}})));
    CHECK_FALSE(resume_point_of(200, fields({{"Accept-Ranges", "none"}, {"ETag", "\"a\""}})));
    CHECK_FALSE(resume_point_of(200, fields({{"Accept-Ranges", "bytes"}})));
    CHECK_FALSE(resume_point_of(200, fields({{"Accept-Ranges", "bytes"}, {"ETag", "W/\"a\""}})));
    CHECK_FALSE(resume_point_of(203, fields({{"Accept-Ranges", "bytes"}, {"ETag", "\"a\""}})));
    CHECK_FALSE(resume_point_of(
        200, fields({{"Accept-Ranges", "bytes"}, {"ETag", "\"a\""}, {"Content-Encoding", "gzip"}})));
    // Within the same second it may have changed again; and a date alone does not tell.
    CHECK_FALSE(resume_point_of(
        200, fields({{"Accept-Ranges", "bytes"}, {"Last-Modified", modified}, {"Date", modified}})));
    CHECK_FALSE(resume_point_of(200, fields({{"Accept-Ranges", "bytes"}, {"Last-Modified", modified}})));
}

TEST_CASE("Content-Range is read strictly") {
    auto const range = parse_content_range("bytes 3-9/10");
    REQUIRE(range);
    CHECK(range->first == 3);
    CHECK(range->last == 9);
    CHECK(range->total == 10U);
    CHECK(parse_content_range("Bytes 0-0/*"));
    for (auto const* wrong : {"", "bytes", "bytes */10", "bytes 3-9", "items 3-9/10", "bytes 9-3/10",
                              "bytes 3-10/10", "bytes 3-9/x", "bytes x-9/10", "bytes 3-/10", "bytes -9/10",
                              "bytes 3/4-9", "bytes 99999999999999999999-9/10"})
        CHECK_FALSE(parse_content_range(wrong));
}

TEST_CASE("the rest of a download must be exactly what is missing") {
    resume_point const broken{"\"a\"", 10};
    auto const rest = [&](std::initializer_list<std::pair<char const*, char const*>> all) {
        return check_rest(broken, 3, fields(all));
    };
    CHECK(rest({{"Content-Range", "bytes 3-9/10"}}));
    CHECK(rest({{"Content-Range", "bytes 3-9/*"}, {"ETag", "\"a\""}}));
    CHECK(rest({}).error().kind() == ferry::error_kind::protocol);
    CHECK_FALSE(rest({{"Content-Range", "bytes 2-9/10"}}));
    CHECK_FALSE(rest({{"Content-Range", "bytes 3-8/10"}}));
    CHECK_FALSE(rest({{"Content-Range", "bytes 3-10/11"}}));
    CHECK_FALSE(rest({{"Content-Range", "bytes 3-9/10"}, {"ETag", "\"b\""}}));
    CHECK_FALSE(rest({{"Content-Range", "bytes 3-9/10"}, {"Content-Encoding", "gzip"}}));
    // Of a chunked download only the 206 says where it ends.
    resume_point const chunked{"\"a\"", std::nullopt};
    CHECK(check_rest(chunked, 3, fields({{"Content-Range", "bytes 3-9/10"}})));
    CHECK_FALSE(check_rest(chunked, 3, fields({{"Content-Range", "bytes 3-9/*"}})));
}
