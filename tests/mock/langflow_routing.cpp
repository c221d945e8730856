// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What happens before an operation: routing in both deployments, and the screening of forms.
#include <regex>

#include "langflow.hpp"

using namespace mock_test;

namespace {

std::string const upload_path = "/api/v1/files/upload/" + alice_flow;
std::string const type_with = "multipart/form-data; boundary=";

langflow with_interface() {
    return langflow(ferry::mock::langflow_options{.backend_only = false});
}

response screened(langflow const& mock, std::string const& type, std::string const& body) {
    return mock.stranger.send("POST", upload_path, type.empty() ? headers{} : headers{{"Content-Type", type}},
                              body);
}

/// A v2 upload by alice of exactly these bytes.
response form(langflow const& mock, std::string const& body, std::string const& type = type_with + "b") {
    return mock.alice.send("POST", files, {{"Content-Type", type}}, body);
}

std::string part_with(std::string const& disposition, std::string const& content = "x") {
    return "--b\r\nContent-Disposition: " + disposition + "\r\n\r\n" + content + "\r\n--b--\r\n";
}

void check_refused(response const& answer, int status, std::string const& detail) {
    CHECK(answer.status == status);
    CHECK(answer.detail() == detail);
}

}  // namespace

TEST_CASE("Langflow: a slash too many or too few is redirected, backend only") {
    langflow const mock;
    response const extra = mock.alice.get(files + "/" + nobody + "/?return_content=1");
    CHECK(extra.status == 307);
    CHECK(extra.header("location") == "http://127.0.0.1" + files + "/" + nobody + "?return_content=1");
    CHECK(extra.body.empty());
    CHECK(mock.alice.send("POST", "/api/v1/flows").header("location") == "http://127.0.0.1/api/v1/flows/");
    CHECK(mock.alice.get(files + "/").status == 200);
    CHECK(mock.alice.get(files).status == 200);
    CHECK(mock.alice.post_form(files + "/", {file("file", "a.txt", "x")}).status == 201);
    CHECK(mock.alice.del(files + "/").status == 200);
}

TEST_CASE("Langflow: a slash too many or too few is not found, with the interface mounted") {
    langflow const mock = with_interface();
    check_refused(mock.alice.get(files + "/" + nobody + "/"), 404, "Not Found");
    check_refused(mock.alice.send("POST", "/api/v1/flows"), 405, "Method Not Allowed");
    CHECK(mock.alice.get(files + "/").status == 200);
    CHECK(mock.alice.get(files).status == 200);
}

TEST_CASE("Langflow: a wrong method") {
    langflow const mock;
    response const plain = mock.alice.send("PATCH", files);
    check_refused(plain, 405, "Method Not Allowed");
    CHECK(plain.header("allow") == "POST");  // of the first route with that path
    CHECK(mock.alice.send("PATCH", files + "/" + nobody).header("allow") == "GET");
    langflow const mounted = with_interface();
    response const other = mounted.alice.send("PATCH", files);
    check_refused(other, 405, "Method Not Allowed");
    CHECK_FALSE(other.has("allow"));
    check_refused(mounted.alice.get("/api/v1/login"), 404, "Not Found");
}

TEST_CASE("Langflow: HEAD is a method like others, which no route takes") {
    langflow const mock;
    response const head = mock.alice.send("HEAD", files);
    CHECK(head.status == 405);
    CHECK(head.header("allow") == "POST");
    langflow const mounted = with_interface();
    CHECK(mounted.alice.send("HEAD", files).status == 404);
    CHECK(mounted.alice.send("HEAD", "/").status == 200);
}

TEST_CASE("Langflow: the batch paths without their slash") {
    langflow const mock;
    response const post = mock.alice.send("POST", "/api/v2/files/batch");
    CHECK(post.status == 405);
    CHECK(post.header("allow") == "GET");
    for (char const* const method : {"GET", "DELETE", "PUT"})
        CHECK(mock.alice.send(method, "/api/v2/files/batch?name=x").item().find("uuid_parsing") == 9);
    langflow const mounted = with_interface();
    response const other = mounted.alice.send("POST", "/api/v2/files/batch");
    CHECK(other.status == 405);
    CHECK_FALSE(other.has("allow"));
    CHECK(mounted.alice.get("/api/v2/files/batch").status == 422);
}

TEST_CASE("Langflow: unknown paths") {
    langflow const mock;
    check_refused(mock.alice.get("/api/v1/nothing"), 404, "Not Found");
    check_refused(mock.alice.get("/nothing"), 404, "Not Found");
    langflow const mounted = with_interface();
    check_refused(mounted.alice.get("/api/v1/nothing"), 404, "Not Found");
    response const page = mounted.stranger.get("/nothing");
    CHECK(page.status == 200);
    CHECK(page.header("content-type") == "text/html; charset=utf-8");
    CHECK(mounted.stranger.get("/health").body == R"({"status":"ok"})");
}

