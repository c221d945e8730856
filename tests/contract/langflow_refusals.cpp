// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// How Langflow refuses what it cannot read: sizes (413), forms and parameters (422 and 400).
#include "contract/langflow.hpp"

using namespace ferry_test;

namespace {

ferry::mock::server_options one_mebibyte() {
    ferry::mock::server_options options;
    options.max_upload_mb = 1;
    return options;
}

std::string form(std::string_view boundary, std::string_view part_head, std::string_view bytes) {
    std::string text = "--";
    text.append(boundary).append("\r\n").append(part_head).append("\r\n\r\n");
    text.append(bytes).append("\r\n--").append(boundary).append("--\r\n");
    return text;
}

constexpr char file_part[] = R"(Content-Disposition: form-data; name="file"; filename="a.txt")";
auto const v1_upload = "/api/v1/files/upload/" + std::string(alice_flow);
auto const v2_upload = std::string("/api/v2/files");

/// A POST of a body that the SDK itself would not write.
ferry::unlisted_call post(ferry::langflow::client const& client, std::string path, std::string body,
                          std::string type) {
    return client.call("POST", std::move(path)).content(std::move(body), std::move(type));
}

}  // namespace

TEST_CASE("Langflow answers 413 to an upload over its limit, before it looks at credentials") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services(one_mebibyte());
    auto const stranger = ferry::langflow::client(services.options("sk-stranger"));
    auto const slightly = std::string((1 << 20) + 1024, 'x');
    auto const much = std::string(9 << 20, 'x');
    std::string const said = "Content size limit exceeded. Maximum allowed is 1MB and got ";

    auto const refused =
        send(services.alice.flow_files.upload(alice_flow, ferry::from_string(slightly, "a.bin")));
    check_refusal(error_of(refused), 413, said + "1.001MB.");
    CHECK_THROWS_AS(refused.value(), ferry::content_too_large_error);
    for (auto const* const client : {&services.alice, &stranger}) {
        for (auto const& bytes : {slightly, much}) {
            auto const v1 = send(client->flow_files.upload(alice_flow, ferry::from_string(bytes, "a.bin")));
            CHECK(error_of(v1).status() == 413);
            auto const v2 = send(client->files.upload(ferry::from_string(bytes, "a.bin")));
            CHECK(error_of(v2).status() == 413);
            CHECK_THAT(error_of(v2).detail(), contains(said));
        }
    }
    CHECK(send(services.alice.files.list()).value().empty());
}

TEST_CASE("Langflow's limit counts the form around the file") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services(one_mebibyte());
    auto const frame = form("b", file_part, "").size();
    auto const fits = form("b", file_part, std::string((1 << 20) - frame, 'x'));
    REQUIRE(fits.size() == 1 << 20);
    CHECK(send(post(services.alice, v2_upload, fits, "multipart/form-data; boundary=b")).has_value());
    auto const over = form("b", file_part, std::string((1 << 20) - frame + 1, 'x'));
    CHECK(error_of(send(post(services.alice, v2_upload, over, "multipart/form-data; boundary=b"))).status() ==
          413);
    auto const file = ferry::from_string(std::string(1 << 20, 'x'), "a.bin");
    CHECK(error_of(send(services.alice.files.upload(file))).status() == 413);
    auto const smaller = ferry::from_string(std::string((1 << 20) - 1024, 'x'), "a.bin");
    CHECK(send(services.alice.files.upload(smaller)).has_value());
}

TEST_CASE("Langflow v1 refuses forms with one text: no form, quoted boundary, preamble, epilogue") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    struct row {
        std::string type;
        std::string body;
        std::string detail;
    };
    std::string const no_form =
        "Content-Type header must be 'multipart/form-data' with a boundary parameter.";
    auto const good = form("b", file_part, "x");
    std::vector<row> const rows = {
        {"application/json", "{}", no_form},
        {"multipart/form-data", good, no_form},
        {"multipart/form-data; boundary=\"b\"", good, "Invalid boundary format"},
        {"multipart/form-data; boundary=b; charset=utf-8", good, "Invalid boundary format"},
        {"multipart/form-data; boundary=a.b", good, "Invalid boundary format"},
        {"multipart/form-data; boundary=" + std::string(71, 'b'), good, "Invalid boundary format"},
        {"multipart/form-data; boundary=b", "preamble\r\n" + good, "Invalid multipart formatting"},
        {"multipart/form-data; boundary=b", good + "epilogue", "Invalid multipart formatting"},
        {"multipart/form-data; boundary=b", "", "Invalid multipart formatting"},
    };
    for (auto const& [type, body, detail] : rows) {
        INFO(type << " | " << body);
        auto const refused = send(post(services.alice, v1_upload, body, type));
        check_refusal(error_of(refused), 422, detail);
        CHECK(error_of(refused).validation_issues().empty());
        CHECK_THROWS_AS(refused.value(), ferry::unprocessable_content_error);
        // Before anybody asks for credentials.
        check_refusal(
            error_of(send(post(services.alice, v1_upload, body, type).extra_header("x-api-key", ""))), 422,
            detail);
    }
    CHECK(send(post(services.alice, v1_upload, good, "multipart/form-data; boundary=b")).has_value());
}

TEST_CASE("What the SDK uploads passes Langflow v1's screening, whatever is in the file") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    for (auto const& bytes : {std::string(), std::string("\r\n"), std::string("--"), awkward_bytes()}) {
        auto const upload =
            send(services.alice.flow_files.upload(alice_flow, ferry::from_string(bytes, "a.bin")));
        CHECK(upload.has_value());
    }
}

