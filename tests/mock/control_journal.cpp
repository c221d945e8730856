// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "control.hpp"

#include <atomic>

#include "http/url.hpp"

using namespace mock_test;
using ferry::mock::journal_entry;
using ferry::mock::journal_page;
using ferry::mock::journal_query;

namespace {

/// Some requests to ask for.
void talk(ferry::mock::server const& server) {
    client const cloud = alice(server);
    (void)upload(cloud, "the content", "report.pdf");
    (void)cloud.get(std::string(cloud_files) + "?page_size=7", {{"X-Trace", "42"}});
    (void)cloud.send_json("POST", "/api/v1/beta/directories", R"({"name":"inbox"})");
    (void)client(server.port(), api_key("sk-bob")).get(flow_files);
    (void)client(server.port()).get("/nowhere");
}

}  // namespace

TEST_CASE("the journal tells what was asked and answered", "[control]") {
    ferry::mock::server server;
    talk(server);
    journal_page const page = server.journal();
    CHECK(page.count == 5);
    CHECK(page.evicted == 0);
    REQUIRE(page.entries.size() == 5);

    journal_entry const& created = page.entries[0];
    CHECK(created.number == 1);
    CHECK(created.method == "POST");
    CHECK(created.path == cloud_files);
    CHECK(created.operation == "llamacloud.files.create");
    CHECK(created.identity == "alice");
    CHECK(created.status == 201);
    REQUIRE(created.parts.size() == 2);
    CHECK(created.parts[0].name == "file");
    CHECK(created.parts[0].filename == "report.pdf");
    CHECK(created.parts[0].size == 11);
    CHECK(created.parts[1].name == "purpose");
    CHECK_THAT(created.body.text, ferry_test::contains("the content"));
    CHECK(created.body.size == created.body.text.size());
    CHECK_THAT(created.response_body.text, ferry_test::contains("report.pdf"));
    CHECK(created.response_body.size == created.response_body.text.size());
    CHECK(created.hint.empty());
    CHECK(created.fault.empty());

    journal_entry const& listed = page.entries[1];
    CHECK(listed.target == std::string(cloud_files) + "?page_size=7");
    CHECK(listed.query == journal_entry::pairs{{"page_size", "7"}});
    CHECK(listed.time >= created.time);

    CHECK(page.entries[3].operation == "langflow.files.list");
    CHECK(page.entries[3].identity == "bob");
    CHECK(page.entries[4].operation.empty());
    CHECK(page.entries[4].status == 404);
}

TEST_CASE("the journal is asked in C++ and over HTTP in the same words", "[control]") {
    ferry::mock::server server;
    talk(server);
    client const anybody(server.port());
    auto const count = [&](journal_query const& query, std::string const& parameters) {
        INFO(parameters);
        json::value const page = anybody.get("/_ferry/journal?" + parameters).json();
        std::uint64_t const found = server.journal(query).count;
        CHECK(page.at("count").to_number<std::uint64_t>() == found);
        CHECK(page.at("entries").as_array().size() == (std::min)(found, std::uint64_t{query.limit}));
        return found;
    };
    CHECK(count({}, "") == 5);
    CHECK(count({.method = "post"}, "method=post") == 2);
    CHECK(count({.path = "/api/v1/*"}, "path=/api/v1/*") == 3);
    CHECK(count({.operation = "llamacloud.files.*"}, "operation=llamacloud.files.*") == 2);
    CHECK(count({.status = 404}, "status=404") == 1);
    CHECK(count({.query = {{"page_size", "7"}}}, "query=page_size=7") == 1);
    CHECK(count({.query = {{"page_size", "8"}}}, "query=page_size=8") == 0);
    CHECK(count({.header = {{"x-trace", "42"}}}, "header=x-trace:42") == 1);
    CHECK(count({.header = {{"Authorization", "Bearer llx-alice"}}},
                "header=Authorization:Bearer+llx-alice") == 3);
    CHECK(count({.part = {"file", "purpose"}}, "part=file&part=purpose") == 1);
    CHECK(count({.part = {"file", "other"}}, "part=file&part=other") == 0);
    CHECK(count({.body = "inbox"}, "body=inbox") == 1);
    CHECK(count({.identity = "bob"}, "identity=bob") == 1);
    CHECK(count({.unmatched = true}, "unmatched") == 1);
    CHECK(count({.after = 3}, "after=3") == 2);
    CHECK(count({.limit = 2}, "limit=2") == 5);
    CHECK(count({.method = "GET", .status = 200, .identity = "alice"},
                "method=GET&status=200&identity=alice") == 1);
}

