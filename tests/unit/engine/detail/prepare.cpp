// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/prepare.hpp"

#include "../../support/fake_api.hpp"
#include "../../support/result.hpp"

namespace {

using ferry::detail::key_location;

std::string const api = "https://api.test";

/// A client whose requests are only looked at.
template <key_location Key = key_location::bearer>
fake_api::client client(ferry::client_options options = fake_api::options()) {
    auto nobody =
        std::make_shared<ferry::testing::memory_transport>(std::vector<ferry::testing::canned_response>());
    return fake_api::client(
        ferry::make_engine(fake_api::description<Key>(), std::move(options), std::move(nobody)));
}

/// What is sent for `call`, by a client with `options`.
template <class Call>
ferry::testing::received_request sent(Call const& make, ferry::client_options options = fake_api::options()) {
    fake_api::service const service({fake_api::a_thing()}, std::move(options));
    static_cast<void>(make(service.things).send());
    auto const all = service.requests();
    REQUIRE(all.size() == 1);
    return all.front();
}

std::string refusal(ferry::result<ferry::request_preview> const& shown) {
    REQUIRE_FALSE(shown);
    CHECK(shown.error().kind() == ferry::error_kind::invalid_argument);
    return shown.error().message();
}

}  // namespace

TEST_CASE("a request says whether its work may be done twice") {
    auto const get = [](auto const& things) { return things.get("x"); };
    auto const create = [](auto const& things) { return things.create("n"); };
    CHECK(sent(get).idempotent);
    CHECK_FALSE(sent(create).idempotent);
    CHECK_FALSE(sent([](auto const& things) { return things.call("POST", "/x"); }).idempotent);
    auto options = fake_api::options();
    options.retry_non_idempotent = true;
    CHECK(sent(create, options).idempotent);
}

TEST_CASE("ids are encoded into one path segment") {
    auto const things = client();
    CHECK(things.get("a/b").request()->url == api + "/things/a%2Fb");
    CHECK(things.get("a b?c#d").request()->url == api + "/things/a%20b%3Fc%23d");
    CHECK(things.get("\u00e9").request()->url == api + "/things/%C3%A9");
    CHECK(things.get(":@+,;=!$&()*'").request()->url == api + "/things/:@+,;=!$&()*'");
    CHECK(things.get("%2e%2e").request()->url == api + "/things/%252e%252e");
    CHECK(things.get("...").request()->url == api + "/things/...");
    CHECK(things.get("a\r\nb").request()->url == api + "/things/a%0D%0Ab");
    CHECK(things.content("x/../y").request()->url == api + "/things/x%2F..%2Fy/content");
}

TEST_CASE("ids that would lead elsewhere are refused") {
    auto const things = client();
    CHECK(refusal(things.get("").request()) == "things.get: thing_id must not be empty");
    CHECK_THAT(refusal(things.get(".").request()), ferry_test::contains("must not be '.'"));
    CHECK_THAT(refusal(things.remove("..").request()), ferry_test::contains("must not be '..'"));
}

TEST_CASE("queries are encoded, arrays as repeated keys") {
    auto const things = client();
    CHECK(things.list().request()->url == api + "/things");
    CHECK(things.list().ids({"a", "b c", "d,e"}).name("x y+z&\u00e9.pdf").request()->url ==
          api + "/things?ids=a&ids=b%20c&ids=d%2Ce&name=x%20y%2Bz%26%C3%A9.pdf");
    CHECK(things.list().name("").ids({}).request()->url == api + "/things?name=");
    CHECK(things.list().ids({"a"}).ids({"b"}).page_size(1).page_size(2).request()->url ==
          api + "/things?ids=b&page_size=2");
    CHECK(things.list().extra_query("at", "2026-01-01T00:00:00+02:00").extra_query("at", "").request()->url ==
          api + "/things?at=2026-01-01T00%3A00%3A00%2B02%3A00&at=");
}

TEST_CASE("the base URL's path comes first") {
    auto options = fake_api::options();
    options.base_url = "http://proxy.test:8080/llama/";
    auto const things = client(options);
    CHECK(things.get("x").request()->url == "http://proxy.test:8080/llama/things/x");
    CHECK(things.call("GET", "/raw?q=1").extra_query("r", "2").request()->url ==
          "http://proxy.test:8080/llama/raw?q=1&r=2");
}

