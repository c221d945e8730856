// The client that ferry-gen writes for wire.yaml: what ends up on the wire.
#include "support/catch2.hpp"

#include <acme/wire/description.hpp>
#include <ferry/engine/make_engine.hpp>
#include <ferry/json.hpp>
#include <ferry/testing.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace models = acme::wire::models;

namespace {

using ferry::testing::canned_response;
using ferry::testing::memory_transport;
using ferry_test::contains;

std::string header(ferry::testing::received_request const& asked, std::string_view name) {
    return std::string(asked.headers.find(name).value_or(""));
}

ferry::client_options with_key(std::string key = "secret") {
    ferry::client_options options;
    options.api_key = std::move(key);
    return options;
}

/// A client whose service says "done".
struct wire {
    explicit wire(ferry::client_options options = with_key(), std::string answer = "",
                  std::string type = "application/json")
        : service(std::make_shared<memory_transport>(
              std::vector<canned_response>{{answer.empty() ? 204 : 200, answer, type}})),
          client(ferry::make_engine(acme::wire::description(), std::move(options), service)) {}

    ferry::testing::received_request asked() const { return service->requests().at(0); }

    std::shared_ptr<memory_transport> service;
    acme::wire::client client;
};

}  // namespace

TEST_CASE(
    "a list that is one text encodes the separator within its elements, and nothing else tells them apart") {
    wire at;
    REQUIRE(at.client.lists.get({"a,b", "c"}, {"a.b", "c"})
                .joined({"a,b", "c"})
                .spaced({"a,b", "c|d"})
                .piped({"a b", "c"})
                .times({ferry::timestamp("2026-01-01T00:00:00Z")})
                .holes({1, std::nullopt, 3})
                .x_words({"a,b", "50% c", "%2C"})
                .send());
    CHECK_THAT(at.asked().target, contains("/v1/lists/a%2Cb,c/.a%2Eb.c?tenant=a%20b&"));
    CHECK_THAT(at.asked().target, contains("&joined=a%2Cb,c&spaced=a%2Cb%20c%7Cd&piped=a%20b%7Cc&"));
    CHECK_THAT(at.asked().target, contains("&times=2026-01-01T00%3A00%3A00Z&holes=1,null,3"));
    CHECK(header(at.asked(), "X-Words") == "a%2Cb,50% c,%252C");
}

TEST_CASE("an element that contains the space or bar of its style is refused") {
    wire at;
    auto const spaced = at.client.lists.get({"a"}, {"b"}).spaced({"a b"}).send();
    REQUIRE(spaced.error().kind() == ferry::error_kind::invalid_argument);
    CHECK_THAT(spaced.error().message(), contains("spaced has a value with a space or a bar in it"));
    CHECK_THAT(at.client.lists.get({"a"}, {"b"}).piped({"a|b"}).send().error().message(),
               contains("piped has"));
}

TEST_CASE("allowReserved keeps what has a meaning in URLs, but for what would end the value") {
    wire at;
    REQUIRE(
        at.client.lists.get({"a"}, {"b"}).url("https://x.test/a?b=c&d#e+%2F%").urls({"a/b,c", "d"}).send());
    CHECK_THAT(at.asked().target, contains("&url=https://x.test/a?b=c%26d%23e%2B%2F%25"));
    CHECK_THAT(at.asked().target, contains("&urls=a/b%2Cc,d"));
}

TEST_CASE(
    "no cookie begins within the value of another one, and one that came from Set-Cookie goes back as it "
    "was") {
    wire at(with_key("k; admin=0"));
    REQUIRE(at.client.lists.get({"a"}, {"b"})
                .session("v; admin=1")
                .words({"a,b", "c;d"})
                .any({{"x; admin", "\"q\""}, {"y", "s%3Aabc="}})
                .send());
    CHECK(header(at.asked(), "Cookie") ==
          "key=k%3B%20admin=0; session=v%3B%20admin=1; words=a%2Cb,c%3Bd; x%3B%20admin=\"q\"; y=s%3Aabc=");
}

