// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/debug_log.hpp"

#include "terminal/text_width.hpp"

#include <algorithm>
#include <mutex>
#include <ostream>
#include <string>
#include <string_view>

namespace ferry::cli {

namespace {

void add_line(std::string& to, char mark, std::string_view text) {
    to += mark;
    to += ' ';
    to += printable(text);
    to += '\n';
}

void add_message(std::string& to, char mark, log_event const& event) {
    if (event.headers != nullptr)
        for (auto const& field : *event.headers) add_line(to, mark, field.first + ": " + field.second);
    if (event.body.empty()) return;
    add_line(to, mark, "");
    for (auto rest = event.body; !rest.empty();) {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto line = rest.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        add_line(to, mark, line);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

std::string text_of(log_event const& event) {
    std::string made;
    if (event.what == "request") {
        add_line(made, '>', std::string(event.method) + " " + std::string(event.url));
        add_message(made, '>', event);
    } else if (event.what == "response") {
        auto const after = std::to_string(event.elapsed.count() / 1000);
        add_line(made, '<', std::to_string(event.status) + " after " + after + " ms");
        add_message(made, '<', event);
    } else if (event.level != log_level::debug || event.what == "redirect") {
        add_line(made, '*', std::string(event.what) + ": " + std::string(event.message));
    }
    return made;
}

}  // namespace

std::shared_ptr<logger> debug_log(std::ostream& to) {
    auto const lock = std::make_shared<std::mutex>();
    return make_logger([&to, lock](log_event const& event) {
        auto const text = text_of(event);
        std::lock_guard const guard(*lock);
        to << text << std::flush;
    });
}

}  // namespace ferry::cli
