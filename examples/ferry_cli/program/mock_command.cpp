// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/mock_command.hpp"

#include "command_line/exit_code.hpp"

#include <unistd.h>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <system_error>

namespace ferry::cli {

namespace {

constexpr char const* server = "ferry-mock-server";

std::string beside_this_program() {
    std::error_code ignored;
    auto const here = std::filesystem::read_symlink("/proc/self/exe", ignored);
    return here.empty() ? std::string(server) : (here.parent_path() / server).string();
}

}  // namespace

int become_mock_server(std::vector<std::string> const& words) {
    std::vector<std::string> texts{server};
    texts.insert(texts.end(), words.begin(), words.end());
    std::vector<char*> arguments;
    for (auto& text : texts) arguments.push_back(text.data());
    arguments.push_back(nullptr);
    ::execv(beside_this_program().c_str(), arguments.data());
    ::execvp(server, arguments.data());
    std::cerr << "error: " << server << " cannot be started: " << std::system_category().message(errno)
              << "\nIt belongs beside this program, or on the PATH.\n";
    return static_cast<int>(exit_code::failed);
}

}  // namespace ferry::cli
