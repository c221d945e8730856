// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <vector>

namespace ferry::cli {

/// Becomes `ferry-mock-server`, which is where this program is, or on the PATH. Call it before anything else
/// has been started.
/// \param words behind `mock`; they are the server's
/// \returns the exit code, only where there is no such program; standard error says so
int become_mock_server(std::vector<std::string> const& words);

}  // namespace ferry::cli
