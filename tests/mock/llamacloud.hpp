// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// A mock with LlamaCloud's two identities, and the requests that most tests start with.

#include <ferry/mock/server.hpp>

#include <string>
#include <utility>
#include <vector>

#include "../support/catch2.hpp"
#include "client.hpp"

namespace mock_test::cloud {

inline std::string const files = "/api/v1/beta/files";
inline std::string const directories = "/api/v1/beta/directories";
inline std::string const nobody = "00000000-0000-4000-8000-000000000000";
inline std::string const alices_project = "11111111-1111-4111-8111-111111111111";
inline std::string const bobs_project = "22222222-2222-4222-8222-222222222222";

/// Path and query of an absolute URL.
[[nodiscard]] inline std::string target_of(std::string const& url) {
    return url.substr(url.find('/', url.find("//") + 2));
}

[[nodiscard]] inline json::value const& at(json::value const& object, std::string_view name) {
    return object.as_object().at(name);
}

struct llamacloud {
    ferry::mock::server server;
    client alice{server.port(), bearer("llx-alice")};
    client bob{server.port(), bearer("llx-bob")};
    client stranger{server.port()};

    llamacloud() = default;
    explicit llamacloud(ferry::mock::server_options options) : server(std::move(options)) {}

    [[nodiscard]] json::value create(std::string name, std::string content = "x",
                                     std::vector<part> more = {text("purpose", "user_data")}) const {
        more.push_back(file("file", std::move(name), std::move(content)));
        response const answer = alice.post_form(files, more);
        REQUIRE(answer.status == 201);
        return answer.json();
    }
    [[nodiscard]] std::string create_id(std::string name, std::string content = "x") const {
        return member(create(std::move(name), std::move(content)), "id");
    }
    [[nodiscard]] std::string url_of(std::string const& id, std::string const& query = {}) const {
        return target_of(member(alice.get(files + "/" + id + "/content" + query).json(), "url"));
    }

    [[nodiscard]] std::string directory(std::string const& body = R"({"name":"d"})") const {
        response const answer = alice.send_json("POST", directories, body);
        REQUIRE(answer.status == 201);
        return member(answer.json(), "id");
    }
    [[nodiscard]] static std::string entries_of(std::string const& directory) {
        return directories + "/" + directory + "/files";
    }
    response upload(std::string const& directory, std::vector<part> more = {}) const {
        more.push_back(file("upload_file", "a.txt", "content"));
        return alice.post_form(entries_of(directory) + "/upload", more);
    }

    [[nodiscard]] std::size_t count(std::string const& target) const {
        response const answer = alice.get(target);
        REQUIRE(answer.status == 200);
        return at(answer.json(), "items").as_array().size();
    }

    void set_clock(std::string const& json) const {
        REQUIRE(stranger.send_json("POST", "/_ferry/clock", json).status < 300);
    }
    void advance(int seconds) const { set_clock(R"({"advance_s":)" + std::to_string(seconds) + "}"); }
    void load(std::string const& llamacloud_state) const {
        response const answer =
            stranger.send_json("POST", "/_ferry/state", R"({"llamacloud":)" + llamacloud_state + "}");
        INFO(answer.body);
        REQUIRE(answer.status < 300);
    }
};

}  // namespace mock_test::cloud
