// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <cctype>
#include <regex>

#include "langflow.hpp"

using namespace mock_test;

namespace {

using names = std::pair<std::string, std::string>;

}  // namespace

TEST_CASE("Langflow: shapes of a v2 upload and of a list item") {
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

TEST_CASE("Langflow: numbering of v2 names") {
    langflow const mock;
    SECTION("same name, other extension, gaps") {
        CHECK(mock.stored("a.txt") == names("a", "a.txt"));
        CHECK(mock.stored("a.md") == names("a (1)", "a (1).md"));
        CHECK(mock.stored("a (5).txt") == names("a (5)", "a (5).txt"));
        CHECK(mock.stored("a.txt") == names("a (6)", "a (6).txt"));
    }
    SECTION("whatever the extension, gaps are not filled") {
        mock.stored("a.txt");
        CHECK(mock.stored("a (2).txt") == names("a (2)", "a (2).txt"));
        CHECK(mock.stored("a.md") == names("a (3)", "a (3).md"));
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

TEST_CASE("Langflow: v2 downloads are chunked bytes without a length") {
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

TEST_CASE("Langflow: return_content answers the text as a JSON string") {
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

TEST_CASE("Langflow: return_content of a long text, with characters across every border") {
    langflow const mock;
    std::string text = "x";
    while (text.size() < 300'000) text += "龙\n\"\\\x01\xF0\x9F\x90\x89";
    std::string const path = files + "/" + mock.uploaded("long.txt", text) + "?return_content=true";
    response const answer = mock.alice.get(path);
    CHECK(answer.complete);
    CHECK(answer.header("content-length") == std::to_string(answer.body.size()));
    CHECK(answer.json() == json::value(text));
    std::string const cut =
        files + "/" + mock.uploaded("cut.txt", text + "\xF0\x9F") + "?return_content=true";
    CHECK(mock.alice.get(cut).detail() == "Error reading file: 500: Invalid file encoding");
}

TEST_CASE("Langflow: renaming checks nothing; a taken name is a success that is not kept") {
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

TEST_CASE("Langflow: files of others are not found, not even by superusers") {
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

TEST_CASE("Langflow: deleting one v2 file and all of them") {
    langflow const mock;
    std::string const id = member(mock.upload("a.txt").json(), "id");
    CHECK(mock.alice.del(files + "/" + id).body == R"({"detail":"File a deleted successfully"})");
    CHECK(mock.alice.del(files + "/" + id).detail() == "File not found");
    mock.upload("b.txt");
    mock.upload("c.txt");
    CHECK(mock.alice.del(files).body == R"({"message":"All 2 files deleted successfully"})");
    CHECK(mock.alice.del(files).body == R"({"message":"All 0 files deleted successfully"})");
}

TEST_CASE("Langflow: wildcards in a name cost no time, and numbers have no end") {
    langflow const mock;
    mock.stored(std::string(250, 'a') + ".txt");
    std::string const wild = std::string(60, '%') + 'b';
    CHECK(mock.stored(wild) == names(wild, wild));
    std::string const huge = "n (99999999999999999999999999)";
    mock.stored(huge);
    CHECK(mock.stored("n").first.substr(0, 3) == "n (");
}

TEST_CASE("Langflow: checks of a v2 name, in this order") {
    langflow const mock;
    std::string const characters =
        "Invalid file name. Filename must not contain directory paths, '..' sequences, or control "
        "characters.";
    std::string const too_long = "File name is too long. Maximum 255 bytes allowed.";
    auto const refused = [&](std::string const& name) {
        response const answer = mock.upload(name);
        CHECK(answer.status == 400);
        return answer.detail();
    };
    CHECK(refused("") == "No file provided");
    for (std::string const& name :
         {std::string("../a"), std::string("/etc/a"), std::string("a/b"), std::string("a..b"),
          std::string("a\\\\b"), std::string("a\0b", 3), ".." + std::string(300, 'n')}) {
        CHECK(refused(name) == characters);
    }
    CHECK(refused(std::string(256, 'n')) == too_long);
    std::string dragons;
    for (int i = 0; i < 84; ++i) dragons += "龙";
    CHECK(refused(dragons + ".txt") == too_long);  // 256 bytes
    CHECK(mock.upload(dragons + ".t").status == 201);
    CHECK(refused(".") == "Invalid file name after sanitization");
    for (std::string const name : {"con.txt", "CON", "Prn.a", "aux.b", "nul", "com1.txt", "LPT9.txt"}) {
        std::string device = name.substr(0, name.find('.'));
        for (char& c : device) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        CHECK(refused(name) == "Invalid file name. '" + device + "' is a reserved system name.");
    }
    for (std::string const name : {"con.tar.gz", "com0.txt", "com10.txt", "console.txt", "dragon 龙 %:'.txt"})
        CHECK(mock.upload(name).status == 201);
}

TEST_CASE("Langflow: append adds to the file of that root name, or makes one without a number") {
    langflow const mock;
    std::string const id = mock.uploaded("log.txt", "one\n");
    json::value const grown = mock.upload("log.md", "two\n", "?append=true").json();
    CHECK(member(grown, "id") == id);
    CHECK(member(grown, "path") == alice_id + "/log.txt");
    CHECK(grown.at("size") == 8);
    CHECK(mock.alice.get(files + "/" + id).body == "one\ntwo\n");
    mock.stored("new-one.txt");
    CHECK(member(mock.upload("new.txt", "x", "?append=true").json(), "name") == "new");
}

TEST_CASE("Langflow: append is not for object storage") {
    langflow const mock(ferry::mock::langflow_options{.s3_storage = true});
    mock.upload("log.txt");
    response const answer = mock.upload("log.txt", "x", "?append=true");
    CHECK(answer.status == 500);
    CHECK(answer.detail() == "Error accessing file: Append mode is not supported for S3 storage");
    CHECK(mock.upload("other.txt", "x", "?append=true").status == 201);
}

TEST_CASE("Langflow: ephemeral files have no row, and overwrite each other") {
    langflow const mock;
    response const first = mock.upload("e.txt", "1", "?ephemeral=true");
    CHECK(first.status == 201);
    CHECK(mock.alice.get(files + "/" + member(first.json(), "id")).status == 404);
    CHECK(mock.alice.get(files).body == "[]");
    CHECK(member(mock.upload("e.txt", "2", "?ephemeral=true").json(), "path") ==
          member(first.json(), "path"));
}

TEST_CASE("Langflow: PostgreSQL minds the case of names, SQLite does not") {
    langflow const mock(ferry::mock::langflow_options{.postgresql = true});
    mock.stored("Report.txt");
    CHECK(mock.stored("report.txt") == names("report", "report.txt"));
    CHECK(mock.stored("Rep_rt.txt") == names("Rep_rt (1)", "Rep_rt (1).txt"));
}

TEST_CASE("Langflow: deleting several v2 files counts the caller's rows that were found") {
    langflow const mock;
    std::string const a = mock.uploaded("a.txt");
    std::string const b = mock.uploaded("b.txt");
    std::string const of_bob = member(mock.bob.post_form(files, {file("file", "c.txt", "x")}).json(), "id");
    auto const remove = [&](std::string const& body) { return mock.alice.send_json("DELETE", batch, body); };
    CHECK(remove(quoted({a, a, nobody, of_bob})).body == R"({"message":"1 files deleted successfully"})");
    CHECK(mock.bob.get(files + "/" + of_bob).status == 200);
    for (std::string const& ids : {quoted({a}), quoted({of_bob}), quoted({})}) {
        response const none = remove(ids);
        CHECK(none.status == 500);
        CHECK(none.body == R"({"detail":"Error deleting files: 404: No files found"})");
    }
    CHECK(remove(quoted({"urn:uuid:" + b})).status == 200);
}

TEST_CASE("Langflow: a zip of stored entries in the order of the rows") {
    langflow const mock;
    std::string const a = mock.uploaded("a.txt", "first");
    std::string const b = mock.uploaded("龙.bin", std::string("\0\1", 2));
    response const answer = mock.alice.send_json("POST", batch, quoted({b, a, nobody}));
    REQUIRE(answer.status == 200);
    CHECK(answer.header("content-type") == "application/x-zip-compressed");
    CHECK(answer.chunked);
    CHECK_FALSE(answer.has("content-length"));
    std::regex const dated(
        R"re(attachment; filename="(\d{8}_\d{6}_langflow_files\.zip)"; filename\*=UTF-8''\1)re");
    CHECK(std::regex_match(answer.header("content-disposition"), dated));
    CHECK(answer.body.substr(0, 4) == "PK\x03\x04");
    CHECK(answer.body.find("a.txtfirst") == 30);
    CHECK(answer.body.find(std::string("龙.bin") + std::string("\0\1", 2)) != std::string::npos);
    mock.rename(a, "folder/a");
    CHECK(mock.alice.send_json("POST", batch, quoted({a})).body.find("folder/a.txtfirst") == 30);
    for (char const* const ids : {"[]", "[\"00000000-0000-4000-8000-000000000000\"]"}) {
        response const none = mock.alice.send_json("POST", batch, ids);
        CHECK(none.status == 500);
        CHECK(none.detail() == "Error downloading files: 404: No files found");
    }
}
