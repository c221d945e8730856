// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What the contract tests of Langflow share: the users of the mock server and their clients.

#include "contract/fixture.hpp"

#include <ferry/langflow.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry_test {

inline constexpr char alice_id[] = "a0a0a0a0-a0a0-4a0a-8a0a-a0a0a0a0a0a0";
inline constexpr char alice_flow[] = "a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1";
inline constexpr char bob_flow[] = "b2b2b2b2-b2b2-4b2b-8b2b-b2b2b2b2b2b2";
/// An id that nobody owns.
inline constexpr char nobody[] = "12345678-1234-4234-8234-123456789abc";

/// Langflow with its three users. Refusals come back at once: these clients do not repeat.
class langflow {
public:
    explicit langflow(ferry::mock::server_options options = {}) : kit(std::move(options)) {}

    ferry::client_options options(std::string key) const {
        auto options = kit.options(std::move(key));
        options.max_retries = 0;
        return options;
    }

    service kit;
    ferry::langflow::client const alice{options("sk-alice")};
    ferry::langflow::client const bob{options("sk-bob")};
    ferry::langflow::client const root{options("sk-root")};
};

/// A user's file with this name and these bytes, already uploaded.
inline ferry::langflow::models::uploaded_file put(ferry::langflow::client const& owner, std::string name,
                                                  std::string bytes = "some bytes") {
    return owner.files.upload(ferry::from_string(std::move(bytes), std::move(name))).send().value();
}

/// A flow's file, already uploaded. \returns its stored name
inline std::string put_in_flow(ferry::langflow::client const& owner, std::string const& flow,
                               std::string name, std::string bytes = "some bytes") {
    auto const path =
        owner.flow_files.upload(flow, ferry::from_string(std::move(bytes), std::move(name))).send().value();
    return path.file_path.substr(path.file_path.find('/') + 1);
}

/// Bytes that a careless program damages: NUL, line ends, quotes, no UTF-8, and what looks like a boundary.
inline std::string awkward_bytes() {
    static constexpr char start[] = "\0\r\n--boundary--\r\n\"quoted\"\\\xff\xfe\0";
    return std::string(start, sizeof start - 1) + noise(70'000);
}

}  // namespace ferry_test
