// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What the programs of this benchmark share: their words, the measuring, and how the peers decode a page.

#include <boost/json/parse.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/resource.h>

namespace work {

/// The words of every program: WORK URL COUNT [FILE]; FERRY_BENCHMARK_CA names the authority of https URLs.
struct words {
    std::string work;
    std::string url;  ///< of the page or file: http://host:port/path
    int count = 0;    ///< of calls
    std::string file;
    std::string ca;
    bool secure = false;
    std::string host;
    std::string port;
    std::string path;
};

inline words read_words(int argc, char** argv) {
    if (argc < 4) throw std::runtime_error("usage: PROGRAM WORK URL COUNT [FILE]");
    words made{argv[1], argv[2], std::atoi(argv[3]), argc > 4 ? argv[4] : "", "", false, "", "", ""};
    if (auto const* ca = std::getenv("FERRY_BENCHMARK_CA")) made.ca = ca;
    std::string_view rest = made.url;
    made.secure = rest.starts_with("https://");
    rest.remove_prefix(made.secure ? 8 : 7);
    auto const slash = rest.find('/');
    auto const colon = rest.find(':');
    made.host = rest.substr(0, colon);
    made.port = rest.substr(colon + 1, slash - colon - 1);
    made.path = rest.substr(slash);
    return made;
}

inline double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    auto const seconds = [](timeval t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

inline long peak_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::strtol(line.c_str() + 6, nullptr, 10);
    return 0;
}

/// Does `once` first, then measures `all`, and prints seconds, CPU seconds and the growth of the peak in KiB.
template <class Once, class All>
void measure(Once once, All all) {
    once();
    auto const peak = peak_kib();
    auto const cpu = cpu_seconds();
    auto const begin = std::chrono::steady_clock::now();
    all();
    std::chrono::duration<double> const wall = std::chrono::steady_clock::now() - begin;
    std::printf("%.6f %.6f %ld\n", wall.count(), cpu_seconds() - cpu, peak_kib() - peak);
}

/// What a program does by hand that has Boost.JSON and no SDK.
struct file {
    std::string id;
    std::string name;
    std::string project_id;
    std::string external_file_id;
    std::string file_type;
    std::string last_modified_at;
    std::string purpose;
};

inline std::vector<file> decode(std::string_view body) {
    auto const page = boost::json::parse({body.data(), body.size()});
    std::vector<file> files;
    for (auto const& item : page.at("items").as_array()) {
        auto const& members = item.as_object();
        auto const text = [&](char const* name) {
            auto const* value = members.if_contains(name);
            return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
        };
        files.push_back({text("id"), text("name"), text("project_id"), text("external_file_id"),
                         text("file_type"), text("last_modified_at"), text("purpose")});
    }
    if (files.empty()) throw std::runtime_error("the page has no files");
    return files;
}

/// Runs main, and says what went wrong.
template <class F>
int guarded(F run) {
    try {
        run();
        return 0;
    } catch (std::exception const& e) {
        std::cerr << e.what() << '\n';
        return 1;
    }
}

}  // namespace work