TEST_CASE("Langflow: a slash in a v1 file name matches no route") {
    langflow const plain;
    langflow const mounted = with_interface();
    for (langflow const* const mock : {&plain, &mounted}) {
        for (char const* const name : {"a/b", "a%2Fb"}) {
            check_refused(mock->alice.get(in_flow("download", name)), 404, "Not Found");
            check_refused(mock->alice.get(in_flow("images", name)), 404, "Not Found");
        }
    }
}

TEST_CASE("Langflow: query values are split at commas, decoded or not, and the last piece counts") {
    langflow const mock;
    std::string const id = mock.uploaded("a.txt");
    CHECK(mock.rename(id, "a,b") == "b");
    CHECK(mock.rename(id, "a%2Cb") == "b");
    CHECK(mock.rename(id, "a,%20b") == " b");
    CHECK(mock.rename(id, "a,") == "");
    CHECK(mock.rename(id, "a&name=b") == "b");
    CHECK(mock.alice.get(files + "/" + id + "?return_content=maybe,true").body == "\"x\"");
}

TEST_CASE("Langflow: no content type, or one without form-data or boundary") {
    langflow const mock;
    std::string const why = "Content-Type header must be 'multipart/form-data' with a boundary parameter.";
    for (char const* const type : {"", "application/json; boundary=b", "multipart/form-data",
                                   "Multipart/Form-Data; boundary=b", "multipart/form-data; Boundary=b"}) {
        INFO(type);
        check_refused(screened(mock, type, "--b--"), 422, why);
    }
    check_refused(mock.stranger.get(upload_path), 422, why);  // whatever the method
}

TEST_CASE("Langflow: boundaries that the screening does not like") {
    langflow const mock;
    std::vector<std::string> const bad{
        "\"b\"", "b; charset=utf-8",  "'b'", "a(b)", "a+b", "a.b", "a,b", "a/b", "a:b", "a=b", "a?b", "a b",
        "",      std::string(71, 'b')};
    for (std::string const& one : bad) {
        INFO(one);
        check_refused(screened(mock, type_with + one, "--b--"), 422, "Invalid boundary format");
    }
    std::string const longest(70, 'b');
    CHECK(screened(mock, type_with + longest, "--" + longest + "--").status == 403);
    CHECK(screened(mock, type_with + " a_-Z9 ", "--a_-Z9--").status == 403);
    // The last one counts here; what the form parser makes of two is another matter.
    CHECK(screened(mock, "multipart/form-data; boundary=a.b; boundary=b", "--b--").status != 422);
}

TEST_CASE("Langflow: a body that its boundary does not frame") {
    langflow const mock;
    for (char const* const body : {"", "x", "--b", "preamble\r\n--b--", "--b--\r\nepilogue", "--b--\n",
                                   "--b-- ", "--c--", "--b\r\n\r\nx\r\n--b-\r\n"}) {
        INFO(body);
        check_refused(screened(mock, type_with + "b", body), 422, "Invalid multipart formatting");
    }
    CHECK(screened(mock, type_with + "b", "--b--").status == 403);
    CHECK(screened(mock, type_with + "b", "--b--\r\n").status == 403);
}

TEST_CASE("Langflow: v2 and the deprecated upload are not screened") {
    langflow const mock;
    std::string const quoted_boundary = "multipart/form-data; boundary=\"b\"";
    std::string const body = "preamble\r\n";
    std::string const good = part_with("form-data; name=\"file\"; filename=\"a.txt\"");
    CHECK(form(mock, good, quoted_boundary).status == 201);
    CHECK(mock.alice.send("POST", "/api/v1/upload/" + alice_flow, {{"Content-Type", quoted_boundary}}, good)
              .status == 201);
}

TEST_CASE("Langflow: a v1 body over the limit is 413 with its full size") {
    langflow const mock(ferry::mock::server_options{.max_upload_mb = 1});
    auto const of_size = [&](std::size_t size) {
        std::string body = multipart({file("file", "a.txt", "")});
        std::string const tail = "\r\n--" + std::string(boundary) + "--\r\n";
        body.insert(body.size() - tail.size(), std::string(size - body.size(), 'x'));
        return screened(mock, type_with + boundary, body);
    };
    check_refused(of_size(1024 * 1024 + 1024), 413,
                  "Content size limit exceeded. Maximum allowed is 1MB and got 1.001MB.");
    check_refused(of_size(2 * 1024 * 1024), 413,
                  "Content size limit exceeded. Maximum allowed is 1MB and got 2.0MB.");
    CHECK(of_size(1024 * 1024).status == 403);  // goes on to the credentials
}

TEST_CASE("Langflow: a body of exactly the limit passes, a file of that size does not") {
    langflow const mock(ferry::mock::server_options{.max_upload_mb = 1});
    std::size_t const frame = multipart({file("file", "a.txt", "")}).size();
    CHECK(mock.upload("a.txt", std::string(1024 * 1024 - frame, 'x')).status == 201);
    response const over = mock.upload("a.txt", std::string(1024 * 1024, 'x'));
    CHECK(over.status == 413);
    CHECK(std::regex_match(
        over.detail(),
        std::regex(R"(Content size limit exceeded\. Maximum allowed is 1MB and got \d+\.\d+MB\.)")));
    CHECK(mock.upload("empty.txt", "").json().at("size") == 0);
}

