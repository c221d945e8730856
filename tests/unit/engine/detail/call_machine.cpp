// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Whole calls over the transport in memory: retries, redirects, downloads, limits, errors. The
// asynchronous driver obeys the same machine; see ../../async.cpp.

#include "ferry/engine/detail/call_machine.hpp"
#include "ferry/core/send_once.hpp"

#include "../../support/fake_api.hpp"
#include "../../support/result.hpp"
#include "../../support/temporary_directory.hpp"

#include <latch>
#include <sstream>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using fake_api::a_thing;
using fake_api::at_once;
using fake_api::header;
using fake_api::service;
using ferry::error_kind;
using ferry::testing::canned_response;

namespace {

using script = std::vector<canned_response>;

canned_response broken(bool sent = true) {
    auto answer = canned_response::broken({error_kind::connection, "reset by peer"});
    answer.request_sent = sent;
    return answer;
}

canned_response cut(canned_response answer, std::size_t after) {
    answer.truncate_after = after;
    return answer;
}

canned_response redirect(int status, std::string to) {
    return canned_response(status, "").with("Location", std::move(to));
}

auto const signed_answer = canned_response(200, R"({"url":"https://store.test/blob?sig=hush"})");
auto const blob = canned_response(200, "BYTES", "application/pdf");

ferry::client_options retries(int count) {
    auto options = fake_api::options();
    options.max_retries = count;
    return options;
}

class text_sink : public ferry::byte_sink {
public:
    ferry::result<void> write(std::string_view bytes) override {
        text += bytes;
        return {};
    }
    bool restart() override {
        ++restarts;
        text.clear();
        return can_restart;
    }

    std::string text;
    int restarts = 0;
    bool can_restart = true;
};

/// A peer that goes on sending, a kilobyte each time `pause` has passed.
class endless {
public:
    static constexpr std::size_t most = 4 << 20;  // so that a test that fails ends

    endless(int status, ferry::header_fields headers, std::chrono::milliseconds pause, char byte = 'x')
        : peer_(std::make_shared<peer>(status, std::move(headers), pause, byte)), things(start()) {}

    std::size_t sent() const { return peer_->sent; }
    void advance(std::chrono::milliseconds span) const { peer_->time->advance(span); }

private:
    struct peer final : ferry::transport {
        peer(int code, ferry::header_fields fields, std::chrono::milliseconds wait, char c)
            : status(code), headers(std::move(fields)), pause(wait), piece(1000, c) {}

        ferry::exchange_result run(ferry::http_request const&, ferry::exchange_limits const&,
                                   ferry::response_handler& handler) override {
            ferry::exchange_result how;
            how.request_sent = how.head_received = true;
            auto taken = handler.on_head(status, ferry::header_fields(headers));
            for (sent = 0; taken && sent < most; sent += piece.size()) {
                time->advance(pause);
                taken = handler.on_content(piece);
            }
            how.failure = taken ? ferry::error(error_kind::file, "the peer is done") : taken.error();
            return how;
        }
        std::shared_ptr<ferry::exchange_handle> start(boost::asio::any_io_executor,
                                                      ferry::http_request const&,
                                                      ferry::exchange_limits const&, ferry::response_handler&,
                                                      std::function<void(ferry::exchange_result)>) override {
            return nullptr;
        }

        int status;
        ferry::header_fields headers;
        std::chrono::milliseconds pause;
        std::string piece;
        std::size_t sent = 0;
        std::shared_ptr<ferry::testing::fake_time> time = std::make_shared<ferry::testing::fake_time>();
    };

    fake_api::client start() {
        auto options = retries(0);
        options.time_source = peer_->time;
        return fake_api::client(ferry::make_engine(fake_api::description(), options, peer_));
    }

    std::shared_ptr<peer> peer_;

public:
    fake_api::client things;
};

ferry::header_fields fields(std::string name, std::string value) {
    ferry::header_fields out;
    out.add(std::move(name), std::move(value));
    return out;
}

}  // namespace

// ---- answers

TEST_CASE("a JSON answer becomes the value, with the answer around it") {
    auto const answer = a_thing("7").with("X-Request-Id", "r-1");
    service const s(script{answer, answer});
    CHECK(s.things.get("7").send()->id == "7");
    auto const got = s.things.get("7").with_response();
    REQUIRE(got);
    CHECK(got->value.name == "n");
    CHECK(got->status == 200);
    CHECK(got->request_id == "r-1");
    CHECK(got->attempts == 1);
    CHECK(fake_api::header(got->headers, "content-type") == "application/json");
}

TEST_CASE("an answer without content is a success without a value") {
    service const s(script{{204, ""}, {204, ""}, {200, "ignored", "text/html"}});
    CHECK(s.things.remove("x").send());
    CHECK(s.things.remove("x").with_response()->status == 204);
    CHECK(s.things.remove("x").send());
    CHECK(s.requests()[0].method == "DELETE");
}

TEST_CASE("text and bytes come as they are") {
    service const s(
        script{{200, "ok\n", "text/plain"}, {200, std::string("\0\xff", 2), "image/png"}, {204, ""}});
    CHECK(s.things.health().send().value() == "ok\n");
    CHECK(s.things.bytes("x").send().value() == std::string("\0\xff", 2));
    CHECK(s.things.call("GET", "/other").send().value().empty());
}

TEST_CASE("media types that are JSON by another name are read") {
    auto const json = R"({"id":"1","name":"n"})";
    service const s(
        script{{201, json, "application/problem+json"}, {200, json, "Application/JSON; charset=utf-8"}});
    CHECK(s.things.get("x").send());
    CHECK(s.things.get("x").send());
}

TEST_CASE("an answer that is not what was promised is a decoding error that says where") {
    service const s(script{{200, "<html>login</html>", "text/html"},
                           {200, ""},
                           {204, ""},
                           {200, R"({"id":1,"name":"n"})"},
                           {200, R"({"id":"1"})"},
                           {200, R"({"id":"1","name":)"},
                           {200, R"({"items":[{"id":"1","name":"n"},{"id":"2","name":3}]})"}});
    auto const fails = [&](std::string const& part) {
        auto const got = s.things.get("x").send();
        REQUIRE_FALSE(got);
        CHECK(got.error().kind() == error_kind::decoding);
        CHECK_THAT(got.error().message(), ferry_test::contains(part));
        CHECK_THAT(got.error().message(), ferry_test::contains("things.get: GET https://api.test/things/x"));
        return got.error();
    };
    auto const html = fails("expected application/json, got text/html");
    CHECK(html.body() == "<html>login</html>");
    CHECK(html.status() == 200);
    fails("got no content type");
    fails("got no content type");
    fails("/id: expected a string");
    fails("name");
    fails("at byte");
    CHECK_THAT(s.things.list().send().error().message(),
               ferry_test::contains("/items/1/name: expected a string"));
    CHECK(s.requests().size() == 7);  // none of them was repeated
    CHECK_THROWS_AS(service(script{{200, ""}}).things.get("x").send().value(), ferry::decoding_error);
}

TEST_CASE("an answer over the limit is refused, whatever reads it") {
    auto options = fake_api::options();
    options.max_body_size = 40;
    auto const long_json = R"({"id":"1","name":")" + std::string(50, 'n') + "\"}";
    service const s(script{{200, long_json},
                           {200, long_json},
                           {200, std::string(41, 'x'), "x/y"},
                           {200, std::string(40, 'x'), "x/y"}},
                    options);
    auto const got = s.things.get("x").send();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::limit);
    CHECK_THAT(got.error().message(), ferry_test::contains("max_body_size (40 bytes)"));
    ferry::request_options more;
    more.max_body_size = 1000;
    CHECK(s.things.get("x").options(more).send());
    CHECK(s.things.bytes("x").send().error().kind() == error_kind::limit);
    CHECK(s.things.bytes("x").send()->size() == 40);
}

