// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/progress.hpp"

#include "support/catch2.hpp"

#include "terminal/text_width.hpp"

#include <limits>

using ferry::cli::display_width;
using ferry::cli::progress_lines;
using ferry::cli::progress_state;
using ferry::cli::total_line;
using ferry::cli::transfer_progress;
using namespace std::chrono_literals;

namespace {

using lines = std::vector<std::string>;
constexpr std::uint64_t mebi = 1024 * 1024;

progress_state halfway() {
    progress_state state;
    state.files_done = 12;
    state.files_total = 100;
    state.bytes_done = 45 * mebi / 10;
    state.bytes_total = 10 * mebi;
    state.rate = 1.2 * 1024 * 1024;
    state.time_left = 4s;
    return state;
}

/// The line of one transfer.
std::string line_of(transfer_progress transfer, std::size_t columns) {
    progress_state state;
    state.in_work.push_back(std::move(transfer));
    return progress_lines(state, {columns, 24}).front();
}

}  // namespace

TEST_CASE("the total line says all of it where there is room") {
    CHECK(total_line(halfway()) == "45%  12/100 files  4.5 MiB/10 MiB  1.2 MiB/s  0:04 left");
    auto state = halfway();
    state.errors = 2;
    CHECK(total_line(state) == "45%  12/100 files  4.5 MiB/10 MiB  1.2 MiB/s  0:04 left  2 errors");
    CHECK(total_line(state, 65) == total_line(state));
}

TEST_CASE("the total line leaves out what matters least, one by one") {
    auto state = halfway();
    state.errors = 2;
    CHECK(total_line(state, 64) == "45%  12/100 files  1.2 MiB/s  0:04 left  2 errors");
    CHECK(total_line(state, 49) == "45%  12/100 files  1.2 MiB/s  0:04 left  2 errors");
    CHECK(total_line(state, 48) == "45%  12/100 files  0:04 left  2 errors");
    CHECK(total_line(state, 37) == "45%  12/100 files  2 errors");
    CHECK(total_line(state, 26) == "12/100 files  2 errors");
    CHECK(total_line(state, 21) == "2 errors");
    CHECK(total_line(state, 7) == "2 e…ors");
    CHECK(total_line(state, 1) == "…");
    CHECK(total_line(state, 0).empty());
    CHECK(total_line(halfway(), 40) == "45%  12/100 files  1.2 MiB/s  0:04 left");
}

TEST_CASE("the total line tells what is known") {
    progress_state state;
    CHECK(total_line(state) == "0 files  0 B");
    state.files_done = 1;
    state.bytes_done = 2048;
    CHECK(total_line(state) == "1 file  2.0 KiB");
    state.files_total = 1;
    CHECK(total_line(state) == "100%  1/1 file  2.0 KiB");
    state.files_done = 1234;
    state.files_total = 56789;
    state.errors = 1;
    CHECK(total_line(state) == "2%  1,234/56,789 files  2.0 KiB  1 error");
    state.errors = 1000;
    state.time_left = 51h;
    CHECK(total_line(state) == "2%  1,234/56,789 files  2.0 KiB  2d 03:00 left  1,000 errors");
}

TEST_CASE("the percentage is that of the bytes, and of the files where there are none") {
    auto state = halfway();
    state.bytes_total.reset();
    CHECK(total_line(state) == "12%  12/100 files  4.5 MiB  1.2 MiB/s  0:04 left");
    state.bytes_total = 0;
    state.bytes_done = 0;
    CHECK(total_line(state, 20) == "12%  12/100 files");
    state.files_total.reset();
    state.bytes_total.reset();
    CHECK(total_line(state, 18) == "12 files");
}

TEST_CASE("100 % is when all files are done, and there is not more") {
    auto state = halfway();
    state.bytes_done = *state.bytes_total;
    CHECK(total_line(state, 20) == "99%  12/100 files");
    state.files_done = 100;
    CHECK(total_line(state, 20) == "100%  100/100 files");
    state.bytes_done += 5 * mebi;  // a file grew meanwhile
    CHECK(total_line(state) == "100%  100/100 files  15 MiB/10 MiB  1.2 MiB/s  0:04 left");
    state.files_total.reset();
    CHECK(total_line(state, 20) == "99%  100 files");
}

TEST_CASE("a transfer has a line with its name and how far it is") {
    transfer_progress const transfer{"report.pdf", 45 * mebi / 10, 10 * mebi, 1.2 * 1024 * 1024};
    CHECK(line_of(transfer, 80) ==
          "report.pdf                                             45%   1.2 MiB/s    10 MiB");
    CHECK(line_of(transfer, 50) == "report.pdf               45%   1.2 MiB/s    10 MiB");
    CHECK(line_of(transfer, 44) == "report.pdf         45%   1.2 MiB/s    10 MiB");
    CHECK(line_of(transfer, 43) == "report.pdf                  45%   1.2 MiB/s");
    CHECK(line_of(transfer, 40) == "report.pdf               45%   1.2 MiB/s");
    CHECK(line_of(transfer, 34) == "report.pdf         45%   1.2 MiB/s");
    CHECK(line_of(transfer, 33) == "report.pdf                    45%");
    CHECK(line_of(transfer, 22) == "report.pdf         45%");
    CHECK(line_of(transfer, 21) == "report.pdf");
    CHECK(line_of(transfer, 9) == "repo….pdf");
}

