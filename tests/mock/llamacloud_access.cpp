// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;

namespace {

constexpr char const* two_more_accounts = R"({"accounts":[
    {"name":"alice","key":"llx-alice","project_id":"11111111-1111-4111-8111-111111111111",
     "organization_id":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"},
    {"name":"viewer","key":"llx-viewer","project_id":"11111111-1111-4111-8111-111111111111",
     "organization_id":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa","role":"viewer"},
    {"name":"former","key":"llx-former","project_id":"33333333-3333-4333-8333-333333333333",
     "organization_id":"cccccccc-cccc-4ccc-8ccc-cccccccccccc","disabled":true}]})";

}  // namespace

TEST_CASE("LlamaCloud: a session cookie stands for the key", "[llamacloud]") {
    llamacloud const mock;
    std::string const id = mock.create_id("a");
    auto const with = [&](headers fields) { return client(mock.server.port(), std::move(fields)); };
    CHECK(with({{"Cookie", "theme=dark; session=session-alice"}}).get(files + "/" + id).status == 200);
    CHECK(with({{"Cookie", "session=session-bob"}}).get(files + "/" + id).status == 404);
    CHECK(with({{"Cookie", "session=stolen"}}).get(files).detail() == "Invalid API Key");
    CHECK(with({{"Cookie", "session="}}).get(files).status == 401);
    CHECK(with({{"Cookie", "other=session-alice"}}).get(files).detail() == "Not authenticated");
    SECTION("a key goes before it") {
        CHECK(with({{"Authorization", "Bearer llx-bob"}, {"Cookie", "session=session-alice"}})
                  .get(files + "/" + id)
                  .status == 404);
        CHECK(with({{"Authorization", "Bearer llx-no"}, {"Cookie", "session=session-alice"}})
                  .get(files)
                  .status == 401);
    }
}

TEST_CASE("LlamaCloud: the scheme is Bearer, in any case, with one key after it", "[llamacloud]") {
    llamacloud const mock;
    auto const answer = [&](std::string const& value) {
        return client(mock.server.port(), {{"Authorization", value}}).get(files);
    };
    CHECK(answer("bearer llx-alice").status == 200);
    CHECK(answer("Bearer   llx-alice").status == 200);
    CHECK(answer("Bearer").detail() == "Not authenticated");
    CHECK(answer("Basic bGx4LWFsaWNl").detail() == "Not authenticated");
    CHECK(answer("Bearer llx-alice2").detail() == "Invalid API Key");
    CHECK(answer("Bearer LLX-ALICE").detail() == "Invalid API Key");
}

TEST_CASE("LlamaCloud: both scopes go with every operation, in the query", "[llamacloud]") {
    llamacloud const mock;
    std::string const organization = "organization_id=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    std::string const own = "?" + organization + "&project_id=" + alices_project;
    std::string const id = mock.create_id("a");
    CHECK(mock.alice.get(files + own).status == 200);
    CHECK(mock.alice.get(files + "/" + id + own).status == 200);
    CHECK(mock.alice.get(files + "/" + id + "/content" + own).status == 200);
    CHECK(mock.alice.send_json("POST", files + "/query" + own, "{}").status == 200);
    CHECK(mock.alice.post_form(files + own, {text("purpose", "parse"), file("file", "b", "x")}).status ==
          201);
    CHECK(mock.alice.del(files + "/" + id + own).status == 204);
    SECTION("of others, unknown, malformed") {
        std::string const unknown = "project_id=" + nobody;
        CHECK(mock.alice.get(files + "?project_id=" + bobs_project).detail() ==
              "Project " + bobs_project + " not found");
        CHECK(mock.alice.get(files + "?" + unknown).detail() == "Project " + nobody + " not found");
        CHECK(mock.alice.get(files + "?organization_id=" + nobody).status == 404);
        CHECK(mock.alice.get(files + "?project_id=alice").status == 422);
        CHECK(mock.alice.del(files + "/" + nobody + "?" + unknown).detail() ==
              "Project " + nobody + " not found");
    }
    SECTION("in a body they are unknown members") {
        response const answer =
            mock.alice.send_json("POST", directories, R"({"name":"d","project_id":")" + bobs_project + "\"}");
        CHECK(member(answer.json(), "project_id") == alices_project);
    }
    SECTION("spelled otherwise they are the same") {
        CHECK(mock.alice.get(files + "?project_id=11111111111141118111111111111111").status == 200);
        CHECK(mock.alice.get(files + "?organization_id=AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA").status == 200);
    }
}

