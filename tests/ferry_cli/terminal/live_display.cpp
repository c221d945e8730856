// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/live_display.hpp"

#include "support/catch2.hpp"

#include "screen.hpp"

namespace cli = ferry::cli;
using cli::after_finish;
using cli::live_display;
using ferry_test::screen;
using namespace std::chrono_literals;

namespace {

using lines = std::vector<std::string>;
constexpr cli::progress_display::time_point start{std::chrono::hours(1)};

cli::progress_state files(std::uint64_t done, std::vector<std::string> const& names = {}) {
    cli::progress_state state;
    state.files_done = done;
    state.files_total = 100;
    for (auto const& name : names) state.in_work.push_back({name, done, 100, 2048});
    return state;
}

/// A display whose bytes are kept, and shown on a terminal.
struct fixture {
    explicit fixture(std::size_t columns = 80, std::size_t rows = 24,
                     after_finish after = after_finish::erase,
                     ferry_test::more_rows where = ferry_test::more_rows::below)
        : terminal(columns, rows, where),
          display(
              [this](std::string_view text) {
                  written += text;
                  ++writes;
                  terminal.write(text);
              },
              [this, rows] { return cli::screen_size{terminal.columns(), rows}; }, after) {}

    /// What was written since the last time.
    std::string taken() { return std::exchange(written, {}); }

    std::string written;
    int writes = 0;
    screen terminal;
    live_display display;
};

std::string const total_5 = "5%  5/100 files  0 B";
std::string const total_6 = "6%  6/100 files  0 B";

}  // namespace

TEST_CASE("progress is drawn, and drawn over") {
    fixture f;
    f.display.update(files(5), start);
    CHECK(f.taken() == "5%  5/100 files  0 B\n");
    f.display.update(files(6), start + 500ms);
    CHECK(f.taken() == "\r\x1b[1A6%  6/100 files  0 B\x1b[K\n\x1b[J");
    f.display.update(files(7, {"a"}), start + 1s);
    CHECK(f.taken() ==
          "\r\x1b[1A"
          "a                                                      7%   2.0 KiB/s     100 B\x1b[K\n"
          "7%  7/100 files  0 B\x1b[K\n\x1b[J");
    f.display.update(files(8), start + 2s);
    CHECK(f.taken() == "\r\x1b[2A8%  8/100 files  0 B\x1b[K\n\x1b[J");
    CHECK(f.writes == 4);
    CHECK(f.terminal.everything() == lines{"8%  8/100 files  0 B"});
}

TEST_CASE("progress is drawn at most twice a second") {
    fixture f;
    for (int i = 0; i < 2000; ++i) f.display.update(files(5), start + 1ms * i);
    CHECK(f.writes == 4);
    f.display.update(files(6), start + 1999ms);
    CHECK(f.writes == 4);
    f.display.show(files(6), start + 1999ms);
    CHECK(f.writes == 5);
    CHECK(f.terminal.visible() == lines{total_6});
    f.display.update(files(7), start + 2498ms);
    CHECK(f.writes == 5);
    f.display.update(files(7), start + 2499ms);
    CHECK(f.writes == 6);
}

TEST_CASE("lines scroll above") {
    fixture f;
    f.display.log("before");
    CHECK(f.taken() == "before\n");
    f.display.update(files(5, {"a"}), start);
    f.taken();
    f.display.log("failed: b.pdf");
    CHECK(f.taken() ==
          "\r\x1b[2A \x1b[J\r\x1b[K"
          "failed: b.pdf\n"
          "a                                                      5%   2.0 KiB/s     100 B\n"
          "5%  5/100 files  0 B\n");
    f.display.update(files(6), start + 100ms);  // not yet
    f.display.log("one\ntwo\x1b[2J\n");
    CHECK(f.terminal.visible() ==
          lines{"before", "failed: b.pdf", "one", "two\uFFFD[2J",
                "a                                                      5%   2.0 KiB/s     100 B", total_5});
    f.display.update(files(6), start + 500ms);
    CHECK(f.terminal.visible() == lines{"before", "failed: b.pdf", "one", "two\uFFFD[2J", total_6});
    CHECK(f.terminal.cursor_row() == 5);
    CHECK(f.terminal.cursor_column() == 0);
}

TEST_CASE("lines that are wider than the terminal scroll as well") {
    fixture f(20, 24);
    f.display.update(files(5), start);
    f.display.log("0123456789012345678901234567890123456789");
    f.display.log("01234567890123456789");
    f.display.log("報告報告報告報告報告報告");
    f.display.update(files(6), start + 1s);
    CHECK(f.terminal.everything() == lines{"01234567890123456789", "01234567890123456789",
                                           "01234567890123456789", "報告報告報告報告報告", "報告",
                                           "6%  6/100 files"});
}

