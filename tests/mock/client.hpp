// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// A client that sends exactly the bytes it is told to and shows exactly what came back: the tests of the mock
// are about bytes on the wire, which a well-behaved HTTP library would hide.

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace mock_test {

namespace json = boost::json;
using headers = std::vector<std::pair<std::string, std::string>>;

struct response {
    int status = 0;  ///< 0: no answer
    headers fields;
    std::string body;
    bool chunked = false;
    bool complete = false;  ///< the body ended where the framing said

    [[nodiscard]] std::string header(std::string_view name) const;  ///< empty when absent
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] json::value json() const;
    [[nodiscard]] std::string detail() const;  ///< a string `detail`
    /// Compact text of the `i`-th 422 item.
    [[nodiscard]] std::string item(std::size_t i = 0) const;
};

/// One TCP connection to 127.0.0.1. Every read gives up after half a minute.
class connection {
public:
    explicit connection(int port);
    ~connection();
    connection(connection const&) = delete;
    connection& operator=(connection const&) = delete;

    void write(std::string_view bytes);
    /// Says that no more bytes come; answers can still be read.
    void finish_writing();
    response read(bool head_request = false);
    /// An answer without its body, and the body piece by piece: fewer bytes only at the end of the
    /// connection.
    response read_head();
    std::string read_bytes(std::size_t count);
    /// One line without CRLF; everything until the peer closes.
    std::string read_line();
    std::string read_all();
    /// True when the peer reset the connection (not: closed it in order).
    [[nodiscard]] bool was_reset() const noexcept { return reset_; }
    [[nodiscard]] bool closed_by_peer();

private:
    bool fill();

    int socket_;
    std::string buffer_;
    bool reset_ = false;
    bool gave_up_ = false;
};

struct part {
    std::string name;
    std::string content;
    std::string filename{};
    bool is_file = true;
};
[[nodiscard]] inline part file(std::string name, std::string filename, std::string content) {
    return {std::move(name), std::move(content), std::move(filename), true};
}
[[nodiscard]] inline part text(std::string name, std::string content) {
    return {std::move(name), std::move(content), {}, false};
}

inline constexpr char const* boundary = "----ferry-test-boundary";
[[nodiscard]] std::string multipart(std::vector<part> const& parts);

/// Sends whole requests as one identity, a connection for each.
class client {
public:
    explicit client(int port, headers identity = {}) : port_(port), identity_(std::move(identity)) {}

    response get(std::string const& target, headers extra = {}) const {
        return send("GET", target, std::move(extra));
    }
    response del(std::string const& target) const { return send("DELETE", target, {}); }
    response send(std::string const& method, std::string const& target, headers extra = {},
                  std::string const& body = {}) const;
    response send_json(std::string const& method, std::string const& target, std::string const& body) const {
        return send(method, target, {{"Content-Type", "application/json"}}, body);
    }
    response post_form(std::string const& target, std::vector<part> const& parts) const;

private:
    int port_;
    headers identity_;
};

[[nodiscard]] inline headers bearer(std::string const& key) {
    return {{"Authorization", "Bearer " + key}};
}
[[nodiscard]] inline headers api_key(std::string const& key) {
    return {{"x-api-key", key}};
}

/// Waits until that is so; false when it is not after a minute.
template <class Condition>
[[nodiscard]] bool soon(Condition holds) {
    using clock = std::chrono::steady_clock;
    for (auto const deadline = clock::now() + std::chrono::minutes(1); !holds();) {
        if (clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

/// The head and body of a request as bytes.
[[nodiscard]] std::string request_bytes(std::string const& method, std::string const& target,
                                        headers const& fields, std::string const& body = {});

/// A string member of a JSON object.
[[nodiscard]] std::string member(json::value const& object, std::string_view name);

}  // namespace mock_test
