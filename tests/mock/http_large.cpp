// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// A file that is larger than anybody wants to hold in memory.
#include <ferry/mock/server.hpp>

#include <algorithm>
#include <fstream>
#include <random>

#include "../support/catch2.hpp"
#include "client.hpp"

using namespace mock_test;

namespace {

constexpr std::size_t block_size = 1U << 20U;
constexpr std::size_t blocks = 1024;

/// 1 GiB, block by block, no two alike.
class large_content {
public:
    std::string const& block(std::size_t number) {
        std::string const stamp = std::to_string(1'000'000 + number);
        std::copy(stamp.begin(), stamp.end(), bytes_.begin());
        return bytes_;
    }

private:
    static std::string noise() {
        std::mt19937 random(1);
        std::string result(block_size, '\0');
        for (char& byte : result) byte = static_cast<char>(random() & 0xFFU);
        return result;
    }
    std::string bytes_ = noise();
};

/// Peak resident memory of this process in KiB, since the start or the last forget_peak().
std::size_t peak_memory() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("VmHWM:", 0) == 0) return std::stoul(line.substr(6));
    }
    return 0;
}
void forget_peak() {
    std::ofstream("/proc/self/clear_refs") << 5;
}

constexpr bool has_sanitizer() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#elif defined(__has_feature)
    return __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
    return false;
#endif
}

}  // namespace

TEST_CASE("1 GiB goes in and comes out as it was, in memory that does not grow", "[bytes]") {
    ferry::mock::server_options options;
    options.max_upload_mb = 1025;
    ferry::mock::server const server(options);
    std::string const form = multipart({text("purpose", "user_data"), file("file", "large.bin", "")});
    std::size_t const split = form.find("octet-stream\r\n\r\n") + 16;
    large_content content;
    forget_peak();
    std::size_t const before = peak_memory();

    headers const alice = bearer("llx-alice");
    connection wire(server.port());
    wire.write(request_bytes("POST", "/api/v1/beta/files",
                             {alice.front(),
                              {"Content-Type", std::string("multipart/form-data; boundary=") + boundary},
                              {"Content-Length", std::to_string(form.size() + blocks * block_size)}}));
    wire.write(form.substr(0, split));
    for (std::size_t i = 0; i < blocks; ++i) wire.write(content.block(i));
    wire.write(form.substr(split));
    response const stored = wire.read();
    REQUIRE(stored.status == 201);

    std::string const file_target = "/api/v1/beta/files/" + member(stored.json(), "id");
    std::string const url = member(client(server.port(), alice).get(file_target + "/content").json(), "url");
    connection download(server.port());
    download.write(request_bytes("GET", url.substr(url.find('/', 7)), {}));
    CHECK(download.read_head().header("content-length") == std::to_string(blocks * block_size));
    std::size_t different = 0;
    for (std::size_t i = 0; i < blocks; ++i)
        different += download.read_bytes(block_size) == content.block(i) ? 0 : 1;
    CHECK(different == 0);
    if (!has_sanitizer()) CHECK(peak_memory() - before < 16 * 1024);
}
