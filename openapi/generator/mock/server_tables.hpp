// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/files.hpp"
#include "model/model.hpp"

#include <string>

namespace ferry::gen {

/// `<api>_tables.hpp` and `.cpp` of the mock server. \param name of the API, such as `llamacloud`
void emit_server_tables(api const& of, std::string const& name, file_set& to);

}  // namespace ferry::gen
