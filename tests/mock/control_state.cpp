// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "control.hpp"

#include <stdexcept>

using namespace mock_test;

namespace {

/// Something of everything: text, bytes, directories, both services.
void fill(ferry::mock::server const& server) {
    client const cloud = alice(server);
    std::string const id = upload(cloud, "text \xE2\x82\xAC", "a.txt");
    (void)upload(cloud, std::string("\0\xff\r\n", 4), "b.bin");
    (void)upload(cloud, std::string(100'000, '\xfe'), "on-disk.bin");
    response const home =
        cloud.send_json("POST", "/api/v1/beta/directories", R"({"name":"d","description":"x"})");
    std::string const files = "/api/v1/beta/directories/" + member(home.json(), "id") + "/files";
    REQUIRE(cloud.send_json("POST", files, R"({"file_id":")" + id + R"("})").status == 201);
    client const flows(server.port(), api_key("sk-alice"));
    REQUIRE(flows.post_form(flow_files, {file("file", "notes.txt", "of langflow")}).status == 201);
}

}  // namespace

TEST_CASE("the state is a document that brings everything back", "[control]") {
    ferry::mock::server_options options;
    options.id_seed = 3;
    ferry::mock::server server(options);
    fill(server);
    server.set_clock({.now = std::chrono::system_clock::time_point(std::chrono::seconds(1'767'225'600)),
                      .step_ms = std::chrono::milliseconds(5)});
    client const anybody(server.port());
    response const exported = anybody.get("/_ferry/state");
    REQUIRE(exported.status == 200);
    CHECK(exported.body == server.state());

    SECTION("over HTTP, into another namespace") {
        client const copy = in_name_space(server, "copy");
        REQUIRE(copy.send("POST", "/_ferry/state", {}, exported.body).status == 204);
        CHECK(copy.get("/_ferry/state").body == exported.body);
        client const there = in_name_space(server, "copy", bearer("llx-alice"));
        json::value const files = there.get(cloud_files).json().at("items");
        CHECK(files.as_array().size() == 3);
        CHECK(there.get(cloud_files).body == alice(server).get(cloud_files).body);
        for (json::value const& item : files.as_array()) {
            std::string const id = member(item, "id");
            std::string const bytes = anybody.get(link_to(there, id)).body;
            CHECK(bytes == anybody.get(link_to(alice(server), id)).body);
            CHECK_FALSE(bytes.empty());
        }
    }
    SECTION("in C++, into another server") {
        ferry::mock::server other;
        other.load_state(exported.body);
        CHECK(other.state() == exported.body);
    }
    SECTION("as the seed of another server, which it goes back to") {
        ferry::mock::server_options seeded;
        seeded.seed = exported.body;
        ferry::mock::server other(seeded);
        CHECK(other.state() == exported.body);
        CHECK(other.name_space("any").state() == exported.body);
        (void)upload(alice(other));
        CHECK(other.state() != exported.body);
        other.reset();
        CHECK(other.state() == exported.body);
    }
}

TEST_CASE("ids go on after a loaded state", "[control]") {
    ferry::mock::server_options options;
    options.id_seed = 3;
    ferry::mock::server server(options);
    std::string const first = upload(alice(server));
    std::string const saved = server.state();
    std::string const second = upload(alice(server));
    server.load_state(saved);
    CHECK(upload(alice(server)) == second);
    CHECK(first != second);
}

TEST_CASE("large contents are described, not exported", "[control]") {
    ferry::mock::server server;
    (void)upload(alice(server), "hello");
    client const anybody(server.port());
    json::value const state = anybody.get("/_ferry/state?largest_content=4").json();
    json::object const& content = state.at("llamacloud").at("files").at(0).at("content").as_object();
    CHECK(content.at("size") == 5);
    CHECK(content.at("sha256") == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    CHECK_FALSE(content.contains("text"));
    CHECK(json::parse(server.state(4)) == state);
    response const refused = anybody.send("POST", "/_ferry/state", {}, server.state(4));
    CHECK(refused.status == 400);
    CHECK(pointer_of(refused) == "/llamacloud/files/0/content/text");
    CHECK(anybody.get("/_ferry/state?largest_content=x").status == 400);
    CHECK(server.state(5).find(R"("text":"hello")") != std::string::npos);
}

TEST_CASE("what a document leaves out stays, or is as at the first moment", "[control]") {
    ferry::mock::server server;
    fill(server);
    server.load_state(R"({"llamacloud":{"files":[]}})");
    CHECK(alice(server).get(cloud_files).json().at("items").as_array().empty());  // alice is still there
    CHECK(client(server.port(), api_key("sk-alice")).get(flow_files).json().as_array().size() == 1);
    server.load_state("{}");
    CHECK(client(server.port(), api_key("sk-alice")).get(flow_files).json().as_array().size() == 1);
}

TEST_CASE("a bad document changes nothing, and the refusal names the place", "[control]") {
    ferry::mock::server server;
    fill(server);
    std::string const before = server.state();
    auto const refusal = [&](std::string const& document) {
        response const answer = client(server.port()).send("POST", "/_ferry/state", {}, document);
        CHECK(answer.status == 400);
        CHECK(server.state() == before);
        CHECK_THROWS_AS(server.load_state(document), std::invalid_argument);
        ferry::mock::server_options seeded;
        seeded.seed = document;
        CHECK_THROWS_AS(ferry::mock::server(seeded), std::invalid_argument);
        CHECK_THAT(error_of(answer), ferry_test::contains(pointer_of(answer)));
        return error_of(answer);
    };
    auto const contains = [](char const* text) { return ferry_test::contains(text); };
    CHECK_THAT(refusal("{"), contains("this is not JSON"));
    CHECK_THAT(refusal("[]"), contains("this must be a JSON object"));
    CHECK_THAT(refusal(R"({"llamacould":{}})"),
               contains("/llamacould: is not known here; there are clock, ids, llamacloud"));
    CHECK_THAT(refusal(R"({"llamacloud":[]})"), contains("/llamacloud: this must be a JSON object"));
    CHECK_THAT(refusal(R"({"llamacloud":{"files":{}}})"),
               contains("/llamacloud/files: must be an array of objects"));
    CHECK_THAT(refusal(R"({"llamacloud":{"accounts":[{"name":"x"}]}})"),
               contains("/llamacloud/accounts/0/key: is missing"));
    CHECK_THAT(refusal(R"({"llamacloud":{"accounts":[{"name":7}]}})"),
               contains("/llamacloud/accounts/0/name: must be a string"));
    CHECK_THAT(refusal(R"({"clock":{"now":"noon"}})"), contains("/clock/now: must be a time"));
    CHECK_THAT(refusal(R"({"clock":{"advance_s":-99999999999}})"), contains("/clock: a clock cannot stand"));
    CHECK_THAT(refusal(R"({"ids":{}})"), contains("/ids/seed: is missing"));
    CHECK_THAT(refusal(R"({"ids":{"seed":1,"drawn":999999999}})"), contains("/ids/drawn: can be at most"));
    // The first service is right, the second is not: neither is loaded.
    CHECK_THAT(refusal(R"({"llamacloud":{},"langflow":{"users":[],"users2":[]}})"),
               contains("/langflow/users2"));
}
