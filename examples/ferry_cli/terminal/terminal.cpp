// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace ferry::cli {

namespace {

constexpr std::size_t fewest_columns = 20;
constexpr std::size_t fewest_rows = 2;
/// More is a mistake, and what is written for it would be padded up to it.
constexpr std::size_t largest = 10000;

/// A number as shells export it; nothing where it is none.
std::optional<std::size_t> number(std::optional<std::string> const& text) {
    if (!text) return std::nullopt;
    std::size_t value = 0;
    auto const* const end = text->data() + text->size();
    auto const [last, error] = std::from_chars(text->data(), end, value);
    if (error != std::errc() || last != end || value == 0) return std::nullopt;
    return value;
}

std::size_t chosen(std::size_t reported, std::optional<std::size_t> told, std::size_t otherwise) {
    return reported != 0 ? reported : told.value_or(otherwise);
}

}  // namespace

environment_reader process_environment() {
    return [](std::string const& name) -> std::optional<std::string> {
        auto const* const value = std::getenv(name.c_str());
        if (value == nullptr) return std::nullopt;
        return value;
    };
}

bool is_terminal(int descriptor) noexcept {
    return ::isatty(descriptor) == 1;
}

std::optional<screen_size> reported_size(int descriptor) noexcept {
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0) return std::nullopt;
    return screen_size{size.ws_col, size.ws_row};
}

screen_size usable_size(std::optional<screen_size> reported, environment_reader const& environment) {
    auto const known = reported.value_or(screen_size{0, 0});
    screen_size const usual;
    auto const columns = chosen(known.columns, number(environment("COLUMNS")), usual.columns);
    auto const rows = chosen(known.rows, number(environment("LINES")), usual.rows);
    return {std::clamp(columns, fewest_columns, largest), std::clamp(rows, fewest_rows, largest)};
}

screen_size current_size(int descriptor, environment_reader const& environment) {
    return usable_size(reported_size(descriptor), environment);
}

bool wants_colours(bool terminal, environment_reader const& environment) {
    auto const value = [&](char const* name) { return environment(name).value_or(std::string()); };
    if (!value("NO_COLOR").empty()) return false;
    if (auto const forced = value("CLICOLOR_FORCE"); !forced.empty() && forced != "0") return true;
    if (value("CLICOLOR") == "0") return false;
    if (auto const forced = value("FORCE_COLOR"); forced == "0" || forced == "1") return forced == "1";
    return terminal && value("TERM") != "dumb";
}

bool can_move_cursor(environment_reader const& environment) {
    auto const term = environment("TERM").value_or(std::string());
    return !term.empty() && term != "dumb";
}

}  // namespace ferry::cli
