// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/partition.hpp"
#include "model/selection.hpp"

#include <cstddef>
#include <string>

namespace ferry::gen {

/// What a run is to do, from the command line and from a file of settings.
struct settings {
    std::string input;
    std::string name_space;
    std::string output;
    std::string server_tables;
    std::string tests;
    std::string command_line;  ///< where commands go; empty: nowhere
    std::string sources;       ///< where source files for separate compilation go; empty: nowhere
    std::size_t parts = default_parts;
    std::string depfile;
    std::string config;
    std::string lock;  ///< empty: beside the generated headers
    bool no_lock = false;
    bool fail_on_breaking = false;
    bool fail_on_warnings = false;
    bool all_warnings = false;  ///< each on a line of its own
    selection wanted;
    bool check = false;
    bool dry_run = false;
    bool models_only = false;
};

}  // namespace ferry::gen