TEST_CASE("Langflow: bodies that no endpoint reads are not measured") {
    langflow const mock(ferry::mock::server_options{.max_upload_mb = 1});
    std::string const id = mock.uploaded("a.txt");
    std::string const large(1024 * 1024 + 1, 'x');
    CHECK(mock.alice.send("PUT", files + "/" + id + "?name=b", {}, large).status == 200);
    CHECK(mock.alice.send("POST", "/api/v1/nothing", {}, large).status == 404);
    CHECK(mock.alice.send("POST", "/api/v1/run/" + alice_flow, {}, large).status == 413);
}

TEST_CASE("Langflow: forms that cannot be parsed") {
    langflow const mock;
    check_refused(form(mock, "x", "multipart/form-data"), 400, "Missing boundary in multipart.");
    check_refused(form(mock, part_with("form-data; filename=\"a\"")), 400,
                  "The Content-Disposition header field \"name\" must be provided.");
    check_refused(form(mock, "no form"), 400, "There was an error parsing the body");
    check_refused(form(mock, part_with("form-data; name=\"other\"", std::string(1024 * 1024 + 1, 'x'))), 400,
                  "Part exceeded maximum size of 1024KB.");
}

TEST_CASE("Langflow: forms without a file") {
    langflow const mock;
    std::string const missing =
        R"({"type":"missing","loc":["body","file"],"msg":"Field required","input":null})";
    CHECK(form(mock, "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\ncut")
              .item() == missing);
    CHECK(form(mock, "{}", "application/json").item() == missing);
    CHECK(mock.alice.send("POST", files).item() == missing);
    CHECK(
        form(mock, part_with("form-data; name=\"file\"")).item() ==
        R"({"type":"value_error","loc":["body","file"],"msg":"Value error, Expected UploadFile, received: <class 'str'>","input":"x","ctx":{"error":{}}})");
    // A name in the extended notation only is no name.
    CHECK_THAT(form(mock, part_with("form-data; name=\"file\"; filename*=UTF-8''a.txt")).item(),
               ferry_test::contains("value_error"));
}

TEST_CASE("Langflow: which part and which name count") {
    langflow const mock;
    auto const name_of = [&](std::string const& disposition) {
        return member(form(mock, part_with("form-data; name=\"file\"; " + disposition)).json(), "name");
    };
    response const several = mock.alice.post_form(
        files, {file("file", "one.txt", "1"), text("extra", "x"), file("file", "two.txt", "22")});
    CHECK(member(several.json(), "name") == "two");
    CHECK(several.json().at("size") == 2);
    CHECK(name_of(R"(filename="C:\dir\win.txt")") == "win");
    CHECK(name_of(R"(filename="\\host\share\net.txt")") == "net");
    CHECK(name_of("filename=\"na\xEFve.txt\"") == "na\xC3\xAFve");  // latin-1
    CHECK(name_of("filename=\"\xC3\xA9t\xC3\xA9.txt\"") == "\xC3\xA9t\xC3\xA9");
    check_refused(form(mock, part_with("form-data; name=\"file\"; filename=\"\"")), 400, "No file provided");
    CHECK(mock.upload_to_flow("", "abc").status == 201);
    CHECK(form(mock,
               "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.txt\"\r\n"
               "Content-Type: image/png\r\n\r\nx\r\n--b--\r\n")
              .status == 201);
}

TEST_CASE("Langflow: what is too large is screened all the same") {
    langflow const mock(ferry::mock::server_options{.max_upload_mb = 1});
    std::string const filling(1024 * 1024 + 1, 'x');
    check_refused(screened(mock, type_with + "b", "--b" + filling), 422, "Invalid multipart formatting");
    check_refused(screened(mock, type_with + "b", "x" + filling + "--b--"), 422,
                  "Invalid multipart formatting");
    CHECK(screened(mock, type_with + "b", "--b" + filling + "--b--\r\n").status == 413);
}

TEST_CASE("Langflow: browsers may ask from every origin, without credentials") {
    langflow const mock;
    response const plain = mock.alice.get(files, {{"Origin", "https://example.org"}});
    CHECK(plain.status == 200);
    CHECK(plain.header("access-control-allow-origin") == "*");
    CHECK_FALSE(plain.has("access-control-allow-credentials"));
    CHECK_FALSE(mock.alice.get(files).has("access-control-allow-origin"));
    CHECK(
        mock.stranger.get(files, {{"Origin", "https://example.org"}}).header("access-control-allow-origin") ==
        "*");
    headers asking{{"Origin", "https://example.org"}, {"Access-Control-Request-Method", "PUT"}};
    asking.emplace_back("Access-Control-Request-Headers", "x-api-key");
    response const preflight = mock.stranger.send("OPTIONS", files, asking);
    CHECK(preflight.status == 200);
    CHECK(preflight.body == "OK");
    CHECK(preflight.header("access-control-allow-origin") == "*");
    CHECK(preflight.header("access-control-allow-headers") == "x-api-key");
    CHECK_THAT(preflight.header("access-control-allow-methods"), ferry_test::contains("PUT"));
    CHECK(mock.stranger.send("OPTIONS", files).status == 405);
}
