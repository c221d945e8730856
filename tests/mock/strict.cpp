// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <ferry/mock/server.hpp>

#include "../support/catch2.hpp"
#include "client.hpp"

using namespace mock_test;

namespace {

constexpr char const* files = "/api/v1/beta/files";
constexpr char const* directories = "/api/v1/beta/directories";
constexpr char const* v2 = "/api/v2/files";
constexpr char const* flow = "a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1";

ferry::mock::server_options strictly() {
    ferry::mock::server_options options;
    options.strict = true;
    options.llamacloud.decisions.strict_purpose = false;  // what is left is strict mode's work
    return options;
}

struct strict_mock {
    ferry::mock::server server{strictly()};
    client cloud{server.port(), bearer("llx-alice")};
    client flows{server.port(), api_key("sk-alice")};

    /// That the answer is 422 with this one issue, and that it is noted.
    void check_refused(response const& answer, std::string const& type, std::string const& request,
                       std::string const& description) const {
        INFO(answer.body);
        REQUIRE(answer.status == 422);
        json::array const issues = answer.json().as_object().at("detail").as_array();
        REQUIRE(issues.size() == 1);
        json::object const& issue = issues[0].as_object();
        CHECK(member(issue, "type") == type);
        CHECK(issue.at("msg").as_string().size() > 0);
        CHECK(issue.contains("input"));
        CHECK(member(issue.at("ctx"), "request") == request);
        CHECK(member(issue.at("ctx"), "description") == description);
        std::string loc;
        for (json::value const& step : issue.at("loc").as_array())
            loc += '/' + (step.is_string() ? std::string(step.as_string()) : json::serialize(step));
        CHECK(loc == request);
        std::vector<ferry::mock::deviation> const noted = server.deviations();
        REQUIRE_FALSE(noted.empty());
        CHECK(noted.back().at == request);
        CHECK(noted.back().type == type);
        CHECK(noted.back().description == description);
        CHECK_FALSE(noted.back().in_response);
    }

    std::string directory() const {
        return member(cloud.send_json("POST", directories, R"({"name":"box"})").json(), "id");
    }
};

constexpr char const* list_parameters = "#/paths/~1api~1v1~1beta~1files/get/parameters";

}  // namespace

TEST_CASE("without strict mode, unknown parameters, members and parts pass", "[strict]") {
    ferry::mock::server const server;
    client const cloud(server.port(), bearer("llx-alice"));
    CHECK(cloud.get(std::string(files) + "?pag_size=5").status == 200);
    CHECK(cloud.send_json("POST", directories, R"({"name":"box","colour":"red"})").status == 201);
    CHECK(cloud.post_form(files, {file("file", "a.txt", "a"), text("purpose", "parse"), text("x", "y")})
              .status == 201);
    CHECK(server.deviations().empty());
}

TEST_CASE("strict: requests that the description has pass", "[strict]") {
    strict_mock const mock;
    CHECK(
        mock.cloud.get(std::string(files) + "?page_size=5&expand=download_url&expand=download_url").status ==
        200);
    CHECK(mock.cloud.post_form(files, {text("purpose", "parse"), file("file", "a.txt", "a")}).status == 201);
    CHECK(mock.cloud.send_json("POST", std::string(files) + "/query", R"({"filter":{"file_name":null}})")
              .status == 200);
    std::string const home = std::string(directories) + '/' + mock.directory() + "/files/upload";
    CHECK(mock.cloud
              .post_form(home, {file("upload_file", "b", "b"), text("metadata", R"({"tags":["x"],"n":1})")})
              .status == 201);
    CHECK(mock.flows.post_form(v2, {file("file", "a.txt", "a")}).status == 201);
    CHECK(mock.flows.send_json("POST", std::string("/api/v1/run/") + flow, R"({"input_value":"hello"})")
              .status == 200);
    client const by_query(mock.server.port());
    CHECK(by_query.get(std::string(v2) + "?x-api-key=sk-alice").status == 200);
    CHECK(by_query
              .send("POST", "/api/v1/login", {{"Content-Type", "application/x-www-form-urlencoded"}},
                    "username=alice&password=alice")
              .status == 200);
    CHECK(mock.server.deviations().empty());
}

