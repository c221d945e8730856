// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Running a flow, and the file of MCP servers.
#include <sstream>

#include "langflow.hpp"

using namespace mock_test;

namespace {

std::string const run_path = "/api/v1/run/" + alice_flow;

std::string said(response const& answer) {
    return std::string(answer.json()
                           .at("outputs")
                           .at(0)
                           .at("outputs")
                           .at(0)
                           .at("results")
                           .at("message")
                           .at("text")
                           .as_string());
}

/// The events of a streamed answer.
std::vector<json::value> events(response const& answer) {
    std::vector<json::value> items;
    std::istringstream lines(answer.body);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) items.push_back(json::parse(line));
    }
    return items;
}

std::string reading(std::string const& path, std::string const& input = "hello") {
    return R"({"input_value":")" + input + R"(","tweaks":{"Read-File-1olS3":{"path":[")" + path + "\"]}}}";
}

response upload_servers(langflow const& mock, std::string const& content) {
    return mock.upload("_mcp_servers_" + alice_id + ".json", content);
}

std::string servers(std::string const& entry) {
    return R"({"mcpServers":{"one":)" + entry + "}}";
}

}  // namespace

TEST_CASE("Langflow: a run echoes the bytes behind a v2 path and behind a v1 path") {
    langflow const mock;
    std::string const v2 = member(mock.upload("a.txt", "from v2").json(), "path");
    CHECK(said(mock.alice.send_json("POST", run_path, reading(v2))) == "hello\nfrom v2");
    std::string const v1 = alice_flow + '/' + mock.stored_in_flow("a.txt", "from v1");
    response const answer =
        mock.alice.send_json("POST", run_path, R"({"tweaks":{"ChatInput-x":{"files":[")" + v1 + "\"]}}}");
    CHECK(said(answer) == "from v1");
    CHECK(answer.json().at("session_id") == json::value(alice_flow));
}

TEST_CASE("Langflow: the body may be a form, and counts as none when it cannot be read or does not fit") {
    langflow const mock;
    std::string const path = member(mock.upload("a.txt", "content").json(), "path");
    response const form =
        mock.alice.post_form(run_path, {text("input_value", "hi"), text("session_id", "s"),
                                        text("tweaks", R"({"Read":{"path":")" + path + "\"}}")});
    CHECK(said(form) == "hi\ncontent");
    CHECK(form.json().at("session_id") == "s");
    CHECK(said(mock.alice.post_form(run_path, {text("input_value", "hi"), text("tweaks", "{bad")})) == "hi");
    for (char const* const body :
         {"", "no json", "[]", R"({"input_value":"hi","input_type":"voice"})", R"({"input_value":5})"}) {
        INFO(body);
        response const answer = mock.alice.send_json("POST", run_path, body);
        CHECK(answer.status == 200);
        CHECK(said(answer) == "");
    }
    CHECK(said(mock.alice.send("POST", run_path, {}, R"({"input_value":"hi"})")) ==
          "hi");  // whatever the type
}

TEST_CASE("Langflow: stream=true answers events, one JSON object a line") {
    langflow const mock;
    response const answer =
        mock.alice.send_json("POST", run_path + "?stream=true", R"({"input_value":"one two"})");
    REQUIRE(answer.status == 200);
    CHECK(answer.header("content-type") == "text/event-stream; charset=utf-8");
    CHECK(answer.chunked);
    std::string kinds;
    std::string streamed;
    std::vector<json::value> const all = events(answer);
    for (json::value const& item : all) {
        kinds += member(item, "event") + ' ';
        if (item.at("event") == "token") streamed += member(item.at("data"), "chunk");
    }
    CHECK(kinds == "add_message token token add_message end ");
    CHECK(streamed == "one two");
    CHECK(all.back().at("data").at("result").at("session_id") == json::value(alice_flow));
    response const failed =
        mock.alice.send_json("POST", run_path + "?stream=1", reading(alice_id + "/none.txt"));
    CHECK(failed.status == 200);
    CHECK(events(failed).at(0).at("event") == "error");
    CHECK(
        mock.alice.send_json("POST", run_path + "?stream=maybe", "{}").item() ==
        R"({"type":"bool_parsing","loc":["query","stream"],"msg":"Input should be a valid boolean, unable to interpret input","input":"maybe"})");
}

TEST_CASE("Langflow: who may run: keys only, and the texts differ with AUTO_LOGIN") {
    langflow const mock;
    langflow const auto_login(ferry::mock::langflow_options{.auto_login = true});
    langflow const skipped(ferry::mock::langflow_options{.auto_login = true, .skip_auth = true});
    auto const refused = [](client const& who, headers const& extra = {}) {
        response const answer = who.send("POST", run_path, extra, "{}");
        CHECK(answer.status == 403);
        return answer.detail();
    };
    CHECK(refused(mock.stranger) == "An API key must be passed as query or header");
    CHECK(refused(auto_login.stranger) ==
          "Since v1.5, LANGFLOW_AUTO_LOGIN requires a valid API key. Set LANGFLOW_SKIP_AUTH_AUTO_LOGIN=true "
          "to skip "
          "this check. Please update your authentication method.");
    CHECK(refused(mock.stranger, api_key("sk-none")) == "Invalid or missing API key");
    response const login =
        mock.stranger.post_form("/api/v1/login", {text("username", "alice"), text("password", "alice")});
    CHECK(refused(mock.stranger, bearer(member(login.json(), "access_token"))) ==
          "An API key must be passed as query or header");
    CHECK(skipped.stranger.send("POST", run_path, {}, "{}").status == 404);  // the superuser has no such flow
    CHECK(mock.stranger.send("POST", run_path + "?x-api-key=sk-alice", {}, "{}").status == 200);
}

