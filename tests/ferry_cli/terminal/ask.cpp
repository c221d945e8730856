// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/ask.hpp"

#include "support/catch2.hpp"

#include <sstream>
#include <stdexcept>

using ferry::cli::ask;

namespace {

struct asked {
    explicit asked(std::string const& typed) {
        std::istringstream in(typed);
        std::ostringstream out;
        answer = ask("Delete 3 files?", in, out, true);
        written = out.str();
        std::getline(in, left);
    }
    bool answer;
    std::string written;
    std::string left;
};

std::string const prompt = "Delete 3 files? [y/N] ";

}  // namespace

TEST_CASE("yes is said with y or yes") {
    for (std::string const yes : {"y", "Y", "yes", "YES", "Yes", "  y ", "\tyes", "y\r"}) {
        CHECK(asked(yes + "\n").answer);
        CHECK(asked(yes + "\n").written == prompt);
    }
}

TEST_CASE("no is said with n or no, or nothing") {
    for (std::string const no : {"n", "N", "no", "NO", "", "   ", "\r"}) {
        CHECK_FALSE(asked(no + "\ny\n").answer);
        CHECK(asked(no + "\ny\n").written == prompt);
        CHECK(asked(no + "\ny\n").left == "y");  // the next question's
    }
}

TEST_CASE("what is neither is asked about again, and is no in the end") {
    CHECK(asked("ja\ny\n").answer);
    CHECK(asked("ja\ny\n").written == prompt + prompt);
    CHECK(asked("ja\nyess\nyes\n").answer);
    CHECK_FALSE(asked("yy\nnope\n").answer);
    CHECK_FALSE(asked("1\n2\n3\ny\n").answer);
    CHECK(asked("1\n2\n3\ny\n").written == prompt + prompt + prompt);
    CHECK(asked("1\n2\n3\ny\n").left == "y");
}

TEST_CASE("the end of the input is no, and ends the line") {
    CHECK_FALSE(asked("").answer);
    CHECK(asked("").written == prompt + "\n");
    CHECK_FALSE(asked("y").answer);
    CHECK(asked("y").written == prompt + "\n");
    CHECK_FALSE(asked("what\n").answer);
    CHECK(asked("what\n").written == prompt + prompt + "\n");
}

TEST_CASE("without a terminal nobody is asked") {
    std::istringstream in("y\n");
    std::ostringstream out;
    CHECK_THROWS_AS(ask("Delete 3 files?", in, out, false), std::runtime_error);
    CHECK_THROWS_WITH(
        ask("Delete 3 files?", in, out, false),
        "nobody can be asked without a terminal: \"Delete 3 files?\"; pass --yes to go ahead without "
        "being asked");
    CHECK(out.str().empty());
    std::string left;
    CHECK(std::getline(in, left));
}

TEST_CASE("a question cannot write over itself") {
    std::istringstream in("n\n");
    std::ostringstream out;
    CHECK_FALSE(ask("Delete \x1b[2K\rnothing\u202E?", in, out, true));
    CHECK(out.str() == "Delete \uFFFD[2K\uFFFDnothing\uFFFD? [y/N] ");
}
