// The client that ferry-gen writes for kitchen_sink.yaml: the requests that it makes and the answers that it
// reads.
#include "support/catch2.hpp"

#include <acme/kitchen/description.hpp>
#include <ferry/engine/make_engine.hpp>
#include <ferry/json.hpp>
#include <ferry/testing.hpp>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace models = acme::kitchen::models;

namespace {

using ferry::testing::canned_response;
using ferry::testing::memory_transport;
using ferry_test::contains;

constexpr auto dish_json = R"({"id":"1","created_at":"t","name":"stew","kind":"main"})";

std::string header(ferry::testing::received_request const& asked, std::string_view name) {
    return std::string(asked.headers.find(name).value_or(""));
}

/// A client whose service gives these answers, one after the other.
struct kitchen {
    explicit kitchen(std::vector<canned_response> answers)
        : service(std::make_shared<memory_transport>(std::move(answers))), client(make_engine(service)) {}

    static std::shared_ptr<ferry::engine> make_engine(std::shared_ptr<memory_transport> over) {
        ferry::client_options options;
        options.api_key = "secret";
        return ferry::make_engine(acme::kitchen::description(), options, std::move(over));
    }
    ferry::testing::received_request asked(std::size_t index = 0) const {
        return service->requests().at(index);
    }

    std::shared_ptr<memory_transport> service;
    acme::kitchen::client client;
};

}  // namespace

TEST_CASE("parameters go to the path, the query, the headers and the cookies") {
    kitchen at({{200, R"({"dishes":[]})"}});
    auto const page = at.client.dishes.list()
                          .cursor("c")
                          .limit(5)
                          .kinds({models::kind::soup, "new"})
                          .ids({1, 2})
                          .words({"a", "b"})
                          .parts({"x", "y"})
                          .since("2026-01-01T00:00:00Z")
                          .fresh(true)
                          .weight(0.5)
                          .order("-name")
                          .timeout_(3)
                          .value("v")
                          .values({"w"})
                          .engine_2("e")
                          .session("s")
                          .x_trace("t")
                          .send();
    REQUIRE(page.has_value());
    auto const asked = at.asked();
    CHECK(asked.method == "GET");
    CHECK_THAT(asked.target, contains("/api/dishes?"));
    for (auto const* part : {"cursor=c", "limit=5", "kinds=soup", "kinds=new", "fresh=true", "weight=0.5",
                             "order=-name", "timeout=3", "value=v", "values=w", "engine=e"})
        CHECK_THAT(asked.target, contains(part));
    auto const one_of = [&](std::string const& a, std::string const& b) {
        return asked.target.find(a) != std::string::npos || asked.target.find(b) != std::string::npos;
    };
    CHECK(one_of("ids=1,2", "ids=1%2C2"));
    CHECK(one_of("words=a|b", "words=a%7Cb"));
    CHECK(one_of("parts=x%20y", "parts=x+y"));
    CHECK(header(asked, "X-Trace") == "t");
    CHECK(header(asked, "X-Key") == "secret");
    CHECK_THAT(header(asked, "Cookie"), contains("session=s"));
}

TEST_CASE(
    "a JSON body: required members in the constructor, optional ones by setters, constants by themselves") {
    kitchen at({{201, dish_json}});
    auto const dish = at.client.dishes.create("stew", models::kind::main, std::nullopt)
                          .note(ferry::null)
                          .body_timeout(3)
                          .body_x_trace("in the body")
                          .x_trace("in the header")
                          .animal(models::cat())
                          .flow("f")
                          .send();
    REQUIRE(dish.has_value());
    CHECK(dish->name == "stew");
    CHECK(at.asked().content ==
          R"({"name":"stew","kind":"main","nothing":null,"version":"2","note":null,"timeout":3,)"
          R"("X-Trace":"in the body","animal":{"type":"cat","meows":false},"flow-id":"f"})");
    CHECK(header(at.asked(), "X-Trace") == "in the header");
}

TEST_CASE("one name in two places, and null as an answer") {
    kitchen at({{200, "null"}, {200, dish_json}});
    auto const none = at.client.dishes.get("a/b", "yes").query_id(7).send();
    REQUIRE(none.has_value());
    CHECK_FALSE(none->has_value());
    CHECK_THAT(at.asked().target, contains("/api/dishes/a%2Fb?"));
    CHECK_THAT(at.asked().target, contains("id=7"));
    CHECK_THAT(at.asked().target, contains("required=yes"));
    CHECK((*at.client.dishes.get("1", "yes").send())->name == "stew");
}

