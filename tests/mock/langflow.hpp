// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// A Langflow of its own for each test case, with clients for everybody it knows from the start.

#include <ferry/mock/server.hpp>

#include "../support/catch2.hpp"
#include "client.hpp"

namespace mock_test {

inline std::string const alice_id = "a0a0a0a0-a0a0-4a0a-8a0a-a0a0a0a0a0a0";
inline std::string const root_id = "c0c0c0c0-c0c0-4c0c-8c0c-c0c0c0c0c0c0";
inline std::string const alice_flow = "a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1";
inline std::string const bob_flow = "b2b2b2b2-b2b2-4b2b-8b2b-b2b2b2b2b2b2";
inline std::string const nobody = "00000000-0000-4000-8000-000000000000";

inline std::string const files = "/api/v2/files";
inline std::string const batch = "/api/v2/files/batch/";
inline std::string const whoami = "/api/v1/users/whoami";

/// Follows the server, not its page, unless the options say otherwise: most tests are about the server.
struct langflow {
    ferry::mock::server server;
    client alice{server.port(), api_key("sk-alice")};
    client bob{server.port(), api_key("sk-bob")};
    client root{server.port(), api_key("sk-root")};
    client stranger{server.port()};

    langflow() : langflow(ferry::mock::server_options{.profile = ferry::mock::profile::observed}) {}
    explicit langflow(ferry::mock::server_options options) : server(std::move(options)) {}
    explicit langflow(ferry::mock::langflow_options options)
        : langflow(ferry::mock::server_options{.profile = ferry::mock::profile::observed,
                                               .langflow = std::move(options)}) {}

    /// A v2 upload by alice.
    response upload(std::string const& name, std::string const& content = "x",
                    std::string const& query = {}) const {
        return alice.post_form(files + query, {file("file", name, content)});
    }
    /// The id of a v2 upload that must succeed.
    std::string uploaded(std::string const& name, std::string const& content = "x") const {
        response const answer = upload(name, content);
        REQUIRE(answer.status == 201);
        return member(answer.json(), "id");
    }
    /// The name and the stored name of a v2 upload that must succeed.
    std::pair<std::string, std::string> stored(std::string const& name) const {
        response const answer = upload(name);
        REQUIRE(answer.status == 201);
        return {member(answer.json(), "name"), member(answer.json(), "path").substr(alice_id.size() + 1)};
    }
    /// The name that the server says the file has now; `name` is percent-encoded.
    std::string rename(std::string const& id, std::string const& name) const {
        return member(alice.send("PUT", files + "/" + id + "?name=" + name).json(), "name");
    }

    /// A v1 upload by alice to her flow.
    response upload_to_flow(std::string const& name, std::string const& content = "x") const {
        return alice.post_form("/api/v1/files/upload/" + alice_flow, {file("file", name, content)});
    }
    /// The stored name of a v1 upload that must succeed.
    std::string stored_in_flow(std::string const& name, std::string const& content = "x") const {
        response const answer = upload_to_flow(name, content);
        REQUIRE(answer.status == 201);
        return member(answer.json(), "file_path").substr(alice_flow.size() + 1);
    }
};

/// The path of a v1 operation on one file.
[[nodiscard]] inline std::string in_flow(std::string const& what, std::string const& name,
                                         std::string const& flow = alice_flow) {
    return "/api/v1/files/" + what + '/' + flow + '/' + name;
}

/// A JSON array of ids.
[[nodiscard]] inline std::string quoted(std::vector<std::string> const& ids) {
    std::string text;
    for (std::string const& id : ids) text += (text.empty() ? "[\"" : ",\"") + id + '"';
    return text.empty() ? "[]" : text + ']';
}

}  // namespace mock_test
