// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// How much memory moving a large file takes: uploads a sparse file to the mock server (a process of its own)
// in every way there is, downloads it again in every way, and compares the process's peak before and after
// each. Fails above --max-growth-mib.

#include <ferry/llamacloud.hpp>
#include <ferry/mock/server.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>

#include <fcntl.h>
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

/// The file to move, and where its copy goes.
struct scratch {
    std::filesystem::path directory = std::filesystem::temp_directory_path() / "ferry-benchmark-memory";
    std::string original = directory / "original";
    std::string copy = directory / "copy";

    scratch() {
        std::filesystem::create_directories(directory);
        std::ofstream(original).put('x');
    }
    ~scratch() { std::filesystem::remove_all(directory); }
    scratch(scratch const&) = delete;
};

bool watch(ferry::transfer_progress const&) {
    return true;
}

struct counter : ferry::byte_sink {
    std::uintmax_t bytes = 0;
    ferry::result<void> write(std::string_view piece) override {
        bytes += piece.size();
        return {};
    }
};

/// Prints what each way takes.
class table {
public:
    table(std::uintmax_t size, long most_mib) : size_(size), most_(most_mib), idle_(peak_kib()) {
        std::printf("idle peak: %ld KiB\n%-26s %8s %10s %12s\n", idle_, "", "MiB", "seconds", "peak + KiB");
    }

    /// `move` says how many bytes it moved.
    template <class F>
    void add(char const* way, F move) {
        auto const start = std::chrono::steady_clock::now();
        bool const whole = move() == size_;
        std::chrono::duration<double> const took = std::chrono::steady_clock::now() - start;
        long const growth = peak_kib() - idle_;
        bool const small = growth < most_ * 1024;
        std::printf("%-26s %8ju %10.2f %12ld%s%s\n", way, size_ >> 20, took.count(), growth,
                    whole ? "" : "  FAIL: not all of it", small ? "" : "  FAIL: too much memory");
        good_ = good_ && whole && small;
    }
    bool good() const noexcept { return good_; }

private:
    std::uintmax_t size_;
    long most_;
    long idle_;
    bool good_ = true;
};

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

    scratch const files;
    auto const size = static_cast<std::uintmax_t>(size_mib) << 20;

    // Connections, TLS-free buffers and tables are paid for by any call; what counts is what the size adds.
    auto const send = [&](ferry::upload_source file) {
        return cloud.files.create(std::move(file), "user_data").progress(watch).send().value().id;
    };
    auto const warm = send(ferry::from_path(files.original));
    cloud.files.content(warm).save_to(files.copy).value();
    std::filesystem::resize_file(files.original, size);
    table rows(size, most);

    std::string id;
    rows.add("upload path", [&] {
        id = send(ferry::from_path(files.original));
        return size;
    });
    rows.add("upload descriptor", [&] {
        int const descriptor = ::open(files.original.c_str(), O_RDONLY | O_CLOEXEC);
        send(ferry::from_descriptor(descriptor, "descriptor"));
        ::close(descriptor);
        return size;
    });
    rows.add("upload istream", [&] {
        std::ifstream stream(files.original, std::ios::binary);
        send(ferry::from_stream(stream, "stream"));
        return size;
    });
    rows.add("upload callback, chunked", [&] {
        std::uintmax_t left = size;
        auto const read = [&](char* to, std::size_t most_now) {
            auto const n = std::min<std::uintmax_t>(left, most_now);
            std::fill_n(to, n, 'x');
            left -= n;
            return static_cast<std::size_t>(n);
        };
        send(ferry::from_callback(read, "callback"));
        return size;
    });

    ferry::request_options with;
    with.progress = watch;
    with.checksum.emplace(ferry::digest_algorithm::sha256);
    rows.add("download file", [&] { return cloud.files.content(id).save_to(files.copy).value().size; });
    rows.add("download file, checksum",
             [&] { return cloud.files.content(id).options(with).save_to(files.copy).value().size; });
    auto const fault = R"({"path":"/storage/*","truncate_after":)" + std::to_string(size / 2) + "}";
    cloud.call("POST", "/_ferry/faults").content(fault).send().value();
    rows.add("download file, resumed",
             [&] { return cloud.files.content(id).options(with).save_to(files.copy).value().size; });
    rows.add("download sink", [&] {
        counter sink;
        cloud.files.content(id).options(with).write_to(sink).value();
        return sink.bytes;
    });
    rows.add("download ostream", [&] {
        std::ofstream stream(files.copy, std::ios::binary);
        cloud.files.content(id).options(with).write_to(stream).value();
        return static_cast<std::uintmax_t>(stream.tellp());
    });
    return rows.good() ? 0 : 1;
}
