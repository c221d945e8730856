// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/signature.hpp"
#include "model/model.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::gen {

/// What a person writes for something that an operation takes.
struct flag {
    std::string name;       ///< `file-id`
    std::string also = {};  ///< another spelling, or nothing
    std::string wire = {};
    std::string kind = "text";  ///< an enumerator of `ferry::cli::value_kind`
    std::string docs = {};
    std::string place = {};   ///< where it goes, for a second flag of the same name: `query`, `body`
    std::string sample = {};  ///< an example of the description's, as a person would write it
    bool list = false;
    bool required = false;
    bool nullable = false;
    bool deprecated = false;
    bool positional = false;
    bool whole_body = false;
    type const* values = nullptr;           ///< the open enumeration that it is
    std::vector<std::string> choices = {};  ///< known values where there is no enumeration
    type const* shape = nullptr;            ///< an object whose members are flags as well
    std::vector<flag> members = {};         ///< those
    std::string cpp_type = {};              ///< what the call takes, in C++
    std::string setter = {};                ///< empty: an argument
};

/// Of an operation, without what all of them take: first what must be given, in the order of the call's
/// arguments. Each has a name of its own, which no flag of the frame and none of `common` has.
/// \param common parameters that all operations take
/// \param in_cpp keeps in mind which models were mentioned
std::vector<flag> flags_of(operation const& o, std::vector<parameter> const& common, signature& in_cpp);
/// Of parameters that all operations take.
std::vector<flag> flags_of(std::vector<parameter> const& common, signature& in_cpp);

/// In which form an answer is wanted, where there are several: a flag without a setter.
inline constexpr std::string_view accept_flag = "accept";
/// Whether the command has that flag.
bool has_accept_flag(operation const& o);

/// The flags that commands have whatever their operation. Those of the program's frame, which a test
/// compares.
std::span<std::string_view const> frame_words();

/// Whether a name in C++ is the plain one, perhaps with the number or underscore that tells it from others
/// there.
bool is_variant(std::string_view name, std::string_view plain);

/// `delete_files` → `delete-files`
std::string kebab(std::string_view name);

}  // namespace ferry::gen