TEST_CASE("strict: what the service itself refuses keeps its words and is no deviation", "[strict]") {
    strict_mock const mock;
    CHECK(mock.cloud.get(std::string(files) + "?page_size=0&extra=1").item().find("greater_than_equal") !=
          std::string::npos);
    CHECK(client(mock.server.port()).get(std::string(files) + "?extra=1").status == 401);
    CHECK(mock.server.deviations().empty());
}

TEST_CASE("strict: a query parameter that nobody declared", "[strict]") {
    strict_mock const mock;
    mock.check_refused(mock.cloud.get(std::string(files) + "?pag_size=5"), "extra_forbidden",
                       "/query/pag_size", list_parameters);
    mock.check_refused(mock.flows.get(std::string(v2) + "?limit=5"), "extra_forbidden", "/query/limit",
                       "#/paths/~1api~1v2~1files/get/parameters");
}

TEST_CASE("strict: a scalar parameter given twice", "[strict]") {
    strict_mock const mock;
    mock.check_refused(mock.cloud.get(std::string(files) + "?page_size=5&page_size=6"), "repeated",
                       "/query/page_size", list_parameters);
}

TEST_CASE("strict: path and query values that are right only with some goodwill", "[strict]") {
    strict_mock const mock;
    mock.check_refused(mock.cloud.get(std::string(files) + "/3fa85f6457174562b3fc2c963f66afa6"),
                       "uuid_parsing", "/path/file_id",
                       "#/paths/~1api~1v1~1beta~1files~1{file_id}/get/parameters");
    std::string const rule = "#/paths/~1api~1v1~1beta~1directories/get/parameters";
    std::string const list = std::string(directories) + '?';
    mock.check_refused(mock.cloud.get(list + "include_deleted=yes"), "bool_type", "/query/include_deleted",
                       rule);
    mock.check_refused(mock.cloud.get(list + "page_size=%205"), "int_type", "/query/page_size", rule);
    mock.check_refused(mock.cloud.get(list + "project_id=11111111111141118111111111111111"), "uuid_parsing",
                       "/query/project_id", rule);
    std::string const entries = std::string(directories) + '/' + mock.directory() + "/files";
    mock.check_refused(mock.cloud.get(entries + "?updated_at_on_or_after=2026-01-01"), "datetime_parsing",
                       "/query/updated_at_on_or_after",
                       "#/paths/~1api~1v1~1beta~1directories~1{directory_id}~1files/get/parameters");
}

TEST_CASE("strict: a value beside the known ones of an open enum", "[strict]") {
    strict_mock const mock;
    mock.check_refused(mock.cloud.post_form(files, {text("purpose", "fun"), file("file", "a.txt", "a")}),
                       "literal_error", "/body/purpose", "#/components/schemas/FilePurpose");
}

TEST_CASE("strict: JSON members that nobody declared, at any depth", "[strict]") {
    strict_mock const mock;
    mock.check_refused(mock.cloud.send_json("POST", directories, R"({"name":"box","colour":"red"})"),
                       "extra_forbidden", "/body/colour", "#/components/schemas/DirectoryCreate/properties");
    mock.check_refused(
        mock.cloud.send_json("POST", std::string(files) + "/query", R"({"filter":{"file_nam":"a"}})"),
        "extra_forbidden", "/body/filter/file_nam", "#/components/schemas/FileFilter/properties");
}

TEST_CASE("strict: JSON values of another type", "[strict]") {
    strict_mock const mock;
    mock.check_refused(mock.cloud.send_json("POST", std::string(files) + "/query", R"({"page_size":"5"})"),
                       "int_type", "/body/page_size", "#/components/schemas/FileQuery/properties/page_size");
    mock.check_refused(
        mock.cloud.send_json("POST", std::string(files) + "/query",
                             R"({"filter":{"file_ids":["3fa85f6457174562b3fc2c963f66afa6"]}})"),
        "uuid_parsing", "/body/filter/file_ids/0",
        "#/components/schemas/FileFilter/properties/file_ids/items");
}