TEST_CASE("questions that the journal does not understand are refused", "[control]") {
    ferry::mock::server server;
    client const anybody(server.port());
    auto const refusal = [&](std::string const& parameters) {
        response const answer = anybody.get("/_ferry/journal?" + parameters);
        CHECK(answer.status == 400);
        CHECK(anybody.del("/_ferry/journal?" + parameters).status == 400);
        return error_of(answer);
    };
    CHECK(anybody.get("/_ferry/journal?status=4294967496").json().at("count") ==
          0);  // 200, were it cut to an int
    CHECK(refusal("status=ok") == "'status' must be a number, not 'ok'");
    CHECK(refusal("header=x-trace") == "'header' must be NAME:VALUE, not 'x-trace'");
    CHECK(refusal("query=a") == "'query' must be NAME=VALUE, not 'a'");
    CHECK(refusal("limit=-1") == "'limit' must be a number, not '-1'");
    CHECK_THAT(refusal("stauts=200"),
               ferry_test::contains("'stauts' is not a parameter of the journal; there are"));
}

TEST_CASE("journal entries are deleted by query", "[control]") {
    ferry::mock::server server;
    talk(server);
    client const anybody(server.port());
    CHECK(anybody.del("/_ferry/journal?status=404").body == R"({"count":1})");
    CHECK(server.journal().count == 4);
    CHECK(server.clear_journal({.method = "POST"}) == 2);
    CHECK(server.journal().count == 2);
    CHECK(server.journal().evicted == 0);
    CHECK(anybody.del("/_ferry/journal").body == R"({"count":2})");
    CHECK(server.journal().count == 0);
    (void)anybody.get("/health");
    CHECK(server.journal().entries.at(0).number == 6);
}

TEST_CASE("the journal is bounded by entries and by bytes, and counts what it drops", "[control]") {
    ferry::mock::server_options options;
    std::size_t kept = 0;
    SECTION("entries") {
        options.journal_entries = kept = 3;
    }
    SECTION("bytes") {
        options.journal_bytes = 3000;
    }
    SECTION("no journal") {
        options.journal_entries = 0;
    }
    ferry::mock::server server(options);
    connection wire(server.port());
    for (int i = 0; i < 50; ++i) {
        wire.write(request_bytes("GET", "/health?i=" + std::to_string(i), {}));
        REQUIRE(wire.read().status == 200);
    }
    journal_page const page = server.journal();
    if (options.journal_entries == 0) {
        CHECK(page.count == 0);
        return;
    }
    if (kept != 0) CHECK(page.count == kept);
    CHECK(page.count > 0);
    CHECK(page.count < 20);
    CHECK(page.evicted == 50 - page.count);
    CHECK(page.entries.back().query == journal_entry::pairs{{"i", "49"}});
    CHECK(page.entries.back().number == 50);
}

TEST_CASE("bodies are recorded up to a limit", "[control]") {
    ferry::mock::server_options options;
    options.journal_body_limit = 10;
    ferry::mock::server server(options);
    std::string const body = R"({"name":"a directory with a long name"})";
    (void)alice(server).send_json("POST", "/api/v1/beta/directories", body);
    journal_entry const entry = server.journal().entries.at(0);
    CHECK(entry.body.text == body.substr(0, 10));
    CHECK(entry.body.size == body.size());
    CHECK(entry.response_body.text.size() == 10);
    CHECK(entry.response_body.size > 10);
    json::value const shown =
        client(server.port()).get("/_ferry/journal").json().at("entries").at(0).at("body");
    CHECK(member(shown, "text") == body.substr(0, 10));
    CHECK(shown.at("size").to_number<std::size_t>() == body.size());
}