TEST_CASE("one odd item does not hide an answer, unless that is asked for") {
    std::string const odd =
        "\xef\xbb\xbf{\"items\":[{\"id\":\"1\",\"name\":\"a\",\"score\":NaN,\"text\":\"\\udc00\"},"
        "{\"id\":\"2\",\"name\":\"\\ud83d\"},{\"id\":\"3\",\"name\":\"caf\xe9\"}]}";
    auto strict = fake_api::options();
    strict.strict_json = true;
    service const s(script{{200, odd}, {200, odd.substr(3)}});
    auto const got = s.things.list().send();
    REQUIRE(got);
    REQUIRE(got->items.size() == 3);
    CHECK(got->items[1].name == "\ufffd");
    CHECK(got->items[2].name == "caf\ufffd");
    ferry::request_options with;
    with.strict_json = true;
    auto const refused = s.things.list().options(with).send();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind() == error_kind::decoding);
    CHECK_THAT(refused.error().message(), ferry_test::contains("/items/1/name: not valid Unicode"));

    service const all(script{{200, odd.substr(3)}, {200, odd.substr(3)}}, strict);
    CHECK(all.things.list().send().error().kind() == error_kind::decoding);
    with.strict_json = false;
    CHECK(all.things.list().options(with).send()->items.size() == 3);
}

TEST_CASE("a small answer that would become large in memory is refused") {
    auto options = fake_api::options();
    options.max_body_size = 4 << 20;
    std::string many = R"({"items":[)";
    for (int i = 0; i < 200'000; ++i) many += R"({"id":"","name":""},)";
    many += R"({"id":"","name":""}]})";
    REQUIRE(many.size() < options.max_body_size);
    service const s(script{{200, many}, {200, many}}, options);
    auto const got = s.things.list().send();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::limit);
    CHECK_THAT(got.error().message(), ferry_test::contains("takes more than 4194304 bytes of memory"));
    ferry::request_options more;
    more.max_body_size = 200 << 20;
    CHECK(s.things.list().options(more).send()->items.size() == 200'001);
}

TEST_CASE("what follows a head that says everything is not waited for") {
    endless const peer(204, {}, std::chrono::milliseconds(0));
    CHECK(peer.things.remove("x").send());
    CHECK(peer.sent() <= (1 << 20) + 1000);
}

TEST_CASE("a download that only drips ends") {
    auto const drips = [](std::chrono::milliseconds pause) {
        return endless(200, fields("Content-Type", "x/y"), pause);
    };
    text_sink sink;
    auto const slow = drips(59s);  // 17 bytes a second
    auto const got = slow.things.bytes("x").write_to(sink);
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::timeout);
    CHECK_THAT(got.error().message(), ferry_test::contains("min_download_rate is 64 bytes a second"));
    CHECK(slow.sent() < 10 * 1000);

    auto const fast_enough = drips(10s);
    CHECK(fast_enough.things.bytes("x").write_to(sink).error().kind() ==
          error_kind::file);  // the peer is done
    CHECK(fast_enough.sent() >= endless::most);

    class slow_sink final : public ferry::byte_sink {
    public:
        explicit slow_sink(endless const& peer) : peer_(peer) {}
        ferry::result<void> write(std::string_view) override {
            peer_.advance(59s);
            return {};
        }

    private:
        endless const& peer_;
    };
    auto const quick = drips(1s);
    slow_sink slow_caller(quick);  // whose time is not the peer's
    CHECK(quick.things.bytes("x").write_to(slow_caller).error().kind() == error_kind::file);

    endless const events(200, fields("Content-Type", "text/event-stream; x=y"), 59s);
    CHECK(events.things.bytes("x").write_to(sink).error().kind() == error_kind::file);
    CHECK(events.sent() >= endless::most);
}

