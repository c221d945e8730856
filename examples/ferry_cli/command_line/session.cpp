// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/session.hpp"

#include "command_line/debug_log.hpp"
#include "command_line/exit_code.hpp"
#include "command_line/results.hpp"
#include "values/flag_value.hpp"
#include "values/value_error.hpp"

#include <ostream>
#include <utility>

namespace ferry::cli {

namespace {

constexpr std::size_t shown_of_a_body = 64 << 10;

json_value value_of(std::string_view flag, std::string const& text, value_kind kind) {
    try {
        return flag_value("--" + std::string(flag), {kind, false, false, false}, {text});
    } catch (value_error const& e) {
        throw usage_error(e.what());
    }
}

}  // namespace

configuration const& session::settings() {
    if (!settings_) settings_ = configuration::read(around_.environment);
    return *settings_;
}

connection const& session::connection_of(service const& to) {
    auto const found = connections_.find(&to);
    if (found != connections_.end()) return found->second;
    return connections_.emplace(&to, connection_to(to, given_, settings(), around_.environment, in_))
        .first->second;
}

std::shared_ptr<engine> session::connect(service const& to) {
    auto options = connection_of(to).options();
    options.stop_token = around_.stop;
    // Calls that a command makes on the way, such as lists, are held to it as well.
    if (auto const longest = timeout()) options.total_timeout = *longest;
    if (auto const count = max_retries()) options.max_retries = *count;
    auto const calls = calls_of(*this);
    if (calls.timeout) options.total_timeout = *calls.timeout;
    if (calls.max_retries) options.max_retries = *calls.max_retries;
    if (is_set("debug")) {
        options.logger = debug_log(around_.err);
        options.log.headers = true;
        options.log.bodies = true;
        options.log.body_limit = shown_of_a_body;
    }
    if (given_.has("api-key") && !is_set("quiet"))
        around_.err
            << "warning: everybody on this machine can see a key on the command line; --api-key-file and the "
               "environment are safer\n";
    return to.connect(std::move(options));
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

std::optional<std::chrono::milliseconds> session::timeout() const {
    auto const seconds = number("timeout");
    if (!seconds) return std::nullopt;
    if (!(*seconds > 0) || *seconds > 1e9)
        throw usage_error("--timeout: must be more than 0 and at most 1e9 seconds");
    return std::chrono::ceil<std::chrono::milliseconds>(std::chrono::duration<double>(*seconds));
}

std::optional<int> session::max_retries() const {
    auto const count = integer("max-retries");
    if (!count) return std::nullopt;
    if (*count < 0 || *count > 1000) throw usage_error("--max-retries: must be 0 to 1000");
    return static_cast<int>(*count);
}

}  // namespace ferry::cli
