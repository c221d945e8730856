// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model.hpp"

#include <deque>

namespace ferry::gen {

/// Resource and method: what x-ferry-name says, else the first tag and the operationId, else the path.
void name_operation(operation& made);

/// `files.list_files` is `files.list`, unless another operation of the resource would get the same name.
void shorten_names(std::deque<operation>& all);

}  // namespace ferry::gen
