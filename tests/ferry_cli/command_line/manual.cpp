// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/manual.hpp"

#include "ferry_cli/command_line/sample_program.hpp"
#include "program/ferry.hpp"
#include "support/catch2.hpp"

#include <sstream>

using namespace ferry::cli;
using ferry_test::sample_program;

TEST_CASE("there is a manual page for each place") {
    std::vector<std::string> names;
    for (auto const& [name, text] : manual_pages(sample_program)) names.push_back(name);
    CHECK(names == std::vector<std::string>{"sample-copy.1", "sample-shop-cans-lids-open.1",
                                            "sample-shop-cans-lids.1", "sample-shop-cans-list.1",
                                            "sample-shop-cans-paint.1", "sample-shop-cans.1", "sample-shop.1",
                                            "sample.1"});
}

TEST_CASE("a manual page is roff, of which no line and no dash of a text is a request") {
    auto const page = manual_pages(sample_program).at("sample-shop-cans-paint.1");
    CHECK(page.starts_with(R"(.TH "SAMPLE\-SHOP\-CANS\-PAINT" 1 "" "sample 1.2"
.SH NAME
sample\-shop\-cans\-paint \- Paint something
.SH SYNOPSIS
\fBsample shop cans paint\fR \fB\-\-colour\fR \fITEXT\fR \fICAN\-ID\fR [\fIflags\fR]
.SH DESCRIPTION
Takes paint from a can.
.PP
And some time.
.SH EXAMPLES
.nf
sample shop cans paint \-\-colour green CAN\-ID
.fi
.SH FLAGS
.TP
\fB\-\-can\-id\fR \fITEXT\fR
Required. Which can.
.TP
\fB\-c\fR, \fB\-\-colour\fR \fITEXT\fR
)"));
    CHECK(page.ends_with(".SH SEE ALSO\n\\fBsample\\-shop\\-cans\\fR(1)\n"));
}

TEST_CASE("the page of the program has the exit codes and the environment") {
    auto const page = manual_pages(sample_program).at("sample.1");
    CHECK(page.find(".SH EXIT STATUS\n.TP\n\\fB0\\fR\n") != std::string::npos);
    CHECK(page.find("\\fB130\\fR\n") != std::string::npos);
    CHECK(page.find(".SH ENVIRONMENT\n.TP\n\\fBSHOP_KEY\\fR\nA key of The Shop.\n") != std::string::npos);
    CHECK(page.find(".TP\n\\fBhttps_proxy\\fR, \\fBHTTPS_PROXY\\fR, \\fBhttp_proxy\\fR, ") !=
          std::string::npos);
    CHECK(page.find(".TP\n\\fBno_proxy\\fR, \\fBNO_PROXY\\fR\n") != std::string::npos);
    CHECK(page.find(".SH SEE ALSO") == std::string::npos);
}

TEST_CASE("every page has the sections that programs look for, and no empty line") {
    for (auto const& [name, text] : manual_pages(ferry_program())) {
        CAPTURE(name);
        CHECK(text.starts_with(".TH \""));
        auto const stem = name.substr(0, name.size() - 2);
        std::string dashed;
        for (char const c : stem) dashed += c == '-' ? std::string("\\-") : std::string(1, c);
        CHECK(text.find("\n.SH NAME\n" + dashed + " \\- ") != std::string::npos);
        CHECK(text.find("\n\n") == std::string::npos);
        CHECK(text.ends_with('\n'));
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);)
            if (line.starts_with("'")) FAIL("a request that is none: " + line);
    }
}
