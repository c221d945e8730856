// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/run.hpp"
#include "program/ferry.hpp"
#include "program/mock_command.hpp"
#include "program/official.hpp"
#include "program/signals.hpp"

#include <filesystem>
#include <string>
#include <vector>

using namespace ferry::cli;

/// `ferry`, and by another name or with it as the first word (`ferry llp …`) the official program's words.
int main(int argc, char** argv) {
    std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    if (!words.empty() && words.front() == "mock")
        return become_mock_server({words.begin() + 1, words.end()});

    signals from_outside;
    auto around = of_this_process(from_outside.stop(), [&](bool runs) { from_outside.pager_runs(runs); });
    around.progress_asked = [&] { return from_outside.progress_asked(); };

    auto name = std::filesystem::path(argc > 0 ? argv[0] : "").filename().string();
    if (!is_official(name) && !words.empty() && is_official(words.front())) {
        name = words.front();
        words.erase(words.begin());
    }
    if (!is_official(name)) return run(ferry_program(), words, around);
    official_program const official(name);
    return run(official.get(), words, around);
}
