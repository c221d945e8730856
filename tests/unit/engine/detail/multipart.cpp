// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/multipart.hpp"

#include "../../support/result.hpp"
#include "../../support/temporary_directory.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using ferry::detail::multipart_source;

ferry::result<std::string> read_all(multipart_source& body, std::size_t step) {
    std::string all;
    std::string piece(step, '\0');
    while (true) {
        auto const count = body.read(piece.data(), piece.size());
        if (!count) return count.error();
        if (*count == 0) return all;
        all.append(piece, 0, *count);
    }
}

std::string const form =
    "--B\r\nContent-Disposition: form-data; name=\"first\"\r\n\r\none\r\n"
    "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
    "Content-Type: text/plain\r\n\r\nhello\r\n"
    "--B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{}\r\n"
    "--B\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--B--\r\n";

void fill(multipart_source& body) {
    body.add_text("first", "one");
    body.add_file("file", ferry::from_string("hello", "a.txt").content_type("text/plain"));
    body.add_text("meta", "{}", "application/json");
    body.add_text("empty", "");
}

class throwing_source final : public ferry::byte_source {
public:
    explicit throwing_source(bool at_open) : at_open_(at_open) {}
    ferry::result<std::optional<std::uint64_t>> open() override {
        if (at_open_) throw std::runtime_error("cannot start");
        return std::optional<std::uint64_t>();
    }
    ferry::result<std::size_t> read(char*, std::size_t) override { throw std::runtime_error("tape torn"); }
    bool repeatable() const noexcept override { return true; }

private:
    bool at_open_;
};

}  // namespace

TEST_CASE("parts are written in order, byte for byte, whatever the size of the reads") {
    for (std::size_t const step : {std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{100000}}) {
        multipart_source body("B");
        fill(body);
        CHECK(body.open().value() == form.size());
        CHECK(read_all(body, step).value() == form);
        CHECK(body.repeatable());
        CHECK(body.open().value() == form.size());  // and once more, from the start
        CHECK(read_all(body, step).value() == form);
    }
    CHECK(multipart_source("B").content_type() == "multipart/form-data; boundary=B");
}

TEST_CASE("what stands around a file that comes is not kept back for it") {
    std::string const before =
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n"
        "Content-Type: application/octet-stream\r\n\r\n";
    auto const pieces = [](multipart_source& body) {
        std::vector<std::string> all;
        std::string piece(1000, '\0');
        while (true) {
            auto const count = body.read(piece.data(), piece.size()).value();
            if (count == 0) return all;
            all.push_back(piece.substr(0, count));
        }
    };
    auto const give = [count = 0](char* to, std::size_t) mutable -> std::size_t {
        if (count == 3) return 0;
        *to = static_cast<char>('a' + count++);
        return 1;
    };
    multipart_source known("B");
    known.add_file("file", ferry::from_callback(give, "a", 3));
    REQUIRE(known.open());
    CHECK_FALSE(known.waits_for().possible);
    CHECK(pieces(known) == std::vector<std::string>{before, "a", "b", "c\r\n--B--\r\n"});

    multipart_source unknown("B");
    unknown.add_file("file", ferry::from_callback(give, "a"));
    REQUIRE(unknown.open());
    CHECK(pieces(unknown) == std::vector<std::string>{before, "a", "b", "c", "\r\n--B--\r\n"});

    multipart_source at_hand("B");
    at_hand.add_file("file", ferry::from_string("abc", "a"));
    REQUIRE(at_hand.open());
    CHECK(pieces(at_hand) == std::vector<std::string>{before + "abc\r\n--B--\r\n"});
}

TEST_CASE("a form without parts is only its end") {
    multipart_source body("B");
    CHECK(body.open().value() == 7u);
    CHECK(read_all(body, 3).value() == "--B--\r\n");
}

TEST_CASE("names are quoted as quoted-string, UTF-8 as it is") {
    CHECK(ferry::detail::quoted_parameter("plain.txt") == "\"plain.txt\"");
    CHECK(ferry::detail::quoted_parameter("q\"x\\y.txt") == "\"q\\\"x\\\\y.txt\"");
    CHECK(ferry::detail::quoted_parameter("\u9f99 \u00e9.pdf") == "\"\u9f99 \u00e9.pdf\"");
    CHECK(ferry::detail::quoted_parameter("") == "\"\"");

    multipart_source body("B");
    body.add_file("file", ferry::from_string("", "q\"x\\\u9f99.txt"));
    REQUIRE(body.open());
    CHECK_THAT(read_all(body, 50).value(), ferry_test::contains("filename=\"q\\\"x\\\\\u9f99.txt\"\r\n"));
}