TEST_CASE("a terminal that is made narrower keeps nothing of the lines it broke") {
    fixture f;
    f.display.update(files(5, {"a", "b"}), start);
    f.display.log("failed: c.pdf");
    f.terminal.widen_or_narrow(40);
    CHECK(f.terminal.visible().size() == 6);  // each of the two took two rows
    f.display.update(files(6, {"a", "b"}), start + 1s);
    CHECK(f.terminal.everything() == lines{"failed: c.pdf", "a                        6%   2.0 KiB/s",
                                           "b                        6%   2.0 KiB/s", total_6});
    CHECK(f.terminal.cursor_row() == 4);
}

TEST_CASE("what is drawn after a change of width is not joined by the next one") {
    fixture f;
    f.display.update(files(5, {"a", "b"}), start);
    f.terminal.widen_or_narrow(40);
    f.display.update(files(5, {"a", "b", "c"}), start + 1s);
    auto const drawn = f.terminal.everything();
    CHECK(drawn.size() == 4);
    f.terminal.widen_or_narrow(80);
    CHECK(f.terminal.everything() == drawn);
}

TEST_CASE("a log after a terminal was made narrower keeps nothing of the lines it broke") {
    fixture f;
    f.display.update(files(5, {"a", "b"}), start);
    f.terminal.widen_or_narrow(40);
    f.display.log("failed: c.pdf");
    CHECK(f.terminal.everything() == lines{"failed: c.pdf", "a                        5%   2.0 KiB/s",
                                           "b                        5%   2.0 KiB/s", total_5});
}

TEST_CASE("a terminal may change its width again and again") {
    fixture f;
    f.display.log("first");
    std::uint64_t done = 0;
    auto now = start;
    for (std::size_t const columns : {80u, 40u, 20u, 200u, 33u, 79u, 21u, 80u, 81u, 40u}) {
        f.terminal.widen_or_narrow(columns);
        f.display.update(
            files(++done, {"report.pdf", "報告書.pdf", "a-long-name-that-goes-on-and-on.tar.gz"}), now += 1s);
        f.display.log("log");
        f.terminal.widen_or_narrow(columns / 2 + 15);
        f.terminal.widen_or_narrow(columns);
        f.display.update(files(done, {"report.pdf", "報告書.pdf"}), now += 1s);
        auto const shown = f.terminal.everything();
        REQUIRE(shown.size() == 1 + done + 3);
        CHECK(shown[0] == "first");
        for (std::size_t i = 1; i <= done; ++i) CHECK(shown[i] == "log");
        CHECK(shown[done + 1].starts_with("report.pdf"));
        CHECK(shown[done + 2].starts_with("報告書.pdf"));
        CHECK(shown[done + 3].starts_with(std::to_string(done) + "%"));
    }
}

TEST_CASE("a terminal that scrolls when it is made narrower shows nothing of the lines it broke") {
    for (bool const logs : {false, true}) {
        fixture f(80, 24, after_finish::erase, ferry_test::more_rows::above);
        f.display.update(files(5, {"a", "b"}), start);
        f.terminal.widen_or_narrow(40);
        CHECK(f.terminal.visible().size() == 3);  // two rows scrolled away, and nobody can reach them
        if (logs)
            f.display.log("log");
        else
            f.display.show(files(5, {"a", "b"}), start);
        auto const shown = f.terminal.visible();
        REQUIRE(shown.size() == (logs ? 4 : 3));
        CHECK(shown.front() == (logs ? "log" : "a                        5%   2.0 KiB/s"));
        CHECK(shown.back() == total_5);
        f.display.finish(files(6));
        CHECK(f.terminal.visible() == (logs ? lines{"log"} : lines{}));
    }
}

TEST_CASE("what is cleared at the top of the screen cannot be scrolled back to") {
    fixture f(40, 24);
    f.display.update(files(5, {"a", "b"}), start);
    f.display.log("log");
    CHECK(f.terminal.everything().front() == "log");
    fixture g(40, 24);
    g.display.update(files(5, {"a", "b"}), start);
    g.display.finish(files(6));
    CHECK(g.terminal.everything().empty());
}

TEST_CASE("wide characters that a narrow terminal moves to the next row are counted") {
    fixture f;
    std::string name;
    for (int i = 0; i < 23; ++i) name += "報";
    f.display.update(files(5, {name}), start);
    f.terminal.widen_or_narrow(9);  // four ideographs and a column that stays empty, five times
    CHECK(f.terminal.visible()[4] == "報報報報");
    CHECK(f.terminal.visible()[9] == "0 B");  // 79 columns would fit in nine rows otherwise
    f.display.update(files(6), start + 1s);
    CHECK(f.terminal.everything() == lines{cli::total_line(files(6), 8)});
}