TEST_CASE("the answer to an upload, and a refused download, end with the total timeout") {
    endless const made(200, fields("Content-Type", "application/json"), 59s, ' ');
    auto const sent = made.things.upload(ferry::from_string("b", "a")).send();
    REQUIRE_FALSE(sent);
    CHECK(sent.error().kind() == error_kind::timeout);
    CHECK_THAT(sent.error().message(), ferry_test::contains("within 60000 ms"));
    text_sink sink;
    endless const refused(404, {}, 59s);
    CHECK(refused.things.bytes("x").write_to(sink).error().kind() == error_kind::timeout);
    CHECK(refused.sent() < 10 * 1000);
}

TEST_CASE("downloads to sinks have no limit") {
    auto options = fake_api::options();
    options.max_body_size = 4;
    service const s(script{blob}, options);
    text_sink sink;
    CHECK(s.things.bytes("x").write_to(sink));
    CHECK(sink.text == "BYTES");
}

// ---- errors

TEST_CASE("an error answer becomes an error with everything that is known") {
    service const s(
        script{canned_response(404, R"({"detail":"File not found"})").with("x-request-id", "r-9")});
    auto const got = s.things.get("x").send();
    REQUIRE_FALSE(got);
    auto const& why = got.error();
    CHECK(why.kind() == error_kind::status);
    CHECK(why.status() == 404);
    CHECK(why.detail() == "File not found");
    CHECK(why.request_id() == "r-9");
    CHECK(why.body() == R"({"detail":"File not found"})");
    CHECK(why.retries() == 0);
    CHECK(fake_api::header(why.headers(), "content-type") == "application/json");
    CHECK(why.message() ==
          "things.get: GET https://api.test/things/x answered 404 Not Found: File not found");
    CHECK_THROWS_AS(got.value(), ferry::not_found_error);
}

TEST_CASE("a validation error lists its issues, and other bodies are kept as text") {
    service const s(
        script{{422, R"({"detail":[{"loc":["body","name"],"msg":"too long","type":"string_too_long"}]})"},
               {418, "I am a teapot", "text/plain"},
               {400, std::string((1 << 20) + 77, 'x'), "text/plain"}});
    auto const invalid = s.things.create("n").send().error();
    REQUIRE(invalid.validation_issues().size() == 1);
    CHECK(invalid.validation_issues()[0].location == "body.name");
    CHECK(invalid.detail() == "body.name: too long");
    auto const teapot = s.things.get("x").send().error();
    CHECK(teapot.body() == "I am a teapot");
    CHECK(teapot.detail().empty());
    CHECK_THAT(teapot.message(), ferry_test::contains("answered 418"));
    CHECK(s.things.get("x").send().error().body().size() == 1 << 20);
}

TEST_CASE("the words of a service are one line of a message, bounded and without the call's credentials") {
    std::string const hostile = R"(no\r\nkey secret-key\u001b[2J \u202Esecret%2Dkey, Bearer one-time)";
    service const s(
        script{{403, R"({"detail":")" + hostile + "\"}"},
               {403, R"({"detail":")" + std::string(900'000, 'x') + "\"}"},
               {403, R"({"detail":{"error":"no\n","token":"abc","url":"https://x.test/?sig=hush"}})"},
               {422, R"({"detail":[{"loc":["body","password"],"input":"hunter2"}]})"}});
    auto const said = [&] {
        return s.things.get("x").extra_header("X-Auth-Token", "Bearer one-time").send().error();
    };
    std::string const where = "things.get: GET https://api.test/things/x answered ";
    auto const first = said();
    CHECK(first.message() == where + "403 Forbidden: no key ***?[2J ?secret%2Dkey, Bearer ***");
    CHECK_THAT(first.detail(), ferry_test::contains("secret-key\x1b[2J"));
    CHECK(said().message() == where + "403 Forbidden: " + std::string(1000, 'x') + "\u2026");
    CHECK(said().message() ==
          where + R"(403 Forbidden: {"error":"no\n","token":"***","url":"https://x.test/?sig=***"})");
    CHECK(said().message() ==
          where + R"(422 Unprocessable Content: [{"loc":["body","password"],"input":"***"}])");
}

TEST_CASE("a URL in a message is bounded, and known secrets in its path are not shown") {
    service const s(script{{404, "{}"}, {404, "{}"}});
    CHECK(s.things.get("secret-key").send().error().message() ==
          "things.get: GET https://api.test/things/*** answered 404 Not Found");
    auto const longest = s.things.get(std::string(5000, 'x')).send().error().message();
    CHECK(longest.size() < 1100);
    CHECK_THAT(longest, ferry_test::contains("xx\u2026 answered 404 Not Found"));
}

// ---- retries

TEST_CASE("408, 409, 425, 429 and 500 and above are repeated until an answer comes") {
    for (int const status : {408, 409, 425, 429, 500, 503}) {
        service const s(script{at_once(status), at_once(status), a_thing()});
        auto const got = s.things.create("n").with_response();  // answered, so safe for a POST too
        REQUIRE(got);
        CHECK(got->attempts == 3);
    }
}

TEST_CASE(
    "a gateway without an answer does not know whether a POST has arrived: it is not repeated unasked") {
    int const status = GENERATE(502, 504);
    service const s([&](auto const&) { return at_once(status); });
    auto const created = s.things.create("n").send();
    CHECK(created.error().retries() == 0);
    CHECK(ferry::may_have_arrived(created.error()));
    CHECK(s.things.get("x").send().error().retries() == 2);
    auto allowed = retries(2);
    allowed.retry_non_idempotent = true;
    service const anyway(script{at_once(status), a_thing()}, allowed);
    CHECK(anyway.things.create("n").send());
}

