// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow.hpp"

using namespace mock_test;

namespace {

using names = std::pair<std::string, std::string>;

}  // namespace

TEST_CASE("v2 upload answers 201 with id, name, path, size and provider", "[langflow]") {
    langflow const mock;
    response const answer = mock.upload("report.pdf", "12345");
    REQUIRE(answer.status == 201);
    std::string const id = member(answer.json(), "id");
    CHECK(answer.body == R"({"id":")" + id + R"(","name":"report","path":")" + alice_id +
                             R"(/report.pdf","size":5,"provider":null})");
    json::object const row = mock.alice.get(files).json().as_array().at(0).as_object();
    CHECK(row.size() == 8);
    CHECK(row.at("user_id") == json::value(alice_id));
    CHECK(row.at("created_at") == row.at("updated_at"));
    CHECK(mock.alice.get(files + "/").body == mock.alice.get(files).body);  // both registered
}

TEST_CASE("v2 numbering follows the prefix rule", "[langflow]") {
    langflow const mock;
    SECTION("same name, other extension, gaps") {
        CHECK(mock.stored("a.txt") == names("a", "a.txt"));
        CHECK(mock.stored("a.md") == names("a (1)", "a (1).md"));
        CHECK(mock.stored("a (5).txt") == names("a (5)", "a (5).txt"));
        CHECK(mock.stored("a.txt") == names("a (6)", "a (6).txt"));
    }
    SECTION("a longer name counts") {
        mock.stored("annual.txt");
        CHECK(mock.stored("a.txt") == names("a (1)", "a (1).txt"));
    }
    SECTION("case does not matter") {
        mock.stored("Report.txt");
        CHECK(mock.stored("report.txt") == names("report (1)", "report (1).txt"));
    }
    SECTION("a number anywhere behind the prefix counts") {
        mock.stored("dup-old (7).txt");
        CHECK(mock.stored("dup.txt") == names("dup (8)", "dup (8).txt"));
    }
    SECTION("_ and % are wildcards") {
        mock.stored("myXfile.txt");
        CHECK(mock.stored("my_file.txt") == names("my_file (1)", "my_file (1).txt"));
    }
    SECTION("a number that does not end the name does not count") {
        mock.stored("v (2) final.txt");
        CHECK(mock.stored("v.txt") == names("v (1)", "v (1).txt"));
    }
    SECTION("a number before a suffix counts") {
        mock.rename(member(mock.upload("x.txt").json(), "id"), "potato%20(3).txt");
        CHECK(mock.stored("potato.txt") == names("potato (4)", "potato (4).txt"));
    }
    SECTION("numbered names are numbered again") {
        mock.stored("a (1).txt");
        CHECK(mock.stored("a (1).txt") == names("a (1) (2)", "a (1) (2).txt"));
    }
    SECTION("dots") {
        CHECK(mock.stored("archive.tar.gz") == names("archive.tar", "archive.tar.gz"));
        CHECK(mock.stored("name.") == names("name", "name"));
    }
    SECTION("dotfiles") {
        CHECK(mock.stored(".env") == names("", ".env"));
        CHECK(mock.stored(".env") == names(" (1)", " (1).env"));
    }
}

TEST_CASE("v2 refuses bad names with 400", "[langflow]") {
    langflow const mock;
    std::string const traversal =
        "Invalid file name. Filename must not contain directory paths, '..' sequences, or control "
        "characters.";
    CHECK(mock.upload("").detail() == "No file provided");
    CHECK(mock.upload("../a").detail() == traversal);
    CHECK(mock.upload("a/b").detail() == traversal);
    CHECK(mock.upload("a..b").detail() == traversal);
    CHECK(mock.upload(".").detail() == "Invalid file name after sanitization");
    CHECK(mock.upload("con.txt").detail() == "Invalid file name. 'CON' is a reserved system name.");
    CHECK(mock.upload("con.tar.gz").status == 201);
    CHECK(mock.upload(std::string(256, 'n')).detail() == "File name is too long. Maximum 255 bytes allowed.");
    CHECK(member(mock.upload("C:\\\\dir\\\\a.txt").json(), "name") == "a");  // reduced by the form parser
    CHECK(member(mock.upload("dragon 龙 %22.txt").json(), "name") == "dragon 龙 %22");
}

