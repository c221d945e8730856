// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"

#include <array>
#include <string_view>

namespace ferry::gen {

/// The members of a path that are operations.
inline constexpr std::array<std::string_view, 8> http_methods = {"get",     "put",  "post",  "delete",
                                                                 "options", "head", "patch", "trace"};

/// Gives every operation its resource and call. They are, in this order, what `x-ferry-name` says; the
/// resource (see resource_names.hpp) and the operationId, without what a framework appended to it, what all
/// of them begin with, and the resource's own name (see phrases.hpp); or, where an operationId is missing or
/// most only repeat method and path, a verb: `GET /files` is `files.list`, `DELETE /files/{id}` is
/// `files.delete`, `POST /files/{id}/copy` is `files.copy`. The order of the operations does not matter.
void name_operations(api& of);

/// An operation stays the method that an earlier run made of it, unless the description names it.
void keep_names(api& of);

}  // namespace ferry::gen
