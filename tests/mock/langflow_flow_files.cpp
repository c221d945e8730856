// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <regex>

#include "langflow.hpp"

using namespace mock_test;

namespace {

std::string const prefix = "/api/v1/files/";

response raw_upload(langflow const& mock, std::string const& type, std::string const& body) {
    return mock.stranger.send("POST", prefix + "upload/" + alice_flow,
                              type.empty() ? headers{} : headers{{"Content-Type", type}}, body);
}

}  // namespace

TEST_CASE("v1 upload answers 201 with a time-stamped path", "[langflow]") {
    langflow const mock;
    response const answer = mock.upload_to_flow("a b.txt");
    CHECK(answer.status == 201);
    CHECK(member(answer.json(), "flowId") == alice_flow);
    CHECK(std::regex_match(member(answer.json(), "file_path"),
                           std::regex(alice_flow + R"(/\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_a b\.txt)")));
    std::string const nameless = mock.stored_in_flow("", "abc");
    CHECK(nameless.substr(20) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(mock.upload_to_flow("a/b.txt").status == 500);
    CHECK(mock.upload_to_flow("..").detail() == "Invalid file name: contains path separators");
    CHECK(mock.upload_to_flow(std::string(300, 'n')).status == 500);
}

TEST_CASE("v1 upload is screened for its boundary before anything else", "[langflow]") {
    langflow const mock;
    std::string const type = "Content-Type header must be 'multipart/form-data' with a boundary parameter.";
    CHECK(raw_upload(mock, "", "x").detail() == type);
    CHECK(raw_upload(mock, "", "x").status == 422);
    CHECK(raw_upload(mock, "application/json; boundary=b", "x").detail() == type);
    CHECK(raw_upload(mock, "multipart/form-data", "x").detail() == type);
    CHECK(raw_upload(mock, "multipart/form-data; boundary=\"b\"", "--b--").detail() ==
          "Invalid boundary format");
    CHECK(raw_upload(mock, "multipart/form-data; boundary=a.b", "x").detail() == "Invalid boundary format");
    CHECK(raw_upload(mock, "multipart/form-data; boundary=" + std::string(71, 'b'), "x").detail() ==
          "Invalid boundary format");
    CHECK(raw_upload(mock, "multipart/form-data; boundary=b", "preamble\r\n--b--").detail() ==
          "Invalid multipart formatting");
    CHECK(raw_upload(mock, "multipart/form-data; boundary=b", "--b\r\n\r\nx\r\n--b--\r\nepilogue").detail() ==
          "Invalid multipart formatting");
    CHECK(raw_upload(mock, "multipart/form-data; boundary=b", "").detail() == "Invalid multipart formatting");
    CHECK(raw_upload(mock, "multipart/form-data; boundary=b", "--b--\r\n").status ==
          403);  // then the credentials
}

TEST_CASE("v1: foreign and unknown flows are not found, also for superusers", "[langflow]") {
    langflow const mock;
    std::string const name = mock.stored_in_flow("a.png");
    CHECK(mock.root.get(in_flow("download", name)).detail() == "Flow not found");
    CHECK(mock.alice.get(in_flow("download", name, bob_flow)).status == 404);
    CHECK(mock.alice.get(prefix + "list/" + bob_flow).status == 404);
    CHECK(mock.root.get(in_flow("images", name)).status == 404);
    CHECK(mock.root.del(in_flow("delete", name)).status == 404);
    std::string const form = prefix + "upload/";
    CHECK(mock.alice.post_form(form + bob_flow, {text("other", "x")}).status ==
          404);  // before the missing part
    response const both = mock.alice.post_form(form + "123", {text("other", "x")});
    CHECK(
        both.body ==
        R"({"detail":[{"type":"uuid_parsing","loc":["path","flow_id"],"msg":"Input should be a valid UUID, invalid length: expected length 32 for simple format, found 3","input":"123","ctx":{"error":"invalid length: expected length 32 for simple format, found 3"}},{"type":"missing","loc":["body","file"],"msg":"Field required","input":null}]})");
}

TEST_CASE("v1 download: octet-stream with length and both name forms", "[langflow]") {
    langflow const mock;
    std::string const content("\0\x1\r\n", 4);
    std::string const name = mock.stored_in_flow("é.png", content);
    std::string encoded = name;
    encoded.replace(encoded.find("é"), 2, "%C3%A9");
    response const answer = mock.alice.get(in_flow("download", encoded));
    CHECK(answer.body == content);
    CHECK(answer.header("content-type") == "application/octet-stream");
    CHECK(answer.header("content-length") == "4");
    CHECK(answer.header("content-disposition") ==
          "attachment; filename=\"" + name.substr(0, 20) + "?.png\"; filename*=UTF-8''" + encoded);
}

TEST_CASE("v1: missing files are 500, their deletion a success", "[langflow]") {
    langflow const mock;
    CHECK(mock.alice.get(in_flow("download", "none.txt")).status == 500);
    CHECK(mock.alice.get(in_flow("download", "none.txt")).detail() ==
          "File none.txt not found in flow " + alice_flow);
    CHECK(mock.alice.get(in_flow("images", "none.png")).status == 500);
    CHECK(mock.alice.get(in_flow("download", "name.")).detail() == "Extension not found for file name.");
    CHECK(mock.alice.del(in_flow("delete", "none.txt")).body ==
          R"({"message":"File none.txt deleted successfully"})");
}

TEST_CASE("v1: names with dots or backslashes are refused before the credentials", "[langflow]") {
    langflow const mock;
    std::string const why = "Invalid file name. Use a simple file name without directory paths or '..'.";
    for (char const* const what : {"download", "images"}) {
        CHECK(mock.stranger.get(in_flow(what, "test..secret")).detail() == why);
        CHECK(mock.stranger.get(in_flow(what, "a%5Cb")).status == 400);
        CHECK(mock.stranger.get(in_flow(what, "a%2Fb")).detail() ==
              "Not Found");  // a slash never matches the route
    }
    CHECK(mock.stranger.del(in_flow("delete", "a..b")).detail() == why);
    CHECK(mock.stranger.get(in_flow("download", "a.txt")).status == 403);
}

TEST_CASE("v1 images: the type by extension, chunked, only images", "[langflow]") {
    langflow const mock;
    response const image = mock.alice.get(in_flow("images", mock.stored_in_flow("a.PNG", "bytes")));
    CHECK(image.body == "bytes");
    CHECK(image.header("content-type") == "image/png");
    CHECK(image.chunked);
    CHECK_FALSE(image.has("content-length"));
    CHECK_FALSE(image.has("content-disposition"));
    CHECK(mock.alice.get(in_flow("images", "a.txt")).detail() == "Content type text/plain is not an image");
    CHECK(mock.alice.get(in_flow("images", "a.webp")).detail() ==
          "Content type application/octet-stream is not an image");
    CHECK(mock.stranger.get(in_flow("images", "a.png")).status == 403);
}

TEST_CASE("v1 list and delete", "[langflow]") {
    langflow const mock;
    CHECK(mock.alice.get(prefix + "list/" + alice_flow).body == R"({"files":[]})");
    std::string const name = mock.stored_in_flow("a.txt");
    CHECK(mock.alice.get(prefix + "list/" + alice_flow).body == R"({"files":[")" + name + "\"]}");
    CHECK(mock.alice.del(in_flow("delete", name)).status == 200);
    CHECK(mock.alice.get(prefix + "list/" + alice_flow).body == R"({"files":[]})");
    CHECK(mock.alice.get(prefix + "list/123").status == 422);
}

