// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/mock/server.hpp"

#include <stdexcept>

#include "application.hpp"

namespace ferry::mock {
namespace {

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
    explicit implementation(server_options const& options)
        : app(options), http(listening(options), app, app.worlds.scratch()) {}

    application app;
    backend http;
};

server::server(server_options options) : self_(std::make_unique<implementation>(options)) {}
server::~server() = default;
server::server(server&&) noexcept = default;
server& server::operator=(server&&) noexcept = default;

int server::port() const noexcept {
    return self_->http.port();
}

std::string server::base_url() const {
    server_options const& options = self_->app.worlds.options();
    bool const is_v6 = options.host.find(':') != std::string::npos;
    std::string const host = is_v6 ? '[' + options.host + ']' : options.host;
    return (options.tls_certificate.empty() ? "http://" : "https://") + host + ':' + std::to_string(port());
}

void server::reset() {
    self_->app.worlds.reset({});
}

void server::add_fault(fault rule) {
    self_->app.worlds.default_one()->faults.add(std::move(rule));
}

std::uint64_t server::faults_fired() const {
    return self_->app.worlds.default_one()->faults.fired();
}

void server::clear_faults() {
    self_->app.worlds.default_one()->faults.clear();
}

void server::stop() {
    self_->http.stop();
}

}  // namespace ferry::mock
