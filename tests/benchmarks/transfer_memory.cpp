// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// How much memory moving a large file takes: uploads a sparse file to the mock server (a process of its own),
// downloads it again, and compares the process's peak before and after. Fails above --max-growth-mib.

#include <ferry/llamacloud.hpp>
#include <ferry/mock/server.hpp>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>

#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

namespace {

/// The peak resident set of this process in KiB.
long peak_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::strtol(line.c_str() + 6, nullptr, 10);
    return 0;
}

/// A mock server in a process of its own, so that its memory does not count here. Make it before any thread.
class mock_process {
public:
    mock_process() {
        int ends[2];
        if (::pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
        process_ = ::fork();
        if (process_ == 0) serve(ends[1]);
        ::close(ends[1]);
        char url[64] = "";
        auto const count = ::read(ends[0], url, sizeof url - 1);
        ::close(ends[0]);
        url_.assign(url, count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    ~mock_process() {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    mock_process(mock_process const&) = delete;
    mock_process& operator=(mock_process const&) = delete;

    std::string const& url() const { return url_; }

private:
    [[noreturn]] static void serve(int end) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ferry::mock::server_options options;
        options.max_upload_mb = 4096;
        ferry::mock::server const server(options);
        auto const url = server.base_url();
        if (::write(end, url.data(), url.size()) < 0) std::_Exit(1);
        while (true) ::pause();
    }

    ::pid_t process_ = -1;
    std::string url_;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

long option(int argc, char** argv, std::string_view name, long fallback) {
    for (int i = 1; i + 1 < argc; ++i)
        if (argv[i] == name) return std::strtol(argv[i + 1], nullptr, 10);
    return fallback;
}

}  // namespace

int main(int argc, char** argv) {
    long const size_mib = option(argc, argv, "--size-mib", 1024);
    long const most = option(argc, argv, "--max-growth-mib", 16);

    mock_process const mock;
    if (mock.url().empty()) {
        std::cerr << "the mock server did not start\n";
        return 1;
    }
    ferry::client_options options;
    options.base_url = mock.url();
    options.api_key = "llx-alice";
    ferry::llamacloud::client const cloud(options);

    auto const directory = std::filesystem::temp_directory_path();
    auto const original = directory / "ferry-benchmark-original";
    auto const copy = directory / "ferry-benchmark-copy";
    std::ofstream(original).put('x');
    auto const size = static_cast<std::uintmax_t>(size_mib) << 20;

    // Connections, TLS-free buffers and tables are paid for by any call; what counts is what the size adds.
    auto const warm = cloud.files.create(ferry::from_path(original), "user_data").send().value();
    cloud.files.content(warm.id).save_to(copy).value();
    long const idle = peak_kib();

    std::filesystem::resize_file(original, size);
    auto start = std::chrono::steady_clock::now();
    auto const file = cloud.files.create(ferry::from_path(original), "user_data").send().value();
    double const upload = seconds_since(start);
    long const uploaded = peak_kib();

    start = std::chrono::steady_clock::now();
    auto const saved = cloud.files.content(file.id).save_to(copy).value();
    double const download = seconds_since(start);
    long const downloaded = peak_kib();
    bool const whole = saved.size == size;
    std::filesystem::remove(original);
    std::filesystem::remove(copy);

    std::printf("%-10s %8s %12s %14s\n", "", "MiB", "seconds", "peak + KiB");
    std::printf("%-10s %8ld %12.2f %14ld\n", "upload", size_mib, upload, uploaded - idle);
    std::printf("%-10s %8ld %12.2f %14ld\n", "download", size_mib, download, downloaded - idle);
    std::printf("idle peak: %ld KiB\n", idle);
    if (!whole) std::printf("FAIL: %llu bytes came back\n", static_cast<unsigned long long>(saved.size));
    bool const small = downloaded - idle < most * 1024;
    if (!small) std::printf("FAIL: more than %ld MiB above idle\n", most);
    return whole && small ? 0 : 1;
}
