// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/transports/detail/no_proxy.hpp"

#include "support/catch2.hpp"

#include <string>
#include <vector>

using ferry::detail::no_proxy_list;

namespace {

struct row {
    char const* list;
    ferry::origin target;
    bool direct;
};

ferry::origin plain(std::string host, std::uint16_t port = 80) {
    return {"http", std::move(host), port};
}
ferry::origin secure(std::string host, std::uint16_t port = 443) {
    return {"https", std::move(host), port};
}

void check(std::vector<row> const& rows) {
    for (auto const& [list, target, direct] : rows) {
        INFO("'" << list << "' " << target.scheme << " " << target.host << " " << target.port);
        CHECK(no_proxy_list(list).covers(target) == direct);
    }
}

}  // namespace

TEST_CASE("no_proxy takes what stands between commas and white space") {
    check({
        {"", plain("a.test"), false},
        {" ,, \t", plain("a.test"), false},
        {"a.test,b.test", plain("b.test"), true},
        {"a.test, b.test", plain("b.test"), true},
        {"a.test b.test", plain("b.test"), true},
        {"a.test\tb.test", plain("b.test"), true},
        {"\ta.test ,\tb.test\r\n", plain("a.test"), true},
        {"\ta.test ,\tb.test\r\n", plain("b.test"), true},
        {"a.test,b.test", plain("c.test"), false},
        {"*", plain("a.test"), true},
        {"*", secure("::1"), true},
        {"x.test, *", plain("a.test"), true},
        {"*:8080", plain("a.test", 8080), true},
        {"*:8080", plain("a.test"), false},
    });
    CHECK_FALSE(no_proxy_list().covers(plain("a.test")));
}

TEST_CASE("no_proxy takes a domain with all below it, however it is written") {
    for (auto const* list : {"example.org", ".example.org", "*.example.org", "EXAMPLE.Org", "example.org.",
                             ".example.org.", "*.example.org.", "..example.org", "http://example.org/",
                             "all://example.org", "all://*.example.org"})
        check({
            {list, plain("example.org"), true},
            {list, plain("example.org."), true},
            {list, plain("api.example.org"), true},
            {list, plain("api.example.org."), true},
            {list, plain("a.b.example.org", 8080), true},
            {list, plain("myexample.org"), false},
            {list, plain("example.org.evil"), false},
            {list, plain("org"), false},
            {list, plain("ample.org"), false},
        });
    check({
        {"api.example.org", plain("example.org"), false},
        {"localhost", plain("localhost"), true},
        {"a*.test", plain("ab.test"), false},
        {".", plain("a.test"), false},
        {"*.", plain("a.test"), false},
        {"https://example.org", plain("example.org"), false},
        {"https://example.org", secure("example.org"), true},
        {"ftp://example.org", secure("example.org"), false},
    });
}

TEST_CASE("no_proxy takes ports") {
    check({
        {"example.org:443", secure("example.org"), true},
        {"example.org:443", secure("api.example.org"), true},
        {"example.org:443", plain("example.org"), false},
        {"*.example.org.:8080", plain("api.example.org", 8080), true},
        {"10.0.0.1:8080", plain("10.0.0.1", 8080), true},
        {"10.0.0.1:8080", plain("10.0.0.1"), false},
        {"[::1]:8080", plain("::1", 8080), true},
        {"[::1]:8080", plain("::1"), false},
        {"::1:8080", plain("::1", 8080), false},
        {"::1:8080", plain("::1:8080"), true},
        {"https://example.org:8443", secure("example.org", 8443), true},
        {"https://example.org:8443", secure("example.org"), false},
        {"example.org:", plain("example.org"), false},
        {"example.org:x", plain("example.org"), false},
        {"example.org:0", plain("example.org"), false},
        {"example.org:65616", plain("example.org"), false},
        {":80", plain("example.org"), false},
    });
}

TEST_CASE("no_proxy takes addresses as such, not as text") {
    check({
        {"10.0.0.1", plain("10.0.0.1"), true},
        {"10.0.0.1", plain("10.0.0.10"), false},
        {"10.0.0.1", plain("a.10.0.0.1"), false},
        {".0.0.1", plain("127.0.0.1"), false},
        {"0.0.1", plain("127.0.0.1"), false},
        {"127.0.0.1", plain("127.1"), true},
        {"127.0.0.1", plain("0x7f000001"), true},
        {"127.0.0.1", plain("2130706433"), true},
        {"127.0.0.1", plain("::ffff:127.0.0.1"), true},
        {"127.1", plain("127.1"), true},
        {"::1", plain("::1"), true},
        {"[::1]", plain("::1"), true},
        {"0:0:0:0:0:0:0:1", plain("::1"), true},
        {"FD00::A", plain("fd00:0::a"), true},
        {"::ffff:10.0.0.1", plain("10.0.0.1"), true},
        {"::2", plain("::1"), false},
        {"10.0.0.1", plain("one.test"), false},
    });
}

TEST_CASE("no_proxy takes ranges of addresses") {
    check({
        {"10.0.0.0/8", plain("10.200.3.4"), true},
        {"10.0.0.0/8", plain("11.0.0.1"), false},
        {"10.1.2.3/8", plain("10.200.3.4"), true},
        {"192.168.16.0/20", plain("192.168.31.255"), true},
        {"192.168.16.0/20", plain("192.168.32.0"), false},
        {"10.0.0.1/32", plain("10.0.0.1"), true},
        {"10.0.0.1/32", plain("10.0.0.2"), false},
        {"0.0.0.0/0", plain("203.0.113.1"), true},
        {"0.0.0.0/0", plain("::1"), false},
        {"0.0.0.0/0", plain("one.test"), false},
        {"10.0.0.0/8", plain("10.one.test"), false},
        {"fd00::/8", plain("fd12:3456::1"), true},
        {"[fd00::]/8", plain("fd12:3456::1"), true},
        {"fd00::/8", plain("fe80::1"), false},
        {"2001:db8::/33", plain("2001:db8:7fff::1"), true},
        {"2001:db8::/33", plain("2001:db8:8000::1"), false},
        {"::/0", plain("fd00::1"), true},
        {"::/0", plain("10.0.0.1"), false},
        {"::1/128", plain("::1"), true},
        {"a.test,10.0.0.0/8 b.test", plain("10.0.0.1"), true},
        // What is no range covers nobody.
        {"10.0.0.0/33", plain("10.0.0.0"), false},
        {"10.0.0.0/x", plain("10.0.0.0"), false},
        {"10.0.0.0/-1", plain("10.0.0.0"), false},
        {"fd00::/129", plain("fd00::"), false},
        {"10.0.0.0/8/8", plain("10.0.0.0"), false},
        {"one.test/8", plain("one.test"), false},
        // The slash at the end of a URL is none.
        {"10.0.0.1/", plain("10.0.0.1"), true},
    });
}
