// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/terminal.hpp"

#include "support/catch2.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <map>

namespace cli = ferry::cli;
using cli::screen_size;

namespace {

cli::environment_reader environment(std::map<std::string, std::string> variables = {}) {
    return [variables = std::move(variables)](std::string const& name) -> std::optional<std::string> {
        auto const found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    };
}

/// A terminal that nobody sees.
class pseudo_terminal {
public:
    pseudo_terminal() : controller_(::posix_openpt(O_RDWR | O_NOCTTY)) {
        REQUIRE(controller_ >= 0);
        REQUIRE(::grantpt(controller_) == 0);
        REQUIRE(::unlockpt(controller_) == 0);
        terminal_ = ::open(::ptsname(controller_), O_RDWR | O_NOCTTY);
        REQUIRE(terminal_ >= 0);
    }
    ~pseudo_terminal() {
        ::close(terminal_);
        ::close(controller_);
    }
    pseudo_terminal(pseudo_terminal const&) = delete;
    pseudo_terminal& operator=(pseudo_terminal const&) = delete;

    int descriptor() const { return terminal_; }
    void resize(unsigned short columns, unsigned short rows) {
        winsize size{};
        size.ws_col = columns;
        size.ws_row = rows;
        REQUIRE(::ioctl(terminal_, TIOCSWINSZ, &size) == 0);
    }

private:
    int controller_;
    int terminal_ = -1;
};

}  // namespace

TEST_CASE("a terminal is told from a pipe, and asked for its size each time") {
    pseudo_terminal terminal;
    CHECK(cli::is_terminal(terminal.descriptor()));
    terminal.resize(132, 43);
    CHECK(cli::reported_size(terminal.descriptor()) == screen_size{132, 43});
    CHECK(cli::current_size(terminal.descriptor(), environment({{"COLUMNS", "77"}})) == screen_size{132, 43});
    terminal.resize(40, 10);
    CHECK(cli::current_size(terminal.descriptor(), environment()) == screen_size{40, 10});
    terminal.resize(0, 0);
    CHECK(cli::current_size(terminal.descriptor(), environment({{"COLUMNS", "77"}})) == screen_size{77, 24});
}

TEST_CASE("a pipe is no terminal and has no size") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    CHECK_FALSE(cli::is_terminal(ends[1]));
    CHECK(cli::reported_size(ends[1]) == std::nullopt);
    CHECK(cli::current_size(ends[1], environment()) == screen_size{80, 24});
    ::close(ends[0]);
    ::close(ends[1]);
    CHECK_FALSE(cli::is_terminal(-1));
    CHECK(cli::reported_size(-1) == std::nullopt);
}

TEST_CASE("the size is the terminal's, else the environment's, else the usual one") {
    auto const told = environment({{"COLUMNS", "100"}, {"LINES", "50"}});
    CHECK(cli::usable_size(screen_size{132, 43}, told) == screen_size{132, 43});
    CHECK(cli::usable_size(screen_size{0, 43}, told) == screen_size{100, 43});
    CHECK(cli::usable_size(screen_size{132, 0}, told) == screen_size{132, 50});
    CHECK(cli::usable_size(std::nullopt, told) == screen_size{100, 50});
    CHECK(cli::usable_size(std::nullopt, environment()) == screen_size{80, 24});
}

TEST_CASE("a size in the environment that is none is not used") {
    for (std::string const wrong : {"", "wide", "-5", "0", "80x", " 80", "1e2", "99999999999999999999"})
        CHECK(cli::usable_size(std::nullopt, environment({{"COLUMNS", wrong}, {"LINES", wrong}})) ==
              screen_size{80, 24});
}

TEST_CASE("a size is at least one that can be used, and not absurd") {
    CHECK(cli::usable_size(screen_size{1, 1}, environment()) == screen_size{20, 2});
    CHECK(cli::usable_size(screen_size{19, 2}, environment()) == screen_size{20, 2});
    CHECK(cli::usable_size(screen_size{21, 3}, environment()) == screen_size{21, 3});
    CHECK(cli::usable_size(std::nullopt, environment({{"COLUMNS", "5"}})) == screen_size{20, 24});
    CHECK(cli::usable_size(std::nullopt, environment({{"COLUMNS", "1000000000"}})) == screen_size{10000, 24});
}

TEST_CASE("colours are for terminals that are not dumb") {
    CHECK(cli::wants_colours(true, environment({{"TERM", "xterm"}})));
    CHECK(cli::wants_colours(true, environment()));
    CHECK_FALSE(cli::wants_colours(true, environment({{"TERM", "dumb"}})));
    CHECK_FALSE(cli::wants_colours(false, environment({{"TERM", "xterm"}})));
}

TEST_CASE("the environment decides on colours, in one order") {
    struct {
        std::map<std::string, std::string> variables;
        bool on_terminal;
        bool elsewhere;
    } const cases[] = {
        {{{"NO_COLOR", "1"}}, false, false},
        {{{"NO_COLOR", "0"}}, false, false},
        {{{"NO_COLOR", ""}}, true, false},
        {{{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}, {"FORCE_COLOR", "1"}}, false, false},
        {{{"CLICOLOR_FORCE", "1"}}, true, true},
        {{{"CLICOLOR_FORCE", "0"}}, true, false},
        {{{"CLICOLOR_FORCE", ""}}, true, false},
        {{{"CLICOLOR_FORCE", "1"}, {"CLICOLOR", "0"}, {"FORCE_COLOR", "0"}, {"TERM", "dumb"}}, true, true},
        {{{"CLICOLOR_FORCE", "0"}, {"CLICOLOR", "0"}}, false, false},
        {{{"CLICOLOR", "0"}}, false, false},
        {{{"CLICOLOR", "1"}}, true, false},
        {{{"CLICOLOR", "0"}, {"FORCE_COLOR", "1"}}, false, false},
        {{{"FORCE_COLOR", "1"}}, true, true},
        {{{"FORCE_COLOR", "0"}}, false, false},
        {{{"FORCE_COLOR", "1"}, {"TERM", "dumb"}}, true, true},
        {{{"FORCE_COLOR", ""}}, true, false},
        {{{"FORCE_COLOR", "2"}}, true, false},
    };
    for (auto const& one : cases) {
        std::string name;
        for (auto const& [variable, value] : one.variables) name += variable + "=" + value + " ";
        INFO(name);
        CHECK(cli::wants_colours(true, environment(one.variables)) == one.on_terminal);
        CHECK(cli::wants_colours(false, environment(one.variables)) == one.elsewhere);
    }
}

TEST_CASE("a cursor moves where the kind of terminal is known") {
    CHECK(cli::can_move_cursor(environment({{"TERM", "xterm-256color"}})));
    CHECK_FALSE(cli::can_move_cursor(environment({{"TERM", "dumb"}})));
    CHECK_FALSE(cli::can_move_cursor(environment({{"TERM", ""}})));
    CHECK_FALSE(cli::can_move_cursor(environment()));
}

TEST_CASE("the environment of the program tells empty from not set") {
    auto const read = cli::process_environment();
    ::setenv("FERRY_TEST_VARIABLE", "a value", 1);
    CHECK(read("FERRY_TEST_VARIABLE") == "a value");
    ::setenv("FERRY_TEST_VARIABLE", "", 1);
    CHECK(read("FERRY_TEST_VARIABLE") == "");
    ::unsetenv("FERRY_TEST_VARIABLE");
    CHECK(read("FERRY_TEST_VARIABLE") == std::nullopt);
}
