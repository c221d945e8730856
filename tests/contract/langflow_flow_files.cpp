// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Files of a flow (v1), which are named after the second of their upload, and the deprecated upload.
#include "contract/langflow.hpp"

#include <algorithm>
#include <regex>

using namespace ferry_test;

namespace {

// SHA-256 of "hello".
constexpr char hello_digest[] = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

constexpr char simple_names_only[] =
    "Invalid file name. Use a simple file name without directory paths or '..'.";

std::regex stored_as(std::string const& name) {
    return std::regex(R"(\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_)" + name);
}

}  // namespace

TEST_CASE("Langflow flow_files.upload answers with the flow and a path with the time before the name") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    scratch_directory const files;
    auto const path = files.write("my image.png", awkward_bytes());

    auto const upload = send(services.alice.flow_files.upload(alice_flow, ferry::from_path(path)));

    REQUIRE(upload.has_value());
    CHECK(upload->flow_id == alice_flow);
    auto const prefix = std::string(alice_flow) + "/";
    REQUIRE(upload->file_path.substr(0, prefix.size()) == prefix);
    auto const name = upload->file_path.substr(prefix.size());
    CHECK(std::regex_match(name, stored_as("my image\\.png")));
    CHECK(send(services.alice.flow_files.list(alice_flow)).value().files == std::vector<std::string>{name});
    CHECK(send(services.alice.flow_files.download(alice_flow, name)).value() == awkward_bytes());
    CHECK(send(services.alice.flow_files.image(alice_flow, name)).value() == awkward_bytes());
}

TEST_CASE("Langflow names a nameless flow file after its bytes; the SDK asks for a name first") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const refused = send(services.alice.flow_files.upload(alice_flow, ferry::from_string("hello", "")));
    CHECK(error_of(refused).kind() == ferry::error_kind::invalid_argument);
    auto const path = "/api/v1/files/upload/" + std::string(alice_flow);
    auto const form =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\nhello\r\n--b--\r\n";
    auto const answer =
        send(services.alice.call("POST", path).content(form, "multipart/form-data; boundary=b"));
    CHECK_THAT(answer.value(), contains(std::string("_") + hello_digest + "\""));
}

TEST_CASE("Langflow flow_files.upload keeps unusual characters, and fails for names that are paths") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    for (std::string const name : {"\xE9\xBE\x99 1.txt", "q\"x.txt", "50%.txt", "a+b&c.txt"}) {
        INFO(name);
        auto const upload =
            send(services.alice.flow_files.upload(alice_flow, ferry::from_string(name, name)));
        REQUIRE(upload.has_value());
        auto const stored = upload->file_path.substr(upload->file_path.find('/') + 1);
        CHECK(stored.substr(20) == name);
        CHECK(send(services.alice.flow_files.download(alice_flow, stored)).value() == name);
    }
    for (std::string const name : {"a..b", "../a", "a/b", "a\\b"}) {
        INFO(name);
        check_refusal(
            error_of(send(services.alice.flow_files.upload(alice_flow, ferry::from_string("x", name)))), 500,
            "Invalid file name: contains path separators");
    }
    auto const too_long = send(services.alice.flow_files.upload(
        alice_flow, ferry::from_string("x", std::string(240, 'n') + ".txt")));
    CHECK(error_of(too_long).status() == 500);
    CHECK_THAT(error_of(too_long).detail(), contains("File name too long"));
}

TEST_CASE("Langflow flow_files.download sends a length, a plain type, and the stored name") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const name = put_in_flow(services.alice, alice_flow, "notes.txt", awkward_bytes());

    auto const answer = send.with_response(services.alice.flow_files.download(alice_flow, name));

    REQUIRE(answer.has_value());
    CHECK(answer->value == awkward_bytes());
    CHECK(answer->headers.find("Content-Type") == "application/octet-stream");
    CHECK(answer->headers.find("Content-Length") == std::to_string(awkward_bytes().size()));
    CHECK(answer->headers.find("Content-Disposition") ==
          "attachment; filename=\"" + name + "\"; filename*=UTF-8''" + name);
}

TEST_CASE("Langflow flow_files.download reports a missing file as a failure of the server") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const missing = send(services.alice.flow_files.download(alice_flow, "none.txt"));
    check_refusal(error_of(missing), 500, "File none.txt not found in flow " + std::string(alice_flow));
    CHECK_THROWS_AS(missing.value(), ferry::internal_server_error);
    check_refusal(error_of(send(services.alice.flow_files.download(alice_flow, "chart."))), 500,
                  "Extension not found for file chart.");
}

