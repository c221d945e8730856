// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "values/json_value.hpp"

#include <string>
#include <string_view>

namespace ferry::cli {

enum class yaml_scalars {
    core,    ///< YAML 1.2's core schema: null, booleans and numbers are what they say
    as_text  ///< what is not quoted is text too, as it was written
};

/// Reads one document of YAML 1.2, of which JSON is a subset.
///
/// Plain scalars follow the core schema: `null ~ true false`, numbers (`0x1F`, `0o17`, `+1`, `.5` as JSON
/// writes them); what YAML 1.1 knew besides (`yes`, `012`, dates) is text or decimal. Quoted scalars are
/// text. Tags of the core schema (`!!str`) are followed. Aliases are expanded, and `<<` merges maps, since
/// people expect it. Keys are text, as they were written. A text without a document is null.
///
/// \throws value_error with line and column where it is no YAML, or is what JSON cannot say: `.inf` and
/// `.nan`, a key that is a list or a map; where a key occurs twice, a second document begins, aliases stand
/// for more than a million values or 64 MiB, something is nested deeper than max_json_depth, or a control
/// character is not escaped.
json_value parse_yaml(std::string_view text, yaml_scalars scalars = yaml_scalars::core);

/// Writes block YAML that parsers of YAML 1.1 and 1.2 read back as the same value, with a line feed at the
/// end and without what is unsafe on a terminal. Texts are quoted where some parser would take them for
/// something else. Numbers keep their digits, but an exponent is written as in `1.0e+3`, the only form that
/// all parsers know. Of members with the same key the last is written; halves of surrogate pairs and what
/// is no UTF-8 become U+FFFD.
std::string to_yaml(json_value const& value);

}  // namespace ferry::cli
