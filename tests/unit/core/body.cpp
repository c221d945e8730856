// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/body.hpp"

#include "../support/result.hpp"
#include "../support/temporary_directory.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <array>
#include <fstream>
#include <sstream>
#include <streambuf>

namespace {

using ferry_test::temporary_directory;

/// Opens and reads all, in pieces of `step` bytes.
std::string read_all(ferry::byte_source& source, std::size_t step = 3) {
    auto const size = source.open();
    REQUIRE(size);
    std::string all;
    std::string piece(step, '\0');
    while (true) {
        auto const count = source.read(piece.data(), piece.size());
        REQUIRE(count);
        if (*count == 0) break;
        all.append(piece, 0, *count);
    }
    if (*size) CHECK(all.size() == **size);
    return all;
}

/// A stream that cannot seek, as a pipe or socket.
class pipe_buffer : public std::streambuf {
public:
    explicit pipe_buffer(std::string text) : text_(std::move(text)) {
        setg(text_.data(), text_.data(), text_.data() + text_.size());
    }

private:
    std::string text_;
};

}  // namespace

TEST_CASE("a path is opened when it is sent, as often as needed") {
    temporary_directory const here;
    auto const path = here.write("report 1.pdf", "0123456789");
    auto const upload = ferry::from_path(path);
    CHECK(upload.file_name() == "report 1.pdf");
    CHECK(upload.content_type() == "application/octet-stream");
    CHECK(upload.source().repeatable());
    CHECK(read_all(upload.source()) == "0123456789");
    CHECK(read_all(upload.source(), 100) == "0123456789");
    here.write("report 1.pdf", "new");
    CHECK(read_all(upload.source()) == "new");
    here.write("report 1.pdf", "");
    CHECK(read_all(upload.source()).empty());

    CHECK(ferry::from_path("plain.txt").file_name() == "plain.txt");
    CHECK(ferry::from_path("a/b/").file_name().empty());
}

TEST_CASE("names and media types can be set on named and temporary uploads") {
    auto upload = ferry::from_path("a.bin").file_name("b.txt").content_type("text/plain");
    CHECK(upload.file_name() == "b.txt");
    upload.file_name("c.txt").content_type("text/csv");
    CHECK(upload.file_name() == "c.txt");
    CHECK(upload.content_type() == "text/csv");
}

TEST_CASE("a missing file and a directory are refused with their path and the reason") {
    temporary_directory const here;
    auto const missing = ferry::from_path(here / "none").source().open();
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind() == ferry::error_kind::file);
    CHECK_THAT(missing.error().message(), ferry_test::contains(here / "none"));
    CHECK_THAT(missing.error().message(), ferry_test::contains("No such file"));
    CHECK(missing.error().code().value() == ENOENT);

    auto const directory = ferry::from_path(here.path().string()).source().open();
    REQUIRE_FALSE(directory);
    CHECK(directory.error().code().value() == EISDIR);
    CHECK_THAT(directory.error().message(), ferry_test::contains("directory"));
}

TEST_CASE("a named pipe is sent once, without a length") {
    temporary_directory const here;
    auto const path = here / "pipe";
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    std::fstream writer(path, std::ios::in | std::ios::out | std::ios::binary);  // both: does not block
    writer << "piped" << std::flush;
    auto const upload = ferry::from_path(path);
    auto const size = upload.source().open();
    REQUIRE(size);
    CHECK_FALSE(size->has_value());
    CHECK_FALSE(upload.source().repeatable());
    std::array<char, 5> piece{};
    CHECK(upload.source().read(piece.data(), piece.size()).value() == 5);
    CHECK(std::string(piece.data(), 5) == "piped");
}

TEST_CASE("memory is read in place or owned") {
    std::string const text = "some bytes";
    auto const borrowed = ferry::from_memory(text, "a.txt");
    CHECK(read_all(borrowed.source()) == text);
    CHECK(read_all(borrowed.source(), 1) == text);
    CHECK(borrowed.source().repeatable());

    std::array<std::byte, 3> const raw{std::byte{0}, std::byte{255}, std::byte{10}};
    CHECK(read_all(ferry::from_memory(raw, "a.bin").source()) == std::string("\0\xff\n", 3));

    std::string tiny = "tiny";  // short enough to live inside the string object
    auto const owned = ferry::from_string(std::move(tiny), "b.txt");
    auto const copy = owned;
    CHECK(read_all(copy.source()) == "tiny");
    CHECK(read_all(ferry::from_string("", "empty").source()).empty());
}

TEST_CASE("what is left of a seekable stream is sent, and again") {
    std::istringstream stream("0123456789");
    stream.ignore(4);
    auto const upload = ferry::from_stream(stream, "s");
    CHECK(upload.source().repeatable());
    CHECK(upload.source().open().value() == 6u);
    CHECK(read_all(upload.source()) == "456789");
    CHECK(read_all(upload.source(), 50) == "456789");

    std::istringstream empty("");
    CHECK(read_all(ferry::from_stream(empty, "s").source()).empty());
}

TEST_CASE("a size that is given bounds a seekable stream too") {
    std::istringstream stream("0123456789");
    stream.ignore(2);
    auto const upload = ferry::from_stream(stream, "s", 3);
    CHECK(upload.source().open().value() == 3u);
    CHECK(upload.source().open().value() == 3u);
}

