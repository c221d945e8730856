// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"

namespace ferry::gen {

/// Groups the operations into resources, and decides for each what its builder takes: names of classes,
/// headers, methods, arguments and setters, what paging and downloads need. Needs finished types.
void plan_builders(api& of);

/// How a parameter or part is given to a setter.
enum class scalar_kind { none, single, list };
/// Whether a type can be written as text: a scalar, or a list of scalars.
scalar_kind as_text(type const& t);
/// The operation's parameters, and members of a form, that are taken apart when the request is made; in the
/// order of their indices.
std::vector<parameter const*> typed_parameters(operation const& o);

/// How a member becomes a part of a multipart body, or one part for each element of a list. value: what is
/// written when the request is made, as JSON or in a style. `by_key`: one part for each entry of a map.
enum class part_kind { text, file, value };
struct part_shape {
    part_kind kind = part_kind::text;
    bool each = false;
    bool by_key = false;
};
part_shape shape_of_part(body_member const& m);

/// Of a member among the names of an operation's arguments, see keys.hpp.
std::string key_of_member(property const& p);

}  // namespace ferry::gen
