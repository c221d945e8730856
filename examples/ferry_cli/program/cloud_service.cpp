// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/cloud_service.hpp"

#include "generated/llamacloud/commands.hpp"

#include "ferry/json.hpp"
#include "ferry/llamacloud/files.hpp"

#include <string>
#include <utility>

namespace ferry::cli {

namespace {

/// The last part of the name, which somebody else has given.
std::string file_name(std::shared_ptr<engine> over, std::string const& id) {
    auto const file = llamacloud::files_resource(std::move(over)).get(id).send();
    if (!file) return {};
    auto name = file->name.substr(file->name.find_last_of("/\\") + 1);
    bool const usable = name != "." && name != ".." && name.find('\0') == name.npos;
    return usable ? name : std::string();
}

}  // namespace

service const& cloud_service() {
    static auto const made = [] {
        auto copy = llamacloud::commands::service;
        copy.file_name = file_name;
        return copy;
    }();
    return made;
}

}  // namespace ferry::cli
