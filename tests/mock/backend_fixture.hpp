// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The HTTP layer without the services behind it.

#include <functional>
#include <memory>
#include <utility>

#include "client.hpp"
#include "http/backend.hpp"

namespace mock_test {

/// A listener that answers with what a function says, in the way that it says.
class backend_fixture final : ferry::mock::request_handler {
public:
    using answer = std::function<ferry::mock::reply(ferry::mock::http_request const&)>;

    using scratch = std::shared_ptr<ferry::mock::scratch_directory const>;

    explicit backend_fixture(answer how, ferry::mock::body_limit limit = {1ULL << 40U},
                             scratch place = std::make_shared<ferry::mock::scratch_directory>())
        : answer_(std::move(how)), limit_(limit), listener_({}, *this, std::move(place)) {}

    backend_fixture(answer how, ferry::mock::backend_options const& options)
        : answer_(std::move(how)),
          limit_{1ULL << 40U},
          listener_(options, *this, std::make_shared<ferry::mock::scratch_directory>()) {}

    [[nodiscard]] int port() const noexcept { return listener_.port(); }

    /// The answer to these bytes on a connection of their own.
    [[nodiscard]] response exchange(std::string const& bytes) const {
        connection wire(port());
        wire.write(bytes);
        return wire.read();
    }

private:
    ferry::mock::body_limit limit_for(ferry::mock::http_request const&) const override { return limit_; }
    ferry::mock::reply handle(ferry::mock::http_request& request) override { return answer_(request); }

    answer answer_;
    ferry::mock::body_limit limit_;
    ferry::mock::backend listener_;
};

/// 200 with this text.
[[nodiscard]] inline ferry::mock::http_response plain(std::string text) {
    ferry::mock::http_response result;
    result.with("Content-Type", "text/plain");
    result.body = std::move(text);
    return result;
}

/// The bytes of a blob, so that a response is streamed: with its length, or chunked.
[[nodiscard]] inline ferry::mock::http_response streamed(ferry::mock::blob content, bool with_length) {
    ferry::mock::http_response result;
    result.with("Content-Type", "application/octet-stream");
    if (with_length) result.length = content.size();
    result.stream = std::make_shared<ferry::mock::blob_reader>(std::move(content));
    return result;
}

}  // namespace mock_test
