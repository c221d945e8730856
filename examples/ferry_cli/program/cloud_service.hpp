// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/command.hpp"

namespace ferry::cli {

/// The commands of LlamaCloud as ferry-gen writes them, and what no description says: signed URLs lead to
/// bytes without a name, which is asked for by the file's id.
service const& cloud_service();

}  // namespace ferry::cli
