// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "control.hpp"

using namespace mock_test;

namespace {

/// The hint of a refusal, which stands in the journal, too, and never in the service's body.
std::string hint(ferry::mock::name_space const& home, response const& answer) {
    std::string const text = answer.header("x-ferry-hint");
    CHECK(answer.status >= 400);
    CHECK(home.journal({.unmatched = true}).entries.back().hint == text);
    if (!text.empty()) CHECK(answer.body.find(text) == std::string::npos);
    return text;
}

}  // namespace

TEST_CASE("unknown paths and methods are explained", "[control]") {
    ferry::mock::server server;
    client const cloud = alice(server);
    auto const of = [&](response const& answer) { return hint(server, answer); };
    CHECK(of(cloud.get("/api/v1/beta/fils")) ==
          "there is no /api/v1/beta/fils; the nearest is GET /api/v1/beta/files");
    CHECK_THAT(of(cloud.send("PUT", cloud_files)),
               ferry_test::contains("/api/v1/beta/files takes POST, GET, not PUT"));
    CHECK_THAT(of(cloud.get("/llama/api/v1/beta/files")),
               ferry_test::contains("nothing below /llama; is the base URL too long?"));
    CHECK_THAT(of(cloud.get("/v1/beta/files")),
               ferry_test::contains(
                   "there is /api/v1/beta/files, but no /v1/beta/files; is the base URL too short?"));
    CHECK(of(cloud.get("/entirely/elsewhere/and/far/away")) ==
          "there is no /entirely/elsewhere/and/far/away, nor anything like it");
    CHECK(of(cloud.get("/a%0d%0ab%c3%a9")) == "there is no /a??b??, nor anything like it");
}

TEST_CASE("wrong keys are explained", "[control]") {
    ferry::mock::server server;
    auto const of = [&](headers identity, char const* path) {
        return hint(server, client(server.port(), std::move(identity)).get(path));
    };
    CHECK(of({}, cloud_files) == "the request has no key; LlamaCloud takes Authorization: Bearer KEY");
    CHECK(of({}, flow_files) == "the request has no key; Langflow takes x-api-key: KEY");
    CHECK(of(api_key("llx-alice"), cloud_files) ==
          "this key is alice's, but it is not where LlamaCloud looks: Authorization: Bearer KEY");
    CHECK(of({{"Authorization", "llx-alice"}}, cloud_files) ==
          "this key is alice's, but it is not where LlamaCloud looks: Authorization: Bearer KEY");
    CHECK(of(bearer("sk-bob"), cloud_files) ==
          "this key is of bob at Langflow, not of anybody at LlamaCloud");
    CHECK(of(api_key("llx-bob"), flow_files) ==
          "this key is of bob at LlamaCloud, not of anybody at Langflow");
    CHECK_THAT(of(bearer("llx-wrong"), cloud_files),
               ferry_test::contains("nobody at LlamaCloud in the default namespace has this key"));
    server.name_space("red").load_state(
        R"({"llamacloud":{"accounts":[{"name":"carol","key":"llx-carol","project_id":"33333333-3333-4333-8333-333333333333",)"
        R"("organization_id":"cccccccc-cccc-4ccc-8ccc-cccccccccccc"}]}})");
    CHECK(of(bearer("llx-carol"), cloud_files) ==
          "this key is carol's in namespace 'red'; this request came to the default namespace "
          "(X-Ferry-Namespace)");
}

TEST_CASE("things of others and of other namespaces are explained", "[control]") {
    ferry::mock::server server;
    std::string const path = std::string(cloud_files) + '/';
    std::string const id = upload(client(server.port(), bearer("llx-bob")));
    CHECK(hint(server, alice(server).get(path + id)) == id + " is bob's, and this request is alice's");
    client const red = in_name_space(server, "red", bearer("llx-alice"));
    std::string const far = upload(red);
    CHECK(hint(server, alice(server).get(path + far)) ==
          far + " is in namespace 'red'; this request came to the default namespace (X-Ferry-Namespace)");
    CHECK(hint(server.name_space("red"), red.get(path + id)) ==
          id + " is in the default namespace; this request came to namespace 'red' (X-Ferry-Namespace)");
    client const flows(server.port(), api_key("sk-alice"));
    response const stored = flows.post_form(flow_files, {file("file", "n.txt", "x")});
    std::string const note = member(stored.json(), "id");
    CHECK(hint(server, client(server.port(), api_key("sk-bob")).get(std::string(flow_files) + '/' + note)) ==
          note + " is alice's, and this request is bob's");
}

TEST_CASE("refusals that speak for themselves have no hint", "[control]") {
    ferry::mock::server server;
    auto const quiet = [&](response const& answer, int status) {
        CHECK(answer.status == status);
        CHECK_FALSE(answer.has("x-ferry-hint"));
    };
    quiet(alice(server).get(std::string(cloud_files) + "/99999999-9999-4999-8999-999999999999"), 404);
    headers const form{{"Content-Type", "application/x-www-form-urlencoded"}};
    quiet(client(server.port()).send("POST", "/api/v1/login", form, "username=alice&password=x"), 401);
    server.add_fault({.status = 404});
    quiet(client(server.port()).get("/nowhere"), 404);
    quiet(client(server.port()).get("/storage/x/y?expires=1&signature=2"), 403);
    CHECK(server.journal({.unmatched = true}).count == 0);
}
