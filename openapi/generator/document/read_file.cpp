// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/read_file.hpp"

#include "document/diagnostics.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>

namespace ferry::gen {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t largest_file = std::uintmax_t{256} << 20;

bool is_given_pipe(std::string const& path) {
    return path == "/dev/stdin" || path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/");
}

void check_kind(std::string const& path, input_kind kind) {
    std::error_code error;
    auto const status = fs::status(path, error);
    bool const pipe = kind == input_kind::file_or_pipe && fs::is_fifo(status) && is_given_pipe(path);
    if (fs::is_regular_file(status) || pipe) return;
    if (fs::is_directory(status)) throw failure(path + ": cannot be read; it is a directory, not a file");
    if (fs::exists(status)) throw failure(path + ": is a device, socket or named pipe; only files are read");
    throw failure(path + ": cannot be read; is the name right?");
}

}  // namespace

std::string read_file(std::string const& path, input_kind kind) {
    check_kind(path, kind);
    std::ifstream in(path, std::ios::binary);
    if (!in) throw failure(path + ": cannot be read; is the name right?");
    std::error_code unknown;
    if (auto const size = fs::file_size(path, unknown); !unknown && size > largest_file)
        throw failure(path + ": has " + std::to_string(size >> 20) +
                      " MiB; files of more than 256 MiB are not read");
    // A pipe does not tell its size.
    std::string text;
    std::array<char, 65536> block;
    while (in.read(block.data(), block.size()) || in.gcount() > 0) {
        text.append(block.data(), static_cast<std::size_t>(in.gcount()));
        if (text.size() > largest_file)
            throw failure(path + ": has more than 256 MiB; files of that size are not read");
    }
    return text;
}

}  // namespace ferry::gen
