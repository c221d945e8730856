// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// The words of LlamaCloud's official program for its files and directories, over the same commands:
/// `beta:directories:files` for `directories files`, `retrieve` for `get`.
///
/// \par Source
/// The official command line, versions 1.0.0 to 1.5.1. As `llamacloud-prod` (up to 1.1.0) `files get` fetches
/// the signed URL, which as `llp` is `files content`.
class official_program {
public:
    /// \param name `llp` or `llamacloud-prod`
    explicit official_program(std::string name);
    official_program(official_program const&) = delete;

    program const& get() const noexcept { return program_; }

private:
    void add(group const& from, std::string_view name);

    std::string name_;
    std::vector<std::unique_ptr<std::vector<command>>> commands_;
    std::vector<flag> create_flags_;
    std::vector<std::unique_ptr<group>> groups_;
    std::vector<group const*> group_list_;
    service service_;
    service const* services_[1];
    program program_;
};

/// Whether a program of that name has the official words.
bool is_official(std::string_view name);

}  // namespace ferry::cli
