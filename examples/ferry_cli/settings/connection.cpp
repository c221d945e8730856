// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "settings/connection.hpp"

#include "command_line/exit_code.hpp"
#include "command_line/nearest.hpp"
#include "values/flag_value.hpp"

#include "ferry/version.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace ferry::cli {

namespace {

constexpr std::size_t longest_key = 64 << 10;
constexpr char const* by_default = "default";

std::string key_in(std::string const& path, std::string const& what, standard_input& in) {
    auto text = path == "-" ? std::optional(in.read(what, longest_key)) : read_embedded_file(path);
    if (!text) throw usage_error(what + ": there is no file " + path);
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r' || text->back() == ' '))
        text->pop_back();
    if (text->empty()) throw usage_error(what + ": " + path + " is empty");
    return *text;
}

std::optional<setting> in_environment(std::span<std::string_view const> names,
                                      environment_reader const& environment) {
    for (auto const name : names)
        if (auto const value = environment(std::string(name)); value && !value->empty())
            return setting{*value, std::string(name)};
    return std::nullopt;
}

service_profile const* part_of(profile const* from, service const& to) {
    if (from == nullptr) return nullptr;
    auto const found = from->services.find(to.name);
    return found == from->services.end() ? nullptr : &found->second;
}

void fill(std::optional<setting>& to, std::optional<setting> from) {
    if (!to) to = std::move(from);
}

/// What is misspelt would silently say nothing.
void check_known(std::string const& name, service const& to, std::string const& source) {
    std::vector<std::string> known{"api-key", "api-key-file", "base-url"};
    for (auto const& one : to.common) known.emplace_back(one.name);
    if (std::ranges::find(known, name) == known.end())
        throw usage_error(source + ": '" + name + "' is not known for " + std::string(to.name) +
                          did_you_mean(name, known));
}

/// What a profile says, where nothing else has said it.
void take(profile const* from, service const& to, standard_input& in, connection& made) {
    auto const* part = part_of(from, to);
    if (part == nullptr) return;
    auto const source = "profile " + from->name;
    if (part->base_url) fill(made.base_url, setting{*part->base_url, source});
    if (part->api_key) fill(made.api_key, setting{*part->api_key, source});
    if (!made.api_key && part->api_key_file)
        made.api_key = setting{key_in(*part->api_key_file, source, in), source + ", " + *part->api_key_file};
    for (auto const& [name, value] : part->flags) {
        check_known(name, to, source);
        made.flags.try_emplace(name, setting{value, source});
    }
}

void check_url(std::optional<setting> const& url) {
    if (!url || url->value.starts_with("http://") || url->value.starts_with("https://")) return;
    throw usage_error(url->from + ": '" + url->value + "' must begin with http:// or https://");
}

}  // namespace

client_options connection::options() const {
    client_options made;
    made.application = "ferry-cli/" FERRY_VERSION_STRING;
    if (api_key) made.api_key = api_key->value;
    // The default is the description's to say: an operation may have a server of its own.
    if (base_url && base_url->from != by_default) made.base_url = base_url->value;
    return made;
}

connection connection_to(service const& to, arguments const& given, configuration const& settings,
                         environment_reader const& environment, standard_input& in) {
    connection made;
    if (auto const* url = given.find("base-url")) made.base_url = setting{*url, "--base-url"};
    if (auto const* key = given.find("api-key")) made.api_key = setting{*key, "--api-key"};
    if (auto const* path = given.find("api-key-file"))
        made.api_key = setting{key_in(*path, "--api-key-file", in), "--api-key-file " + *path};
    auto const* named = given.find("profile");
    if (named != nullptr) take(settings.find(*named), to, in, made);
    fill(made.api_key, in_environment(to.key_variables, environment));
    fill(made.base_url, in_environment(to.url_variables, environment));
    if (named == nullptr) take(settings.find({}), to, in, made);
    if (!to.base_url.empty()) fill(made.base_url, setting{std::string(to.base_url), by_default});
    check_url(made.base_url);
    return made;
}

}  // namespace ferry::cli
