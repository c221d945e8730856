// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Mixed traffic from many threads against one mock server in this process, for as long as it is told. Every
// thread remembers what it stored; whatever it reads back has to be its own bytes, and at the end everything
// has to be there, and then gone.
//
//   soak [SECONDS [THREADS]]        default: 10 seconds, 16 threads; exit code 1 when a file was lost or
//   mixed up
#include <ferry/mock/server.hpp>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "worker.hpp"

namespace {

using namespace soak;
using clock = std::chrono::steady_clock;

/// Even workers use LlamaCloud, odd ones Langflow; half of them share the default namespace, the others have
/// one of their own.
std::unique_ptr<worker> make_worker(int port, unsigned number, unsigned count) {
    bool const alice = number % 4 < 2;
    setup const how{port, number, number < count / 2 ? "" : "soak-" + std::to_string(number)};
    return number % 2 == 0 ? make_llamacloud_worker(how, alice) : make_langflow_worker(how, alice);
}

/// Files are kept in a folder of this process, so that what is left can be counted.
class scratch {
public:
    scratch() {
        std::string pattern = (std::filesystem::temp_directory_path() / "ferry-soak-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot create " + pattern);
        path_ = pattern;
        ::setenv("TMPDIR", pattern.c_str(), 1);
    }
    ~scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    scratch(scratch const&) = delete;
    scratch& operator=(scratch const&) = delete;

    [[nodiscard]] std::size_t files() const {
        std::size_t count = 0;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(path_))
            count += entry.is_regular_file() ? 1 : 0;
        return count;
    }

private:
    std::filesystem::path path_;
};

bool run(std::chrono::seconds time, unsigned count) {
    scratch const place;
    ferry::mock::server server;
    std::atomic<bool> failed = false;
    std::atomic<std::uint64_t> steps = 0;
    std::vector<std::thread> threads;
    auto const end = clock::now() + time;
    for (unsigned number = 0; number < count; ++number) {
        threads.emplace_back([&, number] {
            try {
                auto const it = make_worker(server.port(), number, count);
                while (clock::now() < end && !failed) {
                    it->step();
                    ++steps;
                }
                it->finish();
            } catch (std::exception const& error) {
                failed = true;
                std::cerr << "worker " + std::to_string(number) + ": " + error.what() + "\n";
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    std::cout << count << " threads, " << steps << " steps in " << time.count() << " s\n";
    if (failed) return false;
    // The server may still be noticing the last upload that was broken off.
    if (mock_test::soon([&] { return place.files() == 0; })) return true;
    std::size_t const left = place.files();
    if (left != 0) std::cerr << left << " files of deleted uploads are left on disk\n";
    return left == 0;
}

}  // namespace

int main(int argc, char** argv) {
    long const seconds = argc > 1 ? std::atol(argv[1]) : 10;
    long const threads = argc > 2 ? std::atol(argv[2]) : 16;
    if (seconds < 1 || threads < 1 || argc > 3) {
        std::cerr << "usage: soak [SECONDS [THREADS]]\n";
        return 2;
    }
    return run(std::chrono::seconds(seconds), static_cast<unsigned>(threads)) ? 0 : 1;
}
