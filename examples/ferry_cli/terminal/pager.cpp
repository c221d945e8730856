// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/pager.hpp"

#include "terminal/text_width.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <system_error>
#include <utility>

namespace ferry::cli {

namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (true) {
        text.remove_prefix((std::min)(text.find_first_not_of(' '), text.size()));
        if (text.empty()) return words;
        words.emplace_back(text.substr(0, text.find(' ')));
        text.remove_prefix(words.back().size());
    }
}

/// Keeps SIGPIPE from this thread, and takes back the one that a write of this thread raised.
class sigpipe_held {
public:
    sigpipe_held() {
        sigemptyset(&only_pipe_);
        sigaddset(&only_pipe_, SIGPIPE);
        sigset_t waiting;
        sigpending(&waiting);
        was_waiting_ = sigismember(&waiting, SIGPIPE) == 1;
        pthread_sigmask(SIG_BLOCK, &only_pipe_, &before_);
    }
    ~sigpipe_held() {
        timespec const now{};
        if (!was_waiting_)
            while (sigtimedwait(&only_pipe_, nullptr, &now) == -1 && errno == EINTR) {
            }
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    sigpipe_held(sigpipe_held const&) = delete;
    sigpipe_held& operator=(sigpipe_held const&) = delete;

private:
    sigset_t only_pipe_{};
    sigset_t before_{};
    bool was_waiting_ = false;
};

/// Waits where the descriptor does not block: somebody else who has the terminal may have set it so.
bool wait_until_writable(int descriptor) {
    pollfd one{descriptor, POLLOUT, 0};
    return ::poll(&one, 1, -1) >= 0 || errno == EINTR;
}

/// \returns false where nobody reads any more
bool write_all(int descriptor, std::string_view text) {
    sigpipe_held const held;
    while (!text.empty()) {
        auto const count = ::write(descriptor, text.data(), text.size());
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
            continue;
        }
        if (errno == EPIPE) return false;
        bool const again = errno == EINTR || (errno == EAGAIN && wait_until_writable(descriptor));
        if (!again) throw std::system_error(errno, std::generic_category(), "cannot write the output");
    }
    return true;
}

