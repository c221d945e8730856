// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <ferry/mock/server.hpp>

#include "../support/catch2.hpp"
#include "client.hpp"

using namespace mock_test;

namespace {

constexpr char const* cloud_files = "/api/v1/beta/files";

client in_space(ferry::mock::server const& server, headers identity, std::string const& space) {
    identity.emplace_back("X-Ferry-Namespace", space);
    return client(server.port(), std::move(identity));
}

std::string upload(client const& who) {
    response const created =
        who.post_form(cloud_files, {file("file", "a.txt", "hello"), text("purpose", "parse")});
    REQUIRE(created.status == 201);
    return member(created.json(), "id");
}

}  // namespace

TEST_CASE("namespaces do not see each other, and each is reset alone", "[control]") {
    ferry::mock::server server;
    client const red = in_space(server, bearer("llx-alice"), "red");
    client const blue = in_space(server, bearer("llx-alice"), "blue");
    client const plain(server.port(), bearer("llx-alice"));
    std::string const id = upload(red);
    std::string const kept = upload(plain);
    CHECK(red.get(std::string(cloud_files) + '/' + id).status == 200);
    CHECK(blue.get(std::string(cloud_files) + '/' + id).status == 404);
    CHECK(plain.get(std::string(cloud_files) + '/' + id).status == 404);
    CHECK(red.send("POST", "/_ferry/reset").status == 204);
    CHECK(red.get(std::string(cloud_files) + '/' + id).status == 404);
    CHECK(plain.get(std::string(cloud_files) + '/' + kept).status == 200);
    CHECK(red.send("POST", "/_ferry/reset?all=true").status == 204);
    CHECK(plain.get(std::string(cloud_files) + '/' + kept).status == 404);
}

TEST_CASE("a signed URL leads into its namespace without the header", "[control]") {
    ferry::mock::server server;
    client const red = in_space(server, bearer("llx-alice"), "red");
    std::string const answer = red.get(std::string(cloud_files) + '/' + upload(red) + "/content").body;
    std::string const url = member(json::parse(answer), "url");
    std::string const target = url.substr(url.find("/storage/"));
    CHECK(client(server.port()).get(target).body == "hello");
    CHECK(client(server.port()).get(target.substr(0, target.rfind('&'))).status == 403);
}

TEST_CASE("there is a limit to the number of namespaces, and the refusal says so", "[control]") {
    ferry::mock::server_options options;
    options.max_namespaces = 2;
    ferry::mock::server server(options);
    for (char const* const name : {"a", "b"}) CHECK(in_space(server, {}, name).get("/health").status == 200);
    response const refused = in_space(server, {}, "c").get("/health");
    CHECK(refused.status == 400);
    CHECK(member(refused.json(), "error").find("already 2 namespaces") != std::string::npos);
    CHECK(in_space(server, {}, "a").send("POST", "/_ferry/reset").status == 204);
    CHECK(in_space(server, {}, "c").get("/health").status == 200);
    CHECK(in_space(server, {}, "a b").get("/health").status == 400);
}