TEST_CASE("the key goes where the description says") {
    auto const call = [](auto const& things) { return things.get("x").session("s 1"); };
    auto const bearer = sent(call);
    CHECK(fake_api::header(bearer.headers, "authorization") == "Bearer secret-key");
    CHECK(fake_api::header(bearer.headers, "cookie") == "session=s%201");

    auto shown = client<key_location::header>().get("x").request();
    CHECK(fake_api::header(shown->headers, "x-api-key") == "***");
    CHECK_FALSE(shown->headers.contains("authorization"));
    CHECK(client<key_location::query>().list().page_size(1).request()->url ==
          api + "/things?page_size=1&x-api-key=***");
    shown = client<key_location::cookie>().get("x").request();
    CHECK(fake_api::header(shown->headers, "cookie") == "***");
    shown = client<key_location::none>().get("x").request();
    CHECK(shown->headers.size() == 3);
    CHECK_FALSE(client().login("u", "p").request()->headers.contains("authorization"));

    auto options = fake_api::options();
    options.bearer_token = "token";
    shown = client<key_location::header>(options).get("x").request();
    CHECK(shown->headers.contains("authorization"));
    CHECK_FALSE(shown->headers.contains("x-api-key"));
    CHECK(fake_api::header(sent(call, options).headers, "authorization") == "Bearer token");
}

TEST_CASE("a missing key is refused with the places to put it") {
    auto options = fake_api::options();
    options.api_key = "";
    auto const things = client(options);
    auto const why = refusal(things.get("x").request());
    for (auto const* part :
         {"no API key for Fake", "client_options::api_key", "FAKE_API_KEY", "FAKE_API_OLD_KEY"})
        CHECK_THAT(why, ferry_test::contains(part));
    CHECK(things.login("u", "p").request());  // needs none
    CHECK(things.health().request());
    CHECK(things.get("x").extra_header("Authorization", "Basic eA==").request());
}

TEST_CASE("a key that breaks the header is refused and not shown") {
    auto options = fake_api::options();
    options.api_key = "secret\nsecret";
    auto const why = refusal(client(options).get("x").request());
    CHECK_THAT(why,
               ferry_test::contains("the API key (client_options::api_key) for header field 'Authorization' "
                                    "contains CR, LF or NUL"));
    CHECK(why.find("secret") == std::string::npos);
    options.api_key = "sec\x01ret";
    CHECK_THAT(refusal(client(options).get("x").request()),
               ferry_test::contains("(client_options::api_key) for header field 'Authorization' contains the "
                                    "control character 0x01"));
    options.bearer_token =
        "tok\x7f"
        "en";
    CHECK_THAT(refusal(client(options).get("x").request()),
               ferry_test::contains("the token client_options::bearer_token for header field 'Authorization' "
                                    "contains the control character 0x7f"));
    options.credentials["key"] = "a\nb";
    CHECK_THAT(refusal(client(options).get("x").request()),
               ferry_test::contains("client_options::credentials[\"key\"] for header field 'Authorization'"));
}

TEST_CASE("a call's header fields win over the client's, and those over ferry's") {
    auto options = fake_api::options();
    options.headers.add("X-Team", "client");
    options.headers.add("X-Two", "1");
    options.headers.add("X-Two", "2");
    options.headers.add("User-Agent", "mine");
    options.headers.add("Content-Type", "text/wrong");
    options.headers.add("Authorization", "Basic own");
    auto const got = sent([](auto const& t) { return t.create("n"); }, options);
    CHECK(fake_api::header(got.headers, "user-agent") == "mine");
    CHECK(fake_api::header(got.headers, "accept") == "application/json");
    CHECK(fake_api::header(got.headers, "content-type") == "application/json");
    CHECK(fake_api::header(got.headers, "authorization") == "Basic own");
    CHECK(got.headers.size() == 8);  // X-Two twice
    CHECK(fake_api::header(got.headers, "x-two") == "1");

    auto const call = sent(
        [](auto const& t) {
            return t.get("x")
                .trace("t")
                .session("s")
                .extra_header("x-team", "call")
                .extra_header("Cookie", "c=1");
        },
        options);
    CHECK(fake_api::header(call.headers, "x-team") == "call");
    CHECK(fake_api::header(call.headers, "x-trace") == "t");
    CHECK(fake_api::header(call.headers, "cookie") == "c=1; session=s");
    auto const custom =
        sent([](auto const& t) { return t.create("n").extra_header("Content-Type", "a/b+json"); });
    CHECK(fake_api::header(custom.headers, "content-type") == "a/b+json");
}

