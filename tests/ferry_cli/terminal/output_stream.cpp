// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/output_stream.hpp"

#include "support/catch2.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <system_error>

namespace cli = ferry::cli;

namespace {

/// Both ends of a pipe.
class pipe_ends {
public:
    pipe_ends() { REQUIRE(::pipe2(ends_, O_CLOEXEC | O_NONBLOCK) == 0); }
    ~pipe_ends() {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    pipe_ends(pipe_ends const&) = delete;
    pipe_ends& operator=(pipe_ends const&) = delete;

    int in() const { return ends_[1]; }
    void nobody_reads() {
        ::close(ends_[0]);
        ends_[0] = -1;
    }
    std::string read() const {
        char bytes[4096];
        auto const count = ::read(ends_[0], bytes, sizeof bytes);
        return {bytes, count > 0 ? static_cast<std::size_t>(count) : 0};
    }

private:
    int ends_[2] = {-1, -1};
};

cli::paging to(int descriptor, bool terminal = false, std::vector<std::string> pager = {}) {
    return {descriptor, terminal, {20, 3}, std::move(pager), {}};
}

}  // namespace

TEST_CASE("lines appear on a terminal as they are written") {
    pipe_ends pipe;
    cli::output_stream out(to(pipe.in(), true));
    out << "one\ntw";
    CHECK(pipe.read() == "one\n");
    out << 'o' << '\n';
    CHECK(pipe.read() == "two\n");
    out << "three" << std::flush;
    CHECK(pipe.read() == "three");
}

TEST_CASE("elsewhere much is written at once") {
    pipe_ends pipe;
    {
        cli::output_stream out(to(pipe.in()));
        out << "one\ntwo\n";
        CHECK(pipe.read().empty());
        out.flush();
        CHECK(pipe.read() == "one\ntwo\n");
        out << "three\n";
    }
    CHECK(pipe.read() == "three\n");
}

TEST_CASE("only what is to be paged goes through the pager") {
    pipe_ends plain;
    cli::output_stream out(to(plain.in(), true, {"sed", "s/^/>/"}));
    out << "1\n2\n3\n4\n";
    out.finish();
    CHECK(plain.read() == "1\n2\n3\n4\n");

    pipe_ends paged;
    cli::output_stream other(to(paged.in(), true, {"sed", "s/^/>/"}));
    other.page();
    other << "1\n2\n3\n4\n";
    other.finish();
    CHECK(paged.read() == ">1\n>2\n>3\n>4\n");
}

TEST_CASE("the pager is announced and its end as well") {
    pipe_ends pipe;
    std::vector<bool> heard;
    auto how = to(pipe.in(), true, {"cat"});
    how.pager_runs = [&](bool runs) { heard.push_back(runs); };
    cli::output_stream out(std::move(how));
    out.page();
    out << "1\n2\n";
    CHECK(heard.empty());
    out << "3\n4\n";
    CHECK(heard == std::vector<bool>{true});
    out.finish();
    CHECK(heard == std::vector<bool>{true, false});
}

TEST_CASE("a reader that has gone is a reason of its own") {
    pipe_ends pipe;
    pipe.nobody_reads();
    cli::output_stream out(to(pipe.in()));
    out << "text";
    CHECK_THROWS_AS(out.flush(), cli::reader_gone);
    CHECK_NOTHROW(out.finish());
}

TEST_CASE("what cannot be written is an error") {
    int const full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    REQUIRE(full >= 0);
    {
        cli::output_stream out(to(full));
        out << "text";
        CHECK_THROWS_AS(out.finish(), std::system_error);
    }
    {
        cli::output_stream out(to(full));
        out << "text";  // lost without finish(), but no exception leaves the destructor
    }
    ::close(full);
}
