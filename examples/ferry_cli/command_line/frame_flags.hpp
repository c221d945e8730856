// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/command.hpp"

#include <span>

namespace ferry::cli {

/// What every command takes.
std::span<flag const> frame_flags();
/// What commands take that list things page by page.
std::span<flag const> paging_flags();
/// What commands take that send files.
std::span<flag const> upload_flags();
/// What commands take that fetch files.
std::span<flag const> download_flags();

}  // namespace ferry::cli
