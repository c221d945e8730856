// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <map>
#include <set>

#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;

namespace {

/// All names of a walk over every page.
std::vector<std::string> walk(client const& who, std::string const& target) {
    std::vector<std::string> names;
    std::string token;
    do {
        response const page = who.get(target + (token.empty() ? "" : "&page_token=" + token));
        REQUIRE(page.status == 200);
        json::value const content = page.json();
        for (json::value const& item : content.as_object().at("items").as_array())
            names.push_back(member(item, "name"));
        json::value const& next = content.as_object().at("next_page_token");
        token = next.is_null() ? "" : std::string(next.as_string());
        REQUIRE(names.size() < 10000);
    } while (!token.empty());
    return names;
}

}  // namespace

TEST_CASE("files.create answers 201 with the file's metadata", "[llamacloud]") {
    llamacloud const mock;
    json::object const file =
        mock.create("report é.pdf", "content", {text("purpose", "parse"), text("external_file_id", "inv-42")})
            .as_object();
    CHECK(file.at("name") == "report é.pdf");
    CHECK(file.at("project_id") == "11111111-1111-4111-8111-111111111111");
    CHECK(file.at("file_type") == "pdf");
    CHECK(file.at("purpose") == "parse");
    CHECK(file.at("external_file_id") == "inv-42");
    CHECK(file.at("expires_at").is_string());  // the purpose decides: parse is kept for two days
    CHECK(file.at("download_url").is_null());
    CHECK(std::string(file.at("last_modified_at").as_string()).back() == 'Z');
}

TEST_CASE("files: bytes come back as they were sent", "[llamacloud]") {
    llamacloud const mock;
    std::string every_byte;
    for (int i = 0; i < 256; ++i) every_byte += static_cast<char>(i);
    std::string large;
    for (int i = 0; i < 20000; ++i) large += every_byte.substr(static_cast<std::size_t>(i % 7));
    std::string const look_alike =
        std::string("\r\n--") + "----ferry-test-boundar" + "\r\n----ferry\r\r\n--\r\n";
    for (std::string const& content : {every_byte, large, look_alike}) {
        json::value const file = mock.create("bytes.bin", content);
        response const answer = client(mock.server.port()).get(mock.url_of(member(file, "id")));
        REQUIRE(answer.status == 200);
        CHECK(answer.header("content-length") == std::to_string(content.size()));
        CHECK(answer.body == content);
    }
}

TEST_CASE("files.create refuses empty files and missing names with 400", "[llamacloud]") {
    llamacloud const mock;
    auto const create = [&](part upload) {
        return mock.alice.post_form(files, {text("purpose", "parse"), std::move(upload)});
    };
    CHECK(create(file("file", "a.txt", "")).detail() == "Uploaded file is empty.");
    CHECK(create(file("file", "", "x")).detail() == "File must have a filename.");
    response const without = mock.alice.post_form(files, {text("purpose", "parse")});
    CHECK(without.status == 400);
    CHECK(without.detail() == "file field is required for multipart requests.");
}

TEST_CASE("files.create without file: observed profile answers 422", "[llamacloud]") {
    llamacloud const mock({.profile = ferry::mock::profile::observed});
    response const answer = mock.alice.post_form(files, {text("purpose", "parse")});
    CHECK(answer.status == 422);
    CHECK(answer.item() == R"({"type":"missing","loc":["body","file"],"msg":"Field required","input":null})");
}

TEST_CASE("files.create refuses an unknown or missing purpose with 422", "[llamacloud]") {
    llamacloud const mock;
    response const unknown = mock.alice.post_form(files, {text("purpose", "fun"), file("file", "a", "x")});
    CHECK(unknown.status == 422);
    CHECK_THAT(unknown.body, ferry_test::contains("'sheet' or 'agent_app'"));
    response const missing = mock.alice.post_form(files, {file("file", "a", "x")});
    CHECK(missing.item() ==
          R"({"type":"missing","loc":["body","purpose"],"msg":"Field required","input":null})");
}