TEST_CASE("header fields that would break the request are refused") {
    auto const things = client();
    for (std::string const& value : {std::string("a\rb"), std::string("a\nb"), std::string("a\0b", 3)}) {
        CHECK_THAT(refusal(things.get("x").extra_header("X-A", value).request()),
                   ferry_test::contains("'X-A' contains CR, LF or NUL"));
        CHECK_THAT(refusal(things.get("x").trace(value).request()), ferry_test::contains("x-trace"));
        CHECK_THAT(refusal(things.get("x").session(value).request()), ferry_test::contains("Cookie"));
    }
    for (auto const* name : {"", "X A", "X:A", "\u00e9"})
        CHECK_THAT(refusal(things.get("x").extra_header(name, "v").request()),
                   ferry_test::contains("is not a header field name"));
    auto const split = refusal(things.get("x").extra_header("X\r\nEvil", "v").request());
    CHECK(split.find_first_of("\r\n") == std::string::npos);
    for (auto const* name : {"Host", "content-length", "Transfer-Encoding"})
        CHECK_THAT(refusal(things.get("x").extra_header(name, "1").request()),
                   ferry_test::contains("written by the transport"));
}

TEST_CASE("JSON bodies tell absent, null and values apart, and take extra members") {
    auto const things = client();
    CHECK(things.create("n").request()->content == R"({"name":"n"})");
    CHECK(things.create("n").note(ferry::null).request()->content == R"({"name":"n","note":null})");
    CHECK(things.create("n").note("x").request()->content == R"({"name":"n","note":"x"})");
    CHECK(things.create("n")
              .extra_body("deep", "[1,{\"a\":null}]")
              .extra_body("q\"", "\"t\"")
              .request()
              ->content == R"({"name":"n","deep":[1,{"a":null}],"q\"":"t"})");
    CHECK_THAT(refusal(things.create("\xff").request()), ferry_test::contains("the body cannot be sent"));
    CHECK_THAT(refusal(things.create("n").extra_body("a", "oops").request()),
               ferry_test::contains("extra_body 'a' is not JSON"));
    // What is read leniently would be sent as it is.
    for (std::string const odd : {"NaN", "[Infinity]", "\"\\ud800\"", "\"\xff\"",
                                  "\xef\xbb\xbf"
                                  "1"})
        CHECK_THAT(refusal(things.create("n").extra_body("a", odd).request()),
                   ferry_test::contains("extra_body 'a' is not JSON"));
    CHECK_THAT(refusal(things.create("n").extra_body("a", "1,\"b\":2").request()),
               ferry_test::contains("is not JSON"));
    CHECK_THAT(refusal(things.get("x").extra_body("a", "1").request()),
               ferry_test::contains("a call with a body"));
}

TEST_CASE("form bodies are encoded, lists as repeated keys, and take extra fields") {
    auto const shown =
        client().login("a b", "p&=+").scopes({"r", "w x"}).extra_body("t", "\"x y\"").request();
    CHECK(shown->content == "username=a%20b&password=p%26%3D%2B&scopes=r&scopes=w%20x&t=x%20y");
    CHECK(fake_api::header(shown->headers, "content-type") == "application/x-www-form-urlencoded");
    CHECK(client().login("", "").extra_body("n", "12").request()->content == "username=&password=&n=12");
}