TEST_CASE("paths: a parameter within the query, a percent sign that stands alone, the server's own query") {
    wire at;
    REQUIRE(at.client.odd.act("a&b", "a&b=c").more("m").send());
    CHECK(at.asked().target == "/v1/100%25/a&b?action=a%26b%3Dc&tenant=a%20b&more=m");
    wire dots;
    REQUIRE(dots.client.odd.act("x", "..").send());
    CHECK(dots.asked().target == "/v1/100%25/x?action=..&tenant=a%20b");
    CHECK_THAT(dots.client.odd.act("..", "x").send().error().message(), contains("would change the path"));
    wire own;
    REQUIRE(own.client.odd.elsewhere().send());
    CHECK(own.asked().target == "/v3/elsewhere?own=1");
}

TEST_CASE("servers: a variable may be empty, and one in the query is encoded for that") {
    CHECK(acme::wire::description().default_base_url == "https://wire.test/v1?tenant=a%20b");
    CHECK(acme::wire::servers::wire() == "https://wire.test/v1?tenant=a%20b");
    CHECK(acme::wire::servers::wire(".eu") == "https://wire.test.eu/v1?tenant=a%20b");
    CHECK(acme::wire::servers::regional("us", "a&b/") == "https://us.wire.test/v2?zone=a%26b%2F");
    auto options = with_key();
    options.base_url = acme::wire::servers::regional("us", "2");
    wire at(options);
    REQUIRE(at.client.odd.act("x", "y").send());
    CHECK(at.asked().target == "/v2/100%25/x?action=y&zone=2");
}

TEST_CASE("what has one allowed value or a default is no argument, and is sent") {
    wire at(with_key(), R"({"n":1})");
    REQUIRE(at.client.fixed.post("name", "text").send());
    CHECK(at.asked().target == "/v1/fixed/a%20b?tenant=a%20b&alt=json&size=20&name=name");
    CHECK(header(at.asked(), "X-Version") == "2");
    CHECK(at.asked().content == R"({"object":"thing","alt":"json","count":3,"text":"text"})");
    wire other(with_key(), R"({"n":1})");
    REQUIRE(other.client.fixed.post("name", "text").size(5).x_version("1").send());
    CHECK_THAT(other.asked().target, contains("&size=5&"));
    CHECK(header(other.asked(), "X-Version") == "1");
}

TEST_CASE("media types keep their parameters, and their case does not matter") {
    wire at(with_key(), R"({"n":1})", "APPLICATION/JSON;v=2");
    auto const answer = at.client.fixed.post("name", "text").send();
    CHECK(answer.value().n == 1);
    CHECK(header(at.asked(), "Content-Type") == "application/json;v=2.0");
    CHECK(header(at.asked(), "Accept") == "Application/JSON;V=2");
    wire form;
    REQUIRE(form.client.forms.send().url("a/b?c&d").words({"a,b", "c"}).send());
    CHECK(header(form.asked(), "Content-Type") == "application/x-www-form-urlencoded");
    CHECK(form.asked().content == "url=a/b?c%26d&words=a%2Cb,c");
}

TEST_CASE("a required member that only requests have is an argument, though an answer does without it") {
    wire at(with_key(), R"({"name":"n"})");
    auto const answer = at.client.secrets.set("n", "p").send();
    CHECK_FALSE(answer.value().password.has_value());
    CHECK(at.asked().content == R"({"name":"n","password":"p"})");
    CHECK(header(at.asked(), "Content-Type") == "application/json");
}

TEST_CASE("a member that leads back to its model may be given, null or left out") {
    auto const sent = [](auto const& fill) {
        wire at;
        auto call = at.client.nodes.add();
        fill(call);
        REQUIRE(call.send());
        return at.asked().content;
    };
    models::node inner;
    inner.name = "inner";
    CHECK(sent([](auto&) {}) == "{}");
    CHECK(sent([](auto& call) { call.next(ferry::null); }) == R"({"next":null})");
    CHECK(sent([&](auto& call) { call.next(inner); }) == R"({"next":{"name":"inner"}})");
}