TEST_CASE("retries end, and the last error says how many there were") {
    service const s([](auto const&) { return at_once(503, R"({"detail":"busy"})"); });
    auto const got = s.things.get("x").send();
    REQUIRE_FALSE(got);
    CHECK(got.error().retries() == 2);
    CHECK(got.error().retry_after() == 0ms);
    CHECK(s.requests().size() == 3);
    CHECK(s.things.get("x").max_retries(0).send().error().retries() == 0);
    CHECK(s.requests().size() == 4);
    CHECK(s.things.get("x").max_retries(5).send().error().retries() == 5);
    CHECK(s.requests().size() == 10);
}

TEST_CASE("x-should-retry decides both ways") {
    service const yes(script{at_once(400).with("x-should-retry", "true"), a_thing()});
    CHECK(yes.things.get("x").send());
    service const no(script{at_once(503).with("x-should-retry", "false"), a_thing()});
    CHECK(no.things.get("x").send().error().status() == 503);
}

TEST_CASE("the service's wait is kept, and an overlong one is returned") {
    auto const time = std::make_shared<ferry::testing::fake_time>();
    service const s(script{canned_response(429, "").with("retry-after-ms", "120"), a_thing(),
                           canned_response(429, "").with("Retry-After", "61"), a_thing()},
                    time);
    CHECK(s.things.get("x").send());
    CHECK(time->pauses() == std::vector{120ms});
    auto const got = s.things.get("x").send();
    REQUIRE_FALSE(got);
    CHECK(got.error().status() == 429);
    CHECK(got.error().retry_after() == 61s);
    CHECK(s.requests().size() == 3);
    CHECK_THROWS_AS(got.value(), ferry::rate_limit_error);
}

TEST_CASE("a date in Retry-After is counted from the service's clock, or else from the client's") {
    auto const until = canned_response(503, "").with("Retry-After", "Thu, 01 Jan 2026 00:02:00 GMT");
    auto dated = until;  // by a client whose clock is an hour slow
    dated.headers.add("Date", "Thu, 01 Jan 2026 01:00:00 GMT");
    dated.headers.set("Retry-After", "Thu, 01 Jan 2026 01:02:05 GMT");
    service const s(script{until, dated});
    CHECK(s.things.get("x").send().error().retry_after() == 120s);
    CHECK(s.things.get("x").send().error().retry_after() == 125s);
}

TEST_CASE("a wait that ends after the deadline is not begun") {
    auto const time = std::make_shared<ferry::testing::fake_time>();
    service const s(script{canned_response(503, "").with("Retry-After", "30"), a_thing()}, time);
    auto const got = s.things.get("x").timeout(20s).send();
    REQUIRE_FALSE(got);
    CHECK(got.error().status() == 503);
    CHECK(got.error().retry_after() == 30s);
    CHECK(time->pauses().empty());
    CHECK(s.requests().size() == 1);
}

TEST_CASE("a call is stopped while it waits for its next attempt, and while it waits for the answer") {
    bool const stalls = GENERATE(false, true);
    std::latch waits(1);
    auto options = fake_api::options();
    options.total_timeout = options.idle_timeout = options.max_retry_after =
        2h;  // a stop that comes late hangs
    options.time_source = std::make_shared<fake_api::announced_time>([&] { waits.count_down(); });
    service const s(
        [&](auto const&) {
            if (!stalls) return canned_response(503, "").with("Retry-After", "3600");
            waits.count_down();
            return canned_response::stalled();
        },
        options);
    std::stop_source stop;
    std::jthread const other([&] {
        waits.wait();
        stop.request_stop();
    });
    auto const got = s.things.get("x").stop_token(stop.get_token()).send();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::cancelled);
    CHECK_THROWS_AS(got.value(), ferry::cancelled_error);
    CHECK(s.requests().size() == 1);
}

TEST_CASE("a call that was stopped before it began sends nothing") {
    service const s(script{a_thing()});
    std::stop_source stop;
    stop.request_stop();
    ferry::request_options options;
    options.stop_token = stop.get_token();
    auto const got = s.things.get("x").options(options).send();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::cancelled);
    CHECK(s.requests().empty());
}

TEST_CASE("a walk is stopped between pages") {
    service const s([](auto const&) {
        return canned_response(200, R"({"items":[{"id":"1","name":"n"}],"next_token":"more"})");
    });
    std::stop_source stop;
    int items = 0;
    error_kind ended{};
    for (auto const& item : s.things.list().stop_token(stop.get_token()).items()) {
        if (!item) {
            ended = item.error().kind();
            break;
        }
        ++items;
        stop.request_stop();
    }
    CHECK(items == 1);
    CHECK(ended == error_kind::cancelled);
}

TEST_CASE("a broken connection is repeated where that is safe") {
    auto const once = retries(1);
    service const get(script{broken(), a_thing()}, once);
    CHECK(get.things.get("x").send());
    service const refused(script{broken(false), a_thing()}, once);
    CHECK(refused.things.create("n").send());  // never left: safe for a POST
    service const remove(script{broken(), {204, ""}}, once);
    CHECK(remove.things.remove("x").send());
}

TEST_CASE("a POST that may have arrived is not repeated, unless told so") {
    service const s(script{broken(), a_thing()});
    auto const got = s.things.create("n").send();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::connection);
    CHECK(s.requests().size() == 1);
    service const unlisted(script{broken(), a_thing()});
    CHECK_FALSE(unlisted.things.call("POST", "/x").send());

    auto options = retries(1);
    options.retry_non_idempotent = true;
    service const daring(script{broken(), a_thing()}, options);
    CHECK(daring.things.create("n").send());
}