TEST_CASE("LlamaCloud: 403 for roles that may only look, and for disabled projects", "[llamacloud]") {
    llamacloud const mock;
    mock.load(two_more_accounts);
    client const viewer(mock.server.port(), bearer("llx-viewer"));
    client const former(mock.server.port(), bearer("llx-former"));
    std::string const id = mock.create_id("a");
    CHECK(viewer.get(files + "/" + id).status == 200);
    CHECK(viewer.send_json("POST", files + "/query", "{}").status == 200);
    CHECK(viewer.del(files + "/" + id).status == 403);
    CHECK(viewer.send_json("POST", directories, "{}").detail() == "Your role does not allow this operation.");
    CHECK(former.get(files).status == 403);
    CHECK(former.get(files).detail() == "This project is disabled.");
    CHECK(mock.bob.get(files).status == 401);  // whom the seed does not have
}

TEST_CASE("LlamaCloud: 403 for what is another project's, where that is decided so", "[llamacloud]") {
    ferry::mock::server_options options;
    options.llamacloud.decisions.foreign_status = 403;
    llamacloud const mock(options);
    std::string const id = mock.create_id("a");
    std::string const home = mock.directory();
    CHECK(mock.bob.get(files + "/" + id).detail() == "Access denied to the specified file.");
    CHECK(mock.bob.get(files + "/" + id + "/content").status == 403);
    CHECK(mock.bob.del(files + "/" + id).status == 403);
    CHECK(mock.bob.get(directories + "/" + home).detail() == "Access denied to the specified directory.");
    CHECK(mock.bob.get(mock.entries_of(home)).status == 403);
    CHECK(mock.bob.get(files + "?project_id=" + alices_project).detail() ==
          "Access denied to the specified project.");
    CHECK(mock.bob.get(files + "/" + nobody).status == 404);  // nobody's
    CHECK(mock.bob.get(files + "?project_id=" + nobody).status == 404);
}