TEST_CASE("Langflow: flows that are unknown or belong to others") {
    langflow const mock;
    for (std::string const& flow : {bob_flow, nobody, std::string("no-flow")}) {
        response const answer = mock.alice.send_json("POST", "/api/v1/run/" + flow, "{}");
        CHECK(answer.status == 404);
        CHECK(answer.detail() == "Flow identifier " + flow + " not found");
    }
    CHECK(mock.alice.send_json("POST", "/api/v1/run/alice-flow", "{}").status == 200);  // the endpoint name
}

TEST_CASE("Langflow: an input twice is 400, a failure is a JSON document inside a text") {
    langflow const mock;
    response const twice = mock.alice.send_json(
        "POST", run_path, R"({"input_value":"a","tweaks":{"ChatInput-x":{"input_value":"b"}}})");
    CHECK(twice.status == 400);
    CHECK(twice.detail() ==
          "If you pass an input_value to the chat input, you cannot pass a tweak with the same name.");
    std::string const of_bob =
        member(mock.bob.post_form(files, {file("file", "b.txt", "bob's")}).json(), "path");
    response const failed = mock.alice.send_json("POST", run_path, reading(of_bob));
    CHECK(failed.status == 500);
    CHECK(failed.detail() == R"({"message":"File not found: )" + of_bob +
                                 R"(","traceback":null,"description":null,"code":null,"suggestion":null})");
}

TEST_CASE("Langflow: the file of MCP servers is replaced, hidden, and counted by delete-all") {
    langflow const mock;
    std::string const first = member(upload_servers(mock, servers("{}")).json(), "id");
    json::value const second = upload_servers(mock, servers("{}")).json();
    CHECK(member(second, "name") == "_mcp_servers_" + alice_id);
    CHECK(mock.alice.get(files + "/" + first).status == 404);
    CHECK(mock.alice.get(files + "/" + member(second, "id")).body == servers("{}"));
    CHECK(mock.alice.get(files).body == "[]");
    CHECK(mock.upload("_mcp_servers.json", "no json").status == 201);  // an ordinary file
    CHECK(mock.bob.post_form(files, {file("file", "_mcp_servers_" + alice_id + ".json", "no json")}).status ==
          201);
    CHECK(mock.alice.del(files).body == R"({"message":"All 2 files deleted successfully"})");
}

TEST_CASE("Langflow: the file of MCP servers when the server locks it") {
    langflow const mock(ferry::mock::langflow_options{.mcp_servers_locked = true});
    response const refused = upload_servers(mock, "no json");
    CHECK(refused.status == 403);
    CHECK(refused.detail() ==
          "MCP server configuration is locked. Contact an administrator to manage external MCP servers.");
    std::string const of_root = "_mcp_servers_" + root_id + ".json";
    CHECK(mock.root.post_form(files, {file("file", of_root, servers("{}"))}).status == 201);
    CHECK(mock.alice.get("/api/v1/config").json().at("mcp_servers_locked") == true);
}

TEST_CASE("Langflow: what may stand in the file of MCP servers") {
    langflow const mock;
    auto const refused = [&](std::string const& content) {
        response const answer = upload_servers(mock, content);
        CHECK(answer.status == 422);
        return answer.detail();
    };
    CHECK(refused("no json") == "Invalid MCP servers config: not valid JSON");
    for (char const* const content : {"{}", "[]", R"({"mcpServers":[]})", R"({"mcpServers":null})"})
        CHECK(refused(content) == "Invalid MCP servers config: expected an 'mcpServers' object");

    for (char const* const command :
         {"bash", "cmd", "docker", "node", "npx", "python", "python3", "sh", "uvx", "/usr/bin/node",
          "npx -y @scope/server", "C:\\\\tools\\\\node.exe"}) {
        INFO(command);
        CHECK(upload_servers(mock, servers(R"({"command":")" + std::string(command) + "\"}")).status == 201);
    }
    CHECK(upload_servers(mock, servers(R"({"url":"http://x","headers":{"a":"b"},"more":1})")).status == 201);

    CHECK(refused(servers(R"({"command":"/bin/rm"})")) ==
          "Invalid MCP server 'one': 1 validation error for MCPServerConfig\n"
          "command\n"
          "  Value error, Command 'rm' is not allowed for security reasons. Allowed commands: bash, cmd, "
          "docker, "
          "node, npx, python, python3, sh, uvx [type=value_error, input_value='/bin/rm', input_type=str]\n"
          "    For further information visit https://errors.pydantic.dev/2.13/v/value_error");
    CHECK(refused(servers(R"({"command":5,"args":["a",{"b":[true,null,"c"]}],"env":{"k":1.5}})")) ==
          "Invalid MCP server 'one': 3 validation errors for MCPServerConfig\n"
          "command\n"
          "  Input should be a valid string [type=string_type, input_value=5, input_type=int]\n"
          "    For further information visit https://errors.pydantic.dev/2.13/v/string_type\n"
          "args.1\n"
          "  Input should be a valid string [type=string_type, input_value={'b': [True, None, 'c']}, "
          "input_type=dict]\n"
          "    For further information visit https://errors.pydantic.dev/2.13/v/string_type\n"
          "env.k\n"
          "  Input should be a valid string [type=string_type, input_value=1.5, input_type=float]\n"
          "    For further information visit https://errors.pydantic.dev/2.13/v/string_type");
    CHECK_THAT(refused(servers("\"x\"")),
               ferry_test::contains("\n  Input should be a valid dictionary or instance of MCPServerConfig "
                                    "[type=model_type, input_value='x', input_type=str]"));
    CHECK_THAT(
        refused(servers(R"({"args":")" + std::string(60, 'a') + "\"}")),
        ferry_test::contains("input_value='" + std::string(24, 'a') + "..." + std::string(23, 'a') + "'"));
}
