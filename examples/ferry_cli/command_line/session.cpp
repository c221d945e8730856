// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/session.hpp"

#include "command_line/exit_code.hpp"
#include "values/flag_value.hpp"
#include "values/value_error.hpp"

#include "ferry/version.hpp"

#include <ostream>
#include <utility>

namespace ferry::cli {

namespace {

constexpr std::size_t longest_key = 64 << 10;

json_value value_of(std::string_view flag, std::string const& text, value_kind kind) {
    try {
        return flag_value("--" + std::string(flag), {kind, false, false, false}, {text});
    } catch (value_error const& e) {
        throw usage_error(e.what());
    }
}

std::string key_in(std::string const& path, standard_input& in) {
    auto text =
        path == "-" ? std::optional(in.read("--api-key-file", longest_key)) : read_embedded_file(path);
    if (!text) throw usage_error("--api-key-file: there is no file " + path);
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r' || text->back() == ' '))
        text->pop_back();
    if (text->empty()) throw usage_error("--api-key-file: " + path + " is empty");
    return *text;
}

}  // namespace

std::shared_ptr<engine> session::connect(service const& to) {
    client_options made;
    made.application = "ferry-cli/" FERRY_VERSION_STRING;
    if (auto const* url = given_.find("base-url")) made.base_url = *url;
    if (auto const* key = given_.find("api-key")) {
        made.api_key = *key;
        if (!is_set("quiet"))
            around_.err << "warning: everybody on this machine can see a key on the command line; "
                           "--api-key-file and the "
                           "environment are safer\n";
    }
    if (auto const* path = given_.find("api-key-file")) made.api_key = key_in(*path, in_);
    made.stop_token = around_.stop;
    return to.connect(std::move(made));
}

bool session::is_set(std::string_view flag) const {
    auto const* text = given_.find(flag);
    return text != nullptr && *value_of(flag, *text, value_kind::boolean).boolean();
}

std::string session::text(std::string_view flag) const {
    auto const* text = given_.find(flag);
    return text != nullptr ? *text : std::string();
}

std::vector<std::string> session::texts(std::string_view flag) const {
    auto const found = given_.values.find(flag);
    return found != given_.values.end() ? found->second : std::vector<std::string>();
}

std::optional<std::int64_t> session::integer(std::string_view flag) const {
    auto const* text = given_.find(flag);
    if (text == nullptr) return std::nullopt;
    return std::stoll(value_of(flag, *text, value_kind::integer).number()->digits);
}

std::optional<double> session::number(std::string_view flag) const {
    auto const* text = given_.find(flag);
    if (text == nullptr) return std::nullopt;
    try {
        return std::stod(value_of(flag, *text, value_kind::number).number()->digits);
    } catch (std::out_of_range const&) {
        throw usage_error("--" + std::string(flag) + ": " + *text + " is too large");
    }
}

}  // namespace ferry::cli
