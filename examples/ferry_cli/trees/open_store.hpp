// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/session.hpp"
#include "trees/cloud_scope.hpp"
#include "trees/remote_name.hpp"
#include "trees/store.hpp"

#include "ferry/llamacloud/client.hpp"

#include <memory>
#include <string_view>

namespace ferry::cli {

/// A place at a service as a person named it. \throws usage_error where there is no such service
remote_name remote_of(session& with, std::string_view word);

/// Its files, over a connection of its own.
std::unique_ptr<store> open_store(session& with, remote_name const& place);

/// What flags and the profile say.
cloud_scope scope_of(session& with);

llamacloud::client llamacloud_of(session& with);

}  // namespace ferry::cli
