// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <string_view>

namespace ferry::gen {

/// Whether a reference begins with a scheme: `https:`, `urn:`. One letter is a drive.
bool has_scheme(std::string_view reference);

/// What a reference without a fragment stands for, seen from `base`, a URI or a path (RFC 3986, section 5.2).
std::string resolve_uri(std::string_view base, std::string_view reference);

}  // namespace ferry::gen
