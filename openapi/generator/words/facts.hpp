// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ferry::gen {

class node;

/// What a schema says beside its type, for people, a sentence for each: `1 to 1000.`, `Default: 50.`
std::vector<std::string> facts(node const& schema);

/// A description and those facts that it does not tell itself. Behind one line they are its next sentences,
/// behind more a paragraph of their own.
std::string with_facts(std::string_view description, std::vector<std::string> const& facts);

}  // namespace ferry::gen
