// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// File ids as the outside knows them, and back: the decision `dfl_file_ids` gives them a prefix.

#include "core/json.hpp"
#include "ferry/mock/llamacloud_decisions.hpp"

#include <string>

namespace ferry::mock::llamacloud {

[[nodiscard]] std::string public_file_id(llamacloud_decisions const& decisions, std::string const& id);
/// In the form in which files are stored, if the text has any form of an id.
[[nodiscard]] std::string private_file_id(llamacloud_decisions const& decisions, std::string const& id);
/// The ids in the filter of files.query, without their prefixes.
void tolerate_file_ids(llamacloud_decisions const& decisions, json::value& body);

}  // namespace ferry::mock::llamacloud
