// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/files.hpp"
#include "cpp/lock.hpp"
#include "cpp/partition.hpp"
#include "cpp/spelling.hpp"
#include "model/model.hpp"
#include "model/selection.hpp"

/// \file
/// The way from a description to files, in two steps; nothing here reads or writes the output directory.

namespace ferry::gen {

/// The description as C++ sees it: what is selected of it, ready to be written. It refers to `from`.
/// \throws failure where the description cannot be used
api read_api(document const& from, selection const& wanted, memory names = {});

/// As above, with the names of an earlier run for what there was then. Names of what is gone are free.
/// \param now is set to the names of this run
api read_api(document const& from, selection const& wanted, lock const& before, spelling const& spell,
             lock& now);

/// The client's files, by their path below the output directory.
/// \param most_parts how many files the types' tables are in at most
file_set client_files(api const& of, spelling const& spell, bool models_only,
                      std::size_t most_parts = default_parts);

}  // namespace ferry::gen