TEST_CASE("multipart is for files, wherever they are described, and parts have the media types they should") {
    wire at;
    models::parts_point point;
    point.x = 1;
    models::parts_filter filter;
    filter.min_ = 1;
    filter.max_ = 2;
    REQUIRE(at.client.parts.send()
                .image(ferry::from_string("i", "a.jpg"))
                .files({{"x", ferry::from_string("f", "f.txt")}})
                .blob(ferry::from_string("b", "b.txt"))
                .blobs({ferry::from_string("1", "1"), ferry::from_string("2", "2").content_type("x/y")})
                .scan(ferry::from_string("s", "s.tiff"))
                .note("n")
                .point(point)
                .patch({{"a", 1}})
                .words({"a,b", "c"})
                .filter(filter)
                .send());
    auto const asked = at.asked();
    CHECK_THAT(header(asked, "Content-Type"), contains("multipart/form-data; boundary="));
    std::string shown;
    for (auto const& part : asked.parts)
        shown += part.name + " " + part.content_type + " " + part.content + "\n";
    CHECK(shown ==
          "kind  upload\n"
          "image image/jpeg i\n"
          "files[x] text/plain f\n"
          "blob application/octet-stream b\n"
          "blobs application/octet-stream 1\n"
          "blobs x/y 2\n"
          "scan image/tiff s\n"
          "note text/markdown n\n"
          "point application/json {\"x\":1}\n"
          "patch application/merge-patch+json {\"a\":1}\n"
          "words  a%2Cb,c\n"
          "filter[min]  1\n"
          "filter[max]  2\n");
    wire png;
    REQUIRE(png.client.parts.send().image(ferry::from_string("i", "a.bin")).send());
    CHECK(png.asked().part("image")->content_type == "image/png");
}

TEST_CASE("the entries of a map of files are parts") {
    wire at;
    REQUIRE(at.client.maps.send()
                .files({{"a", ferry::from_string("1", "1")}})
                .files({{"b", ferry::from_string("2", "2")}})
                .send());
    REQUIRE(at.asked().parts.size() == 1);
    CHECK(at.asked().part("b")->content == "2");
    wire more;
    REQUIRE(more.client.maps.add("t").additional_properties({{"a", ferry::from_string("1", "1")}}).send());
    CHECK(more.asked().part("title")->content == "t");
    CHECK(more.asked().part("a")->file_name == "1");
    CHECK_THAT(more.client.maps.add("t")
                   .additional_properties({{"a\r\n", ferry::from_string("1", "1")}})
                   .send()
                   .error()
                   .message(),
               contains("CR, LF or NUL"));
}

TEST_CASE("what streams are made of has models") {
    REQUIRE(ferry::from_json<models::streams_run_item>(R"({"delta":"d"})").value().delta == "d");
    models::line line;
    line.text = "t";
    CHECK(ferry::to_json(line).value() == R"({"text":"t"})");
}

TEST_CASE("a misspelt security scheme neither keeps the key back nor asks for one") {
    auto const cookie = [](ferry::client_options options, auto const& call) {
        wire at(std::move(options));
        REQUIRE(call(at.client.doors).send());
        return header(at.asked(), "Cookie") + header(at.asked(), "Authorization");
    };
    auto const typo = [](auto const& doors) { return doors.typo(); };
    CHECK(cookie(with_key(), typo) == "key=secret");
    CHECK(cookie(with_key(""), typo).empty());
    CHECK(cookie(with_key(), [](auto const& doors) { return doors.both(); }) == "key=secret");
    CHECK(cookie(with_key(), [](auto const& doors) { return doors.certificate(); }) == "key=secret");
    CHECK(cookie(with_key(), [](auto const& doors) { return doors.open(); }).empty());
    auto options = with_key();
    options.credentials["login"] = "t";
    CHECK(cookie(options, [](auto const& doors) { return doors.either(); }) == "Bearer t");
    wire keyless(with_key(""));
    CHECK_THAT(keyless.client.doors.both().send().error().message(), contains("no API key"));
}
