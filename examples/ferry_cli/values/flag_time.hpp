// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ferry::cli {

/// A time as a person writes it (`2026-01-31`, `2026-01-31 12:00`, `2026-01-31T12:00:00.5+02:00`) as RFC
/// 3339: at midnight where no time is given, in UTC where no offset is. Nothing where it is none, such as
/// the 30th of February.
/// \par Source RFC 3339, section 5.6
std::optional<std::string> rfc3339_time(std::string_view written);

}  // namespace ferry::cli
