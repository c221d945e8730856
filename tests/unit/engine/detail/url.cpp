// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/url.hpp"

#include "ferry/core/detail/origin_text.hpp"

#include "../../support/result.hpp"

#include <initializer_list>
#include <utility>

using namespace ferry::detail;

namespace {

std::string parsed(std::string_view text) {
    auto const at = parse_url(text, "it");
    return at ? at->origin.scheme + " " + at->origin.host + " " + std::to_string(at->origin.port) + " " +
                    at->target()
              : "refused";
}

std::string resolved(std::string_view base, std::string_view reference) {
    auto const to = resolve_reference(parse_foreign_url(base, "base").value(), reference);
    return to ? ferry::detail::to_string(to->origin) + to->target : "refused";
}

/// Path and query of a signed URL as they are requested.
std::string foreign(std::string_view rest) {
    auto const at = parse_foreign_url("https://h" + std::string(rest), "it");
    return at ? at->target : "refused: " + at.error().message();
}

}  // namespace

TEST_CASE("absolute http and https URLs are taken apart") {
    CHECK(parsed("https://Example.COM/a/b?x=1&y=%20") == "https example.com 443 /a/b?x=1&y=%20");
    CHECK(parsed("HTTP://localhost:8080") == "http localhost 8080 /");
    CHECK(parsed("http://[::1]:81/x") == "http ::1 81 /x");
    CHECK(parsed("http://127.0.0.1?q") == "http 127.0.0.1 80 /?q");
    CHECK(parsed("https://host:/x") == "https host 443 /x");
    CHECK(parse_url("http://[::1]:80/x?y", "it")->to_string() == "http://[::1]/x?y");
    CHECK(parse_url("https://h:8443", "it")->to_string() == "https://h:8443/");
}

TEST_CASE("other texts are refused with what they are for and how it should look") {
    for (auto const* text : {"",
                             "example.com",
                             "/path",
                             "ftp://host/",
                             "https://",
                             "https:///x",
                             "http://h:0/",
                             "http://h:port/x",
                             "http://h:80a/",
                             "http://h:65536/",
                             "http://h:99999/",
                             "http://h:99999999999999999999/",
                             "http://user@h/",
                             "http://user:pw@h/",
                             "http://a%2fb/",
                             "http://%68/",
                             "http://[v1.a:b]/",
                             "http://h/a b",
                             "http://h\r\n/",
                             "file:///etc/passwd",
                             "//host/x"})
        CHECK(parsed(text) == "refused");
    auto const why = parse_url("ftp://x", "the base URL").error();
    CHECK(why.kind() == ferry::error_kind::invalid_argument);
    CHECK_THAT(why.message(), ferry_test::contains("the base URL is not an http or https URL"));
    CHECK_THAT(why.message(), ferry_test::contains("https://host[:port][/path]"));
}

TEST_CASE("redirect references are resolved as RFC 3986 says") {
    CHECK(resolved("https://h/a/b", "c") == "https://h/a/c");
    CHECK(resolved("https://h/a/b", "../c?x=1") == "https://h/c?x=1");
    CHECK(resolved("https://h/a/b", "/z") == "https://h/z");
    CHECK(resolved("https://h/a/b", "//other/z") == "https://other/z");
    CHECK(resolved("https://h/a/b", "http://o:81/") == "http://o:81/");
    CHECK(resolved("https://h/a/b", "?q=2") == "https://h/a/b?q=2");
    CHECK(resolved("https://h/a/b?q=1", "") == "https://h/a/b?q=1");
    CHECK(resolved("https://h/a/b?q=1", "#end") == "https://h/a/b?q=1");
    CHECK(resolved("https://h/a/b?q=1", "?") == "https://h/a/b?");
    CHECK(resolved("https://h/a/b?q=/x/y", "c") == "https://h/a/c");
    CHECK(resolved("https://h", "c") == "https://h/c");
    CHECK(resolved("https://h/a", "HTTPS://O.test") == "https://o.test/");
    CHECK(resolved("https://h/a", "https:b") == "refused");
    CHECK(resolved("https://h/a", "https://") == "refused");
    CHECK(resolved("https://h/a", "//user@x/") == "refused");
    CHECK(resolved("https://h/a", "javascript:alert(1)") == "refused");
    CHECK(resolved("https://h/a", "https://user:pw@x/") == "refused");
}

TEST_CASE("dots in references are resolved, and lead no further than to the root") {
    for (auto const& [reference, path] :
         std::initializer_list<std::pair<char const*, char const*>>{{"/a/../../b", "/b"},
                                                                    {"/../..", "/"},
                                                                    {"/a/./b/.", "/a/b/"},
                                                                    {"/a/b/..", "/a/"},
                                                                    {"../../../g", "/g"},
                                                                    {".", "/x/"},
                                                                    {"..", "/"},
                                                                    {"./g/../h?i=../j", "/x/h?i=../j"},
                                                                    {"g..", "/x/g.."},
                                                                    {"...", "/x/..."},
                                                                    {"/a//../b", "/a/b"},
                                                                    {"/..//o.test/b", "//o.test/b"},
                                                                    {"https://h/a/../b", "/b"}})
        CHECK(resolved("https://h/x/y", reference) == "https://h" + std::string(path));
}