TEST_CASE("LlamaCloud credentials: 401 for none and for wrong ones", "[llamacloud]") {
    llamacloud const mock;
    response const none = client(mock.server.port()).get(files);
    CHECK(none.status == 401);
    CHECK(none.detail() == "Not authenticated");
    CHECK(none.header("www-authenticate") == "Bearer");
    CHECK(client(mock.server.port(), bearer("llx-nobody")).get(files).detail() == "Invalid API Key");
    CHECK(client(mock.server.port(), {{"Authorization", "Basic abc"}}).get(files).status == 401);
    SECTION("they are looked at before the parameters, but after the body was parsed") {
        CHECK(client(mock.server.port()).get(std::string(files) + "?page_size=0").status == 401);
        CHECK(client(mock.server.port()).send_json("POST", "/api/v1/beta/directories", "{bad").status == 422);
    }
}

TEST_CASE("files of another project are not found", "[llamacloud]") {
    llamacloud const mock;
    std::string const id = member(mock.create("a.txt", "x"), "id");
    CHECK(mock.bob.get(files + ("/" + id)).status == 404);
    CHECK(mock.bob.get(files + ("/" + id) + "/content").status == 404);
    CHECK(mock.bob.del(files + ("/" + id)).status == 404);
    CHECK(mock.bob.get(files).json().as_object().at("items").as_array().empty());
    CHECK(mock.bob.get(std::string(files) + "?project_id=11111111-1111-4111-8111-111111111111").status ==
          404);
    CHECK(mock.alice.get(std::string(files) + "?project_id=11111111-1111-4111-8111-111111111111").status ==
          200);
    CHECK(mock.alice.get(files + ("/" + id)).status == 200);
}

TEST_CASE("files.delete answers 204 without body, then the file is gone", "[llamacloud]") {
    llamacloud const mock;
    std::string const id = member(mock.create("a.txt", "x"), "id");
    std::string const link = mock.url_of(id);
    response const answer = mock.alice.del(files + ("/" + id));
    CHECK(answer.status == 204);
    CHECK_FALSE(answer.has("content-length"));
    CHECK(mock.alice.get(files + ("/" + id)).status == 404);
    CHECK(mock.alice.del(files + ("/" + id)).status == 404);
    CHECK(client(mock.server.port()).get(link).status == 404);
}

TEST_CASE("signed URLs work without the key, until they expire, for one file only", "[llamacloud]") {
    llamacloud const mock;
    std::string const id = member(mock.create("a b.txt", "secret"), "id");
    std::string const other = member(mock.create("c.txt", "other"), "id");
    client const stranger(mock.server.port());
    std::string const target = mock.url_of(id);
    CHECK(stranger.get(target).body == "secret");
    SECTION("expired") {
        CHECK(stranger.get(mock.url_of(id, "?expires_at_seconds=0")).status == 403);
        CHECK(stranger.get(mock.url_of(id, "?expires_at_seconds=60")).status == 200);
    }
    SECTION("tampered") {
        std::string moved = target;
        moved.replace(moved.find(id), id.size(), other);
        CHECK(stranger.get(moved).status == 403);
        CHECK(stranger.get(target.substr(0, target.find('?'))).status == 403);
    }
    SECTION("a key that travels along is refused") {
        CHECK(mock.alice.get(target).status == 400);
    }
    SECTION("the link leads to the host that the client used") {
        response const answer = mock.alice.get(files + ("/" + id) + "/content");
        CHECK(member(answer.json(), "url").substr(0, 17) == "http://127.0.0.1/");
    }
}

TEST_CASE("expand=download_url adds the signed URL", "[llamacloud]") {
    llamacloud const mock;
    std::string const id = member(mock.create("a.txt", "x"), "id");
    json::value const got = mock.alice.get(files + ("/" + id) + "?expand=nothing&expand=download_url").json();
    std::string const url = member(got.as_object().at("download_url"), "url");
    CHECK(client(mock.server.port()).get(target_of(url)).body == "x");
    json::value const page = mock.alice.get(std::string(files) + "?expand=download_url").json();
    CHECK(page.as_object().at("items").as_array().at(0).as_object().at("download_url").is_object());
}

TEST_CASE("files.list: filters combine", "[llamacloud]") {
    llamacloud const mock;
    auto const create = [&](std::string const& name, std::string const& external_id) {
        return mock.create(name, "x", {text("purpose", "user_data"), text("external_file_id", external_id)});
    };
    std::string const first = member(create("a.txt", "x"), "id");
    std::string const second = member(create("a.txt", "y"), "id");
    (void)create("b.txt", "x");
    auto const count = [&](std::string const& query) {
        return mock.alice.get(files + query).json().as_object().at("items").as_array().size();
    };
    CHECK(count("?file_name=a.txt") == 2);
    CHECK(count("?external_file_id=x") == 2);
    CHECK(count("?external_file_id=x&file_name=a.txt") == 1);
    CHECK(count("?file_ids=" + first + "&file_ids=" + second) == 2);
    CHECK(count("?file_ids=" + std::string(nobody)) == 0);
    CHECK(count("?unknown=1") == 3);
}