TEST_CASE("a POST answered by half an answer is not repeated") {
    service const s(script{cut(a_thing(), 5), a_thing()});
    auto const got = s.things.create("n").send();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::protocol);
    CHECK_THAT(got.error().message(), ferry_test::contains("cut short after 5 of"));
    CHECK(s.requests().size() == 1);
}

TEST_CASE("half an answer leaves nothing behind in the next") {
    auto const page = canned_response(200, R"({"items":[{"id":"1","name":"n"}],"next_token":"t"})");
    service const s(script{cut(page, 40), {200, R"({"items":[]})"}}, retries(1));
    auto const got = s.things.list().send();
    REQUIRE(got);
    CHECK(got->items.empty());
    CHECK_FALSE(got->next_token.has_value());

    service const body_then_nothing(script{at_once(503, R"({"detail":"busy"})"), broken()}, retries(1));
    auto const why = body_then_nothing.things.get("x").send().error();
    CHECK(why.kind() == error_kind::connection);
    CHECK(why.retries() == 1);
    CHECK(why.status() == 0);
    CHECK(why.body().empty());
    CHECK(why.headers().empty());
}

TEST_CASE("a body that can rewind is sent whole each time, another only once") {
    service const s([](auto const& r) { return r.method == "POST" ? at_once(503) : a_thing(); });
    std::istringstream stream("streamed");
    CHECK_FALSE(s.things.upload(ferry::from_stream(stream, "s.txt")).send());
    auto all = s.requests();
    REQUIRE(all.size() == 3);
    for (auto const& request : all)
        CHECK_THAT(request.content, ferry_test::contains("\r\n\r\nstreamed\r\n--"));

    int reads = 0;
    auto const once = ferry::from_callback([&](char*, std::size_t) { return std::size_t(reads++ * 0); }, "c");
    auto const got = s.things.upload(once).send();
    REQUIRE_FALSE(got);
    CHECK(got.error().status() == 503);
    CHECK(got.error().retries() == 0);
    CHECK(s.requests().size() == 4);
}

TEST_CASE("a local file that cannot be read or shrinks fails the call, and is not repeated") {
    service const s([](auto const&) { return a_thing(); });
    auto const missing = s.things.upload(ferry::from_path("/nonexistent/x")).send();
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind() == error_kind::file);
    CHECK_THAT(missing.error().message(), ferry_test::contains("things.upload: POST"));
    CHECK_THAT(missing.error().message(), ferry_test::contains("No such file"));
    CHECK(s.requests().empty());

    std::istringstream stream("abc");
    auto const shrunk = s.things.upload(ferry::from_stream(stream, "s", 9)).send();
    REQUIRE_FALSE(shrunk);
    CHECK(shrunk.error().kind() == error_kind::file);
    CHECK_THAT(shrunk.error().message(), ferry_test::contains("'s' shrank while it was sent"));
    CHECK_THROWS_AS(shrunk.value(), ferry::file_error);
}

TEST_CASE("a status says more than how its body ended") {
    service const s(script{cut(canned_response(404, R"({"detail":"File not found"})"), 3),
                           canned_response(400, std::string(3 << 20, 'x'), "text/plain")});
    auto const cut_short = s.things.get("x").send();
    REQUIRE_FALSE(cut_short);
    CHECK(cut_short.error().status() == 404);
    CHECK(cut_short.error().kind() == error_kind::status);

    auto const endless = s.things.get("x").send();
    REQUIRE_FALSE(endless);
    CHECK(endless.error().kind() == error_kind::status);
    CHECK(endless.error().body().size() == 1 << 20);
}

TEST_CASE("an outage does not end in a storm of retries") {
    service const s([](auto const&) { return at_once(503); });
    for (int i = 0; i < 200; ++i) static_cast<void>(s.things.get("x").send());
    CHECK(s.requests().size() == 300);  // 200 calls and the 100 retries that the budget allows
}

// ---- deadlines

TEST_CASE("a stalled service ends a call at its deadline") {
    auto options = fake_api::options();
    options.idle_timeout = 1h;  // a deadline that does not hold hangs
    service const s([](auto const&) { return canned_response::stalled(); }, options);
    auto const start = std::chrono::steady_clock::now();
    auto const got = s.things.get("x").timeout(80ms).send();
    CHECK(std::chrono::steady_clock::now() - start >= 80ms);
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::timeout);
    CHECK_THROWS_AS(got.value(), ferry::timeout_error);
}

TEST_CASE("which deadline holds depends on whether bodies are streamed") {
    auto options = retries(0);
    options.total_timeout = 10min;
    options.idle_timeout = 1h;
    auto const time = std::make_shared<ferry::testing::fake_time>();
    script const silence(4, canned_response::stalled());
    service const s(silence, time, options);
    auto before = 0ms;
    auto const waited = [&](auto const& got) {
        CHECK((!got && got.error().kind() == error_kind::timeout));
        return time->passed() - std::exchange(before, time->passed());
    };
    // Real time counts, too: of a total a little has passed by itself.
    CHECK(waited(s.things.get("x").send()) <= 10min);
    CHECK(waited(s.things.call("PUT", "/x").content("{}").send()) <= 10min);
    CHECK(waited(s.things.upload(ferry::from_string("x", "x")).send()) == 1h);
    text_sink sink;
    CHECK(waited(s.things.bytes("x").write_to(sink)) == 1h);
    options.transfer_timeout = 10min;
    service const bounded(silence, time, options);
    CHECK(waited(bounded.things.bytes("x").write_to(sink)) <= 10min);
}

