// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/response_check.hpp"

#include <ferry/mock/server.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "../../mock_server/generated/langflow_tables.hpp"
#include "../../mock_server/generated/llamacloud_tables.hpp"
#include "../support/catch2.hpp"
#include "client.hpp"
#include "core/api.hpp"

using namespace ferry::mock;

namespace {

route const& operation(std::span<route const> routes, std::string_view name) {
    auto const found = std::find_if(routes.begin(), routes.end(),
                                    [name](route const& one) { return one.operation == name; });
    REQUIRE(found != routes.end());
    return *found;
}

route const& cloud(std::string_view name) {
    return operation(generated::llamacloud_routes(), name);
}

route const& flow(std::string_view name) {
    return operation(generated::langflow_routes(), name);
}

http_response respond(int status, std::string_view body, std::string type = "application/json") {
    http_response made;
    made.status = status;
    if (!type.empty()) made.with("Content-Type", std::move(type));
    made.body = body;
    return made;
}

/// The one finding, as `type at description`; more or none show as such.
std::string finding_of(route const& target, http_response const& response) {
    std::string all;
    for (finding const& one : check_response(target, response))
        all += (all.empty() ? "" : "; ") + one.type + ' ' + json_pointer(one.where) + ' ' + one.rule;
    return all;
}

constexpr char const* file =
    R"({"id":"3fa85f64-5717-4562-b3fc-2c963f66afa6","name":"a.pdf","project_id":"11111111-1111-4111-8111-111111111111"})";

}  // namespace

TEST_CASE("answers as the description has them have no findings", "[responses]") {
    CHECK(finding_of(cloud("files.get"), respond(200, file)).empty());
    CHECK(finding_of(cloud("files.get"), respond(404, R"({"detail":"File not found"})")).empty());
    CHECK(finding_of(cloud("files.get"), respond(503, R"({"detail":"later"})")).empty());
    CHECK(finding_of(cloud("files.get"), respond(418, "short and stout", "text/plain")).empty());
    CHECK(finding_of(cloud("files.delete"), respond(204, "", "")).empty());
    CHECK(finding_of(flow("flow_files.image"), respond(200, "\x89PNG", "image/png")).empty());
    CHECK(finding_of(flow("files.get"), respond(200, "anything", "application/octet-stream")).empty());
    CHECK(finding_of(flow("files.get"), respond(200, R"("text")")).empty());
    CHECK(finding_of(flow("files.list"), respond(200, "[]", "application/json; charset=utf-8")).empty());
}

TEST_CASE("a status that the description does not have", "[responses]") {
    CHECK(finding_of(cloud("files.create"), respond(200, file)) ==
          "status /status #/paths/~1api~1v1~1beta~1files/post/responses");
}

TEST_CASE("another media type than the declared ones", "[responses]") {
    std::string const rule = "#/paths/~1api~1v1~1beta~1files~1{file_id}/get/responses/200/content";
    CHECK(finding_of(cloud("files.get"), respond(200, file, "text/html")) ==
          "content_type /header/Content-Type " + rule);
    CHECK(finding_of(cloud("files.get"), respond(200, file, "")) ==
          "content_type /header/Content-Type " + rule);
}

TEST_CASE("a body where none is declared, and none where one is", "[responses]") {
    CHECK(finding_of(cloud("files.delete"), respond(204, "{}")) ==
          "extra_forbidden /body #/paths/~1api~1v1~1beta~1files~1{file_id}/delete/responses/204");
    CHECK(finding_of(cloud("files.get"), respond(200, "")) ==
          "json_invalid /body "
          "#/paths/~1api~1v1~1beta~1files~1{file_id}/get/responses/200/content/application~1json/schema");
}

TEST_CASE("a header that is missing", "[responses]") {
    http_response refused = respond(429, R"({"detail":"Too many requests."})");
    CHECK(finding_of(flow("auth.login"), refused) ==
          "missing /header/Retry-After #/paths/~1api~1v1~1login/post/responses/429/headers");
    CHECK(finding_of(flow("auth.login"), refused.with("retry-after", "60")).empty());
}