TEST_CASE("a PATCH body sends what was set") {
    kitchen at({{200, R"({"required":"r","required_nullable":null})"}});
    auto const changed = at.client.dishes.update("1", "r", "n").optional_nullable(ferry::null).send();
    REQUIRE(changed.has_value());
    CHECK(at.asked().method == "PATCH");
    CHECK(at.asked().content == R"({"required":"r","required_nullable":"n","optional_nullable":null})");
}

TEST_CASE("a form of files, texts and JSON") {
    kitchen at({{204, ""}});
    auto const done =
        at.client.dishes.photos.upload("1", ferry::from_string("BYTES", "a.png"), "pretty", {{"red", 2}})
            .more({ferry::from_string("ONE", "1.png"), ferry::from_string("TWO", "2.png")})
            .labels({"x", "y"})
            .sizes({10, 20})
            .kind("soup")
            .place({})
            .public_(true)
            .send();
    REQUIRE(done.has_value());
    auto const& content = at.asked().content;
    for (auto const* part : {"name=\"photo\"; filename=\"a.png\"", "BYTES", "name=\"caption\"", "pretty",
                             R"({"red":2})", "filename=\"1.png\"", "filename=\"2.png\"", "TWO",
                             "name=\"labels\"", "name=\"sizes\"", "soup", R"({"lat":0,"lon":0})", "true"})
        CHECK_THAT(content, contains(part));
    CHECK_THAT(header(at.asked(), "Content-Type"), contains("multipart/form-data; boundary="));
}

TEST_CASE("a form of texts, without credentials") {
    kitchen at({{200, R"({"token":"t"})"}});
    CHECK(at.client.auth.login("ann").password("a b&c").send()->token == "t");
    CHECK_THAT(at.asked().content, contains("grant_type=password&name=ann&password=a"));
    CHECK(header(at.asked(), "X-Key").empty());
}

TEST_CASE("bytes, text, whole bodies and anything") {
    kitchen at({{200, "PNG", "image/png"},
                {200, "once upon", "text/plain"},
                {200, "[1,2]"},
                {200, R"({"x":1})"},
                {200, R"({"ann":1.5,"bob":null})"}});
    CHECK(at.client.dishes.photos.get("1").send().value() == "PNG");
    CHECK(at.client.dishes.story("1").send().value() == "once upon");
    CHECK(at.client.dishes.rate("1", {4, 5}).send().value() == std::vector<std::int64_t>{1, 2});
    CHECK(at.asked(2).content == "[4,5]");
    CHECK(at.client.dishes.comment("1").body(ferry::raw_json(R"({"any":[]})")).send()->text() ==
          R"({"x":1})");
    CHECK(at.asked(3).content == R"({"any":[]})");
    auto const scores = at.client.dishes.score(1, 9).send().value();
    CHECK(at.asked(4).content == "9");
    CHECK(scores.at("ann") == 1.5);
    CHECK_FALSE(scores.at("bob").has_value());
}

TEST_CASE("pages are followed by a parameter and by a member of the body") {
    std::string const first = std::string(R"({"dishes":[)") + dish_json + R"(],"next":"two"})";
    std::string const last = std::string(R"({"dishes":[)") + dish_json + "]}";
    kitchen at({{200, first}, {200, last}, {200, first}, {200, last}});
    int count = 0;
    for (auto& dish : at.client.dishes.list().items()) count += dish.has_value();
    CHECK(count == 2);
    CHECK_THAT(at.asked(1).target, contains("cursor=two"));
    for (auto& dish : at.client.search.run().query("q").items()) count += dish.has_value();
    CHECK(count == 4);
    CHECK(at.asked(3).content == R"({"cursor":"two","query":"q"})");
}

TEST_CASE("operations that have no name get one by rule") {
    kitchen at({{200, R"(["a"])"}, {200, R"("a")"}, {204, ""}});
    CHECK(at.client.things.list().send()->size() == 1);
    CHECK(at.client.things.get("a").send().value() == "a");
    CHECK(at.client.things.delete_("a").send().has_value());
    CHECK(at.asked(2).method == "DELETE");
}

