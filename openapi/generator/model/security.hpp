// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"

namespace ferry::gen {

/// Reads the security schemes, those that the document asks for first, and what it asks for by default.
void read_credentials(api& to, document const& from);

/// Reads what one operation asks for. Needs the API's credentials.
void read_security(api& of, document const& from, operation& o);

}  // namespace ferry::gen