TEST_CASE("multipart bodies hold the parts in the order in which they were set") {
    fake_api::metadata about;
    about.origin = "scan";
    auto const got = sent([&](auto const& t) {
        return t.upload(ferry::from_string("hello", "h.txt"))
            .purpose("parse")
            .about(about)
            .extra_body("x", "\"y\"");
    });
    auto const type = fake_api::header(got.headers, "content-type");
    REQUIRE(type.rfind("multipart/form-data; boundary=", 0) == 0);
    auto const boundary = type.substr(30);
    CHECK(boundary.size() <= 70);
    CHECK(boundary.find_first_not_of("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") ==
          std::string::npos);
    auto const line = "--" + boundary + "\r\nContent-Disposition: form-data; name=";
    CHECK(got.content ==
          line + "\"file\"; filename=\"h.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n" + line +
              "\"purpose\"\r\n\r\nparse\r\n" + line +
              "\"metadata\"\r\nContent-Type: application/json\r\n\r\n{\"origin\":\"scan\"}\r\n" + line +
              "\"x\"\r\n\r\ny\r\n--" + boundary + "--\r\n");
    auto const other = sent([](auto const& t) { return t.upload(ferry::from_string("", "a")); });
    CHECK(fake_api::header(other.headers, "content-type") != type);
}

TEST_CASE("file names and media types that would break a part are refused") {
    auto const things = client();
    for (std::string const& bad : {std::string("a\rb"), std::string("a\nb"), std::string("a\0b", 3)}) {
        CHECK_THAT(refusal(things.upload(ferry::from_string("x", bad)).request()),
                   ferry_test::contains("contains CR, LF or NUL"));
        CHECK_THAT(refusal(things.upload(ferry::from_string("x", "a").content_type(bad)).request()),
                   ferry_test::contains("contains CR, LF or NUL"));
    }
    CHECK_THAT(refusal(things.upload(ferry::from_string("x", "a").content_type("a/\x01")).request()),
               ferry_test::contains("the media type of file contains the control character 0x01"));
    CHECK_THAT(refusal(things.upload(ferry::from_string("x", "")).request()),
               ferry_test::contains("file has no file name"));
    fake_api::metadata about;
    about.origin = "\xff";
    CHECK_THAT(refusal(things.upload(ferry::from_string("x", "a")).about(about).request()),
               ferry_test::contains("cannot be sent"));
}

TEST_CASE("unlisted calls stay on the service's origin") {
    auto const things = client();
    auto const shown = things.call("PUT", "/x%20y?z=1").content("{}").request();
    CHECK(shown->method == "PUT");
    CHECK(shown->url == api + "/x%20y?z=1");
    CHECK(shown->content == "{}");
    CHECK(fake_api::header(shown->headers, "content-type") == "application/json");
    CHECK(fake_api::header(shown->headers, "accept") == "*/*");
    for (auto const* path : {"", "x", "https://evil.test/", "/a b", "/a\r\nb", "/\u00e9", "/a#b"})
        CHECK_THAT(refusal(things.call("GET", path).request()), ferry_test::contains("must start with '/'"));
    CHECK_THAT(refusal(things.call("GET /", "/").request()), ferry_test::contains("is not a method"));
    CHECK_THAT(refusal(things.call("", "/").request()), ferry_test::contains("is not a method"));
}

TEST_CASE("previews send nothing and show no credentials") {
    auto options = fake_api::options();
    options.bearer_token = "hidden-token";
    options.headers.add("Proxy-Authorization", "Basic hidden");
    fake_api::service const service(std::vector<ferry::testing::canned_response>(), options);
    auto const shown = service.things.upload(ferry::from_path("/nonexistent/x.bin")).request();
    REQUIRE(shown);
    CHECK(service.requests().empty());
    CHECK(fake_api::header(shown->headers, "authorization") == "***");
    CHECK(fake_api::header(shown->headers, "proxy-authorization") == "***");
    CHECK_THAT(shown->content, ferry_test::contains("<bytes of x.bin>"));
}

TEST_CASE("options replace what was set before them") {
    ferry::request_options all;
    all.query.emplace_back("b", "2");
    CHECK(client().list().extra_query("a", "1").options(all).extra_query("c", "3").request()->url ==
          api + "/things?b=2&c=3");
}
