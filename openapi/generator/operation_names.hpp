// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model.hpp"

namespace ferry::gen {

/// Gives every operation its resource and call. They are, in this order, what `x-ferry-name` says; the first
/// tag and the operationId, without what a framework appended to it and without the resource's own name; or,
/// where an operationId is missing or only repeats method and path, the tag and a verb: `GET /files` is
/// `files.list`, `DELETE /files/{id}` is `files.delete`, `POST /files/{id}/copy` is `files.copy`.
void name_operations(api& of);

}  // namespace ferry::gen