TEST_CASE("an upload of any size takes no more of the journal than the limit", "[control]") {
    ferry::mock::server server;
    (void)upload(alice(server), std::string(300'000, '\0'));
    journal_entry const entry = server.journal().entries.at(0);
    CHECK(entry.body.text.size() == 4096);
    CHECK(entry.body.size > 300'000);
    CHECK(entry.parts.at(0).size == 300'000);
}

TEST_CASE("what is not UTF-8 in the journal is still JSON", "[control]") {
    ferry::mock::server server;
    (void)alice(server).send("POST", "/api/v1/beta/directories", {{"X-Odd", "\xff\xfe"}}, "\xff\x00z");
    response const page = client(server.port()).get("/_ferry/journal");
    json::value const entry = page.json().at("entries").at(0);
    CHECK(ferry::mock::is_utf8(page.body));
    CHECK(member(entry.at("body"), "base64") == "/w==");
}

TEST_CASE("no secret leaves the journal", "[control]") {
    ferry::mock::server server;
    std::string const key = "llx-alice";
    std::string const password = "opensesame";
    client const cloud = alice(server);
    // Where secrets belong, and where they went by mistake.
    (void)cloud.get(std::string(cloud_files) + '/' + key);
    (void)cloud.get(link_to(cloud, upload(cloud)));
    (void)cloud.send_json("POST", "/api/v1/beta/directories", R"({"name":"llx-alice"})");
    client const nobody(server.port());
    (void)nobody.get("/api/v2/files?x-api-key=sk-alice&limit=sk-alice");
    (void)nobody.get(flow_files, {{"x-api-key", "sk-alice"}});
    (void)nobody.get(flow_files, {{"Cookie", "access_token_lf=cookie-jar-1; theme=dark-mode"}});
    headers const form{{"Content-Type", "application/x-www-form-urlencoded"}};
    (void)nobody.send("POST", "/api/v1/login", form, "username=alice&password=" + password);
    response const login = nobody.send("POST", "/api/v1/login", form, "username=alice&password=alice");
    REQUIRE(login.status == 200);
    (void)nobody.post_form("/api/v1/login",
                           {text("username", "alice"), text("password", "multi-" + password)});
    (void)nobody.send_json("POST", "/nowhere",
                           R"({"api_key" : "json\"secret", "nested":{"Client-Secret":"deeper"}})");

    std::string const exported = nobody.get("/_ferry/journal").body;
    for (std::string const& secret :
         {key, password, std::string("sk-alice"), std::string("cookie-jar-1"), std::string("dark-mode"),
          member(login.json(), "access_token"), member(login.json(), "refresh_token"),
          std::string("json\\\\\\\"secret"), std::string("secret\\\""), std::string("deeper"),
          std::string("signature=0")}) {
        INFO(secret);
        CHECK(exported.find(secret) == std::string::npos);
    }
    CHECK_THAT(exported, ferry_test::contains("Bearer ***"));
    CHECK_THAT(exported, ferry_test::contains("signature=***"));
    CHECK_THAT(exported, ferry_test::contains("username=alice&password=***"));
    for (journal_entry const& entry : server.journal().entries) {
        CHECK(entry.target.find("sk-alice") == std::string::npos);
        for (auto const& [name, value] : entry.headers) CHECK(value.find("llx-") == std::string::npos);
    }
}

TEST_CASE("page tokens are no secrets", "[control]") {
    ferry::mock::server server;
    (void)alice(server).get(std::string(cloud_files) + "?page_token=visible-cursor");
    CHECK(server.journal().entries.at(0).query.at(0).second == "visible-cursor");
}

TEST_CASE("an observer hears of every request, without secrets", "[control]") {
    std::atomic<int> heard = 0;
    std::atomic<bool> leaked = false;
    ferry::mock::server_options options;
    options.journal_entries = 1;
    options.observer = [&](journal_entry const& entry) {
        ++heard;
        if (entry.operation != "llamacloud.files.list" || entry.status != 200) leaked = true;
        for (auto const& [name, value] : entry.headers)
            leaked = leaked || value.find("llx-") != std::string::npos;
    };
    ferry::mock::server server(options);
    for (int i = 0; i < 3; ++i) CHECK(alice(server).get(cloud_files).status == 200);
    CHECK(heard == 3);
    CHECK_FALSE(leaked);
}
