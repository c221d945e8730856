// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <ferry/llamacloud/client.hpp>

#include <string>

std::string target_of_list(ferry::llamacloud::client const& client);
ferry::llamacloud::client client_made_under_hostile_macros();
std::string violation_under_hostile_macros();
