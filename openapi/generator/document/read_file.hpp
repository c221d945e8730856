// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>

namespace ferry::gen {

/// Where an input may come from.
enum class input_kind {
    file,         ///< a regular file
    file_or_pipe  ///< or a pipe that the program was started with: `/dev/stdin`, `/dev/fd/63`
};

/// The content of a file of at most 256 MiB. Devices, sockets and named pipes are not opened: they may wait,
/// or never end.
/// \throws failure where it cannot be read, or is none
std::string read_file(std::string const& path, input_kind kind = input_kind::file);

}  // namespace ferry::gen