TEST_CASE("what others have written is requested byte for byte") {
    for (auto const* as_it_is :
         {"/bucket/2024%2B01%2Freport.pdf?X-Amz-Signature=a%2Fb%3d&x=%7e~", "/k/%2E%2E%2Fsecret",
          "/k/%2e%2e/%2E/x", "/a//b///c/", "/%41%zz%", "/x?", "/x?a=1?b=2&&c",
          "/x?response-content-disposition=attachment;filename*=UTF-8''a.pdf", "/!$&'()*+,;=:@-._~",
          "/a|b[1]", "/?a|b[1]^`{}\\"}) {
        CHECK(foreign(as_it_is) == as_it_is);
        CHECK(resolved("https://h/x/y", as_it_is) == "https://h" + std::string(as_it_is));
        CHECK(resolved("http://o/x/y", "https://h" + std::string(as_it_is)) ==
              "https://h" + std::string(as_it_is));
    }
    CHECK(foreign("/a/../b/./c") == "/a/../b/./c");  // no reference
    CHECK(foreign("") == "/");
    CHECK(foreign("?q") == "/?q");
}

TEST_CASE("what cannot stand in a request line is encoded as browsers do") {
    for (auto const& [written, sent] : std::initializer_list<std::pair<std::string, char const*>>{
             {"/Rechnung M\u00e4rz.pdf?n=\u00fc b", "/Rechnung%20M%C3%A4rz.pdf?n=%C3%BC%20b"},
             {"/\xe4", "/%E4"},
             {"/a\"<>^`{}b?\"<>", "/a%22%3C%3E%5E%60%7B%7Db?%22%3C%3E"},
             {"/a\\b?c\\d", "/a/b?c\\d"},
             {"/a\x01\x7f"
              "b",
              "/a%01%7Fb"},
             {std::string("/a\0b", 4), "/a%00b"},
             {"/a\r\nb\tc", "/abc"},
             {"/a#fragment?x", "/a"},
             {"/a  \r\n", "/a"}}) {
        CHECK(foreign(written) == sent);
        CHECK(resolved("https://h/x", written) == "https://h" + std::string(sent));
    }
    CHECK(resolved("https://h/x/y", "  ht tp://o ") == "https://h/x/ht%20tp://o");
    CHECK(resolved("https://h/x/y", "\\\\o.test\\z") == "https://o.test/z");
    CHECK(resolved("https://h/x", "https://o.test\\@h/") == "https://o.test/@h/");
}

TEST_CASE("of a URL of others the origin is held to the same rules as a base URL") {
    for (auto const* bad : {"/relative", "//h/x", "ftp://h/x", "https:///x", "https://h:0/", "https://h:x/",
                            "https://u:p@h/", "https://a b/", "https://%68/", "https:", "", "h"})
        CHECK(parse_foreign_url(bad, "it").has_error());
    auto const why = parse_foreign_url("https://m\u00fcnchen.test/", "the link").error();
    CHECK(why.kind() == ferry::error_kind::invalid_argument);
    CHECK(why.message() == "the link has a host that is not ASCII; it should be written as xn--…");
}

TEST_CASE("path segments and query texts are encoded as servers need it") {
    CHECK(encode_path_segment("a/b") == "a%2Fb");
    CHECK(encode_path_segment("a b?c#d") == "a%20b%3Fc%23d");
    CHECK(encode_path_segment("\u00e9") == "%C3%A9");
    CHECK(encode_path_segment(":@+,;=!$&()*'") == ":@+,;=!$&()*'");
    CHECK(encode_path_segment("%2e%2e") == "%252e%252e");
    CHECK(encode_path_segment(std::string("\0\r\n", 3)) == "%00%0D%0A");
    CHECK(encode_query_text("d,e") == "d%2Ce");
    CHECK(encode_query_text("x y+z&\u00e9.pdf") == "x%20y%2Bz%26%C3%A9.pdf");
    CHECK(encode_query_text("name desc") == "name%20desc");
    CHECK(encode_query_text("2026-01-01T00:00:00+02:00") == "2026-01-01T00%3A00%3A00%2B02%3A00");
    CHECK(encode_query_text("") == "");
    CHECK(encode_reserved_text("https://h/a?b=c,d") == "https://h/a?b=c,d");
    CHECK(encode_reserved_text("a&b+c#d[e] %2F%") == "a%26b%2Bc%23d%5Be%5D%20%2F%25");
}

TEST_CASE("logs show only query values that the description calls harmless") {
    ferry::origin const at{"https", "h", 443};
    constexpr std::string_view loggable[] = {"append", "page_size"};
    CHECK(redact(at, "/f", loggable) == "https://h/f");
    CHECK(redact(at, "/f?page_size=3&file_name=a&sig", loggable) ==
          "https://h/f?page_size=3&file_name=***&***");
    CHECK(redact(at, "/f?X-Amz-Signature=abc&x=a=b", loggable) == "https://h/f?X-Amz-Signature=***&x=***");
    CHECK(redact(at, "/f?", loggable) == "https://h/f");
    CHECK(redact({"http", "::1", 81}, "/f?&&a=1", loggable) == "http://[::1]:81/f?***&***&a=***");
    CHECK(hide_query_value("/f?a=1&key=k&b=2&key=l", "key") == "/f?a=1&key=***&b=2&key=***");
    CHECK(hide_query_value("/f", "key") == "/f");
}
