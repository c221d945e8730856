// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/terminal.hpp"

#include <sys/stat.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace ferry_test {

/// A home directory with a configuration file.
class home {
public:
    explicit home(std::string_view configuration = {}) {
        auto pattern = (std::filesystem::temp_directory_path() / "ferry-home-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
        path_ = pattern;
        if (!configuration.empty()) write(".config/ferry/config.toml", configuration, 0600);
    }
    home(home const&) = delete;
    ~home() { std::filesystem::remove_all(path_); }

    std::string path(std::string_view name = {}) const {
        return name.empty() ? path_ : path_ + "/" + std::string(name);
    }
    std::string file() const { return path(".config/ferry/config.toml"); }
    std::string write(std::string_view name, std::string_view bytes, ::mode_t mode = 0600) const {
        auto const at = path(name);
        std::filesystem::create_directories(std::filesystem::path(at).parent_path());
        std::ofstream(at, std::ios::binary) << bytes;
        ::chmod(at.c_str(), mode);
        return at;
    }

    /// With HOME, and what else is given.
    ferry::cli::environment_reader environment(std::map<std::string, std::string> more = {}) const {
        more.emplace("HOME", path_);
        return [more = std::move(more)](std::string const& name) -> std::optional<std::string> {
            auto const found = more.find(name);
            return found == more.end() ? std::nullopt : std::optional(found->second);
        };
    }

private:
    std::string path_;
};

}  // namespace ferry_test