TEST_CASE("v2 upload: missing and mistyped file, bad flags, forms", "[langflow]") {
    langflow const mock;
    CHECK(mock.alice.post_form(files, {text("other", "x")}).item() ==
          R"({"type":"missing","loc":["body","file"],"msg":"Field required","input":null})");
    CHECK(
        mock.alice.post_form(files, {text("file", "plain")}).item() ==
        R"({"type":"value_error","loc":["body","file"],"msg":"Value error, Expected UploadFile, received: <class 'str'>","input":"plain","ctx":{"error":{}}})");
    CHECK(
        mock.upload("a", "x", "?append=maybe").item() ==
        R"({"type":"bool_parsing","loc":["query","append"],"msg":"Input should be a valid boolean, unable to interpret input","input":"maybe"})");
    CHECK(mock.alice.send_json("POST", files, "{}").item() ==
          R"({"type":"missing","loc":["body","file"],"msg":"Field required","input":null})");
    auto const form = [&](std::string const& type, std::string const& body) {
        return mock.alice.send("POST", files, {{"Content-Type", type}}, body);
    };
    CHECK(form("multipart/form-data", "x").detail() == "Missing boundary in multipart.");
    CHECK(form("multipart/form-data; boundary=b", "no form").detail() ==
          "There was an error parsing the body");
    CHECK(
        form("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n")
            .detail() == "The Content-Disposition header field \"name\" must be provided.");
    response const two =
        mock.alice.post_form(files, {file("file", "first", "1"), file("file", "second", "22")});
    CHECK(member(two.json(), "name") == "second");
}

TEST_CASE("v2 download: chunked bytes with both file name forms", "[langflow]") {
    langflow const mock;
    std::string content("\0\r\n\xff", 4);
    content += std::string(300000, 'z');
    std::string const id = member(mock.upload("龙 \\\"q.txt", content).json(), "id");
    response const answer = mock.alice.get(files + "/" + id);
    CHECK(answer.status == 200);
    CHECK(answer.body == content);
    CHECK(answer.chunked);
    CHECK_FALSE(answer.has("content-length"));
    CHECK(answer.header("content-type") == "application/octet-stream");
    CHECK(answer.header("content-disposition") ==
          "attachment; filename=\"? \\\"q.txt\"; filename*=UTF-8''%E9%BE%99%20%22q.txt");
}

TEST_CASE("v2 return_content: the text as a JSON string", "[langflow]") {
    langflow const mock;
    std::string const text_id = member(mock.upload("a.txt", "hällo\n").json(), "id");
    response const answer = mock.alice.get(files + "/" + text_id + "?return_content=true");
    CHECK(answer.body == "\"hällo\\n\"");
    CHECK(answer.header("content-type") == "application/json");
    std::string const binary_id = member(mock.upload("b.txt", "\xff").json(), "id");
    response const binary = mock.alice.get(files + "/" + binary_id + "?return_content=1");
    CHECK(binary.status == 500);
    CHECK(binary.detail() == "Error reading file: 500: Invalid file encoding");
}

TEST_CASE("v2 rename: unchecked, comma rule, phantom success", "[langflow]") {
    langflow const mock;
    std::string const id = member(mock.upload("a.txt", "old").json(), "id");
    CHECK(mock.rename(id, "potato.txt") == "potato.txt");
    CHECK_THAT(mock.alice.get(files + "/" + id).header("content-disposition"),
               ferry_test::contains("filename=\"potato.txt.txt\""));
    CHECK(mock.rename(id, "x%2C%20y") == " y");
    CHECK(mock.rename(id, "x,z") == "z");
    CHECK(mock.rename(id, "") == "");
    CHECK(mock.alice.send("PUT", files + "/" + id).item() ==
          R"({"type":"missing","loc":["query","name"],"msg":"Field required","input":null})");
    SECTION("a taken name is answered with 200 and not kept") {
        mock.rename(id, "first");
        std::string const other = member(mock.upload("b.txt").json(), "id");
        CHECK(mock.rename(other, "first") == "first");
        CHECK(member(mock.alice.get(files).json().as_array().at(1), "name") == "b");
    }
    SECTION("the old stored name is free again") {
        mock.rename(id, "first");
        CHECK(mock.stored("a.txt") == names("a", "a.txt"));
        CHECK(mock.alice.get(files + "/" + id).body == "x");
    }
}