TEST_CASE("files.list: pages of every size show each file once, in order", "[llamacloud]") {
    llamacloud const mock;
    std::vector<std::string> expected;
    for (int i = 0; i < 25; ++i) {
        std::string const name = "f" + std::to_string(100 + i);
        (void)mock.create(name, "x");
        expected.push_back(name);
    }
    for (int const size : {1, 3, 7, 24, 25, 26, 1000}) {
        CHECK(walk(mock.alice, files + ("?order_by=name&page_size=" + std::to_string(size))) == expected);
    }
    std::vector<std::string> const newest_first(expected.rbegin(), expected.rend());
    CHECK(walk(mock.alice, std::string(files) + "?page_size=10") == newest_first);
    CHECK(walk(mock.alice, std::string(files) + "?page_size=10&order_by=created_at") == newest_first);
}

TEST_CASE("files.list: a page that is exactly full is the last one", "[llamacloud]") {
    llamacloud const mock;
    (void)mock.create("a", "x");
    (void)mock.create("b", "x");
    json::value const page = mock.alice.get(std::string(files) + "?page_size=2").json();
    CHECK(page.as_object().at("items").as_array().size() == 2);
    CHECK(page.as_object().at("next_page_token").is_null());
    CHECK(page.as_object().at("total_size").is_null());
}

TEST_CASE("files.list: deletions between pages neither skip nor repeat", "[llamacloud]") {
    llamacloud const mock;
    std::map<std::string, std::string> ids;
    for (int i = 0; i < 12; ++i) {
        std::string const name = "f" + std::to_string(100 + i);
        ids[name] = member(mock.create(name, "x"), "id");
    }
    std::vector<std::string> seen;
    std::string token;
    do {
        json::value const page =
            mock.alice
                .get(files + ("?page_size=3&order_by=name" + (token.empty() ? "" : "&page_token=" + token)))
                .json();
        for (json::value const& item : page.as_object().at("items").as_array()) {
            seen.push_back(member(item, "name"));
            CHECK(mock.alice.del(files + ("/" + member(item, "id"))).status ==
                  204);  // also the token's own item
        }
        json::value const& next = page.as_object().at("next_page_token");
        token = next.is_null() ? "" : std::string(next.as_string());
    } while (!token.empty());
    CHECK(seen.size() == 12);
    CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == 12);
}

TEST_CASE("files.list: tokens that do not belong are refused with 400", "[llamacloud]") {
    llamacloud const mock;
    (void)mock.create("a", "x");
    (void)mock.create("b", "x");
    std::string const token =
        member(mock.alice.get(std::string(files) + "?page_size=1").json(), "next_page_token");
    CHECK(mock.alice.get(files + ("?page_size=5&page_token=" + token)).status == 200);  // the size may change
    CHECK(mock.alice.get(files + ("?page_size=1&file_name=a&page_token=" + token)).status == 400);
    CHECK(mock.alice.get(std::string(files) + "?page_token=garbage").status == 400);
    CHECK(mock.alice.get(std::string(files) + "?page_token=").status == 200);
}

TEST_CASE("files.list: order_by takes one of three values (documented)", "[llamacloud]") {
    llamacloud const mock;
    for (char const* const good : {"name", "id", "created_at"}) {
        CHECK(mock.alice.get(files + ("?order_by=" + std::string(good))).status == 200);
    }
    for (char const* const bad : {"name%20desc", "name,id", "size", "created_at%20asc"}) {
        CHECK(mock.alice.get(files + ("?order_by=" + std::string(bad))).status == 400);
    }
}

TEST_CASE("files.list: order_by takes a comma list with desc (observed)", "[llamacloud]") {
    llamacloud const mock({.profile = ferry::mock::profile::observed});
    for (char const* const name : {"b", "a", "c"}) (void)mock.create(name, "x");
    CHECK(walk(mock.alice, std::string(files) + "?page_size=2&order_by=name%20desc") ==
          std::vector<std::string>{"c", "b", "a"});
    CHECK(walk(mock.alice, std::string(files) + "?page_size=1&order_by=file_type,%20name") ==
          std::vector<std::string>{"a", "b", "c"});
    CHECK(mock.alice.get(std::string(files) + "?order_by=size").status == 400);
}