TEST_CASE("Langflow names every parameter that it cannot read") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const id = put(services.alice, "a.txt").id;
    auto const& alice = services.alice;
    std::string const bad_character = "Input should be a valid UUID, invalid character: found `n` at 1";
    std::string const no_boolean = "Input should be a valid boolean, unable to interpret input";

    auto const refused = send(alice.files.get("not-a-uuid"));
    check_issue(error_of(refused), "path.file_id", "uuid_parsing", bad_character);
    CHECK_THROWS_AS(refused.value(), ferry::unprocessable_content_error);
    check_issue(error_of(send(alice.files.rename("not-a-uuid", "a"))), "path.file_id", "uuid_parsing",
                bad_character);
    check_issue(error_of(send(alice.files.delete_("not-a-uuid"))), "path.file_id", "uuid_parsing",
                bad_character);
    check_issue(
        error_of(send(alice.flow_files.list("123"))), "path.flow_id", "uuid_parsing",
        "Input should be a valid UUID, invalid length: expected length 32 for simple format, found 3");
    check_issue(error_of(send(alice.call("PUT", "/api/v2/files/" + id))), "query.name", "missing",
                "Field required");
    check_issue(error_of(send(alice.files.get(id).extra_query("return_content", "maybe"))),
                "query.return_content", "bool_parsing", no_boolean);
    auto const upload = alice.files.upload(ferry::from_string("x", "b.txt"));
    check_issue(error_of(send(ferry::langflow::files_upload(upload).extra_query("append", "maybe"))),
                "query.append", "bool_parsing", no_boolean);
    check_issue(error_of(send(ferry::langflow::files_upload(upload).extra_query("ephemeral", "2"))),
                "query.ephemeral", "bool_parsing", no_boolean);
    check_issue(error_of(send(post(alice, v2_upload, "{}", "application/json"))), "body.file", "missing",
                "Field required");
    CHECK(send(alice.files.list()).value().size() == 1);
}

TEST_CASE("Langflow lists all problems of one request") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const body = form("b", "Content-Disposition: form-data; name=\"other\"", "x");
    auto const why = error_of(
        send(post(services.alice, "/api/v1/files/upload/123", body, "multipart/form-data; boundary=b")));
    CHECK(why.status() == 422);
    REQUIRE(why.validation_issues().size() == 2);
    CHECK(why.validation_issues()[0].location == "path.flow_id");
    CHECK(why.validation_issues()[0].type == "uuid_parsing");
    CHECK(why.validation_issues()[1].location == "body.file");
    CHECK(why.validation_issues()[1].type == "missing");
    // An unknown flow is reported before a missing part.
    check_refusal(error_of(send(post(services.alice, "/api/v1/files/upload/" + std::string(nobody), body,
                                     "multipart/form-data; boundary=b"))),
                  404, "Flow not found");
}

TEST_CASE("Langflow takes a batch as a JSON array of ids only") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const path = std::string("/api/v2/files/batch/");
    auto const& alice = services.alice;
    struct row {
        std::string body;
        std::string location;
        std::string type;
        std::string message;
    };
    std::vector<row> const rows = {
        {"null", "body", "missing", "Field required"},
        {"{\"ids\":[]}", "body", "list_type", "Input should be a valid list"},
        {"[5]", "body.0", "uuid_type", "UUID input should be a string, bytes or UUID object"},
        {"{bad", "body.1", "json_invalid", "JSON decode error"},
    };
    for (auto const& [body, location, type, message] : rows) {
        INFO(body);
        check_issue(error_of(send(post(alice, path, body, "application/json"))), location, type, message);
        check_issue(error_of(send(alice.call("DELETE", path).content(body))), location, type, message);
    }
    check_issue(error_of(send(post(alice, path, "[]", "text/plain"))), "body", "list_type",
                "Input should be a valid list");
}

TEST_CASE("Langflow v2 refuses forms that it cannot take apart") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const upload = [&](std::string body, std::string type = "multipart/form-data; boundary=b") {
        return send(post(services.alice, v2_upload, std::move(body), std::move(type)));
    };
    check_refusal(error_of(upload(form("b", file_part, "x"), "multipart/form-data")), 400,
                  "Missing boundary in multipart.");
    check_refusal(error_of(upload(form("b", "Content-Disposition: form-data", "x"))), 400,
                  "The Content-Disposition header field \"name\" must be provided.");
    check_refusal(error_of(upload("no form at all")), 400, "There was an error parsing the body");
    check_refusal(
        error_of(upload(form("b", R"(Content-Disposition: form-data; name="t")", std::string(1100000, 'x')))),
        400, "Part exceeded maximum size of 1024KB.");
    check_issue(error_of(upload(form("b", R"(Content-Disposition: form-data; name="file")", "text"))),
                "body.file", "value_error", "Value error, Expected UploadFile, received: <class 'str'>");
    auto const windows = R"(Content-Disposition: form-data; name="file"; filename="C:\dir\a.txt")";
    CHECK_THAT(upload(form("b", windows, "x")).value(), contains(R"("name":"a")"));
    CHECK(upload(form("b.c'd", file_part, "x"), "multipart/form-data; boundary=\"b.c'd\"").has_value());
}

TEST_CASE("Langflow distinguishes paths and methods that it does not know") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    check_refusal(error_of(send(services.alice.call("GET", "/api/v9/files"))), 404, "Not Found");
    check_refusal(error_of(send(services.alice.call("PATCH", "/api/v2/files"))), 405, "Method Not Allowed");
    check_issue(error_of(send(services.alice.call("GET", "/api/v2/files/batch"))), "path.file_id",
                "uuid_parsing", "Input should be a valid UUID, invalid character: found `t` at 3");
}
