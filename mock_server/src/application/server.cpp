// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/mock/server.hpp"

#include "application/application.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

namespace ferry::mock {
namespace {

constexpr std::uint64_t most_upload_mb = 1'000'000'000;  // in bytes it is still a number

/// What every server of the process is to do, whatever its options say.
server_options with_environment(server_options options) {
    if (char const* const asked = std::getenv("FERRY_MOCK_CHECK_RESPONSES"))
        options.check_responses = options.check_responses || std::string_view(asked) == "1";
    if (char const* const path = std::getenv("FERRY_MOCK_EXCHANGES");
        path != nullptr && options.exchanges.empty())
        options.exchanges = path;
    if (options.max_upload_mb) options.max_upload_mb = (std::min)(*options.max_upload_mb, most_upload_mb);
    return options;
}

backend_options listening(server_options const& options) {
    if (options.tls_certificate.empty() != options.tls_key.empty()) {
        throw std::runtime_error("TLS needs both a certificate and a key");
    }
    backend_options result;
    result.host = options.host;
    result.port = options.port;
    result.tls_certificate = options.tls_certificate;
    result.tls_key = options.tls_key;
    return result;
}

}  // namespace

class server::implementation {
public:
    explicit implementation(std::shared_ptr<name_spaces> const& all)
        : app(all), http(listening(all->options()), app, all->scratch()) {}

    application app;
    backend http;
};

server::server(server_options options)
    : mock::name_space(std::make_shared<name_spaces>(with_environment(std::move(options))), {}),
      self_(std::make_unique<implementation>(all_)) {}
server::~server() = default;
server::server(server&&) noexcept = default;
server& server::operator=(server&&) noexcept = default;

int server::port() const noexcept {
    return self_->http.port();
}

std::string server::base_url() const {
    server_options const& options = all_->options();
    bool const is_v6 = options.host.find(':') != std::string::npos;
    std::string const host = is_v6 ? '[' + options.host + ']' : options.host;
    return (options.tls_certificate.empty() ? "http://" : "https://") + host + ':' + std::to_string(port());
}

mock::name_space server::name_space(std::string name) const {
    return {all_, std::move(name)};
}

void server::reset_all() {
    all_->reset_all();
}

void server::stop() {
    self_->http.stop();
}

}  // namespace ferry::mock
