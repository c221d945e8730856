// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// LlamaCloud played by a server that does byte for byte what a test says.

#include "llamacloud.hpp"
#include "support/raw_server.hpp"

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>

namespace ferry_test::cloud {

/// Speaks TLS where the mock server does.
class scripted {
public:
    explicit scripted(raw_server::script todo) : server(std::move(todo), context_.get()) {}

    std::string base_url() const {
        return (over_tls() ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(server.port());
    }
    /// Calls of this client are not repeated.
    ferry::llamacloud::client client() const {
        auto options = options_for(base_url(), "llx-alice");
        options.max_retries = 0;
        return ferry::llamacloud::client(std::move(options));
    }

private:
    static std::unique_ptr<boost::asio::ssl::context> make_context() {
        if (!over_tls()) return nullptr;
        auto context = std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
        context->use_certificate_file(certificate_file(), boost::asio::ssl::context::pem);
        context->use_private_key_file(key_file(), boost::asio::ssl::context::pem);
        return context;
    }

    std::unique_ptr<boost::asio::ssl::context> context_ = make_context();

public:
    raw_server server;
};

/// Bytes of an answer with this status line and body.
inline std::string answer(std::string_view status, std::string_view content_type, std::string_view body,
                          std::string_view more_headers = {}) {
    std::string text = "HTTP/1.1 " + std::string(status) + "\r\n";
    if (!content_type.empty()) text += "Content-Type: " + std::string(content_type) + "\r\n";
    return text + std::string(more_headers) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

/// Answers every request without a body like this, then closes.
inline raw_server::script always(std::string bytes) {
    return [bytes = std::move(bytes)](raw_server::peer& peer) {
        if (!peer.read_head().empty()) peer.send(bytes);
    };
}

/// That value() throws exactly this class, no base and no other.
template <class Exception, class T>
void check_throws(ferry::result<T> const& outcome) {
    try {
        static_cast<void>(outcome.value());
        FAIL("nothing was thrown");
    } catch (ferry::api_exception const& thrown) {
        INFO(thrown.what());
        CHECK(std::string(typeid(thrown).name()) == typeid(Exception).name());
        CHECK(thrown.error().kind() == outcome.error().kind());
        CHECK(thrown.what() == outcome.error().message());
    }
}

}  // namespace ferry_test::cloud
