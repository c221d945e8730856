// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/signature.hpp"
#include "model/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ferry::gen {

/// What a person writes for something that an operation takes.
struct flag {
    std::string name;       ///< `file-id`
    std::string also = {};  ///< another spelling, or nothing
    std::string wire = {};
    std::string kind = {};  ///< an enumerator of `ferry::cli::value_kind`
    std::string docs = {};
    bool list = false;
    bool required = false;
    bool nullable = false;
    bool deprecated = false;
    bool positional = false;
    bool whole_body = false;
    type const* values = nullptr;    ///< the open enumeration that it is
    std::vector<flag> members = {};  ///< of an object
    std::string cpp_type = {};       ///< what the call takes, in C++
    std::string setter = {};         ///< empty: an argument
};

/// Of an operation, without what all of them take: first what must be given, in the order of the call's
/// arguments.
/// \param in_cpp keeps in mind which models were mentioned
std::vector<flag> flags_of(operation const& o, signature& in_cpp);
/// Of parameters that all operations take.
std::vector<flag> flags_of(std::vector<parameter> const& common, signature& in_cpp);

/// `delete_files` → `delete-files`
std::string kebab(std::string_view name);

}  // namespace ferry::gen