TEST_CASE("files.query: filters, coerced page size, token in the body", "[llamacloud]") {
    llamacloud const mock;
    for (char const* const name : {"a", "b", "c"}) (void)mock.create(name, "x");
    auto const query = [&](std::string const& body) {
        return mock.alice.send_json("POST", "/api/v1/beta/files/query", body);
    };
    CHECK(query("{}").json().as_object().at("items").as_array().size() == 3);
    CHECK(query(R"({"page_size":5000})").status == 200);
    CHECK(query(R"({"filter":{"file_name":"b"}})").json().as_object().at("items").as_array().size() == 1);
    CHECK(query(R"({"filter":{"only_manually_uploaded":true}})")
              .json()
              .as_object()
              .at("items")
              .as_array()
              .size() == 3);
    json::value const first = query(R"({"page_size":2,"order_by":"name"})").json();
    json::value const rest =
        query(R"({"page_size":2,"order_by":"name","page_token":")" + member(first, "next_page_token") + "\"}")
            .json();
    CHECK(rest.as_object().at("items").as_array().size() == 1);
    CHECK(query("").item() == R"({"type":"missing","loc":["body"],"msg":"Field required","input":null})");
    CHECK(query(R"({"filter":{"file_ids":["x"]}})").status == 422);
}

TEST_CASE("LlamaCloud 422 items name place, type, message and input", "[llamacloud]") {
    llamacloud const mock;
    auto const item = [&](std::string const& query) { return mock.alice.get(files + query).item(); };
    CHECK(
        item("?page_size=0") ==
        R"({"type":"greater_than_equal","loc":["query","page_size"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}})");
    CHECK(
        item("?page_size=1001") ==
        R"({"type":"less_than_equal","loc":["query","page_size"],"msg":"Input should be less than or equal to 1000","input":"1001","ctx":{"le":1000}})");
    CHECK(
        item("?page_size=1.5") ==
        R"({"type":"int_parsing","loc":["query","page_size"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"1.5"})");
    CHECK(mock.alice.get(std::string(files) + "?page_size=1.0").status == 200);
    CHECK(
        item("?project_id=") ==
        R"({"type":"uuid_parsing","loc":["query","project_id"],"msg":"Input should be a valid UUID, invalid length: expected length 32 for simple format, found 0","input":"","ctx":{"error":"invalid length: expected length 32 for simple format, found 0"}})");
    CHECK_THAT(item("?file_ids=x"), ferry_test::contains(R"("loc":["query","file_ids",0])"));
    CHECK_THAT(mock.alice.get(std::string(files) + "/dfl-1").item(),
               ferry_test::contains(R"("loc":["path","file_id"])"));
}

TEST_CASE("LlamaCloud: trailing slashes redirect, wrong methods get 405 with Allow", "[llamacloud]") {
    llamacloud const mock;
    response const redirect = mock.alice.get(std::string(files) + "/?page_size=2");
    CHECK(redirect.status == 307);
    CHECK(redirect.header("location") == "http://127.0.0.1/api/v1/beta/files?page_size=2");
    response const method = mock.alice.del(files);
    CHECK(method.status == 405);
    CHECK(method.detail() == "Method Not Allowed");
    CHECK(method.header("allow") == "POST");
    CHECK(mock.alice.get("/api/v1/beta/nothing").detail() == "Not Found");
}

TEST_CASE("LlamaCloud: a file of the size limit passes, one byte more gets 413", "[llamacloud]") {
    llamacloud const mock({.max_upload_mb = 1});
    auto const upload = [&](std::size_t size) {
        return mock.alice.post_form(files,
                                    {text("purpose", "parse"), file("file", "a", std::string(size, 'x'))});
    };
    CHECK(upload(1024 * 1024).status == 201);
    CHECK(upload(1024 * 1024 + 1).status == 413);
    CHECK(upload(1024 * 1024 + 1).detail() == "File size exceeds the maximum of 1 MB.");
    response const refused_early = upload(3 * 1024 * 1024);
    CHECK(refused_early.status == 413);
    CHECK(refused_early.header("connection") == "close");
}