TEST_CASE("progress stays whole at the bottom of the screen") {
    fixture f(60, 5);
    lines expected;
    for (int i = 0; i < 12; ++i) {
        f.display.update(files(5, {"a", "b"}), start + 1s * i);
        f.display.log("log " + std::to_string(i));
        expected.push_back("log " + std::to_string(i));
    }
    expected.push_back("a                                  5%   2.0 KiB/s     100 B");
    expected.push_back("b                                  5%   2.0 KiB/s     100 B");
    expected.push_back(total_5);
    CHECK(f.terminal.everything() == expected);
    f.terminal.widen_or_narrow(40);
    f.display.update(files(6), start + 1min);
    CHECK(f.terminal.visible() == lines{total_6});
}

TEST_CASE("there is never more progress than the screen holds") {
    fixture f(40, 5);
    std::vector<std::string> names(20, "x");
    for (int i = 0; i < 5; ++i) f.display.update(files(5, names), start + 1s * i);
    CHECK(f.terminal.everything() == lines{"x                        5%   2.0 KiB/s",
                                           "x                        5%   2.0 KiB/s", "and 18 more",
                                           total_5});
    CHECK(f.terminal.cursor_row() == 4);
    f.display.update(files(6), start + 1min);
    CHECK(f.terminal.everything() == lines{total_6});
}

TEST_CASE("fewer transfers leave no lines behind") {
    fixture f;
    f.display.update(files(5, {"a", "b", "c", "d"}), start);
    f.display.update(files(6, {"d"}), start + 1s);
    CHECK(f.terminal.visible().size() == 2);
    CHECK(f.terminal.visible()[1] == total_6);
    CHECK(f.terminal.cursor_row() == 2);
}

TEST_CASE("the end erases progress, or keeps its last state") {
    fixture erased;
    erased.display.log("log");
    erased.display.update(files(5, {"a"}), start);
    erased.taken();
    erased.display.finish(files(100));
    CHECK(erased.taken() == "\r\x1b[2A \x1b[J\r\x1b[K");
    CHECK(erased.terminal.everything() == lines{"log"});
    CHECK(erased.terminal.cursor_row() == 1);

    fixture kept(80, 24, after_finish::keep);
    kept.display.log("log");
    kept.display.update(files(5, {"a"}), start);
    kept.display.finish(files(100));
    CHECK(kept.terminal.everything() == lines{"log", "100%  100/100 files  0 B"});
    CHECK(kept.terminal.cursor_row() == 2);
    CHECK(kept.terminal.cursor_column() == 0);
}

TEST_CASE("the end after a change of width leaves nothing behind") {
    for (auto const after : {after_finish::erase, after_finish::keep}) {
        fixture f(80, 24, after);
        f.display.log("log");
        f.display.update(files(5, {"a", "b"}), start);
        f.terminal.widen_or_narrow(40);
        f.display.finish(files(6));
        auto const expected = after == after_finish::keep ? lines{"log", total_6} : lines{"log"};
        CHECK(f.terminal.everything() == expected);
    }
}

TEST_CASE("after the end, only the log is written") {
    for (auto const after : {after_finish::erase, after_finish::keep}) {
        fixture f(80, 24, after);
        f.display.update(files(5), start);
        f.display.finish(files(6));
        f.taken();
        f.display.update(files(7), start + 1h);
        f.display.show(files(7), start + 1h);
        f.display.finish(files(8));
        CHECK(f.taken().empty());
        f.display.log("6 files");
        CHECK(f.taken() == "6 files\n");
    }
}

TEST_CASE("work that ends before it is drawn shows its end, or nothing") {
    fixture erased;
    erased.display.finish(files(5));
    CHECK(erased.written.empty());
    fixture kept(80, 24, after_finish::keep);
    kept.display.finish(files(5));
    CHECK(kept.written == "5%  5/100 files  0 B\n");
}

TEST_CASE("the cursor is never hidden, and no mode is changed") {
    fixture f(80, 24, after_finish::keep);
    f.display.update(files(5, {"a", "b"}), start);
    f.display.log("log");
    f.display.update(files(6, {"b"}), start + 1s);
    f.terminal.widen_or_narrow(40);
    f.display.update(files(6), start + 2s);
    f.display.finish(files(100));
    CHECK(f.written.find("\x1b[?") == std::string::npos);
    CHECK(f.written.find("\x1b"
                         "7") == std::string::npos);
}

TEST_CASE("no line reaches the edge, whatever it shows") {
    for (std::size_t columns = 20; columns <= 100; ++columns) {
        fixture f(columns, 24);
        f.display.update(
            files(5, {"報告書の名前はとても長いです.pdf", std::string(300, 'x'), "\x1b[1;1H\xFF\u202E"}),
            start);
        auto const drawn = f.terminal.everything();
        CHECK(drawn.size() == 4);
        f.terminal.widen_or_narrow(columns - 1);
        CHECK(f.terminal.everything() == drawn);  // no line had to be broken
    }
}