TEST_CASE("v2 append and ephemeral", "[langflow]") {
    langflow const mock;
    std::string const id = member(mock.upload("log.txt", "one\n").json(), "id");
    json::value const grown = mock.upload("log.md", "two\n", "?append=true").json();
    CHECK(member(grown, "id") == id);
    CHECK(grown.as_object().at("size") == 8);
    CHECK(mock.alice.get(files + "/" + id).body == "one\ntwo\n");
    mock.stored("new-one.txt");
    CHECK(member(mock.upload("new.txt", "x", "?append=true").json(), "name") == "new");  // not numbered
    std::size_t const count = mock.alice.get(files).json().as_array().size();
    response const fleeting = mock.upload("e.txt", "x", "?ephemeral=true");
    CHECK(fleeting.status == 201);
    CHECK(mock.alice.get(files + "/" + member(fleeting.json(), "id")).status == 404);
    CHECK(mock.alice.get(files).json().as_array().size() == count);
}

TEST_CASE("v2 files of others are not found, also for superusers", "[langflow]") {
    langflow const mock;
    std::string const id = member(mock.upload("a.txt").json(), "id");
    for (client const* const other : {&mock.bob, &mock.root}) {
        CHECK(other->get(files + "/" + id).detail() == "File not found");
        CHECK(other->del(files + "/" + id).status == 404);
        CHECK(other->send("PUT", files + "/" + id + "?name=x").status == 404);
        CHECK(other->get(files).body == "[]");
        CHECK(other->send_json("POST", batch, quoted({id})).status == 500);
    }
    CHECK(mock.bob.post_form(files, {file("file", "a.txt", "x")}).status == 201);
    CHECK(member(mock.bob.get(files).json().as_array().at(0), "name") == "a");  // names count per user
}

TEST_CASE("v2 deletes: one answers detail, all answer message", "[langflow]") {
    langflow const mock;
    std::string const id = member(mock.upload("a.txt").json(), "id");
    CHECK(mock.alice.del(files + "/" + id).body == R"({"detail":"File a deleted successfully"})");
    CHECK(mock.alice.del(files + "/" + id).detail() == "File not found");
    mock.upload("b.txt");
    mock.upload("c.txt");
    CHECK(mock.alice.del(files).body == R"({"message":"All 2 files deleted successfully"})");
    CHECK(mock.alice.del(files).body == R"({"message":"All 0 files deleted successfully"})");
}

TEST_CASE("v2 batch delete: counts own files only", "[langflow]") {
    langflow const mock;
    std::string const a = member(mock.upload("a.txt").json(), "id");
    auto const remove = [&](std::string const& body) { return mock.alice.send_json("DELETE", batch, body); };
    CHECK(remove(quoted({a, a, nobody})).body == R"({"message":"1 files deleted successfully"})");
    CHECK(remove(quoted({a})).status == 500);
    CHECK(remove(quoted({a})).detail() == "Error deleting files: 404: No files found");
    CHECK(remove("[]").status == 500);
    CHECK(
        remove(R"(["x"])").item() ==
        R"({"type":"uuid_parsing","loc":["body",0],"msg":"Input should be a valid UUID, invalid character: found `x` at 1","input":"x","ctx":{"error":"invalid character: found `x` at 1"}})");
    CHECK(
        remove("[5]").item() ==
        R"({"type":"uuid_type","loc":["body",0],"msg":"UUID input should be a string, bytes or UUID object","input":5})");
    CHECK(remove("null").item() ==
          R"({"type":"missing","loc":["body"],"msg":"Field required","input":null})");
    CHECK(remove(R"({"a":1})").item() ==
          R"({"type":"list_type","loc":["body"],"msg":"Input should be a valid list","input":{"a":1}})");
    CHECK(mock.alice.send("DELETE", batch, {}, "[]").item() ==
          R"({"type":"list_type","loc":["body"],"msg":"Input should be a valid list","input":"[]"})");
}

