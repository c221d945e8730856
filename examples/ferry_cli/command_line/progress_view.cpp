// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/progress_view.hpp"

#include "terminal/live_display.hpp"
#include "values/formats.hpp"
#include "values/value_error.hpp"

#include <unistd.h>
#include <ostream>

namespace ferry::cli {

bool is_for_programs(session const& with) {
    auto const name = with.text("format");
    if (name.empty()) return false;
    try {
        auto const as = parse_format(name);
        return as != format::auto_ && as != format::pretty && as != format::explore;
    } catch (value_error const&) {
        return false;  // refused elsewhere
    }
}

std::unique_ptr<progress_display> progress_view(session const& with) {
    auto const& around = with.around();
    text_output const to_err = [&err = around.err](std::string_view text) { err << text << std::flush; };
    display_facts facts;
    facts.terminal = around.err_is_terminal;
    facts.moves_cursor = can_move_cursor(around.environment);
    facts.quiet = with.is_set("quiet");
    facts.json = is_for_programs(with);
    switch (choose_display(facts)) {
        case display_kind::live:
            return std::make_unique<live_display>(
                to_err, [&around] { return current_size(STDERR_FILENO, around.environment); });
        case display_kind::plain:
            return std::make_unique<plain_progress>(to_err);
        case display_kind::none:
            break;
    }
    return std::make_unique<no_progress>(to_err);
}

}  // namespace ferry::cli
