// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <ferry/langflow/client.hpp>
#include <ferry/llamacloud/client.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

/// \file
/// What the snippets of the guides take for granted. They are compiled, not run, so nothing here needs a
/// definition.

namespace boost::asio {}
namespace net = boost::asio;
namespace models = ferry::llamacloud::models;

extern ferry::llamacloud::client const cloud;
extern ferry::langflow::client const langflow;
extern ferry::client_options options;

/// Ids of what is there already.
extern std::string const id;
extern std::string const directory_id;
extern std::string const flow_id;

/// What a program does with things.
void use(auto const& anything);
