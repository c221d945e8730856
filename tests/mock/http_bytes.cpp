// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Any upload comes back as it was, whatever its bytes, size, name and framing, through every way in and out.
#include <ferry/mock/server.hpp>

#include <algorithm>
#include <random>
#include <sstream>

#include "../support/catch2.hpp"
#include "client.hpp"

using namespace mock_test;

namespace {

/// Both services; what goes in at one end has to come out at the other.
struct both {
    ferry::mock::server server;
    client cloud{server.port(), bearer("llx-alice")};
    client flow{server.port(), api_key("sk-alice")};

    std::string through_cloud(response const& stored) const {
        REQUIRE(stored.status == 201);
        response const link = cloud.get("/api/v1/beta/files/" + member(stored.json(), "id") + "/content");
        std::string const url = member(link.json(), "url");
        response const answer = client(server.port()).get(url.substr(url.find('/', 7)));
        REQUIRE(answer.complete);
        return answer.body;
    }
    std::string through_flow(response const& stored) const {
        REQUIRE(stored.status == 201);
        response const answer = flow.get("/api/v2/files/" + member(stored.json(), "id"));
        REQUIRE(answer.complete);
        return answer.body;
    }
};

constexpr char const* cloud_files = "/api/v1/beta/files";
constexpr char const* flow_files = "/api/v2/files";

std::vector<part> cloud_form(std::string const& name, std::string const& content) {
    return {file("file", name, content), text("purpose", "user_data")};
}

std::string random_bytes(std::size_t size) {
    std::mt19937 random(static_cast<unsigned>(size));
    std::string result(size, '\0');
    for (char& byte : result) byte = static_cast<char>(random() & 0xFFU);
    return result;
}

std::string in_chunks(std::string const& body, std::size_t size) {
    std::ostringstream out;
    for (std::size_t at = 0; at < body.size(); at += size) {
        std::string const piece = body.substr(at, size);
        out << std::hex << piece.size() << "\r\n" << piece << "\r\n";
    }
    return out.str() + "0\r\n\r\n";
}

}  // namespace

TEST_CASE("bytes: control characters, line ends and look-alikes of the boundary come back", "[bytes]") {
    both const mock;
    std::string every(256, '\0');
    for (std::size_t i = 0; i < every.size(); ++i) every[i] = static_cast<char>(i);
    std::string const dashes = std::string("--") + boundary;
    for (std::string const& content : std::vector<std::string>{
             std::string(1, '\0'), std::string(1000, '\0'), every, "\r\n", "\n", "\r", "\r\n\r\n", "--",
             dashes, dashes + "--", "x\r\n" + dashes.substr(0, dashes.size() - 1), "\r\n--" + dashes,
             "x\r\n--\r\n", "\r\n" + dashes.substr(0, dashes.size() - 1) + "X\r\n", "0\r\n\r\n",
             "GET / HTTP/1.1\r\n\r\n",
             "\xEF\xBB\xBF"
             "bom",
             "\xFF\xFE\x00 not UTF-8"}) {
        INFO("content: " << json::serialize(json::value(content.size())));
        if (content == dashes || content == dashes + "--") continue;  // ends the part: see below
        CHECK(mock.through_cloud(mock.cloud.post_form(cloud_files, cloud_form("a.bin", content))) == content);
        CHECK(mock.through_flow(mock.flow.post_form(flow_files, {file("file", "a.bin", content)})) ==
              content);
    }
    // In the middle of a line the boundary is content.
    CHECK(mock.through_cloud(mock.cloud.post_form(cloud_files, cloud_form("a.bin", 'x' + dashes + "--"))) ==
          'x' + dashes + "--");
}

TEST_CASE("bytes: sizes around every buffer come back", "[bytes]") {
    both const mock;
    for (std::size_t const size :
         {1U, 2U, 4095U, 4096U, 16384U, 65000U, 65535U, 65536U, 65537U, 131072U, 1000003U}) {
        INFO("size: " << size);
        std::string const content = random_bytes(size);
        CHECK(mock.through_cloud(mock.cloud.post_form(cloud_files, cloud_form("a.bin", content))) == content);
        CHECK(mock.through_flow(mock.flow.post_form(flow_files, {file("file", "a.bin", content)})) ==
              content);
    }
    // Empty files: Langflow takes them, LlamaCloud refuses them.
    CHECK(mock.through_flow(mock.flow.post_form(flow_files, {file("file", "a.bin", "")})).empty());
    CHECK(mock.cloud.post_form(cloud_files, cloud_form("a.bin", "")).status == 400);
}

TEST_CASE("bytes: chunks of any size carry the same", "[bytes]") {
    both const mock;
    std::string const content = random_bytes(100'001);
    std::string const form = multipart({file("file", "a.bin", content)});
    for (std::size_t const size : {7U, 1000U, 65536U, 1000000U}) {
        INFO("chunks of " << size);
        connection wire(mock.server.port());
        wire.write("POST " + std::string(flow_files) + " HTTP/1.1\r\nHost: x\r\nx-api-key: sk-alice\r\n" +
                   "Transfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=" + boundary +
                   "\r\n\r\n" + in_chunks(form, size));
        CHECK(mock.through_flow(wire.read()) == content);
    }
}

TEST_CASE("bytes: names in any script come back", "[bytes]") {
    both const mock;
    for (std::string const name : {"r\xC3\xA9sum\xC3\xA9.pdf", "\xE6\x96\x87\xE4\xBB\xB6.txt",
                                   "\xF0\x9F\x98\x80.png", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "a b  c.txt",
                                   "semi;colon, comma.txt", "100%25.txt", "tab\there.txt"}) {
        INFO(name);
        response const stored = mock.cloud.post_form(cloud_files, cloud_form(name, "x"));
        REQUIRE(stored.status == 201);
        CHECK(member(stored.json(), "name") == name);
        response const listed = mock.cloud.get(cloud_files + ("/" + member(stored.json(), "id")));
        CHECK(member(listed.json(), "name") == name);
        CHECK(mock.through_flow(mock.flow.post_form(flow_files, {file("file", name, "x")})) == "x");
    }
}
