// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/document.hpp"

#include <string>
#include <string_view>

/// \file
/// What the names of a lock file are kept by: texts without blanks that stay the same when the description
/// grows.

namespace ferry::gen {

/// A name on the wire as one word: blanks, control characters, `%`, `=` and `"` become `%20` and so on.
std::string key_of(std::string_view wire);

/// A token of a JSON pointer (RFC 6901): `~0` for `~`, `~1` for `/`.
std::string pointer_token(std::string_view text);

/// Without the percent-encoding of URLs.
std::string percent_decoded(std::string_view text);
/// `%2F`
std::string percent_encoded(char c);

/// Where a schema stands: the name of a component, else a JSON pointer, in which parameters have names
/// instead of numbers and parts of `allOf` are left out. In another file, behind its name and `#`.
std::string key_of(node const& schema, document const& in);

/// `GET /files/{id}`
std::string key_of(std::string_view method, std::string_view path);

}  // namespace ferry::gen