TEST_CASE("limits that no clock can count to are no limits") {
    auto options = fake_api::options();
    options.total_timeout = (std::chrono::milliseconds::max)();
    options.max_retry_after = (std::chrono::milliseconds::max)();
    service const s(script{a_thing(), at_once(503), a_thing()}, options);
    CHECK(s.things.get("x").send());
    CHECK(s.things.get("x").timeout((std::chrono::milliseconds::max)()).send());
}

// ---- redirects

TEST_CASE("a redirect on the same origin keeps the credentials") {
    for (int const status : {301, 302, 303, 307, 308}) {
        service const s(script{redirect(status, "../moved?x=1"), a_thing()});
        auto const got = s.things.get("x").with_response();
        REQUIRE(got);
        CHECK(got->attempts == 2);
        auto const requests = s.requests();
        CHECK(requests[1].target == "/moved?x=1");
        CHECK(fake_api::header(requests[1].headers, "authorization") == "Bearer secret-key");
    }
}

TEST_CASE("a redirect to another origin takes nothing along, and nothing comes back") {
    auto options = fake_api::options();
    options.headers.add("X-Team-Secret", "t");
    options.headers.add("Cookie", "c=1");
    service const s(
        script{redirect(302, "https://other.test/x"), redirect(302, "https://api.test/back"), a_thing()},
        options);
    REQUIRE(s.things.get("x").trace("t").extra_header("X-Mine", "m").send());
    auto const requests = s.requests();
    REQUIRE(requests.size() == 3);
    CHECK(requests[0].headers.contains("X-Team-Secret"));
    for (std::size_t const i : {1u, 2u}) {
        CHECK(requests[i].headers.size() == 3);
        CHECK(requests[i].headers.contains("user-agent"));
        CHECK(requests[i].headers.contains("accept"));
    }
    CHECK(requests[1].origin.host == "other.test");
    CHECK(requests[2].origin.host == "api.test");
}

TEST_CASE("another port or scheme is another origin, and https never becomes http") {
    service const port(script{redirect(307, "https://api.test:444/x"), a_thing()});
    REQUIRE(port.things.get("x").send());
    CHECK_FALSE(port.requests()[1].headers.contains("authorization"));

    service const down(script{redirect(302, "http://api.test/x"), a_thing()});
    auto const got = down.things.get("x").send();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::protocol);
    CHECK_THAT(got.error().message(), ferry_test::contains("from https to http"));
    CHECK(down.requests().size() == 1);

    auto options = fake_api::options();
    options.allow_http_links = true;
    service const allowed(script{redirect(302, "http://api.test/x"), a_thing()}, options);
    REQUIRE(allowed.things.get("x").send());
    CHECK(allowed.requests()[1].origin.scheme == "http");
    CHECK_FALSE(allowed.requests()[1].headers.contains("authorization"));
}

