// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// A middleware looks at v1 uploads before the routes are asked: it hears the whole body, and wants it framed.

#include "http/message.hpp"

namespace ferry::mock::langflow {

[[nodiscard]] bool is_screened(http_request const& request) noexcept;

/// \throws http_error (422) for a request that is screened and not framed by a simple boundary
void screen(http_request const& request);

}  // namespace ferry::mock::langflow