TEST_CASE("a stream that cannot seek is sent once") {
    pipe_buffer buffer("from a pipe");
    std::istream stream(&buffer);
    auto const upload = ferry::from_stream(stream, "s");
    CHECK_FALSE(upload.source().repeatable());
    CHECK_FALSE(upload.source().open().value().has_value());
    CHECK(read_all(upload.source()) == "from a pipe");

    pipe_buffer sized_buffer("123");
    std::istream sized(&sized_buffer);
    CHECK(ferry::from_stream(sized, "s", 3).source().open().value() == 3u);
}

TEST_CASE("a stream that has failed is refused, not sent as an empty file") {
    std::ifstream missing("/nonexistent/file");
    auto const never_opened = ferry::from_stream(missing, "s").source().open();
    REQUIRE_FALSE(never_opened);
    CHECK(never_opened.error().kind() == ferry::error_kind::file);

    std::istringstream stream("x");
    std::string all;
    while (std::getline(stream, all)) continue;
    CHECK_FALSE(ferry::from_stream(stream, "s").source().open());
}

TEST_CASE("a callback may return a count or a result") {
    int calls = 0;
    auto const counted = ferry::from_callback(
        [&calls](char* to, std::size_t) -> std::size_t {
            if (calls == 2) return 0;
            *to = "ab"[calls++];
            return 1;
        },
        "c", 2);
    CHECK_FALSE(counted.source().repeatable());
    CHECK(read_all(counted.source()) == "ab");

    auto const failing = ferry::from_callback(
        [](char*, std::size_t) -> ferry::result<std::size_t> {
            return ferry::error(ferry::error_kind::file, "no more");
        },
        "c");
    CHECK_FALSE(failing.source().open().value().has_value());
    char byte = 0;
    CHECK(failing.source().read(&byte, 1).error().message() == "no more");
}

TEST_CASE("what is left of an open file is sent, again and again, and the descriptor stays where it is") {
    temporary_directory const here;
    int const descriptor = ::open(here.write("a", "0123456789").c_str(), O_RDONLY);
    REQUIRE(descriptor >= 0);
    REQUIRE(::lseek(descriptor, 4, SEEK_SET) == 4);
    auto const upload = ferry::from_descriptor(descriptor, "a.txt");
    CHECK(upload.file_name() == "a.txt");
    CHECK(upload.source().repeatable());
    CHECK(read_all(upload.source()) == "456789");
    CHECK(read_all(upload.source(), 100) == "456789");
    CHECK(::lseek(descriptor, 0, SEEK_CUR) == 4);
    CHECK(ferry::from_descriptor(descriptor, "a", 3).source().open().value() == 3U);
    CHECK(::close(descriptor) == 0);  // still open: it is the caller's
    auto const closed = upload.source().open();
    REQUIRE_FALSE(closed);
    CHECK(closed.error().kind() == ferry::error_kind::file);
}

TEST_CASE("a pipe behind a descriptor is sent once, without a length unless one is given") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    REQUIRE(::write(ends[1], "from a pipe", 11) == 11);
    ::close(ends[1]);
    auto const upload = ferry::from_descriptor(ends[0], "p");
    CHECK_FALSE(upload.source().repeatable());
    CHECK_FALSE(upload.source().open().value());
    CHECK(read_all(upload.source()) == "from a pipe");
    CHECK(ferry::from_descriptor(ends[0], "p", 11).source().open().value() == 11U);
    ::close(ends[0]);
}

TEST_CASE("a stream as sink says when it is broken, at the flush at the latest") {
    std::ostringstream text;
    ferry::stream_sink sink(text);
    CHECK(sink.write("ab"));
    CHECK(sink.write("c"));
    CHECK(sink.finish());
    CHECK(text.str() == "abc");
    CHECK_FALSE(sink.restart());

    std::ofstream full("/dev/full");
    ferry::stream_sink broken(full);
    CHECK(broken.write("x"));  // in the stream's buffer
    CHECK(broken.finish().error().kind() == ferry::error_kind::file);
    CHECK(broken.write("x").error().kind() == ferry::error_kind::file);
}

TEST_CASE("a stream that throws at its end is sent like any other") {
    std::istringstream stream("0123456789");
    stream.exceptions(std::ios::failbit | std::ios::badbit | std::ios::eofbit);
    stream.ignore(2);
    auto const upload = ferry::from_stream(stream, "s");
    CHECK(upload.source().repeatable());
    CHECK(read_all(upload.source()) == "23456789");
    CHECK(read_all(upload.source(), 100) == "23456789");
    CHECK(stream.exceptions() == (std::ios::failbit | std::ios::badbit | std::ios::eofbit));

    pipe_buffer buffer("0123456789");
    std::istream pipe(&buffer);
    pipe.exceptions(std::ios::failbit | std::ios::badbit);
    auto const piped = ferry::from_stream(pipe, "s");
    CHECK_FALSE(piped.source().repeatable());
    CHECK(read_all(piped.source()) == "0123456789");

    std::istringstream empty;
    empty.exceptions(std::ios::failbit | std::ios::eofbit);
    CHECK(read_all(ferry::from_stream(empty, "s").source()).empty());
}
