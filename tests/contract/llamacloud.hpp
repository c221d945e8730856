// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// LlamaCloud's users of the mock server, and what its tests ask for all the time.

#include "fixture.hpp"

#include <ferry/llamacloud.hpp>

#include <string>
#include <vector>

namespace ferry_test::cloud {

namespace models = ferry::llamacloud::models;

inline constexpr char const* alice_project = "11111111-1111-4111-8111-111111111111";
inline constexpr char const* alice_organization = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
inline constexpr char const* bob_project = "22222222-2222-4222-8222-222222222222";
inline constexpr char const* unknown_id =
    "99999999-9999-4999-8999-999999999999";  ///< A UUID that is no item's id.

/// A mock server with a client for each user.
struct llamacloud : service {
    explicit llamacloud(ferry::mock::server_options options = {}) : service(std::move(options)) {}

    ferry::llamacloud::client alice{options("llx-alice")};
    ferry::llamacloud::client bob{options("llx-bob")};
};

/// The id of a new file.
inline std::string stored(ferry::llamacloud::client const& cloud, std::string bytes, std::string name) {
    return cloud.files.create(ferry::from_string(std::move(bytes), std::move(name)), "user_data")
        .send()
        .value()
        .id;
}

/// The bytes of a file, through its signed URL.
inline std::string content_of(ferry::llamacloud::client const& cloud, std::string const& id) {
    class text_sink final : public ferry::byte_sink {
    public:
        ferry::result<void> write(std::string_view bytes) override {
            text.append(bytes);
            return {};
        }
        std::string text;
    };
    text_sink sink;
    cloud.files.content(id).write_to(sink).value();
    return sink.text;
}

/// One member of each item of a list that has to be without errors: `texts(items, &models::file::name)`.
template <class T>
std::vector<std::string> texts(std::vector<ferry::result<T>> const& items, std::string T::* member) {
    std::vector<std::string> all;
    for (auto const& item : items) all.push_back(item.value().*member);
    return all;
}

using names = std::vector<std::string>;

}  // namespace ferry_test::cloud
