// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/expectations.hpp"

#include "../../support/result.hpp"

using ferry::detail::brings_file;
using ferry::detail::check_part;
using ferry::detail::check_size;
using ferry::detail::check_type;

namespace {

/// How many bytes the answer says it brings; `any` where it does not say, `refused`.
std::string part(int status, std::string const& content_range, std::string_view range,
                 bool conditional = false) {
    ferry::header_fields headers;
    if (!content_range.empty()) headers.set("Content-Range", content_range);
    auto const size = check_part(status, headers, range, conditional);
    if (!size) return size.error().kind() == ferry::error_kind::protocol ? "refused" : "?";
    return *size ? std::to_string(**size) : "any";
}

bool is_taken(std::string const& content_type, std::string const& type, std::string const& name = "") {
    ferry::header_fields headers;
    if (!content_type.empty()) headers.set("Content-Type", content_type);
    ferry::request_options options;
    options.expected_type = type;
    options.expected_name = name;
    auto const good = check_type(headers, options);
    if (!good) CHECK(good.error().kind() == ferry::error_kind::decoding);
    return good.has_value();
}

bool may_be(std::string const& content_type, std::string const& name) {
    return is_taken(content_type, "", name);
}

}  // namespace

TEST_CASE("statuses that bring words about a file bring no file") {
    for (int const status : {200, 201, 203, 206, 299}) CHECK(brings_file(status));
    for (int const status : {202, 204, 205, 207, 208, 226}) CHECK_FALSE(brings_file(status));
}

TEST_CASE("a part is taken for everything only where it is everything") {
    CHECK(part(200, "", "") == "any");
    CHECK(part(206, "bytes 0-9/10", "") == "10");
    CHECK(part(206, "bytes 5-7/1000", "") == "refused");
    CHECK(part(206, "bytes 0-998/1000", "") == "refused");
    CHECK(part(206, "bytes 0-9/*", "") == "refused");
    CHECK(part(206, "bytes 1-9/10", "") == "refused");
    CHECK(part(206, "nonsense", "") == "refused");
    CHECK(part(206, "", "") == "refused");
}

TEST_CASE("a part that was asked for must be that part") {
    CHECK(part(206, "bytes 2-5/10", "bytes=2-5") == "4");
    CHECK(part(206, "bytes 2-5/*", " Bytes=2-5") == "4");
    CHECK(part(206, "bytes 2-9/10", "bytes=2-50") == "8");
    CHECK(part(206, "bytes 2-9/10", "bytes=2-") == "8");
    CHECK(part(206, "bytes 7-9/10", "bytes=-3") == "3");
    CHECK(part(206, "bytes 0-9/10", "bytes=-30") == "10");
    CHECK(part(206, "", "bytes=2-5") == "any");
    CHECK(part(206, "", "bytes=2-5,7-8") == "any");  // parts say theirs in the content
    CHECK(part(206, "lines 1-2/3", "lines=1-2") == "refused");
    for (auto const* wrong : {"bytes 3-5/10", "bytes 2-4/10", "bytes 2-6/10", "bytes 2-5", "x"}) {
        INFO(wrong);
        CHECK(part(206, wrong, "bytes=2-5") == "refused");
    }
    CHECK(part(206, "bytes 2-8/10", "bytes=2-") == "refused");
    CHECK(part(206, "bytes 6-9/10", "bytes=-3") == "refused");
    CHECK(part(206, "bytes 6-8/10", "bytes=-3") == "refused");
}

TEST_CASE("everything in place of a part is refused, unless the caller said that it will do") {
    CHECK(part(200, "", "bytes=2-5") == "refused");
    CHECK(part(200, "", "bytes=-5") == "refused");
    CHECK(part(200, "", "bytes=0-5") == "refused");
    CHECK(part(200, "", "bytes=0-") == "any");
    CHECK(part(200, "", "bytes=2-5", true) == "any");
    CHECK(part(200, "", "bytes=2-5,7-8") == "any");
    CHECK(part(200, "", "nonsense") == "any");
}

TEST_CASE("a type that says something must be the expected one, or within the range") {
    CHECK(is_taken("application/pdf", "application/pdf"));
    CHECK(is_taken("Application/PDF; charset=x", "application/pdf"));
    CHECK(is_taken("image/png", "image/*"));
    CHECK(is_taken("text/html", "*/*"));
    CHECK(is_taken("text/html", ""));
    for (auto const* silent : {"", "application/octet-stream", "binary/octet-stream"})
        CHECK(is_taken(silent, "application/pdf"));
    CHECK_FALSE(is_taken("text/html; charset=utf-8", "application/pdf"));
    CHECK_FALSE(is_taken("imagery/png", "image/*"));
    CHECK_FALSE(is_taken("application/pdf2", "application/pdf"));
}

TEST_CASE("a page or a service's words are no file whose name says otherwise") {
    for (auto const* name :
         {"a.pdf", "a.PDF", "d/a.docx", "a.png", "a.tar.gz", "a.csv", "a.txt", "a.json", "a.xml"}) {
        INFO(name);
        CHECK_FALSE(may_be("text/html; charset=utf-8", name));
        CHECK_FALSE(may_be("application/xhtml+xml", name));
    }
    for (auto const* type : {"application/json", "application/problem+json", "text/xml", "application/xml"}) {
        INFO(type);
        CHECK_FALSE(may_be(type, "a.pdf"));
        CHECK(may_be(type, "a.txt"));
        CHECK(may_be(type, "a.unknown"));
    }
    CHECK(may_be("text/html", "index.html"));
    CHECK(may_be("text/html", "a.HTM"));
    CHECK(may_be("text/html", "README"));
    CHECK(may_be("text/html", "a.pdf/page"));
    CHECK(may_be("text/html", "a.php"));
    CHECK(may_be("text/html", "a.avi bmp"));  // no word of the table
    CHECK(may_be("image/svg+xml", "a.svg"));
    CHECK(may_be("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a.docx"));
    CHECK(may_be("text/plain", "a.pdf"));
    CHECK(may_be("", "a.pdf"));
}

TEST_CASE("a size must be the expected one, where one is expected") {
    ferry::request_options options;
    CHECK(check_size(7, options));
    options.expected_size = 7;
    CHECK(check_size(7, options));
    auto const wrong = check_size(8, options);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind() == ferry::error_kind::decoding);
    CHECK(wrong.error().message() == "the answer has 8 bytes, expected were 7");
}
