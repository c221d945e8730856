// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "fixture.hpp"

#include "support/certificates.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <random>

namespace ferry_test {

namespace {

/// The private authority of this process, and one server's certificate, also as files for the mock server.
struct credentials {
    credentials() : pem(authority.pem()) {
        auto const server = authority.issue("DNS:localhost,IP:127.0.0.1");
        certificate_path = files.write("server.pem", server.pem());
        key_path = files.write("server.key", server.key_pem());
    }
    static credentials const& get() {
        static credentials const once;
        return once;
    }

    certificate authority = certificate::authority("contract tests");
    std::string pem;
    scratch_directory files;
    std::string certificate_path;
    std::string key_path;
};

ferry::mock::server_options with_tls(ferry::mock::server_options options) {
    if (over_tls()) {
        options.tls_certificate = certificate_file();
        options.tls_key = key_file();
    }
    return options;
}

}  // namespace

bool over_tls() {
    char const* const asked = std::getenv("FERRY_TEST_TLS");
    return asked != nullptr && std::string_view(asked) == "1";
}

std::string const& authority_pem() {
    return credentials::get().pem;
}
std::string const& certificate_file() {
    return credentials::get().certificate_path;
}
std::string const& key_file() {
    return credentials::get().key_path;
}

ferry::client_options options_for(std::string base_url, std::string key) {
    ferry::client_options options;
    options.base_url = std::move(base_url);
    options.api_key = std::move(key);
    options.proxy = "";
    options.tls.ca_pem = authority_pem();
    options.tls.use_system_store = false;
    return options;
}

service::service(ferry::mock::server_options options) : mock(with_tls(std::move(options))) {}

ferry::client_options service::options(std::string key) const {
    return options_for(mock.base_url(), std::move(key));
}

void run(boost::asio::awaitable<void> todo) {
    boost::asio::io_context context;
    std::exception_ptr failure;
    boost::asio::co_spawn(context, std::move(todo),
                          [&failure](std::exception_ptr thrown) { failure = std::move(thrown); });
    context.run();
    if (failure) std::rethrow_exception(failure);
}

void check_refusal(ferry::error const& why, int status, std::string const& detail) {
    INFO(why.message());
    CHECK(why.kind() == ferry::error_kind::status);
    CHECK(why.status() == status);
    CHECK(why.detail() == detail);
    CHECK_THAT(why.message(), contains(detail));
}

void check_issue(ferry::error const& why, std::string const& location, std::string const& type,
                 std::string const& message) {
    INFO(why.message());
    CHECK(why.kind() == ferry::error_kind::status);
    CHECK(why.status() == 422);
    REQUIRE(why.validation_issues().size() == 1);
    CHECK(why.validation_issues()[0].location == location);
    CHECK(why.validation_issues()[0].type == type);
    CHECK(why.validation_issues()[0].message == message);
}

scratch_directory::scratch_directory() {
    auto pattern = (std::filesystem::temp_directory_path() / "ferry-contract-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot create " + pattern);
    path_ = pattern;
}

scratch_directory::~scratch_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string scratch_directory::write(std::string_view name, std::string_view bytes) const {
    auto const where = path(name);
    std::ofstream(where, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return where;
}

std::string scratch_directory::read(std::string_view name) const {
    std::string bytes(std::filesystem::file_size(path(name)), '\0');
    std::ifstream in(path(name), std::ios::binary);
    REQUIRE(in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())));
    return bytes;
}

std::vector<std::string> scratch_directory::names() const {
    std::vector<std::string> all;
    for (auto const& entry : std::filesystem::directory_iterator(path_))
        all.push_back(entry.path().filename().string());
    std::sort(all.begin(), all.end());
    return all;
}

std::string noise(std::size_t size, unsigned seed) {
    std::mt19937 generator(seed);
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; i += 4) {
        auto const word = static_cast<std::uint32_t>(generator());
        std::memcpy(bytes.data() + i, &word, (std::min)(sizeof word, size - i));
    }
    return bytes;
}

}  // namespace ferry_test
