// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Where Langflow's page and its server disagree: each row in both profiles.
#include "langflow.hpp"

using namespace mock_test;

namespace {

langflow documented() {
    return langflow(ferry::mock::server_options{});  // the default profile
}

}  // namespace

TEST_CASE("Langflow: the v2 path is USER_ID/FILE_ID.EXT on the page, USER_ID/NAME on the server") {
    SECTION("documented") {
        langflow const mock = documented();
        json::value const file = mock.upload("report.pdf").json();
        CHECK(member(file, "name") == "report");
        CHECK(member(file, "path") == alice_id + '/' + member(file, "id") + ".pdf");
        CHECK_THAT(mock.alice.get(files + "/" + member(file, "id")).header("content-disposition"),
                   ferry_test::contains("filename=\"report.pdf\""));
        json::value const plain = mock.upload("README").json();
        CHECK(member(plain, "path") == alice_id + '/' + member(plain, "id"));
    }
    SECTION("observed") {
        langflow const mock;
        CHECK(member(mock.upload("report.pdf").json(), "path") == alice_id + "/report.pdf");
    }
}

TEST_CASE("Langflow: v2 list items have five members on the page, eight on the server") {
    SECTION("documented") {
        langflow const mock = documented();
        json::value const uploaded = mock.upload("a.txt").json();
        CHECK(mock.alice.get(files).json().as_array().at(0) == uploaded);
        CHECK(uploaded.as_object().size() == 5);
    }
    SECTION("observed") {
        langflow const mock;
        mock.upload("a.txt");
        std::string members;
        json::value const listed = mock.alice.get(files).json();
        for (auto const& item : listed.as_array().at(0).as_object()) members += std::string(item.key()) + ' ';
        CHECK(members == "id user_id name path size provider created_at updated_at ");
    }
}

TEST_CASE("Langflow: deleting one file answers message on the page, detail on the server") {
    SECTION("documented") {
        langflow const mock = documented();
        CHECK(mock.alice.del(files + "/" + mock.uploaded("a.txt")).body ==
              R"({"message":"File deleted successfully"})");
    }
    SECTION("observed") {
        langflow const mock;
        CHECK(mock.alice.del(files + "/" + mock.uploaded("a.txt")).body ==
              R"({"detail":"File a deleted successfully"})");
    }
}

TEST_CASE("Langflow: deleting all files answers without a number on the page, with one on the server") {
    SECTION("documented") {
        langflow const mock = documented();
        mock.upload("a.txt");
        CHECK(mock.alice.del(files).body == R"({"message":"All files deleted successfully"})");
        CHECK(mock.alice.get(files).body == "[]");
    }
    SECTION("observed") {
        langflow const mock;
        mock.upload("a.txt");
        CHECK(mock.alice.del(files).body == R"({"message":"All 1 files deleted successfully"})");
    }
}

TEST_CASE("Langflow: profile pictures, which the page does not describe, need no credentials") {
    langflow const page = documented();
    langflow const server;
    for (langflow const* const mock : {&page, &server})
        CHECK(mock->stranger.get("/api/v1/files/profile_pictures/list").status == 200);
}

TEST_CASE("Langflow: what the page leaves out is the same in both profiles") {
    langflow const page = documented();
    langflow const server;
    for (langflow const* const mock : {&page, &server}) {
        std::string const id = mock->uploaded("image.png", "any bytes");
        CHECK(member(mock->upload("image.png").json(), "name") == "image (1)");
        CHECK(mock->upload("image.png", "!", "?append=true").json().as_object().at("size") == 10);
        CHECK(mock->alice.get(files + "/" + id + "?return_content=true").body == "\"any bytes!\"");
        CHECK(mock->alice.send_json("DELETE", batch, quoted({id})).body ==
              R"({"message":"1 files deleted successfully"})");
    }
}
