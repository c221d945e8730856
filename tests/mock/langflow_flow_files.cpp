// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <regex>

#include "langflow.hpp"

using namespace mock_test;

namespace {

std::string const prefix = "/api/v1/files/";

}  // namespace

TEST_CASE("Langflow: v1 uploads are stored under the second of their arrival") {
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

TEST_CASE("Langflow: flows of others are not found, not even by superusers") {
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

TEST_CASE("Langflow: v1 downloads are bytes with a length and both forms of the stored name") {
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

TEST_CASE("Langflow: missing v1 files are 500, their deletion a success") {
    langflow const mock;
    CHECK(mock.alice.get(in_flow("download", "none.txt")).status == 500);
    CHECK(mock.alice.get(in_flow("download", "none.txt")).detail() ==
          "File none.txt not found in flow " + alice_flow);
    CHECK(mock.alice.get(in_flow("images", "none.png")).status == 500);
    CHECK(mock.alice.get(in_flow("download", "name.")).detail() == "Extension not found for file name.");
    CHECK(mock.alice.del(in_flow("delete", "none.txt")).body ==
          R"({"message":"File none.txt deleted successfully"})");
}

TEST_CASE("Langflow: v1 names with dots or backslashes are refused before the credentials") {
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

TEST_CASE("Langflow: images have their type and no length, others are refused") {
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

TEST_CASE("Langflow: list and delete of a flow's files") {
    langflow const mock;
    CHECK(mock.alice.get(prefix + "list/" + alice_flow).body == R"({"files":[]})");
    std::string const name = mock.stored_in_flow("a.txt");
    CHECK(mock.alice.get(prefix + "list/" + alice_flow).body == R"({"files":[")" + name + "\"]}");
    CHECK(mock.alice.del(in_flow("delete", name)).status == 200);
    CHECK(mock.alice.get(prefix + "list/" + alice_flow).body == R"({"files":[]})");
    CHECK(mock.alice.get(prefix + "list/123").status == 422);
}

TEST_CASE("Langflow: the deprecated upload stores under the hash, out of v1's sight") {
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

TEST_CASE("Langflow: profile pictures are open to everybody") {
    langflow const mock;
    std::string const pictures = prefix + "profile_pictures/";
    json::value const listed = mock.stranger.get(pictures + "list").json();
    std::size_t people = 0;
    std::size_t space = 0;
    for (json::value const& item : listed.at("files").as_array()) {
        std::string_view const name = item.as_string();
        people += name.substr(0, 7) == "People/";
        space += name.substr(0, 6) == "Space/";
        if (name == "Space/046-rocket.svg") CHECK(space > 0);
    }
    CHECK(people == 54);
    CHECK(space == 25);
    for (char const* const name : {"Space/046-rocket.svg", "People/People%20Avatar-02-27.svg"}) {
        response const picture = mock.stranger.get(pictures + name);
        CHECK(picture.status == 200);
        CHECK(picture.header("content-type") == "image/svg+xml");
        CHECK(picture.chunked);
        CHECK(picture.body.substr(0, 4) == "<svg");
    }
    auto const refused = [&](char const* name, int status, std::string const& detail) {
        response const answer = mock.stranger.get(pictures + name);
        CHECK(answer.status == status);
        CHECK(answer.detail() == detail);
    };
    std::string const plain = " name without directory paths or '..'.";
    refused("..x/a.svg", 400, "Invalid folder name. Use a simple folder" + plain);
    refused("a%5Cx/a.svg", 400, "Invalid folder name. Use a simple folder" + plain);
    refused("Space/a..svg", 400, "Invalid file name. Use a simple file" + plain);
    refused("Other/a.svg", 400, "Folder must be one of: People, Space");
    refused("Space/none.svg", 404, "Profile picture Space/none.svg not found");
}

TEST_CASE("Langflow: downloads carry the file name in both forms") {
    langflow const mock;
    auto const header_of = [&](std::string const& upload, std::string const& rename) {
        std::string const id = mock.uploaded(upload);
        mock.rename(id, rename);
        std::string const header = mock.alice.get(files + "/" + id).header("content-disposition");
        mock.alice.del(files + "/" + id);
        return header;
    };
    CHECK(header_of("x.txt", "a%20(1)") ==
          "attachment; filename=\"a (1).txt\"; filename*=UTF-8''a%20%281%29.txt");
    CHECK(header_of("x.txt", "%E9%BE%99") ==
          "attachment; filename=\"?.txt\"; filename*=UTF-8''%E9%BE%99.txt");
    CHECK(header_of("x.txt", "%F0%9F%90%89") ==
          "attachment; filename=\"?.txt\"; filename*=UTF-8''%F0%9F%90%89.txt");
    CHECK(header_of("x.txt", "q%22x") == "attachment; filename=\"q\\\"x.txt\"; filename*=UTF-8''q%22x.txt");
    CHECK(header_of("x.txt", "b%5Cx") == "attachment; filename=\"b\\\\x.txt\"; filename*=UTF-8''b%5Cx.txt");
    CHECK(header_of("x.txt", "c%0D%0A%7Fx") ==
          "attachment; filename=\"c___x.txt\"; filename*=UTF-8''c%0D%0A%7Fx.txt");
    CHECK(header_of("x.txt", "A-Za_z0.9~!") ==
          "attachment; filename=\"A-Za_z0.9~!.txt\"; filename*=UTF-8''A-Za_z0.9~%21.txt");
    CHECK(header_of("README", "") == "attachment; filename=\"\"; filename*=UTF-8''");
}

TEST_CASE("Langflow: the media type of every extension, in any case") {
    struct row {
        char const* extensions;
        char const* type;
    };
    row const rows[] = {
        {"json", "application/json"},
        {"txt", "text/plain"},
        {"csv", "text/csv"},
        {"html", "text/html"},
        {"pdf", "application/pdf"},
        {"mp3", "audio/mpeg"},
        {"wav", "audio/wav"},
        {"mp4", "video/mp4"},
        {"webm", "video/webm"},
        {"zip", "application/zip"},
        {"tar", "application/x-tar"},
        {"gz", "application/gzip"},
        {"doc", "application/msword"},
        {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"xls", "application/vnd.ms-excel"},
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"ppt", "application/vnd.ms-powerpoint"},
        {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        {"xml", "application/xml"},
        {"yaml", "application/x-yaml"},
        {"YML", "application/x-yaml"},
        {"webp", "application/octet-stream"},
        {"bmp", "application/octet-stream"},
        {"unknown", "application/octet-stream"},
    };
    langflow const mock;
    for (row const& expected : rows) {
        response const answer = mock.alice.get(in_flow("images", std::string("a.") + expected.extensions));
        CHECK(answer.status == 500);
        CHECK(answer.detail() == "Content type " + std::string(expected.type) + " is not an image");
    }
    CHECK(mock.alice.get(in_flow("images", "no-extension")).detail() ==
          "Content type application/octet-stream is not an image");
    row const images[] = {{"png", "image/png"},
                          {"jpg", "image/jpeg"},
                          {"jpeg", "image/jpeg"},
                          {"GIF", "image/gif"},
                          {"svg", "image/svg+xml"}};
    for (row const& expected : images) {
        std::string const name = mock.stored_in_flow(std::string("a.") + expected.extensions);
        CHECK(mock.alice.get(in_flow("images", name)).header("content-type") == expected.type);
    }
}
