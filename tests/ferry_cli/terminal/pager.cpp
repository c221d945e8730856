// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/pager.hpp"

#include "support/catch2.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <system_error>

namespace cli = ferry::cli;
using cli::paged_output;
using cli::pager_command;
using words = std::vector<std::string>;

namespace {

cli::environment_reader environment(std::map<std::string, std::string> variables = {}) {
    return [variables = std::move(variables)](std::string const& name) -> std::optional<std::string> {
        auto const found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    };
}

/// A directory with pagers, which are scripts of the shell, and with what they and the program write.
class workshop {
public:
    workshop() {
        auto name = (std::filesystem::temp_directory_path() / "ferry-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot create " + name);
        path_ = name;
        output_ = ::open(path("output").c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (output_ < 0) throw std::runtime_error("cannot create the output");
    }
    ~workshop() {
        ::close(output_);
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    workshop(workshop const&) = delete;
    workshop& operator=(workshop const&) = delete;

    std::string path(std::string const& name) const { return (path_ / name).string(); }
    std::string read(std::string const& name) const {
        std::ifstream file(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    bool has(std::string const& name) const { return std::filesystem::exists(path(name)); }

    /// Output on a screen of 20 columns and 5 rows; what is paged goes through the script.
    cli::paging paged_by(std::string const& script, bool terminal = true) const {
        {
            std::ofstream file(path("pager"), std::ios::binary);
            file << "#!/bin/sh\ncd \"" << path_.string() << "\"\n" << script << '\n';
        }
        std::filesystem::permissions(path("pager"), std::filesystem::perms::owner_all);
        return {output_, terminal, {20, 5}, {path("pager")}};
    }
    int output() const { return output_; }

private:
    std::filesystem::path path_;
    int output_ = -1;
};

std::string const marks = "printf '<'; cat; printf '>'";

bool sigpipe_is_blocked() {
    sigset_t now;
    sigemptyset(&now);
    pthread_sigmask(SIG_SETMASK, nullptr, &now);
    return sigismember(&now, SIGPIPE) == 1;
}

bool sigpipe_is_pending() {
    sigset_t waiting;
    sigemptyset(&waiting);
    sigpending(&waiting);
    return sigismember(&waiting, SIGPIPE) == 1;
}

/// The signal as it is when a program starts; Catch and others before it may have changed it.
class default_sigpipe {
public:
    default_sigpipe() : before_(::signal(SIGPIPE, SIG_DFL)) {}
    ~default_sigpipe() { ::signal(SIGPIPE, before_); }
    default_sigpipe(default_sigpipe const&) = delete;
    default_sigpipe& operator=(default_sigpipe const&) = delete;

private:
    void (*before_)(int);
};

std::string lines(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "line " + std::to_string(i) + "\n";
    return text;
}

/// What goes through one output, as the pager or nobody passes it on.
std::string shown(std::string const& text, std::string const& script = marks, bool terminal = true) {
    workshop shop;
    paged_output output(shop.paged_by(script, terminal));
    CHECK(output.write(text));
    output.finish();
    return shop.read("output");
}

}  // namespace

TEST_CASE("the pager is what the environment names, else less") {
    CHECK(pager_command(environment()) == words{"less"});
    CHECK(pager_command(environment({{"PAGER", "more"}})) == words{"more"});
    CHECK(pager_command(environment({{"PAGER", "more"}, {"FERRY_PAGER", "most"}})) == words{"most"});
    CHECK(pager_command(environment({{"PAGER", "  less -R   --mouse "}})) == words{"less", "-R", "--mouse"});
    CHECK(pager_command(environment({{"PAGER", "sh -c 'less'"}})) == words{"sh", "-c", "'less'"});
}

TEST_CASE("no pager is an empty variable, or cat") {
    CHECK(pager_command(environment({{"PAGER", ""}})).empty());
    CHECK(pager_command(environment({{"PAGER", "  "}})).empty());
    CHECK(pager_command(environment({{"PAGER", "cat"}})).empty());
    CHECK(pager_command(environment({{"PAGER", " cat -v"}})).empty());
    CHECK(pager_command(environment({{"PAGER", "less"}, {"FERRY_PAGER", ""}})).empty());
    CHECK(pager_command(environment({{"PAGER", "less"}, {"FERRY_PAGER", "cat"}})).empty());
    CHECK(pager_command(environment({{"PAGER", "cat"}, {"FERRY_PAGER", "less"}})) == words{"less"});
    CHECK(pager_command(environment({{"PAGER", "catx"}})) == words{"catx"});
}

TEST_CASE("text is paged where it is longer than the screen") {
    CHECK(shown(lines(4)) == lines(4));
    CHECK(shown(lines(5)) == "<" + lines(5) + ">");
    CHECK(shown(lines(100)) == "<" + lines(100) + ">");
    CHECK(shown("").empty());
    CHECK(shown("a\nb\nc\nd") == "a\nb\nc\nd");
    CHECK(shown("a\nb\nc\nd\ne") == "<a\nb\nc\nd\ne>");
    CHECK(shown("\n\n\n\n") == "\n\n\n\n");
    CHECK(shown("\n\n\n\n\n") == "<\n\n\n\n\n>");
}

TEST_CASE("lines count as many rows as they take") {
    CHECK(shown(std::string(80, 'x') + "\n") == std::string(80, 'x') + "\n");
    CHECK(shown(std::string(81, 'x') + "\n") == "<" + std::string(81, 'x') + "\n>");
    CHECK(shown(std::string(81, 'x')) == "<" + std::string(81, 'x') + ">");
    std::string wide;
    for (int i = 0; i < 41; ++i) wide += "報";
    CHECK(shown(wide + "\n") == "<" + wide + "\n>");
}

TEST_CASE("colours take no room, and reach the pager") {
    std::string coloured;
    for (int i = 0; i < 4; ++i) coloured += "\x1b[1;38:5:196mred and green bla\x1b[0m\n";
    CHECK(shown(coloured) == coloured);
    CHECK(shown(coloured + "\n") == "<" + coloured + "\n>");
    CHECK(shown("\x1b[") == "\x1b[");
    CHECK(shown("\x1b[31") == "\x1b[31");
}

TEST_CASE("nothing is paged that does not go to a terminal") {
    CHECK(shown(lines(100), marks, false) == lines(100));
    workshop shop;
    paged_output output(shop.paged_by("touch started", false));
    CHECK(output.write(lines(100)));
    CHECK(shop.read("output") == lines(100));  // nor held back
    output.finish();
    CHECK_FALSE(shop.has("started"));
}

TEST_CASE("nothing is paged without a pager") {
    workshop shop;
    paged_output output({shop.output(), true, {20, 5}, {}});
    CHECK(output.write(lines(100)));
    CHECK(shop.read("output") == lines(100));
}

TEST_CASE("a pager that does not exist is none") {
    workshop shop;
    paged_output output({shop.output(), true, {20, 5}, {shop.path("no-such-program"), "-x"}});
    CHECK(output.write(lines(3)));
    CHECK(shop.read("output").empty());
    CHECK(output.write(lines(97)));
    CHECK(output.write("end\n"));
    output.finish();
    CHECK(shop.read("output") == lines(3) + lines(97) + "end\n");
}

TEST_CASE("text comes in pieces, and is held back until it is too long") {
    workshop shop;
    paged_output output(shop.paged_by("touch started\n" + marks));
    for (char const letter : lines(4)) CHECK(output.write(std::string(1, letter)));
    CHECK(shop.read("output").empty());
    CHECK_FALSE(shop.has("started"));
    CHECK(output.write("5"));
    CHECK(output.write("\n6\n"));
    output.finish();
    CHECK(shop.has("started"));
    CHECK(shop.read("output") == "<" + lines(4) + "5\n6\n>");
}

TEST_CASE("the end waits for the pager") {
    workshop shop;
    {
        paged_output output(
            shop.paged_by("cat >/dev/null\nfor i in 1 2 3; do cat /dev/null; done\ntouch ended"));
        CHECK(output.write(lines(100)));
        CHECK_FALSE(shop.has("ended"));  // it reads until the end, which is not yet
    }
    CHECK(shop.has("ended"));
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(errno == ECHILD);
}

TEST_CASE("a reader that ends early is no error and harms nothing") {
    default_sigpipe const usual;
    workshop shop;
    paged_output output(shop.paged_by("read first\nprintf '%s' \"$first\"\nexec 0<&-\ntouch ended"));
    std::string const much = lines(10000);  // more than a pipe holds
    bool read = true;
    for (int i = 0; i < 100 && read; ++i) read = output.write(much);
    CHECK_FALSE(read);
    CHECK_FALSE(output.write(much));
    output.finish();
    CHECK(shop.read("output") == "line 0");
    CHECK(shop.has("ended"));
    CHECK_FALSE(sigpipe_is_blocked());
    CHECK_FALSE(sigpipe_is_pending());
}

TEST_CASE("what reads a pipe without a pager may end early too") {
    default_sigpipe const usual;
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    ::close(ends[0]);
    paged_output output({ends[1], false, {}, {"less"}});
    CHECK_FALSE(output.write("text"));
    CHECK_FALSE(output.write("text"));
    output.finish();
    CHECK_FALSE(sigpipe_is_pending());
    ::close(ends[1]);
}

TEST_CASE("a SIGPIPE of somebody else is left to wait") {
    sigset_t only_pipe;
    sigset_t before;
    sigemptyset(&only_pipe);
    sigaddset(&only_pipe, SIGPIPE);
    default_sigpipe const usual;
    REQUIRE(pthread_sigmask(SIG_BLOCK, &only_pipe, &before) == 0);
    REQUIRE(::raise(SIGPIPE) == 0);
    workshop shop;
    paged_output output({shop.output(), false, {}, {}});
    CHECK(output.write("text"));
    CHECK(sigpipe_is_blocked());
    CHECK(sigpipe_is_pending());
    timespec const now{};
    CHECK(sigtimedwait(&only_pipe, nullptr, &now) == SIGPIPE);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST_CASE("output that cannot be written is an error") {
    auto const full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    REQUIRE(full >= 0);
    paged_output output({full, false, {}, {}});
    CHECK_THROWS_AS(output.write("text"), std::system_error);
    CHECK_THROWS_WITH(output.write("text"), ferry_test::contains("cannot write the output"));
    output.finish();
    paged_output held({full, true, {20, 5}, {"less"}});
    CHECK(held.write("text"));
    CHECK_THROWS_AS(held.finish(), std::system_error);
    {
        paged_output dropped({full, true, {20, 5}, {"less"}});
        CHECK(dropped.write("text"));
    }
    ::close(full);
}

TEST_CASE("output that does not block is waited for") {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
    std::string const much(1 << 20, 'x');
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::close(ends[1]);
        std::size_t all = 0;
        char piece[4096];
        pollfd one{ends[0], POLLIN, 0};
        while (::poll(&one, 1, -1) == 1) {
            auto const count = ::read(ends[0], piece, sizeof piece);
            if (count <= 0) break;
            all += static_cast<std::size_t>(count);
        }
        ::_exit(all == much.size() ? 0 : 1);
    }
    ::close(ends[0]);
    {
        paged_output output({ends[1], false, {}, {}});
        CHECK(output.write(much));
    }
    ::close(ends[1]);
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
}

TEST_CASE("a pager is told to show colours, unless it was told something") {
    auto const script = "cat >/dev/null; printf '%s|%s' \"$LESS\" \"$LV\"";
    ::unsetenv("LESS");
    ::unsetenv("LV");
    CHECK(shown(lines(5), script) == "FRX|-c");
    ::setenv("LESS", "-S", 1);
    ::setenv("LV", "", 1);
    CHECK(shown(lines(5), script) == "-S|");
    ::unsetenv("LESS");
    ::unsetenv("LV");
}

TEST_CASE("a pager gets its arguments") {
    workshop shop;
    auto how = shop.paged_by("cat >/dev/null; printf '%s,' \"$@\"");
    how.command.insert(how.command.end(), {"-R", "a b", "$HOME;'"});
    {
        paged_output output(how);
        CHECK(output.write(lines(5)));
    }
    CHECK(shop.read("output") == "-R,a b,$HOME;',");
}

TEST_CASE("a pager starts with no signal blocked, and can be ended by its reader") {
    workshop shop;
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    auto const action = ::signal(SIGPIPE, SIG_IGN);
    REQUIRE(pthread_sigmask(SIG_SETMASK, &all, &before) == 0);
    {
        paged_output output(
            {shop.output(), true, {20, 5}, {"grep", "-E", "^Sig(Blk|Ign):", "/proc/self/status"}});
        output.write(lines(5));  // grep does not read it
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ::signal(SIGPIPE, action);
    auto const told = shop.read("output");
    CHECK_THAT(told, ferry_test::contains("SigBlk:\t0000000000000000\n"));
    auto const ignored = told.find("SigIgn:\t");
    REQUIRE(ignored != std::string::npos);
    CHECK((std::stoull(told.substr(ignored + 8), nullptr, 16) >> (SIGPIPE - 1)) % 2 == 0);
}

TEST_CASE("standard output is asked what it is") {
    auto const how = cli::paging_of_standard_output(environment({{"PAGER", "more"}}));
    CHECK(how.descriptor == 1);
    CHECK(how.terminal == (::isatty(1) == 1));
    CHECK(how.command == words{"more"});
}