TEST_CASE("a transfer of unknown size tells its bytes") {
    CHECK(line_of({"stream", 45 * mebi / 10, {}, 2048}, 40) == "stream               4.5 MiB   2.0 KiB/s");
    CHECK(line_of({"stream", 0, {}, 0}, 40) == "stream                   0 B");
    CHECK(line_of({"empty", 0, 0, 0}, 60) == "empty                             100%                   0 B");
    CHECK(line_of({"grown", 11, 10, 0}, 60) ==
          "grown                             100%                  10 B");
    CHECK(line_of({"waits", 0, 2048, 0}, 60) ==
          "waits                               0%               2.0 KiB");
}

TEST_CASE("long names lose their middle") {
    transfer_progress const transfer{"quarterly/2024/the-report-of-everything.pdf", 5, 10, 2048};
    CHECK(line_of(transfer, 40) == "quarterly…hing.pdf       50%   2.0 KiB/s");
    CHECK(line_of(transfer, 80) ==
          "quarterly/2024/the-report-of-everything.pdf            50%   2.0 KiB/s      10 B");
    CHECK(line_of({"報告書の名前はとても長いです.pdf", 5, 10, 2048}, 40) ==
          "報告書の…です.pdf        50%   2.0 KiB/s");
}

TEST_CASE("hostile names are shown and do nothing") {
    CHECK(line_of({"\x1b[2J\x1b]0;x\x07.pdf\n", 5, 10, 0}, 40) ==
          "\uFFFD[2J\uFFFD]0;x\uFFFD.pdf\uFFFD          50%");
    CHECK(line_of({"gpj\u202Efdp.exe", 5, 10, 0}, 40) == "gpj\uFFFDfdp.exe              50%");
    CHECK(line_of({"\xFF\xFE", 5, 10, 0}, 40) == "\uFFFD\uFFFD                       50%");
    CHECK(line_of({"", 5, 10, 0}, 40) == "                         50%");
    CHECK(line_of({"   ", 5, 10, 0}, 12).empty());
}

TEST_CASE("no line is wider than the screen, whatever it shows") {
    progress_state state;
    state.files_done = std::numeric_limits<std::uint64_t>::max();
    state.files_total = std::numeric_limits<std::uint64_t>::max();
    state.bytes_done = std::numeric_limits<std::uint64_t>::max();
    state.bytes_total = std::numeric_limits<std::uint64_t>::max();
    state.errors = std::numeric_limits<std::uint64_t>::max();
    state.rate = 1e300;
    state.time_left = std::chrono::seconds(1000000000);
    for (std::string const name :
         {"", "a", "report.pdf", "報告書の名前はとても長いです.pdf",
          "👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻", "\xFF\xFF\x1b\x1b",
          "❤\uFE0F❤\uFE0F❤\uFE0F❤\uFE0F❤\uFE0F❤\uFE0F❤\uFE0F❤\uFE0F❤\uFE0F"})
        for (auto const& long_name : {name, name + name + name + name + name + name + name + name})
            state.in_work.push_back({long_name, 1023 * mebi, 1023 * mebi, 1023.0 * 1024 * 1024});
    for (std::size_t columns = 1; columns <= 200; ++columns)
        for (auto const& line : progress_lines(state, {columns, 50})) CHECK(display_width(line) <= columns);
}

TEST_CASE("the lines are those in work, then the total") {
    auto state = halfway();
    CHECK(progress_lines(state, {40, 24}) == lines{"45%  12/100 files  1.2 MiB/s  0:04 left"});
    state.in_work = {{"a", 1, 10, 0}, {"b", 2, 10, 0}};
    CHECK(progress_lines(state, {40, 24}) == lines{"a                        10%",  //
                                                   "b                        20%",  //
                                                   "45%  12/100 files  1.2 MiB/s  0:04 left"});
}

TEST_CASE("there are no more lines than rows") {
    progress_state state;
    for (char name = 'a'; name <= 'e'; ++name) state.in_work.push_back({std::string(1, name), 1, 10, 0});
    CHECK(progress_lines(state, {20, 6}) == lines{"a", "b", "c", "d", "e", "0 files  0 B"});
    CHECK(progress_lines(state, {20, 5}) == lines{"a", "b", "c", "and 2 more", "0 files  0 B"});
    CHECK(progress_lines(state, {20, 3}) == lines{"a", "and 4 more", "0 files  0 B"});
    CHECK(progress_lines(state, {20, 2}) == lines{"and 5 more", "0 files  0 B"});
    CHECK(progress_lines(state, {20, 1}) == lines{"0 files  0 B"});
    CHECK(progress_lines(state, {20, 0}) == lines{"0 files  0 B"});
    state.in_work.resize(1);
    CHECK(progress_lines(state, {20, 2}) == lines{"a", "0 files  0 B"});
}
