// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/document.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ferry::gen {

/// A value of a description as JSON: in one line where it fits into `columns`, else indented. Nothing where
/// it is no JSON, such as YAML's `.inf`.
std::optional<std::string> to_json(node const& value, std::size_t columns = 90);

/// A value of its own that looks like `from`.
std::unique_ptr<node> copy_of(node const& from);
/// The same, which also stands at the place of `at`.
std::unique_ptr<node> copy_of(node const& from, node const& at);
std::unique_ptr<node> make_value(node_kind kind, std::string scalar = {});

}  // namespace ferry::gen