TEST_CASE("LlamaCloud: 5xx bodies carry a correlation id, others do not", "[llamacloud]") {
    llamacloud const mock;
    mock.stranger.send_json("POST", "/_ferry/faults",
                            R"([{"path":"/api/*","status":500},{"path":"/api/*","status":503},
                                {"path":"/api/*","status":404}])");
    std::string const first = member(mock.alice.get(files).json(), "correlation_id");
    CHECK(first.size() == 36);
    CHECK(member(mock.alice.get(files).json(), "correlation_id") != first);
    CHECK_FALSE(mock.alice.get(files).json().as_object().contains("correlation_id"));
}

TEST_CASE("LlamaCloud: which of several errors wins", "[llamacloud]") {
    llamacloud const mock;
    std::string const bad = files + "/not-a-uuid?project_id=x";
    SECTION("the route before credentials, credentials before parameters") {
        CHECK(mock.stranger.get("/api/v1/beta/nothing").detail() == "Not Found");
        CHECK(mock.stranger.del(files).status == 405);
        CHECK(mock.stranger.get(files + "/").status == 307);
        CHECK(mock.stranger.get(bad).status == 401);
    }
    SECTION("all mistakes of a request in one answer: path, query, body") {
        response const answer = mock.alice.send_json("POST", files + "/query?project_id=x&organization_id=y",
                                                     R"({"page_size":"many","filter":{"file_ids":["z"]}})");
        REQUIRE(answer.status == 422);
        CHECK(at(answer.json(), "detail").as_array().size() == 4);
        CHECK_THAT(answer.item(0), ferry_test::contains(R"("loc":["query","project_id"])"));
        CHECK_THAT(answer.item(1), ferry_test::contains(R"("loc":["query","organization_id"])"));
        CHECK_THAT(answer.item(2), ferry_test::contains(R"("loc":["body","page_size"])"));
        CHECK_THAT(answer.item(3), ferry_test::contains(R"("loc":["body","filter","file_ids",0])"));
        CHECK(at(mock.alice.get(bad).json(), "detail").as_array().size() == 2);
        CHECK_THAT(mock.alice.get(bad).item(0), ferry_test::contains(R"("loc":["path","file_id"])"));
    }
    SECTION("parameters before scopes, scopes before what is looked for") {
        CHECK(mock.alice.get(files + "?page_size=0&project_id=" + nobody).status == 422);
        CHECK(mock.alice.get(files + "/" + nobody + "?project_id=" + nobody).detail() ==
              "Project " + nobody + " not found");
    }
    SECTION("the directory before the upload that is meant for it") {
        CHECK(mock.upload("dir-none", {text("metadata", "{bad")}).status == 404);
    }
}

TEST_CASE("LlamaCloud: exact texts of 400, 404 and 405", "[llamacloud]") {
    llamacloud const mock;
    std::string const home = mock.directory();
    CHECK(mock.alice.get(files + "/" + nobody).detail() ==
          "File " + nobody + " not found in project " + alices_project);
    CHECK(mock.alice.get(directories + "/dir-no").detail() ==
          "Directory dir-no not found in project " + alices_project);
    CHECK(mock.alice.get(mock.entries_of(home) + "/dfl-no").detail() ==
          "File dfl-no not found in directory " + home);
    CHECK(mock.alice.get("/api/v1/beta/other").detail() == "Not Found");
    CHECK(mock.alice.send("PUT", files).detail() == "Method Not Allowed");
    for (char const* const part_name : {"file"}) {
        response const empty =
            mock.alice.post_form(files, {text("purpose", "parse"), file(part_name, "a", "")});
        CHECK(empty.detail() == "Uploaded file is empty.");
        response const unnamed =
            mock.alice.post_form(files, {text("purpose", "parse"), file(part_name, "", "x")});
        CHECK(unnamed.detail() == "File must have a filename.");
    }
}

TEST_CASE("LlamaCloud: 405 for HEAD and other methods, with Allow", "[llamacloud]") {
    llamacloud const mock;
    connection line(mock.server.port());
    line.write(request_bytes("HEAD", files, bearer("llx-alice")));
    response const head = line.read(true);
    CHECK(head.status == 405);
    CHECK(head.header("allow") == "POST");
    CHECK(mock.alice.send("PUT", files + "/" + nobody).header("allow") == "GET");
    CHECK(mock.alice.send("OPTIONS", directories).header("allow") == "POST");
    CHECK(mock.alice.send("GET", files + "/query").status ==
          422);  // an id that is no UUID, not a wrong method
    CHECK(mock.alice.send("DELETE", files + "/query").status == 422);
    CHECK(mock.alice.send("PUT", files + "/query").header("allow") == "POST");
}

TEST_CASE("LlamaCloud: unknown members, parameters and parts are ignored", "[llamacloud]") {
    llamacloud const mock;
    CHECK(mock.alice.get(files + "?colour=red&page_size=5").status == 200);
    CHECK(mock.alice.send_json("POST", files + "/query", R"({"colour":1,"filter":{"colour":2}})").status ==
          200);
    CHECK(mock.create("a", "x", {text("purpose", "parse"), text("colour", "red"), file("more", "b", "y")})
              .as_object()
              .contains("id"));
}

TEST_CASE("LlamaCloud: trailing slashes redirect, an empty id falls through to the list", "[llamacloud]") {
    llamacloud const mock;
    CHECK(mock.alice.get(files + "/").status == 307);
    CHECK(mock.alice.get(files + "/?page_size=2").header("location") ==
          "http://127.0.0.1" + files + "?page_size=2");
    response const deletion = mock.alice.del(files + "/");
    CHECK(deletion.status == 307);  // whoever follows it learns that a list cannot be deleted
    CHECK(mock.alice.del(target_of(deletion.header("location"))).status == 405);
    CHECK(mock.alice.get(directories + "/x/files/").status == 307);
    CHECK(mock.alice.get("/api/v1/beta/nothing/").detail() == "Not Found");
}