TEST_CASE("v2 batch download: a zip of stored entries", "[langflow]") {
    langflow const mock;
    std::string const a = member(mock.upload("a.txt", "first").json(), "id");
    std::string const b = member(mock.upload("龙.bin", std::string("\0\1", 2)).json(), "id");
    response const answer = mock.alice.send_json("POST", batch, quoted({b, a, nobody}));
    REQUIRE(answer.status == 200);
    CHECK(answer.header("content-type") == "application/x-zip-compressed");
    CHECK(answer.chunked);
    CHECK_THAT(answer.header("content-disposition"),
               ferry_test::contains("_langflow_files.zip\"; filename*=UTF-8''"));
    // Database order, local headers first; the content stands in clear behind name and header.
    CHECK(answer.body.substr(0, 4) == "PK\x03\x04");
    CHECK(answer.body.find("a.txtfirst") == 30);
    CHECK(answer.body.find(std::string("龙.bin") + std::string("\0\1", 2)) != std::string::npos);
    CHECK(mock.alice.send_json("POST", batch, "[]").detail() ==
          "Error downloading files: 404: No files found");
}

TEST_CASE("v2 MCP file: replaced on upload, hidden, validated", "[langflow]") {
    langflow const mock;
    std::string const name = "_mcp_servers_" + alice_id + ".json";
    std::string const first = member(mock.upload(name, R"({"mcpServers":{}})").json(), "id");
    std::string const second = member(mock.upload(name, R"({"mcpServers":{}})").json(), "id");
    CHECK(mock.alice.get(files + "/" + first).status == 404);
    CHECK(mock.alice.get(files + "/" + second).status == 200);
    CHECK(mock.alice.get(files).body == "[]");
    CHECK(mock.upload(name, "no json").detail() == "Invalid MCP servers config: not valid JSON");
    CHECK(mock.upload(name, "{}").detail() == "Invalid MCP servers config: expected an 'mcpServers' object");
    CHECK(mock.alice.del(files).body == R"({"message":"All 1 files deleted successfully"})");
}

TEST_CASE("v2 errors: order of evaluation and UUID texts", "[langflow]") {
    langflow const mock;
    client const stranger(mock.server.port());
    CHECK(stranger.get(files + "/x").status == 403);                 // credentials before parameters
    CHECK(stranger.send_json("POST", batch, "{bad").status == 422);  // JSON before credentials
    CHECK(stranger.send("POST", files, {{"Content-Type", "multipart/form-data"}}, "x").status == 400);
    auto const message = [&](std::string const& id) {
        return member(mock.alice.get(files + "/" + id).json().as_object().at("detail").as_array().at(0),
                      "msg");
    };
    std::string const intro = "Input should be a valid UUID, ";
    CHECK(message("batch") == intro + "invalid character: found `t` at 3");
    CHECK(message("550e8400-e29b-41d4-a716") == intro + "invalid group count: expected 5, found 4");
    CHECK(message("550e8400-e29b-41d4-a716-4466554400000") ==
          intro + "invalid group length in group 4: expected 12, found 13");
    CHECK(message("123") == intro + "invalid length: expected length 32 for simple format, found 3");
    CHECK(mock.alice.get(files + "/550E8400E29B41D4A716446655440000").status == 404);
    CHECK(mock.alice.send("PATCH", files).header("allow") == "POST");
    CHECK(mock.alice.send("POST", "/api/v2/files/batch").header("allow") == "GET");
}

TEST_CASE("v2 uploads above the limit get 413 before anything else", "[langflow]") {
    langflow const mock(ferry::mock::server_options{.max_upload_mb = 1});
    response const answer =
        client(mock.server.port())
            .post_form(files, {file("file", "a.txt", std::string(1024 * 1024 + 1024, 'x'))});
    CHECK(answer.status == 413);
    CHECK_THAT(answer.detail(),
               ferry_test::contains("Content size limit exceeded. Maximum allowed is 1MB and got 1."));
    std::string const rest = multipart({file("file", "a.txt", "")});
    CHECK(mock.upload("a.txt", std::string(1024 * 1024 - rest.size(), 'x')).status ==
          201);  // exactly at the limit
}
