// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/terminal.hpp"

#include <sys/types.h>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// The words of the command that pages: of `FERRY_PAGER`, else of `PAGER`, else `less`. Words are what spaces
/// separate; there is no shell, so quotes mean nothing, and who needs more names a script. Empty where the
/// variable that decides is empty or names `cat`: nothing is paged then.
std::vector<std::string> pager_command(environment_reader const& environment);

struct paging {
    int descriptor = 1;     ///< where the text goes
    bool terminal = false;  ///< whether that is a terminal; without one, nothing is ever paged
    screen_size screen;
    std::vector<std::string> command;  ///< see pager_command()
    /// Hears when the pager begins and has ended: meanwhile it is the one that the keys are for.
    std::function<void(bool begins)> pager_runs = {};
};

/// What holds for standard output.
paging paging_of_standard_output(environment_reader const& environment);

/// Text that a pager shows where it is longer than the screen, and that is written as it is otherwise.
///
/// The pager is started once the text does not fit, so what comes slowly can be read meanwhile. Where `LESS`
/// or `LV` is not set, it is set to `FRX` and `-c` for it: colours are shown, and what was read stays on the
/// screen. If there is no such program, the text is written as it is.
///
/// The signal SIGPIPE is blocked in the writing thread while it writes, so a reader that ends early harms
/// nothing. What the program does on SIGINT it does while the pager runs too.
class paged_output {
public:
    explicit paged_output(paging how);
    /// Like finish(), but without errors.
    ~paged_output();
    paged_output(paged_output const&) = delete;
    paged_output& operator=(paged_output const&) = delete;

    /// \returns whether somebody still reads; more need not be written where not
    /// \throws std::system_error where it cannot be written for another reason
    bool write(std::string_view text);

    /// Writes what is held back, and waits until the pager ends. Nothing may be written afterwards.
    /// \throws std::system_error as write() does
    void finish();

private:
    bool fits();
    bool send(std::string_view text);
    void start();
    void close_and_wait() noexcept;

    paging how_;
    std::string held_;       // until it is longer than the screen
    std::size_t rows_ = 0;   // of the lines in it that have ended
    std::size_t ended_ = 0;  // where they end
    bool direct_;            // nothing is held back, nothing will be paged
    bool read_ = true;       // somebody reads
    int pipe_ = -1;          // to the pager
    pid_t pager_ = -1;
};

}  // namespace ferry::cli