TEST_CASE("the default base URL has its variables filled in, and the tables know keys and retries") {
    auto const& tables = acme::kitchen::description();
    CHECK(tables.default_base_url == "https://eu.kitchen.example/api");
    REQUIRE(tables.credentials.size() == 5);
    CHECK(tables.credentials[0].in == ferry::detail::key_location::header);
    CHECK(tables.credentials[0].name == "X-Key");
    for (auto const& operation : tables.operations) {
        if (operation.name == "dishes.update") CHECK(operation.idempotent);
        if (operation.name == "dishes.create") CHECK_FALSE(operation.idempotent);
        if (operation.name == "dishes.delete") CHECK_FALSE(operation.authenticated);
    }
}

TEST_CASE("a download follows the signed URL") {
    STATIC_REQUIRE(std::is_base_of_v<ferry::download_call<acme::kitchen::dishes_recipe, models::link>,
                                     acme::kitchen::dishes_recipe>);
    kitchen at({{200, R"({"url":"https://storage.example/x"})"}});
    CHECK(at.client.dishes.recipe("1").send()->url == "https://storage.example/x");
}

TEST_CASE("bodies that are neither JSON nor forms: a text, or bytes that are streamed") {
    kitchen at({{204, ""}, {204, ""}, {204, ""}, {204, ""}, {204, ""}, {204, ""}, {204, ""}});
    REQUIRE(at.client.dishes.write_instructions("1", "# Boil\n").send());
    CHECK(at.asked(0).content == "# Boil\n");
    CHECK(header(at.asked(0), "Content-Type") == "text/markdown");

    REQUIRE(at.client.dishes.add_notes("1").send());
    CHECK(at.asked(1).content.empty());
    CHECK(header(at.asked(1), "Content-Type").empty());
    REQUIRE(at.client.dishes.add_notes("1").notes("<a/>").send());
    CHECK(at.asked(2).content == "<a/>");
    CHECK(header(at.asked(2), "Content-Type") == "application/vnd.kitchen+xml");

    // A range leaves the type to the file, which says what it is, has a name that does, or is just bytes.
    auto picture = ferry::from_string("\x89PNG", "a");
    REQUIRE(at.client.dishes.replace_picture("1", picture).send());
    CHECK(at.asked(3).content == "\x89PNG");
    CHECK(header(at.asked(3), "Content-Type") == "application/octet-stream");
    REQUIRE(at.client.dishes.replace_picture("1", picture.content_type("image/png")).send());
    CHECK(header(at.asked(4), "Content-Type") == "image/png");
    REQUIRE(at.client.dishes.add_picture("1").body(picture).send());
    CHECK(at.asked(5).content == "\x89PNG");
    REQUIRE(at.client.dishes.add_picture("1").send());
    CHECK(at.asked(6).content.empty());
}

TEST_CASE(
    "a body of bytes is shown without its bytes, has no members, and is sent once where it cannot rewind") {
    kitchen at({{503, ""}, {204, ""}, {503, ""}, {204, ""}});
    auto const call = at.client.dishes.replace_picture("1", ferry::from_string("abc", "a.png"));
    CHECK(call.request()->content == "<bytes of a.png>");
    auto refused = call;
    CHECK_THAT(refused.extra_body("a", "1").send().error().message(), contains("a body that has members"));

    CHECK(call.send().has_value());
    CHECK(at.asked(1).content == "abc");
    bool given = false;
    auto once = ferry::from_callback(
        [&](char* to, std::size_t) -> std::size_t {
            if (std::exchange(given, true)) return 0;
            *to = 'x';
            return 1;
        },
        "a.png");
    CHECK(at.client.dishes.replace_picture("1", once).send().error().status() == 503);
    CHECK(at.service->requests().size() == 3);
}

TEST_CASE("lists, objects and unions as parameters, in every style") {
    kitchen at({{204, ""}});
    models::point point;
    point.x = 1;
    point.y = "a b";
    models::point no_space;
    no_space.x = 1;
    no_space.y = "a";
    models::styles_all_deep deep;
    deep.name = "n";
    deep.sizes = {{1, 2}};
    deep.corners = {{point}};
    deep.within = point;
    REQUIRE(at.client.styles.all({"a/b", "c"}, "m.", point, point)
                .form(point)
                .joined(point)
                .spaces(no_space)
                .pipes(point)
                .deep(deep)
                .either(std::vector<std::string>{"p", "q"})
                .words({{"k", "v"}})
                .json(point)
                .x_point(point)
                .x_exploded(point)
                .corner(point)
                .body_deep(point)
                .body_joined({1, 2})
                .list({3, 4})
                .body_plain({5, 6})
                .body_point(point)
                .send());
    auto const asked = at.asked();
    auto const query = asked.target.find('?');
    CHECK(asked.target.substr(0, query) == "/api/styles/.a%2Fb.c/;matrix=m./;x=1;y=a%20bx,1,y,a%20b");
    CHECK(asked.target.substr(query) ==
          "?x=1&y=a%20b&joined=x,1,y,a%20b&spaces=x%201%20y%20a&pipes=x%7C1%7Cy%7Ca%20b"
          "&deep%5Bname%5D=n&deep%5Bsizes%5D=1&deep%5Bsizes%5D=2&deep%5Bcorners%5D%5B0%5D%5Bx%5D=1"
          "&deep%5Bcorners%5D%5B0%5D%5By%5D=a%20b&deep%5Bwithin%5D%5Bx%5D=1&deep%5Bwithin%5D%5By%5D=a%20b"
          "&either=p&either=q&k=v&json=%7B%22x%22%3A1%2C%22y%22%3A%22a%20b%22%7D");
    CHECK(header(asked, "X-Point") == "x,1,y,a b");
    CHECK(header(asked, "X-Exploded") == "x=1,y=a b");
    CHECK_THAT(header(asked, "Cookie"), contains("corner=x,1,y,a%20b"));
    CHECK(asked.content ==
          "deep%5Bx%5D=1&deep%5By%5D=a%20b&joined=1,2&list=%5B3%2C4%5D&plain=5&plain=6"
          "&point=%7B%22x%22%3A1%2C%22y%22%3A%22a%20b%22%7D");
}

TEST_CASE(
    "the last value of a structured parameter counts, null and empty ones are not sent, and a path needs "
    "one") {
    kitchen at({{204, ""}, {204, ""}});
    models::point one;
    models::point two;
    one.x = 1;
    two.x = 2;
    REQUIRE(at.client.styles.all({"a"}, "m", one, one)
                .joined(one)
                .joined(two)
                .words({})
                .either(std::vector<std::string>())
                .deep(models::styles_all_deep())
                .send());
    CHECK(at.asked().target == "/api/styles/.a/;matrix=m/;x=1x,1?joined=x,2");
    REQUIRE(at.client.styles.map({{"a b", "c&d"}, {"e", ""}}).send());
    CHECK(at.asked(1).content == "a%20b=c%26d&e=");
    auto const empty = at.client.styles.all({}, "m", one, one).send();
    CHECK_THAT(empty.error().message(), contains("label must not be empty"));
    auto const bad = at.client.styles.all({"a"}, "m", one, one)
                         .x_point([] {
                             models::point p;
                             p.y = "a\r\nb";
                             return p;
                         }())
                         .send();
    CHECK_THAT(bad.error().message(), contains("CR, LF or NUL"));
}

TEST_CASE("several security schemes: the first alternative that can be met, and what to set where none can") {
    auto const shown = [](auto const& fill, auto const& call) {
        ferry::client_options options;
        options.api_key = "";
        fill(options);
        auto nobody = std::make_shared<memory_transport>(std::vector<canned_response>());
        return call(acme::kitchen::client(ferry::make_engine(acme::kitchen::description(), options, nobody)));
    };
    auto const sent = [](auto const& fill, auto const& call) {
        ferry::client_options options;
        options.api_key = "key";
        fill(options);
        auto service = std::make_shared<memory_transport>(std::vector<canned_response>{{204, ""}});
        auto const made = ferry::make_engine(acme::kitchen::description(), options, service);
        REQUIRE(call(acme::kitchen::client(made)).send());
        return service->requests().at(0);
    };
    auto const knock = [](acme::kitchen::client const& at) { return at.doors.knock("1"); };
    auto const open = [](acme::kitchen::client const& at) { return at.doors.open("1"); };
    auto const nothing = [](ferry::client_options&) {};

    auto const basic = sent([](auto& o) { o.credentials["login"] = "cook:salt"; }, knock);
    CHECK(header(basic, "Authorization") == "Basic Y29vazpzYWx0");
    CHECK_FALSE(basic.headers.contains("X-Key"));
    CHECK(header(sent([](auto& o) { o.bearer_token = "t"; }, knock), "Authorization") == "Bearer t");
    auto const both = sent(
        [](auto& o) {
            o.credentials["code"] = "1 2";
            o.credentials["session"] = "s";
        },
        knock);
    CHECK(both.target == "/api/doors/1?code=1%202");
    CHECK(header(both, "Cookie") == "session=s");

    auto const refused = shown([](auto& o) { o.credentials["code"] = "1"; }, knock).send();
    CHECK_THAT(refused.error().message(), contains("set client_options::credentials for login"));
    auto const key =
        shown(nothing, [](acme::kitchen::client const& at) { return at.dishes.story("1"); }).send();
    CHECK_THAT(key.error().message(), contains("set client_options::api_key"));

    // None is fine where the description says so, or where only the caller can bring what is asked for.
    CHECK_FALSE(sent(nothing, open).headers.contains("Authorization"));
    CHECK(header(sent([](auto& o) { o.credentials["token"] = "t"; }, open), "Authorization") == "Bearer t");
    CHECK_FALSE(sent(nothing, [](acme::kitchen::client const& at) {
                    return at.doors.lock("1");
                }).headers.contains("X-Key"));

    // Nothing of it is shown.
    auto const preview = shown(
                             [](auto& o) {
                                 o.credentials["code"] = "hidden";
                                 o.credentials["session"] = "hidden";
                             },
                             knock)
                             .request();
    CHECK(preview->url.find("hidden") == std::string::npos);
    CHECK(std::string(preview->headers.find("Cookie").value_or("")) == "***");
}

TEST_CASE("null in a list of a query is a word; JSON is preferred to parts without a file") {
    kitchen at({{204, ""}});
    REQUIRE(at.client.numbers.put().ids({1, std::nullopt}).list({0.5}).send().has_value());
    CHECK(at.asked().target == "/api/numbers?ids=1&ids=null");
    CHECK(header(at.asked(), "Content-Type") == "application/json");
    CHECK(at.asked().content == R"({"list":[0.5]})");
}

TEST_CASE("several successes: the status says which type the answer has, and there may be none") {
    kitchen at({{200, R"({"id":"1","text":"t"})"},
                {202, R"({"id":"2","eta":3})"},
                {203, "plain", "text/plain"},
                {204, ""},
                {206, "[1]"},
                canned_response::broken({ferry::error_kind::connection, "cut"}),
                {204, ""},
                {202, R"({"eta":3})"}});
    auto const get = at.client.reports.get("1").max_retries(1);
    auto const ready = get.send().value();
    CHECK(std::get<models::report>(ready.value()).text == "t");
    CHECK_THAT(header(at.asked(), "Accept"), contains("application/json, text/plain"));
    auto const later = get.send().value();
    CHECK(std::get<models::reports_get_response_202>(later.value()).eta == 3);
    CHECK(std::get<std::string>(get.send()->value()) == "plain");
    CHECK_FALSE(get.send()->has_value());
    CHECK(std::get<ferry::raw_json>(get.send()->value()).text() == "[1]");
    CHECK_FALSE(get.send()->has_value());
    // What fits another status is no answer to this one.
    CHECK(get.send().error().kind() == ferry::error_kind::decoding);
}

TEST_CASE("an answer that may be empty") {
    kitchen at({{201, R"({"id":"1"})"}, {202, ""}, {202, "later", "text/plain"}});
    auto const start = at.client.reports.start("1");
    CHECK(start.send()->value().id == "1");
    CHECK_FALSE(start.send()->has_value());
    CHECK_FALSE(start.send()->has_value());
}

TEST_CASE("one answer in several forms: typed, or as it is") {
    kitchen at({{200, R"({"id":"1"})"}, {200, "id,text", "text/csv"}, {200, "PDF", "application/pdf"}});
    models::report body;
    body.id = "9";
    auto const convert = at.client.reports.convert("1", body.id).text("t");
    CHECK(convert.send()->id == "1");
    CHECK(header(at.asked(0), "Accept") == "application/json");
    CHECK(convert.as("text/csv").send().value() == "id,text");
    CHECK(header(at.asked(1), "Accept") == "text/csv");
    CHECK(at.asked(1).content == R"({"id":"9","text":"t"})");

    struct text_sink final : ferry::byte_sink {
        ferry::result<void> write(std::string_view piece) override {
            text += piece;
            return {};
        }
        std::string text;
    } sink;
    REQUIRE(at.client.reports.convert("1", "9").as("application/pdf").write_to(sink));
    CHECK(sink.text == "PDF");
    CHECK_THAT(convert.as("a\r\nb").send().error().message(), contains("CR, LF or NUL"));
}

TEST_CASE("the body of an error as a model") {
    kitchen at({{404, R"({"title":"none"})"}, {409, R"({"by":"ann"})"}, {404, "<html>", "text/html"}});
    auto const get = at.client.reports.get("1");
    CHECK(get.send().error().body_as<models::problem>()->title == "none");
    auto const busy = at.client.reports.get("1").max_retries(0).send().error();
    CHECK(busy.body_as<models::busy_error>()->by == "ann");
    CHECK(busy.body_as<models::problem>().error().kind() == ferry::error_kind::decoding);
    CHECK_FALSE(get.send().error().body_as<models::problem>().has_value());
}

TEST_CASE("what the service sends by itself has models") {
    auto const dish = ferry::from_json<models::dish_ready_webhook>(dish_json);
    CHECK(dish->name == "stew");
    CHECK(ferry::from_json<models::kitchen_closed_webhook>(R"({"until":"t"})")->until->text() == "t");
    CHECK(ferry::from_json<models::reports_start_ready_callback>(R"({"report":{"id":"1"}})")->report.id ==
          "1");
    CHECK(ferry::from_json<models::reports_start_gone_callback>(R"(["a"])")->at(0) == "a");
}

TEST_CASE("servers: by name, with values for their variables, and never another host by a value") {
    namespace servers = acme::kitchen::servers;
    CHECK(servers::staging() == "https://staging.kitchen.example");
    CHECK(servers::server() == "https://eu.kitchen.example/api");
    CHECK(servers::server("us") == "https://us.kitchen.example/api");
    CHECK(servers::server_2("inn") == "https://inn.kitchen.example/v1/api");
    CHECK(servers::server_2("evil.example/", "v2") == "https://evil.example%2F.kitchen.example/v2");
    CHECK(servers::server_2("a@evil.example#", "v2?x") ==
          "https://a%40evil.example%23.kitchen.example/v2%3Fx");
    CHECK(servers::uploads() == "https://upload.kitchen.example/v2");
}

TEST_CASE("an operation with a server of its own goes there, and where the caller sends it") {
    namespace servers = acme::kitchen::servers;
    auto const asked = [](auto const& fill, auto const& call) {
        ferry::client_options options;
        options.api_key = "key";
        fill(options);
        auto service = std::make_shared<memory_transport>(std::vector<canned_response>{{204, ""}});
        auto const done =
            call(acme::kitchen::client(ferry::make_engine(acme::kitchen::description(), options, service)))
                .send();
        if (!done) return done.error().message();
        auto const request = service->requests().at(0);
        CHECK(header(request, "X-Key") == "key");
        return request.origin.scheme + "://" + request.origin.host + request.target;
    };
    auto const nothing = [](ferry::client_options&) {};
    auto const moved = [](ferry::client_options& o) { o.base_url = "http://localhost/all"; };
    auto const upload = [](acme::kitchen::client const& at) { return at.reports.upload("1"); };
    auto const peek = [](acme::kitchen::client const& at) { return at.reports.peek("1"); };
    CHECK(asked(nothing, upload) == "https://upload.kitchen.example/v2/reports/1");
    CHECK(asked(moved, upload) == "http://localhost/all/reports/1");
    CHECK(asked(nothing, peek) == "https://eu.kitchen.example/internal/reports/1");
    CHECK(asked(moved, peek) == "http://localhost/internal/reports/1");
    auto const both = [&](ferry::client_options& o) {
        moved(o);
        o.servers[servers::uploads()] = "http://uploads.localhost";
    };
    CHECK(asked(both, upload) == "http://uploads.localhost/reports/1");
    auto const misspelt = [](ferry::client_options& o) {
        o.servers["https://upload.kitchen.example"] = "http://x";
    };
    CHECK_THAT(asked(misspelt, upload), contains("no operation has the server"));
}