TEST_CASE("strict: parts that nobody declared or that come twice", "[strict]") {
    strict_mock const mock;
    mock.check_refused(
        mock.cloud.post_form(files, {text("purpose", "parse"), file("file", "a", "a"), text("x", "y")}),
        "extra_forbidden", "/body/x",
        "#/paths/~1api~1v1~1beta~1files/post/requestBody/content/multipart~1form-data/schema/properties");
    mock.check_refused(mock.flows.post_form(v2, {file("file", "a", "a"), file("file", "b", "b")}), "repeated",
                       "/body/file",
                       "#/paths/~1api~1v2~1files/post/requestBody/content/multipart~1form-data/schema/"
                       "properties");
}

TEST_CASE("strict: a body where the operation takes none", "[strict]") {
    strict_mock const mock;
    mock.check_refused(mock.cloud.send_json("GET", files, "[]"), "extra_forbidden", "/body",
                       "#/paths/~1api~1v1~1beta~1files/get");
}

TEST_CASE("strict: a body of another type than the declared one", "[strict]") {
    strict_mock const mock;
    client const anybody(mock.server.port());
    mock.check_refused(
        anybody.post_form("/api/v1/login", {text("username", "alice"), text("password", "alice")}),
        "content_type", "/header/Content-Type", "#/paths/~1api~1v1~1login/post/requestBody/content");
    mock.check_refused(mock.cloud.send("POST", directories,
                                       {{"Content-Type", "application/merge-patch+json"}}, R"({"name":"x"})"),
                       "content_type", "/header/Content-Type",
                       "#/paths/~1api~1v1~1beta~1directories/post/requestBody/content");
}

TEST_CASE("strict: a body that the service forgives but nobody can read", "[strict]") {
    strict_mock const mock;
    mock.check_refused(
        mock.flows.send_json("POST", std::string("/api/v1/run/") + flow, "{bad"), "json_invalid", "/body",
        "#/paths/~1api~1v1~1run~1{flow_id_or_name}/post/requestBody/content/application~1json/schema");
}

TEST_CASE("strict: the credentials of another service", "[strict]") {
    strict_mock const mock;
    response const answer = mock.cloud.get(files, api_key("sk-alice"));
    mock.check_refused(answer, "extra_forbidden", "/header/x-api-key", "#/paths/~1api~1v1~1beta~1files/get");
    CHECK(answer.body.find("sk-alice") == std::string::npos);
    CHECK(mock.cloud.get("/health", api_key("sk-alice")).status == 200);  // open to everybody
}

TEST_CASE("strict: deviations are listed and cleared over HTTP", "[strict]") {
    strict_mock const mock;
    CHECK(mock.cloud.get(std::string(files) + "?a=secret").status == 422);
    CHECK(mock.cloud.get(std::string(files) + "?b=1&c=2").status == 422);
    response const listed = mock.cloud.get("/_ferry/deviations");
    REQUIRE(listed.status == 200);
    json::object const report = listed.json().as_object();
    CHECK(report.at("count") == 3);
    CHECK(report.at("evicted") == 0);
    json::array const& entries = report.at("entries").as_array();
    REQUIRE(entries.size() == 3);
    CHECK(
        json::serialize(entries[0]) ==
        R"({"number":1,"in_response":false,"operation":"files.list","method":"GET","path":"/api/v1/beta/files",)"
        R"("status":0,"type":"extra_forbidden","at":"/query/a","description":"#/paths/~1api~1v1~1beta~1files/get/parameters",)"
        R"("message":"Extra inputs are not permitted"})");
    CHECK(entries[2].at("at") == "/query/c");
    CHECK(listed.body.find("secret") == std::string::npos);
    CHECK(mock.cloud.del("/_ferry/deviations").status == 204);
    CHECK(mock.cloud.get("/_ferry/deviations").json().at("count") == 0);
}
