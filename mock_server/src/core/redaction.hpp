// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Takes secrets out of what others will read.

#include "ferry/mock/journal.hpp"

#include <string_view>

namespace ferry::mock {

/// Whether something of this name (a header field, a parameter, a form field, a JSON member) holds a secret.
[[nodiscard]] bool names_secret(std::string_view name);

/// Puts `***` in place of secrets: by the names of what holds them, then wherever the same text occurs again.
void redact(journal_entry& entry);

}  // namespace ferry::mock