TEST_CASE("redirects and signed URLs are requested byte for byte") {
    service const s(script{redirect(307, "/bucket/2024%2B01%2Freport.pdf?sig=a%2fb"),
                           redirect(307, "https://other.test/k/%2E%2E%2Fsecret?"),
                           redirect(307, "/a b/../\u00e4|[1]"), a_thing()});
    REQUIRE(s.things.get("x").send());
    auto const requests = s.requests();
    CHECK(requests[1].target == "/bucket/2024%2B01%2Freport.pdf?sig=a%2fb");
    CHECK(requests[2].origin.host == "other.test");
    CHECK(requests[2].target == "/k/%2E%2E%2Fsecret?");
    CHECK(requests[3].target == "/%C3%A4|[1]");

    service const signed_too(script{
        {200, R"({"url":"https://store.test/b/../2024%2B01%2Fr \u00e4.pdf?sig=a+b%2F'&x=%7e"})"}, blob});
    text_sink sink;
    REQUIRE(signed_too.things.content("x").write_to(sink));
    CHECK(signed_too.requests()[1].target == "/b/../2024%2B01%2Fr%20%C3%A4.pdf?sig=a+b%2F'&x=%7e");
}

TEST_CASE("redirects in a circle and to nowhere are errors") {
    service const circle([](auto const&) { return redirect(302, "/again"); });
    auto const got = circle.things.get("x").send();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::protocol);
    CHECK_THAT(got.error().message(), ferry_test::contains("more than 10 redirects"));
    CHECK(got.error().retries() == 0);
    CHECK(circle.requests().size() == 11);
    for (auto const* to : {"http://[", "javascript:x", "https://user:pw@other.test/"}) {
        service const s(script{redirect(302, to)});
        CHECK(s.things.get("x").send().error().kind() == error_kind::protocol);
    }
    service const no_location(script{{302, ""}});
    CHECK(no_location.things.get("x").send().error().status() == 302);
}

TEST_CASE("a redirected POST or DELETE is an error, not another request") {
    service const s([](auto const&) { return redirect(307, "/other"); });
    auto const why = s.things.create("n").send().error();
    CHECK(why.status() == 307);
    CHECK(why.message() ==
          "things.create: POST https://api.test/things answered 307 Temporary Redirect to "
          "https://api.test/other, "
          "where a POST is not sent on its own; if the service has moved, set base_url");
    CHECK(s.things.remove("x").send().error().status() == 307);
    CHECK(s.requests().size() == 2);

    service const secret(script{redirect(308, "https://new.test/b/things?token=hush&page_size=3"),
                                redirect(301, "https://user:hush@new.test/"),
                                {302, ""}});
    CHECK_THAT(secret.things.create("n").send().error().message(),
               ferry_test::contains(" to https://new.test/b/things?token=***&page_size=3, where"));
    CHECK_THAT(secret.things.create("n").send().error().message(),
               ferry_test::contains(" to what is not a URL, where"));
    CHECK(secret.things.create("n").send().error().message() ==
          "things.create: POST https://api.test/things answered 302 Found");
}

TEST_CASE("redirects do not use up retries") {
    service const s(script{redirect(302, "/a"), at_once(503), at_once(503), a_thing()});
    auto const got = s.things.get("x").with_response();
    REQUIRE(got);
    CHECK(got->attempts == 4);
    service const failing(script{redirect(302, "/a"), {404, ""}});
    CHECK(failing.things.get("x").send().error().retries() == 0);
}

// ---- downloads

TEST_CASE("a signed URL is followed without the key and the client's own fields") {
    ferry_test::temporary_directory const here;
    auto options = fake_api::options();
    options.headers.add("X-Team-Secret", "t");
    auto answer = blob;
    answer.headers.add("Content-Disposition", "attachment; filename=\"../a.pdf\"");
    service const s(script{signed_answer, answer}, options);
    auto const saved = s.things.content("x").extra_header("X-Mine", "m").save_to(here / "copy.pdf");
    REQUIRE(saved);
    CHECK(saved->path == here / "copy.pdf");
    CHECK(saved->size == 5);
    CHECK(saved->content_type == "application/pdf");
    CHECK(saved->file_name == "a.pdf");
    CHECK(here.read("copy.pdf") == "BYTES");
    CHECK(here.count() == 1);

    auto const requests = s.requests();
    REQUIRE(requests.size() == 2);
    CHECK(fake_api::header(requests[0].headers, "authorization") == "Bearer secret-key");
    CHECK(requests[1].origin.host == "store.test");
    CHECK(requests[1].target == "/blob?sig=hush");
    CHECK(requests[1].headers.size() == 3);
    CHECK_FALSE(requests[1].headers.contains("authorization"));
    CHECK_FALSE(requests[1].headers.contains("x-team-secret"));
    CHECK_FALSE(requests[1].headers.contains("x-mine"));
}

TEST_CASE("an https service's signed URL is not fetched over http unless that is allowed") {
    canned_response const in_the_clear(200, R"({"url":"http://store.test/blob?sig=hush"})");
    service const refusing(script{in_the_clear, blob});
    text_sink sink;
    auto const got = refusing.things.content("x").write_to(sink);
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::protocol);
    CHECK_THAT(got.error().message(), ferry_test::contains("client_options::allow_http_links"));
    CHECK(got.error().message().find("hush") == std::string::npos);
    CHECK(refusing.requests().size() == 1);

    auto options = fake_api::options();
    options.allow_http_links = true;
    service const allowing(script{in_the_clear, blob}, options);
    CHECK(allowing.things.content("x").write_to(sink));

    options = fake_api::options();
    options.base_url = "http://api.test";
    service const local(script{in_the_clear, blob}, options);
    CHECK(local.things.content("x").write_to(sink));
}

TEST_CASE("send() of a signed download returns the URL") {
    service const s(script{signed_answer});
    CHECK(s.things.content("x").send()->url == "https://store.test/blob?sig=hush");
}

TEST_CASE("a signed URL that fails or is none is an error that hides its signature") {
    ferry_test::temporary_directory const here;
    here.write("old", "old");
    service const s(script{signed_answer, canned_response(403, "<Error>expired</Error>", "application/xml"),
                           canned_response(200, R"({"url":"/relative?sig=hush"})"),
                           canned_response(404, "")});
    auto const expired = s.things.content("x").save_to(here / "old");
    REQUIRE_FALSE(expired);
    CHECK(expired.error().status() == 403);
    CHECK(expired.error().body() == "<Error>expired</Error>");
    CHECK(expired.error().message().find("hush") == std::string::npos);
    CHECK_THAT(expired.error().message(), ferry_test::contains("https://store.test/blob?sig=***"));
    auto const relative = s.things.content("x").save_to(here / "old");
    REQUIRE_FALSE(relative);
    CHECK(relative.error().kind() == error_kind::decoding);
    CHECK_THAT(relative.error().message(), ferry_test::contains("signed URL"));
    CHECK(relative.error().message().find("hush") == std::string::npos);
    CHECK(s.things.content("x").save_to(here / "old").error().status() == 404);
    CHECK(here.read("old") == "old");
    CHECK(here.count() == 1);
}

TEST_CASE("bytes are downloaded to files and sinks, redirects and all") {
    ferry_test::temporary_directory const here;
    service const s(script{redirect(302, "https://cdn.test/b"), blob, blob, {200, "", "x/y"}});
    CHECK(s.things.bytes("x").save_to(here / "a")->size == 5);
    text_sink sink;
    CHECK(s.things.bytes("x").write_to(sink));
    CHECK(sink.text == "BYTES");
    CHECK(s.things.bytes("x").save_to(here / "empty")->size == 0);
    CHECK(here.read("empty").empty());
    CHECK(here.count() == 2);
}

TEST_CASE("a download that breaks off starts again") {
    ferry_test::temporary_directory const here;
    service const s(script{signed_answer, cut(blob, 3), at_once(503), blob}, retries(2));
    auto const saved = s.things.content("x").save_to(here / "a");
    REQUIRE(saved);
    CHECK(saved->size == 5);
    CHECK(here.read("a") == "BYTES");

    service const again(script{cut(blob, 3), blob}, retries(1));
    text_sink sink;
    REQUIRE(again.things.bytes("x").write_to(sink));
    CHECK(sink.text == "BYTES");
    CHECK(sink.restarts == 1);
}

TEST_CASE("a sink that cannot start again ends the download with what broke it off") {
    service const s(script{cut(blob, 3), blob});
    text_sink sink;
    sink.can_restart = false;
    auto const got = s.things.bytes("x").write_to(sink);
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::protocol);
    CHECK_THAT(got.error().message(), ferry_test::contains("cut short after 3 of 5"));
    CHECK(s.requests().size() == 1);
    // Where nothing was written there is nothing to start again.
    service const clean(script{at_once(503), blob});
    CHECK(clean.things.bytes("x").write_to(sink));
    CHECK(sink.restarts == 1);
}

TEST_CASE("a download that fails for good leaves nothing behind") {
    ferry_test::temporary_directory const here;
    service const s([](auto const&) { return cut(blob, 3); }, retries(0));
    auto const got = s.things.bytes("x").save_to(here / "a");
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::protocol);
    CHECK(here.count() == 0);
    CHECK(s.things.bytes("x").save_to(here / "none/a").error().kind() == error_kind::file);
    CHECK(s.things.bytes("x").save_to(here.path().string()).error().kind() == error_kind::file);
    CHECK(here.count() == 0);
}

