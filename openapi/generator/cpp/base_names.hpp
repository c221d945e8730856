// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"

namespace ferry::gen {

/// An enumeration or union that is called like a member of the class that it derives from would hide it: such
/// a type gets another: `text_enum`, `variant_union`.
void keep_names_from_bases(api& of);

}  // namespace ferry::gen
