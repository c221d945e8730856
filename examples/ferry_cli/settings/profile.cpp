// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "settings/profile.hpp"

#include "command_line/exit_code.hpp"
#include "command_line/nearest.hpp"

#include <sys/stat.h>
#include <toml++/toml.h>
#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

namespace ferry::cli {

namespace {

std::string at(std::string const& file, toml::source_region const& where) {
    if (where.begin.line == 0) return file + ": ";
    return file + ":" + std::to_string(where.begin.line) + ":" + std::to_string(where.begin.column) + ": ";
}

std::string text_of(toml::node const& value, std::string const& file, std::string_view key) {
    if (auto const text = value.value<std::string>()) return *text;
    throw usage_error(at(file, value.source()) + std::string(key) + " must be a text in quotes");
}

/// `~` is the home directory.
std::string expanded(std::string const& path, environment_reader const& environment) {
    auto const home = environment("HOME");
    return path.starts_with("~/") && home && !home->empty() ? *home + path.substr(1) : path;
}

service_profile service_of(toml::table const& from, std::string const& file,
                           environment_reader const& environment) {
    service_profile made;
    for (auto const& [key, value] : from) {
        auto const name = std::string(key.str());
        auto const text = text_of(value, file, name);
        if (name == "api-key")
            made.api_key = text;
        else if (name == "api-key-file")
            made.api_key_file = expanded(text, environment);
        else if (name == "base-url")
            made.base_url = text;
        else
            made.flags[name] = text;
    }
    return made;
}

profile profile_of(std::string name, toml::table const& from, std::string const& file,
                   environment_reader const& environment) {
    std::vector<std::string> const services{"llamacloud", "langflow"};
    profile made;
    made.name = std::move(name);
    for (auto const& [key, value] : from) {
        auto const word = std::string(key.str());
        if (word == "service") {
            made.service = text_of(value, file, word);
            if (*made.service != "llamacloud" && *made.service != "langflow")
                throw usage_error(at(file, value.source()) + "there is no service '" + *made.service + "'" +
                                  did_you_mean(*made.service, services));
        } else if (auto const* table = value.as_table();
                   table != nullptr && (std::ranges::find(services, word) != services.end() ||
                                        did_you_mean(word, services).empty())) {
            // Programs made of other descriptions have sections of their own.
            made.services[word] = service_of(*table, file, environment);
        } else {
            throw usage_error(at(file, value.source()) + "'" + word + "' is not known in a profile" +
                              did_you_mean(word, {"service", "llamacloud", "langflow"}));
        }
    }
    return made;
}

/// A file with a key in it is its owner's alone.
void check_mode(std::string const& file, std::map<std::string, profile, std::less<>> const& profiles) {
    struct stat found{};
    if (::stat(file.c_str(), &found) != 0 || (found.st_mode & 077) == 0) return;
    for (auto const& [name, one] : profiles)
        for (auto const& [service, values] : one.services)
            if (values.api_key)
                throw usage_error(file + " holds a key, and others may read it: chmod 600 " + file);
}

}  // namespace

std::string configuration::path(environment_reader const& environment) {
    if (auto const folder = environment("XDG_CONFIG_HOME"); folder && !folder->empty())
        return *folder + "/ferry/config.toml";
    if (auto const home = environment("HOME"); home && !home->empty())
        return *home + "/.config/ferry/config.toml";
    return {};
}

configuration configuration::read(environment_reader const& environment) {
    configuration made;
    made.file_ = path(environment);
    std::error_code why;
    if (made.file_.empty() || !std::filesystem::exists(made.file_, why)) return made;
    try {
        auto const all = toml::parse_file(made.file_);
        for (auto const& [key, value] : all) {
            auto const name = std::string(key.str());
            if (auto const* table = value.as_table())
                made.profiles_[name] = profile_of(name, *table, made.file_, environment);
            else if (name == "profile")
                made.chosen_ = text_of(value, made.file_, name);
            else
                throw usage_error(at(made.file_, value.source()) + "'" + name +
                                  "' is not known here; there are profile and "
                                  "sections, such as [work]");
        }
    } catch (toml::parse_error const& e) {
        throw usage_error(at(made.file_, e.source()) + std::string(e.description()));
    }
    check_mode(made.file_, made.profiles_);
    return made;
}

profile const* configuration::find(std::string const& name) const {
    auto const& wanted = name.empty() ? chosen_ : name;
    if (wanted.empty()) return nullptr;
    auto const found = profiles_.find(wanted);
    if (found != profiles_.end()) return &found->second;
    throw usage_error("there is no profile '" + wanted + "' in " +
                      (file_.empty() ? "any configuration file" : file_) + did_you_mean(wanted, names()));
}

std::vector<std::string> configuration::names() const {
    std::vector<std::string> made;
    for (auto const& [name, ignored] : profiles_) made.push_back(name);
    return made;
}

}  // namespace ferry::cli