TEST_CASE("a sink that fails or throws fails the call") {
    struct full_sink final : ferry::byte_sink {
        ferry::result<void> write(std::string_view) override {
            return ferry::error(error_kind::file, "disk full");
        }
    };
    struct throwing_sink final : ferry::byte_sink {
        ferry::result<void> write(std::string_view) override { throw std::runtime_error("no such table"); }
    };
    service const s(script{blob, blob});
    full_sink full;
    auto const got = s.things.bytes("x").write_to(full);
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::file);
    CHECK_THAT(got.error().message(), ferry_test::contains("disk full"));
    throwing_sink throwing;
    CHECK_THAT(s.things.bytes("x").write_to(throwing).error().message(),
               ferry_test::contains("the sink threw: no such table"));
}

// ---- what else an answer brings

TEST_CASE("the raw body comes with the response where it is wanted") {
    service const s(script{a_thing(), a_thing(), canned_response(200, "up", "text/plain")});
    CHECK(s.things.get("x").with_response()->raw_body.empty());
    auto const kept = s.things.get("x").keep_raw_body().with_response();
    REQUIRE(kept);
    CHECK(kept->raw_body == R"({"id":"t1","name":"n"})");
    CHECK(kept->value.id == "t1");
    CHECK(s.things.health().keep_raw_body().with_response()->raw_body == "up");
}

// ---- stopping all calls

TEST_CASE("the client's stop token ends its calls, besides their own") {
    std::stop_source all;
    auto options = fake_api::options();
    options.stop_token = all.get_token();
    service const s([](auto const&) { return a_thing(); }, options);
    std::stop_source one;
    CHECK(s.things.get("x").stop_token(one.get_token()).send());
    one.request_stop();
    CHECK(s.things.get("x").stop_token(one.get_token()).send().error().kind() == error_kind::cancelled);
    CHECK(s.things.get("x").send());
    all.request_stop();
    CHECK(s.things.get("x").send().error().kind() == error_kind::cancelled);
    CHECK(s.things.get("x").stop_token(std::stop_source().get_token()).send().error().kind() ==
          error_kind::cancelled);
}

TEST_CASE("the client's stop token wakes a call that waits") {
    std::stop_source all;
    auto options = fake_api::options();
    options.stop_token = all.get_token();
    service const s(
        [&](auto const&) {
            all.request_stop();  // the call has yet to wait for this answer
            return canned_response::stalled();
        },
        options);
    std::stop_source own;
    CHECK(s.things.get("x").stop_token(own.get_token()).send().error().kind() == error_kind::cancelled);
}

// ---- time

TEST_CASE("in fake time retries take no real time") {
    auto const time = std::make_shared<ferry::testing::fake_time>();
    auto options = retries(3);
    service const s(
        script{canned_response(503, "").with("Retry-After", "50"), canned_response(503, ""),
               canned_response(503, "").with("Retry-After", "Thu, 01 Jan 2026 00:01:00 GMT"), a_thing()},
        time, options);
    auto const got = s.things.get("x").timeout(std::chrono::minutes(2)).with_response();
    REQUIRE(got);
    CHECK(got->attempts == 4);
    using std::chrono::milliseconds;
    CHECK(time->pauses() == std::vector{milliseconds(50'000), milliseconds(1'000), milliseconds(9'000)});
    CHECK(got->metrics.pause >= milliseconds(60'000));
}

TEST_CASE("in fake time deadlines hold") {
    auto const time = std::make_shared<ferry::testing::fake_time>();
    service const s(
        script{canned_response::stalled(), canned_response::stalled(), canned_response::stalled()}, time,
        retries(5));
    auto const got = s.things.get("x").timeout(std::chrono::seconds(100)).send();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::timeout);
    // An idle timeout of a minute, a pause, and what is left.
    CHECK(got.error().retries() == 1);
    // Real time counts, too: of what was left a little has passed by itself.
    CHECK(time->passed() > std::chrono::seconds(60));
    CHECK(time->passed() <= std::chrono::seconds(100));
}

// ---- headers and tables of different versions

TEST_CASE("an operation that the tables do not have is refused, not taken for another") {
    class newer : public ferry::call<newer, fake_api::thing> {
    public:
        explicit newer(std::shared_ptr<ferry::engine> engine) : call(std::move(engine), "things.newer") {}
    };
    auto const transport = std::make_shared<ferry::testing::memory_transport>(script{a_thing()});
    newer const call(ferry::make_engine(fake_api::description(), fake_api::options(), transport));
    auto const got = call.send();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == error_kind::invalid_argument);
    CHECK_THAT(got.error().message(), ferry_test::contains("things.newer: the compiled tables do not know"));
    CHECK(transport->requests().empty());
}
