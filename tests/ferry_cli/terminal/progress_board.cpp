// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/progress_board.hpp"

#include "support/catch2.hpp"

#include "terminal/live_display.hpp"

#include <vector>

namespace cli = ferry::cli;
using namespace std::chrono_literals;

namespace {

constexpr cli::progress_board::time_point start{std::chrono::hours(1)};

/// Notes what it is told.
struct notes {
    std::vector<std::string> lines;
    int updates = 0;
    int shown = 0;
    int finished = 0;
};

class noting_display : public cli::progress_display {
public:
    explicit noting_display(notes& to) : to_(to) {}
    void update(cli::progress_state const&, time_point) override { ++to_.updates; }
    void show(cli::progress_state const&, time_point) override { ++to_.shown; }
    void log(std::string_view line) override { to_.lines.emplace_back(line); }
    void finish(cli::progress_state const&) override { ++to_.finished; }

private:
    notes& to_;
};

}  // namespace

TEST_CASE("short work has no progress, unless somebody asks") {
    notes seen;
    bool asked = false;
    cli::progress_board board(
        std::make_unique<noting_display>(seen), [&] { return std::exchange(asked, false); }, start);
    board.tick(start + 999ms);
    CHECK(seen.updates == 0);
    asked = true;
    board.tick(start + 999ms);
    CHECK(seen.shown == 1);
    board.tick(start + 1s);
    CHECK(seen.updates == 1);
    board.finish();
    board.finish();
    board.tick(start + 2s);
    board.log("summary");
    CHECK(seen.updates == 1);
    CHECK(seen.finished == 1);
    CHECK(seen.lines == std::vector<std::string>{"summary"});
}

TEST_CASE("transfers never come to more than their sizes") {
    notes seen;
    cli::progress_board board(std::make_unique<noting_display>(seen), {}, start);
    board.start({}, 2, 300, start);
    board.begin("a", 100);
    board.begin("b", 200);
    board.moved("a", 130, 130, 10, start);  // with what a form has around the file
    board.moved("b", 50, 230, 10, start);
    auto state = board.state(start + 1s);
    CHECK(state.bytes_done == 150);
    CHECK(state.bytes_total == 300);
    REQUIRE(state.in_work.size() == 2);
    CHECK(state.in_work[0].done == 100);
    board.end("a", 100, false);
    board.end("b", 0, true);
    state = board.state(start + 1s);
    CHECK(state.files_done == 2);
    CHECK(state.errors == 1);
    CHECK(state.bytes_done == 100);
    CHECK(state.bytes_total == 100);  // what failed is not to come any more
    CHECK(state.in_work.empty());
}

TEST_CASE("a transfer that begins again, or is told of late, does no harm") {
    notes seen;
    cli::progress_board board(std::make_unique<noting_display>(seen), {}, start);
    board.start({}, 1, 100, start);
    board.begin("a", 100);
    board.moved("a", 80, 100, 10, start);
    board.moved("a", 0, 100, 0, start);
    CHECK(board.state(start).bytes_done == 0);
    board.end("a", 100, false);
    board.moved("a", 50, 100, 10, start);
    CHECK(board.state(start).bytes_done == 100);
    CHECK(board.state(start).in_work.empty());
}

TEST_CASE("sizes may be known only on the way, and there is no total then") {
    notes seen;
    cli::progress_board board(std::make_unique<noting_display>(seen), {}, start);
    board.start({}, 1, std::nullopt, start);
    board.begin("a", std::nullopt);
    board.moved("a", 10, 40, 10, start);
    auto const state = board.state(start);
    CHECK(state.in_work[0].size == 40);
    CHECK_FALSE(state.bytes_total);
    board.end("a", 40, false);
    CHECK(board.state(start).bytes_done == 40);
}

TEST_CASE("what stands still has no rate after a while") {
    notes seen;
    cli::progress_board board(std::make_unique<noting_display>(seen), {}, start);
    board.start({}, 1, 100, start);
    board.begin("a", 100);
    board.moved("a", 10, 100, 7, start);
    CHECK(board.state(start + 3s).in_work[0].rate == 7);
    CHECK(board.state(start + 4s).in_work[0].rate == 0);
}

TEST_CASE("an activity counts, and its time is shown while nobody knows the end") {
    notes seen;
    cli::progress_board board(std::make_unique<noting_display>(seen), {}, start);
    board.start("listing docs", std::nullopt, std::nullopt, start);
    CHECK(total_line(board.state(start + 3s)) == "listing docs  0 files  0:03");
    board.count(1200, 0);
    CHECK(total_line(board.state(start + 64s)) == "listing docs  1,200 files  1:04");
    CHECK(total_line(board.state(start + 64s), 20) == "1,200 files  1:04");
    board.start("deleting", 10, std::nullopt, start + 70s);
    board.count(3, 0);
    CHECK(total_line(board.state(start + 71s)) == "deleting  30%  3/10 files  0:01");
    board.start("report.pdf", 0, 2048, start + 80s);
    board.count(0, 1024);
    CHECK(total_line(board.state(start + 80s)) == "report.pdf  50%  1.0 KiB/2.0 KiB");
    CHECK(total_line(board.state(start + 80s), 12) == "50%");
    board.start("stdin", 0, std::nullopt, start + 90s);
    board.count(0, 1024);
    CHECK(total_line(board.state(start + 92s)) == "stdin  1.0 KiB  512 B/s  0:02");
}