TEST_CASE("the deprecated upload stores under the hash, out of v1's sight", "[langflow]") {
    langflow const mock;
    response const answer =
        mock.alice.post_form("/api/v1/upload/" + alice_flow, {file("file", "a.tar.gz", "abc")});
    CHECK(answer.status == 201);
    CHECK_THAT(member(answer.json(), "file_path"),
               ferry_test::contains(alice_flow +
                                    "/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.gz"));
    CHECK(mock.alice.get(prefix + "list/" + alice_flow).body == R"({"files":[]})");
    CHECK(mock.alice.send("POST", "/api/v1/upload/" + alice_flow, {}, "x").status ==
          422);  // no screening here
}

TEST_CASE("profile pictures are open to everybody", "[langflow]") {
    langflow const mock;
    std::string const pictures = prefix + "profile_pictures/";
    CHECK_THAT(mock.stranger.get(pictures + "list").body, ferry_test::contains("Space/046-rocket.svg"));
    response const picture = mock.stranger.get(pictures + "Space/046-rocket.svg");
    CHECK(picture.status == 200);
    CHECK(picture.header("content-type") == "image/svg+xml");
    CHECK(picture.chunked);
    CHECK(picture.body.substr(0, 4) == "<svg");
    CHECK(mock.stranger.get(pictures + "Other/a.svg").detail() == "Folder must be one of: People, Space");
    CHECK(mock.stranger.get(pictures + "Space/none.svg").detail() ==
          "Profile picture Space/none.svg not found");
    CHECK(mock.stranger.get(pictures + "..x/a.svg").status == 400);
    CHECK(mock.stranger.get(pictures + "Space/a..svg").status == 400);
}

TEST_CASE("v1 uploads above the limit get 413 with the full size, before the credentials", "[langflow]") {
    langflow const mock(ferry::mock::server_options{.max_upload_mb = 1});
    std::string const form = multipart({file("file", "a.txt", std::string(1024 * 1024 + 1024, 'x'))});
    response const answer = raw_upload(mock, std::string("multipart/form-data; boundary=") + boundary,
                                       form.substr(0, 1024 * 1024 + 1024));
    CHECK(answer.status == 413);
    CHECK(answer.detail() == "Content size limit exceeded. Maximum allowed is 1MB and got 1.001MB.");
}