/// The environment of this program with what a pager needs to show colours.
std::vector<std::string> pager_environment() {
    std::vector<std::string> all;
    for (auto const* const* entry = environ; *entry != nullptr; ++entry) all.emplace_back(*entry);
    if (std::getenv("LESS") == nullptr) all.emplace_back("LESS=FRX");
    if (std::getenv("LV") == nullptr) all.emplace_back("LV=-c");
    return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

class file_actions {
public:
    file_actions() { posix_spawn_file_actions_init(&actions_); }
    ~file_actions() { posix_spawn_file_actions_destroy(&actions_); }
    file_actions(file_actions const&) = delete;
    file_actions& operator=(file_actions const&) = delete;

    void duplicate(int from, int to) { posix_spawn_file_actions_adddup2(&actions_, from, to); }
    posix_spawn_file_actions_t const* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

/// What a program takes for granted when it starts: no signal blocked, and SIGPIPE not ignored.
class usual_signals {
public:
    usual_signals() {
        posix_spawnattr_init(&attributes_);
        sigset_t set;
        sigemptyset(&set);
        posix_spawnattr_setsigmask(&attributes_, &set);
        sigaddset(&set, SIGPIPE);
        posix_spawnattr_setsigdefault(&attributes_, &set);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~usual_signals() { posix_spawnattr_destroy(&attributes_); }
    usual_signals(usual_signals const&) = delete;
    usual_signals& operator=(usual_signals const&) = delete;

    posix_spawnattr_t const* get() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_{};
};

/// Starts the command with `input` to read and `output` to write. \returns -1 where it cannot be started
pid_t spawn(std::vector<std::string> command, int input, int output) {
    file_actions actions;
    actions.duplicate(input, STDIN_FILENO);
    if (output != STDOUT_FILENO) actions.duplicate(output, STDOUT_FILENO);
    usual_signals const signals;
    auto environment = pager_environment();
    auto const arguments = pointers_to(command);
    auto const variables = pointers_to(environment);
    pid_t child = -1;
    auto const error = ::posix_spawnp(&child, command.front().c_str(), actions.get(), signals.get(),
                                      arguments.data(), variables.data());
    return error == 0 ? child : -1;
}

/// The text without escape sequences that select colours.
std::string without_colours(std::string_view text) {
    constexpr std::string_view beginning = "\x1b[";
    std::string plain;
    while (true) {
        auto const begin = text.find(beginning);
        plain += text.substr(0, begin);
        if (begin == std::string_view::npos) return plain;
        text.remove_prefix(begin + beginning.size());
        auto const end = text.find_first_not_of("0123456789;:");
        if (end == std::string_view::npos) return plain;
        if (text[end] != 'm') {
            plain += beginning;
            continue;
        }
        text.remove_prefix(end + 1);
    }
}

/// How many rows the lines take, each of them ended by `\n`.
std::size_t rows_of_lines(std::string_view lines, std::size_t columns) {
    std::size_t rows = 0;
    while (!lines.empty()) {
        auto const end = lines.find('\n');
        rows += rows_of(without_colours(lines.substr(0, end)), columns);
        lines.remove_prefix(end + 1);
    }
    return rows;
}

}  // namespace

std::vector<std::string> pager_command(environment_reader const& environment) {
    auto told = environment("FERRY_PAGER");
    if (!told) told = environment("PAGER");
    auto words = words_of(told.value_or("less"));
    if (!words.empty() && words.front() == "cat") words.clear();
    return words;
}

paging paging_of_standard_output(environment_reader const& environment) {
    return {STDOUT_FILENO,
            is_terminal(STDOUT_FILENO),
            current_size(STDOUT_FILENO, environment),
            pager_command(environment),
            {}};
}

paged_output::paged_output(paging how)
    : how_(std::move(how)), direct_(!how_.terminal || how_.command.empty()) {}

paged_output::~paged_output() {
    try {
        finish();
    } catch (std::exception const&) {
        close_and_wait();
    }
}

bool paged_output::write(std::string_view text) {
    if (direct_ || pager_ > 0) return send(text);
    held_ += text;
    if (fits()) return true;
    start();
    return send(std::exchange(held_, {}));
}

void paged_output::finish() {
    if (auto const rest = std::exchange(held_, {}); !rest.empty()) send(rest);
    close_and_wait();
}

/// Whether what is held back leaves a row of the screen for the prompt of the shell.
bool paged_output::fits() {
    std::string_view const held(held_);
    auto const end = held.rfind('\n') + 1;  // 0 where no line has ended
    if (end > ended_) {
        rows_ += rows_of_lines(held.substr(ended_, end - ended_), how_.screen.columns);
        ended_ = end;
    }
    auto const unfinished = held.substr(ended_);
    auto const more = unfinished.empty() ? 0 : rows_of(without_colours(unfinished), how_.screen.columns);
    return rows_ + more < how_.screen.rows;
}

/// To the pager, or to where the text goes without one.
bool paged_output::send(std::string_view text) {
    if (read_) read_ = write_all(pager_ > 0 ? pipe_ : how_.descriptor, text);
    return read_;
}

/// Starts the pager, or gives it up.
void paged_output::start() {
    int ends[2];
    direct_ = true;
    if (::pipe2(ends, O_CLOEXEC) != 0) return;
    pager_ = spawn(how_.command, ends[0], how_.descriptor);
    ::close(ends[0]);
    pipe_ = ends[1];
    direct_ = pager_ <= 0;
    if (!direct_ && how_.pager_runs) how_.pager_runs(true);
}

void paged_output::close_and_wait() noexcept {
    if (pipe_ >= 0) ::close(std::exchange(pipe_, -1));
    if (pager_ <= 0) return;
    int status = 0;
    while (::waitpid(pager_, &status, 0) == -1 && errno == EINTR) {
    }
    pager_ = -1;
    direct_ = true;
    if (how_.pager_runs) how_.pager_runs(false);
}

}  // namespace ferry::cli
