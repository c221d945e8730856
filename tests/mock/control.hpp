// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What the tests of the control surface share.

#include <ferry/mock/server.hpp>

#include "../support/catch2.hpp"
#include "client.hpp"

namespace mock_test {

inline constexpr char const* cloud_files = "/api/v1/beta/files";
inline constexpr char const* flow_files = "/api/v2/files";

inline client alice(ferry::mock::server const& server) {
    return client(server.port(), bearer("llx-alice"));
}

/// Requests of this identity to that namespace.
inline client in_name_space(ferry::mock::server const& server, std::string const& name_space,
                            headers identity = {}) {
    identity.emplace_back("X-Ferry-Namespace", name_space);
    return client(server.port(), std::move(identity));
}

/// Uploads to LlamaCloud; the id of the file.
inline std::string upload(client const& who, std::string const& content = "hello",
                          std::string const& name = "a.txt") {
    response const created =
        who.post_form(cloud_files, {file("file", name, content), text("purpose", "parse")});
    REQUIRE(created.status == 201);
    return member(created.json(), "id");
}

/// The path and query of the link to a file's content.
inline std::string link_to(client const& who, std::string const& id) {
    response const answer = who.get(std::string(cloud_files) + '/' + id + "/content");
    REQUIRE(answer.status == 200);
    std::string const url = member(answer.json(), "url");
    return url.substr(url.find("/storage/"));
}

/// What the control surface says is wrong, and where.
inline std::string error_of(response const& answer) {
    return member(answer.json(), "error");
}
inline std::string pointer_of(response const& answer) {
    return member(answer.json(), "pointer");
}

}  // namespace mock_test