TEST_CASE("one part of unknown length makes the whole length unknown") {
    std::string left = "streamed";
    multipart_source body("B");
    body.add_text("a", "1");
    body.add_file("file", ferry::from_callback(
                              [&left](char* to, std::size_t size) {
                                  auto const count = left.copy(to, (std::min)(size, std::size_t{3}));
                                  left.erase(0, count);
                                  return count;
                              },
                              "s"));
    body.add_text("b", "2");
    CHECK_FALSE(body.repeatable());
    auto const size = body.open();
    REQUIRE(size);
    CHECK_FALSE(size->has_value());
    CHECK_THAT(read_all(body, 16).value(), ferry_test::contains("\r\n\r\nstreamed\r\n--B\r\n"));
}

TEST_CASE("a file that shrinks fails, one that grows is cut") {
    ferry_test::temporary_directory const here;
    auto const path = here.write("log", "0123456789");
    multipart_source body("B");
    body.add_file("file", ferry::from_path(path));
    REQUIRE(body.open());
    here.write("log", "0123");
    auto const shrunk = read_all(body, 1000);
    REQUIRE_FALSE(shrunk);
    CHECK(shrunk.error().kind() == ferry::error_kind::file);
    CHECK_THAT(shrunk.error().message(), ferry_test::contains("'log' shrank"));
    CHECK_THAT(shrunk.error().message(), ferry_test::contains("10 bytes were announced, 4 came"));

    auto const size = body.open();
    REQUIRE(size);
    std::ofstream(path, std::ios::app) << "456789";
    auto const grown = read_all(body, 5);
    REQUIRE(grown);
    CHECK(grown->size() == **size);
    CHECK_THAT(*grown, ferry_test::contains("\r\n\r\n0123\r\n--B--"));
}

TEST_CASE("fewer bytes than a callback or stream announced fail, more are not sent") {
    std::istringstream stream("abc");
    multipart_source body("B");
    body.add_file("file", ferry::from_stream(stream, "s", 5));
    REQUIRE(body.open());
    CHECK_FALSE(read_all(body, 10));

    std::istringstream longer("abcdef");
    multipart_source cut("B");
    cut.add_file("file", ferry::from_stream(longer, "s", 2));
    REQUIRE(cut.open());
    CHECK_THAT(read_all(cut, 10).value(), ferry_test::contains("\r\n\r\nab\r\n--B--"));
}

TEST_CASE("a source that cannot open, throws or lies fails the body") {
    multipart_source missing("B");
    missing.add_file("file", ferry::from_path("/nonexistent/file"));
    CHECK(missing.open().error().kind() == ferry::error_kind::file);

    multipart_source at_open("B");
    at_open.add_file("file", {std::make_shared<throwing_source>(true), "tape"});
    CHECK_THAT(at_open.open().error().message(), ferry_test::contains("'tape' threw: cannot start"));

    multipart_source at_read("B");
    at_read.add_file("file", {std::make_shared<throwing_source>(false), "tape"});
    REQUIRE(at_read.open());
    auto const torn = read_all(at_read, 1000);
    REQUIRE_FALSE(torn);
    CHECK(torn.error().kind() == ferry::error_kind::file);
    CHECK_THAT(torn.error().message(), ferry_test::contains("tape torn"));

    multipart_source too_many("B");
    too_many.add_file("file", ferry::from_callback([](char*, std::size_t size) { return size + 1; }, "liar"));
    REQUIRE(too_many.open());
    CHECK_THAT(read_all(too_many, 1000).error().message(), ferry_test::contains("more bytes than"));
}

TEST_CASE("a preview shows the form without the files' bytes and leaves the sources alone") {
    multipart_source body("B");
    body.add_text("first", "one");
    body.add_file("file", ferry::from_path("/nonexistent/a.txt"));
    auto const shown = body.preview();
    CHECK_THAT(shown, ferry_test::contains("name=\"first\"\r\n\r\none\r\n"));
    CHECK_THAT(shown, ferry_test::contains("filename=\"a.txt\""));
    CHECK_THAT(shown, ferry_test::contains("<bytes of a.txt>\r\n--B--"));
}