TEST_CASE("Langflow flow_files.image types images by their extension, in chunks and without a name") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    for (auto const& [extension, type] :
         std::vector<std::pair<std::string, std::string>>{{"png", "image/png"},
                                                          {"jpg", "image/jpeg"},
                                                          {"JPEG", "image/jpeg"},
                                                          {"gif", "image/gif"},
                                                          {"svg", "image/svg+xml"}}) {
        INFO(extension);
        auto const name = put_in_flow(services.alice, alice_flow, "i." + extension, awkward_bytes());
        auto const answer = send.with_response(services.alice.flow_files.image(alice_flow, name));
        REQUIRE(answer.has_value());
        CHECK(answer->value == awkward_bytes());
        CHECK(answer->headers.find("Content-Type") == type);
        CHECK(answer->headers.find("Transfer-Encoding") == "chunked");
        CHECK_FALSE(answer->headers.contains("Content-Length"));
        CHECK_FALSE(answer->headers.contains("Content-Disposition"));
    }
}

TEST_CASE("Langflow flow_files.image fails for what is no image") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    for (auto const& [name, type] :
         std::vector<std::pair<std::string, std::string>>{{"notes.txt", "text/plain"},
                                                          {"photo.webp", "application/octet-stream"},
                                                          {"plain", "application/octet-stream"}}) {
        auto const stored = put_in_flow(services.alice, alice_flow, name);
        check_refusal(error_of(send(services.alice.flow_files.image(alice_flow, stored))), 500,
                      "Content type " + type + " is not an image");
    }
    check_refusal(error_of(send(services.alice.flow_files.image(alice_flow, "none.png"))), 500,
                  "File none.png not found in flow " + std::string(alice_flow));
}

TEST_CASE("Langflow flow_files.list shows the names of one flow") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    CHECK(send(services.alice.flow_files.list(alice_flow)).value().files.empty());
    auto expected = std::vector<std::string>{put_in_flow(services.alice, alice_flow, "one.txt"),
                                             put_in_flow(services.alice, alice_flow, "two.txt")};
    put_in_flow(services.bob, bob_flow, "three.txt");

    auto files = send(services.alice.flow_files.list(alice_flow)).value().files;

    std::sort(files.begin(), files.end());
    std::sort(expected.begin(), expected.end());
    CHECK(files == expected);
}

TEST_CASE("Langflow flow_files.delete removes a file, and succeeds for one that is not there") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const name = put_in_flow(services.alice, alice_flow, "old.txt");
    auto const said = "File " + name + " deleted successfully";
    CHECK(send(services.alice.flow_files.delete_(alice_flow, name)).value().message == said);
    CHECK(send(services.alice.flow_files.list(alice_flow)).value().files.empty());
    CHECK(send(services.alice.flow_files.delete_(alice_flow, name)).value().message == said);
}

TEST_CASE("Langflow refuses paths as names of flow files, before it asks who is calling") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const& files = services.alice.flow_files;
    for (std::string const name : {"a..b.png", "..\\a.png", "a\\b.png"}) {
        INFO(name);
        check_refusal(error_of(send(files.download(alice_flow, name))), 400, simple_names_only);
        check_refusal(error_of(send(files.image(alice_flow, name))), 400, simple_names_only);
        check_refusal(error_of(send(files.delete_(alice_flow, name))), 400, simple_names_only);
        check_refusal(error_of(send(files.download(alice_flow, name).extra_header("x-api-key", ""))), 400,
                      simple_names_only);
    }
    // A slash arrives percent-encoded, but the server takes paths apart after decoding them.
    check_refusal(error_of(send(files.download(alice_flow, "a/b.png"))), 404, "Not Found");
    check_refusal(error_of(send(files.image(alice_flow, "a/b.png"))), 404, "Not Found");
    check_refusal(error_of(send(files.delete_(alice_flow, "a/b.png"))), 404, "Not Found");
}

TEST_CASE("Dots alone and empty names of Langflow's flow files are refused before anything is sent") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    for (std::string const name : {"", ".", ".."}) {
        INFO("'" << name << "'");
        CHECK(error_of(send(services.alice.flow_files.download(alice_flow, name))).kind() ==
              ferry::error_kind::invalid_argument);
        CHECK(error_of(send(services.alice.flow_files.delete_(name, "a.txt"))).kind() ==
              ferry::error_kind::invalid_argument);
    }
}

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif
TEST_CASE("Langflow flow_files.upload_legacy stores under the bytes' digest, where nothing else looks") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;

    auto const upload = send(
        services.alice.flow_files.upload_legacy(alice_flow, ferry::from_string("hello", "archive.tar.gz")));
    auto const plain =
        send(services.alice.flow_files.upload_legacy(alice_flow, ferry::from_string("hello", "README")));

    REQUIRE(upload.has_value());
    CHECK(upload->flow_id == alice_flow);
    CHECK(upload->file_path.front() == '/');
    auto const tail = std::string("/") + alice_flow + "/" + hello_digest;
    CHECK(std::regex_search(upload->file_path, std::regex(tail + "\\.gz$")));
    CHECK(std::regex_search(plain.value().file_path, std::regex(tail + "$")));
    CHECK(send(services.alice.flow_files.list(alice_flow)).value().files.empty());
    for (auto const* const flow : {bob_flow, nobody})
        check_refusal(
            error_of(send(services.alice.flow_files.upload_legacy(flow, ferry::from_string("x", "a.txt")))),
            404, "Flow not found");
}
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
