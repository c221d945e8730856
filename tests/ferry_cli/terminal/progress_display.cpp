// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/progress_display.hpp"

#include "support/catch2.hpp"

namespace cli = ferry::cli;
using cli::choose_display;
using cli::display_kind;
using cli::log_lines;
using namespace std::chrono_literals;

namespace {

constexpr cli::progress_display::time_point start{std::chrono::hours(1)};

cli::progress_state files(std::uint64_t done) {
    cli::progress_state state;
    state.files_done = done;
    state.files_total = 100;
    return state;
}

}  // namespace

TEST_CASE("a log has a line every 30 s") {
    std::string written;
    cli::plain_progress display([&](std::string_view text) { written += text; });
    display.update(files(0), start);
    display.update(files(5), start + 29999ms);
    CHECK(written.empty());
    display.update(files(10), start + 30s);
    CHECK(written == "10%  10/100 files  0 B\n");
    display.update(files(15), start + 31s);
    display.update(files(20), start + 59s);
    CHECK(written == "10%  10/100 files  0 B\n");
    display.update(files(30), start + 75s);
    display.update(files(40), start + 104s);
    display.update(files(50), start + 105s);
    CHECK(written == "10%  10/100 files  0 B\n30%  30/100 files  0 B\n50%  50/100 files  0 B\n");
}

TEST_CASE("a log has nothing of short work, nor at the end") {
    std::string written;
    cli::plain_progress display([&](std::string_view text) { written += text; });
    display.update(files(0), start);
    display.finish(files(100));
    display.update(files(100), start + 60s);
    display.show(files(100), start + 60s);
    display.finish(files(100));
    CHECK(written.empty());
}

TEST_CASE("a log has a line at once when somebody asks") {
    std::string written;
    cli::plain_progress display([&](std::string_view text) { written += text; });
    display.show(files(1), start);
    CHECK(written == "1%  1/100 files  0 B\n");
    display.update(files(2), start + 29s);
    CHECK(written == "1%  1/100 files  0 B\n");
    display.update(files(3), start + 30s);
    CHECK(written == "1%  1/100 files  0 B\n3%  3/100 files  0 B\n");
}

TEST_CASE("a log has no escape sequences, and one line for the transfers in work") {
    std::string written;
    cli::plain_progress display([&](std::string_view text) { written += text; });
    auto state = files(5);
    state.in_work = {{"a", 1, 10, 5}, {"b", 1, 10, 5}};
    display.show(state, start);
    display.log("failed: \x1b[31mx\x1b[0m");
    display.finish(state);
    display.log("5 files");
    CHECK(written == "5%  5/100 files  0 B\nfailed: \uFFFD[31mx\uFFFD[0m\n5 files\n");
}

TEST_CASE("without progress, only the lines of the log are written") {
    std::string written;
    cli::no_progress display([&](std::string_view text) { written += text; });
    display.update(files(0), start);
    display.update(files(1), start + 60s);
    display.show(files(1), start + 61s);
    display.log("failed: a.pdf");
    display.finish(files(2));
    CHECK(written == "failed: a.pdf\n");
}

TEST_CASE("progress is live on a terminal, plain elsewhere, and none where it is not wanted") {
    CHECK(choose_display({}) == display_kind::plain);
    CHECK(choose_display({.terminal = true}) == display_kind::live);
    CHECK(choose_display({.terminal = true, .moves_cursor = false}) == display_kind::plain);
    CHECK(choose_display({.terminal = true, .quiet = true}) == display_kind::none);
    CHECK(choose_display({.quiet = true}) == display_kind::none);
    CHECK(choose_display({.terminal = true, .json = true}) == display_kind::none);
    CHECK(choose_display({.json = true}) == display_kind::none);
    CHECK(choose_display({.terminal = true, .progress = false}) == display_kind::none);
    CHECK(choose_display({.terminal = true, .progress = true}) == display_kind::live);
    CHECK(choose_display({.progress = true}) == display_kind::plain);
    CHECK(choose_display({.progress = false}) == display_kind::none);
    CHECK(choose_display({.terminal = true, .quiet = true, .progress = true}) == display_kind::none);
    CHECK(choose_display({.terminal = true, .json = true, .progress = true}) == display_kind::none);
}

TEST_CASE("the text of a log is made of lines") {
    CHECK(log_lines("one") == "one\n");
    CHECK(log_lines("one\n") == "one\n");
    CHECK(log_lines("one\ntwo") == "one\ntwo\n");
    CHECK(log_lines("one\r\ntwo\r\n") == "one\ntwo\n");
    CHECK(log_lines("one\n\ntwo\n\n") == "one\n\ntwo\n\n");
    CHECK(log_lines("") == "\n");
    CHECK(log_lines("\n") == "\n");
    CHECK(log_lines("a\rb\tc") == "a\uFFFDb\uFFFDc\n");
}
