// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/reading.hpp"

#include <string>

namespace ferry::gen {

/// Reads what the service sends by itself: models for the bodies of webhooks.
void read_webhooks(reading const& with);

/// Reads models for the bodies of the operation's callbacks. \param hint what they are named after
/// What streams in the body and the answers are made of: events of `text/event-stream`, lines of JSON.
void read_streams(reading const& with, operation& made, std::string const& hint);
void read_callbacks(reading const& with, operation& made, std::string const& hint);

}  // namespace ferry::gen