TEST_CASE("bodies that the schema does not allow", "[responses]") {
    auto const found = [](std::string_view body) {
        return finding_of(cloud("files.get"), respond(200, body));
    };
    CHECK(found(R"({"name":"a.pdf","project_id":"11111111-1111-4111-8111-111111111111"})") ==
          "missing /body/id #/components/schemas/File/properties/id");
    CHECK(found(R"([])") == "model_type /body #/components/schemas/File");
    std::string const start(file, std::string_view(file).size() - 1);
    CHECK(found(start + R"(,"size":1})") ==
          "extra_forbidden /body/size #/components/schemas/File/properties");
    CHECK(found(start + R"(,"expires_at":"tomorrow"})") ==
          "datetime_parsing /body/expires_at #/components/schemas/File/properties/expires_at");
    CHECK(found(start + R"(,"expires_at":null})").empty());
    CHECK(found(start + R"(,"purpose":"something new"})").empty());
    CHECK(found(start + R"(,"download_url":{"url":"no url","expires_at":"2026-03-14T10:26:53Z"}})") ==
          "url_parsing /body/download_url/url #/components/schemas/PresignedUrl/properties/url");
    CHECK(finding_of(cloud("directories.files.get"),
                     respond(200, R"({"id":"a","project_id":"p","directory_id":"d","unique_id":"u",)"
                                  R"("display_name":"n","metadata":{"deep":{"er":1}}})")) ==
          "string_type /body/metadata/deep #/components/schemas/MetadataValue");
    CHECK(finding_of(flow("files.list"), respond(200, R"([{"id":"x","name":"a","path":"b","size":1}])")) ==
          "uuid_parsing /body/0/id #/components/schemas/File/properties/id");
    CHECK(
        finding_of(
            flow("files.list"),
            respond(200,
                    R"([{"id":"d44dc2e1-9ae9-4cf6-9114-8d34a6126c94","name":"a","path":"b","size":"1"}])")) ==
        "int_type /body/0/size #/components/schemas/File/properties/size");
    CHECK(finding_of(cloud("directories.get"),
                     respond(200, R"({"id":"a","project_id":"p","name":"","type":"folder"})")) ==
          "string_too_short /body/name #/components/schemas/Directory/properties/name; "
          "literal_error /body/type #/components/schemas/DirectoryType");
}

TEST_CASE("of a streamed answer all but the body is checked", "[responses]") {
    http_response streamed = respond(200, "");
    streamed.stream = std::make_shared<blob_reader>(blob::of("no JSON"));
    CHECK(finding_of(cloud("files.get"), streamed).empty());
    streamed.status = 299;
    CHECK(finding_of(cloud("files.get"), streamed).substr(0, 14) == "status /status");
}

TEST_CASE("the answer with the findings is a 500 that is not retried", "[responses]") {
    http_response const wrong = respond(200, R"({"id":1})");
    http_response const told =
        explain_response(cloud("files.get"), check_response(cloud("files.get"), wrong));
    CHECK(told.status == 500);
    CHECK_THAT(told.body, ferry_test::contains("files.get"));
    CHECK_THAT(told.body, ferry_test::contains("/body/id: Input should be a valid string "
                                               "(#/components/schemas/File/properties/id)"));
    CHECK(std::find(told.headers.begin(), told.headers.end(),
                    std::pair<std::string, std::string>("x-should-retry", "false")) != told.headers.end());
}

TEST_CASE("every exchange with a service becomes a line of the file", "[responses]") {
    std::string const path = std::string(P_tmpdir) + "/ferry-exchanges-" + std::to_string(::getpid());
    server_options options;
    options.exchanges = path;
    {
        server const mock(options);
        mock_test::client const alice(mock.port(), mock_test::api_key("sk-alice"));
        CHECK(alice.post_form("/api/v2/files", {mock_test::file("file", "a.bin", "\xff\xfe")}).status == 201);
        std::string const id = mock_test::member(alice.get("/api/v2/files").json().as_array().at(0), "id");
        CHECK(alice.get("/api/v2/files/" + id).body == "\xff\xfe");
        CHECK(alice.get("/_ferry/deviations").status == 200);  // not the service's
    }
    std::ifstream file_of(path);
    std::vector<json::value> lines;
    for (std::string line; std::getline(file_of, line);) lines.push_back(json::parse(line));
    std::remove(path.c_str());
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].at("method") == "POST");
    CHECK(lines[0].at("path") == "/api/v2/files");
    CHECK(lines[0].at("status") == 201);
    CHECK(json::parse(lines[0].at("body").as_string()).at("name") == "a");
    CHECK(lines[2].at("body").is_null());
    CHECK(lines[2].at("headers").at(0) == json::array({"Content-Type", "application/octet-stream"}));
}
