// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/body.hpp"

#include "ferry/core/detail/is_readable.hpp"

#include "../support/result.hpp"
#include "../support/temporary_directory.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <streambuf>
#include <string_view>
#include <thread>

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

std::string content_of(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A pipe, as standard input while this lives.
class piped_input {
public:
    piped_input() : before_(::dup(STDIN_FILENO)) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        REQUIRE(::dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
        ::close(ends[0]);
        writer_ = ends[1];
    }
    piped_input(piped_input const&) = delete;
    ~piped_input() {
        end();
        ::dup2(before_, STDIN_FILENO);
        ::close(before_);
        std::clearerr(stdin);
        std::cin.clear();
    }

    void write(std::string_view bytes) const {
        CHECK(::write(writer_, bytes.data(), bytes.size()) == static_cast<::ssize_t>(bytes.size()));
    }
    void end() {
        if (writer_ >= 0) ::close(writer_);
        writer_ = -1;
    }

private:
    int before_;
    int writer_ = -1;
};

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
    CHECK(upload.content_type() == "application/pdf");
    CHECK_FALSE(upload.has_content_type());
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

TEST_CASE("the media type is the one that was given, else what the name says") {
    auto upload = ferry::from_string("x", "a.pdf");
    CHECK(upload.content_type() == "application/pdf");
    upload.file_name("a.png");
    CHECK(upload.content_type() == "image/png");
    upload.file_name("a.unknown");
    CHECK(upload.content_type() == "application/octet-stream");
    upload.content_type("application/octet-stream").file_name("a.pdf");
    CHECK(upload.has_content_type());
    CHECK(upload.content_type() == "application/octet-stream");
    upload.content_type("");
    CHECK(upload.content_type() == "application/pdf");
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

TEST_CASE("a named pipe that nobody has opened for writing is waited for, not empty") {
    temporary_directory const here;
    auto const path = here / "pipe";
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    auto const upload = ferry::from_path(path);
    REQUIRE(upload.source().open());  // does not block
    auto const what = upload.source().waits_for();
    CHECK(what.possible);
    CHECK(what.name == "the pipe '" + path + "'");
    CHECK_FALSE(ferry::detail::is_readable(what.descriptor));
    std::thread writer([&] {
        int const end = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
        CHECK(::write(end, "piped", 5) == 5);
        ::close(end);
    });
    char piece[8];
    CHECK(upload.source().read(piece, sizeof piece).value() == 5);
    writer.join();
    CHECK(ferry::detail::is_readable(what.descriptor));  // its end
    CHECK(upload.source().read(piece, sizeof piece).value() == 0);
}

TEST_CASE("only what comes when somebody gives it is waited for") {
    temporary_directory const here;
    auto const path = here.write("a", "0123456789");
    auto const file = ferry::from_path(path);
    REQUIRE(file.source().open());
    CHECK_FALSE(file.source().waits_for().possible);
    CHECK_FALSE(ferry::from_string("x", "x").source().waits_for().possible);
    std::istringstream text("x");
    CHECK_FALSE(ferry::from_stream(text, "x").source().waits_for().possible);
    auto const callback = ferry::from_callback([](char*, std::size_t) { return std::size_t{0}; }, "x");
    CHECK(callback.source().waits_for().possible);
    CHECK(callback.source().waits_for().descriptor == -1);

    auto const device = ferry::from_path("/dev/zero");
    CHECK_FALSE(device.source().open().value());
    CHECK(device.source().waits_for().name == "the device '/dev/zero'");
    CHECK(ferry::detail::is_readable(device.source().waits_for().descriptor));
}

TEST_CASE("a socket is no file to upload by its name") {
    temporary_directory const here;
    auto const path = here / "socket";
    ::sockaddr_un name{};
    name.sun_family = AF_UNIX;
    REQUIRE(path.size() < sizeof name.sun_path);
    path.copy(name.sun_path, path.size());
    int const socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    REQUIRE(::bind(socket, reinterpret_cast<::sockaddr const*>(&name), sizeof name) == 0);
    auto const opened = ferry::from_path(path).source().open();
    ::close(socket);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind() == ferry::error_kind::file);
    CHECK(opened.error().message() == "cannot upload '" + path +
                                          "', which is a socket or a device that is gone: No such device or "
                                          "address");
}

TEST_CASE("what the system makes while it is read is read to its end, whatever size it claims") {
    std::string const path = GENERATE(as<std::string>(), "/proc/version", "/proc/self/cmdline",
                                      "/sys/class/net/lo/mtu", "/sys/kernel/mm/transparent_hugepage/enabled");
    if (::access(path.c_str(), R_OK) != 0) return;
    auto const content = content_of(path);
    REQUIRE_FALSE(content.empty());
    auto const by_name = ferry::from_path(path);
    CHECK(by_name.source().open().value() == content.size());
    CHECK(read_all(by_name.source()) == content);
    CHECK(read_all(by_name.source(), 100'000) == content);  // and again
    CHECK(by_name.source().repeatable());

    int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    CHECK(read_all(ferry::from_descriptor(descriptor, "x").source()) == content);
    REQUIRE(::lseek(descriptor, 2, SEEK_SET) == 2);
    CHECK(read_all(ferry::from_descriptor(descriptor, "x").source()) == content.substr(2));
    ::close(descriptor);

    std::ifstream stream(path, std::ios::binary);
    auto const streamed = ferry::from_stream(stream, "x");
    CHECK(read_all(streamed.source()) == content);
    CHECK(read_all(streamed.source()) == content);
}

TEST_CASE("what claims no size and is long has none, and comes whole") {
    std::string const path = "/proc/kallsyms";  // megabytes
    if (::access(path.c_str(), R_OK) != 0) return;
    auto const content = content_of(path);
    if (content.size() < 100'000) return;
    auto const upload = ferry::from_path(path);
    CHECK_FALSE(upload.source().open().value());
    CHECK((read_all(upload.source(), 10'000) == content));
}

TEST_CASE("a small file with holes only is what it is") {
    temporary_directory const here;
    auto const path = here.write("holes", "");
    REQUIRE(::truncate(path.c_str(), 5000) == 0);
    CHECK(ferry::from_path(path).source().open().value() == 5000U);
    CHECK(read_all(ferry::from_path(path).source()) == std::string(5000, '\0'));
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

TEST_CASE("a stream that cannot seek gives what it has, and a little of what does not say") {
    pipe_buffer buffer(std::string(10'000, 'x'));
    std::istream stream(&buffer);
    auto const upload = ferry::from_stream(stream, "s");
    CHECK_FALSE(upload.source().waits_for().possible);  // it is there
    std::string piece(100'000, '\0');
    CHECK(upload.source().read(piece.data(), piece.size()).value() == 10'000);
    CHECK(upload.source().waits_for().possible);
    CHECK(upload.source().read(piece.data(), piece.size()).value() == 0);

    /// One byte at a time.
    class unbuffered final : public std::streambuf {
        int_type underflow() override { return left_ ? 'y' : traits_type::eof(); }
        int_type uflow() override { return left_ ? (--left_, 'y') : traits_type::eof(); }
        int left_ = 10'000;
    } one_by_one;
    std::istream other(&one_by_one);
    auto const source = ferry::from_stream(other, "s");
    CHECK(source.source().waits_for().possible);
    CHECK(source.source().read(piece.data(), piece.size()).value() == 4096);
    CHECK(read_all(source.source(), 100'000) == std::string(10'000 - 4096, 'y'));
}

TEST_CASE("standard input gives what is there, and says what it waits for") {
    piped_input input;
    input.write("first line\nsecond ");
    std::string line;
    REQUIRE(std::getline(std::cin, line));  // the rest is in a buffer now
    auto const upload = ferry::from_stream(std::cin, "in");
    CHECK_FALSE(upload.source().repeatable());
    CHECK_FALSE(upload.source().open().value());
    std::string piece(100, '\0');
    auto const next = [&] { return piece.substr(0, upload.source().read(piece.data(), 100).value()); };
#if defined(__GLIBCXX__) && defined(__GLIBC__)
    CHECK_FALSE(upload.source().waits_for().possible);
    CHECK(next() == "second ");
    CHECK(upload.source().waits_for().descriptor == STDIN_FILENO);
    CHECK(upload.source().waits_for().name == "the standard input");
    CHECK_FALSE(ferry::detail::is_readable(STDIN_FILENO));
    input.write("line");
    CHECK(next() == "line");
#endif
    input.end();
    while (!next().empty()) continue;
}

TEST_CASE("a stream that throws by itself is read to its end") {
    std::istringstream seekable("0123456789");
    seekable.exceptions(std::ios::failbit | std::ios::badbit | std::ios::eofbit);
    CHECK(read_all(ferry::from_stream(seekable, "s").source()) == "0123456789");
    pipe_buffer buffer("from a pipe");
    std::istream stream(&buffer);
    stream.exceptions(std::ios::failbit | std::ios::badbit | std::ios::eofbit);
    CHECK(read_all(ferry::from_stream(stream, "s").source()) == "from a pipe");
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

TEST_CASE("a descriptor that does not block is waited for") {
    int ends[2];
    REQUIRE(::pipe2(ends, O_NONBLOCK | O_CLOEXEC) == 0);
    auto const upload = ferry::from_descriptor(ends[0], "p");
    CHECK(upload.source().waits_for().descriptor == ends[0]);
    std::thread writer([&] { CHECK(::write(ends[1], "late", 4) == 4); });
    char piece[8];
    CHECK(upload.source().read(piece, sizeof piece).value() == 4);
    writer.join();
    ::close(ends[0]);
    ::close(ends[1]);
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
