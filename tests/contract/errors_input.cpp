// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What a caller can get wrong: refused with words that help, before or without anything being stored.

#include "scripted.hpp"

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include <sys/stat.h>
#include <unistd.h>

using namespace ferry_test;
using namespace ferry_test::cloud;
using ferry::error_kind;

namespace {

/// A server that counts connections; no call of these tests may make one.
struct untouched : scripted {
    untouched() : scripted(always(answer("200 OK", "application/json", R"({"items":[]})"))) {}
    ~untouched() { CHECK(server.connections() == 0); }
};

template <class T>
void check_argument(ferry::result<T> const& outcome, std::string const& words) {
    auto const why = error_of(outcome);
    CHECK(why.kind() == error_kind::invalid_argument);
    CHECK(why.status() == 0);
    CHECK_THAT(why.message(), contains(words));
    CHECK(why.message().find_first_of("\r\n") == std::string::npos);
    check_throws<ferry::invalid_argument_error>(outcome);
}

template <class T>
void check_file(ferry::result<T> const& outcome, std::string const& words) {
    auto const why = error_of(outcome);
    CHECK(why.kind() == error_kind::file);
    CHECK_THAT(why.message(), contains(words));
    check_throws<ferry::file_error>(outcome);
}

}  // namespace

TEST_CASE("without a key nothing is sent, and the message says where to put one") {
    sender const send(GENERATE(blocking, coroutine));
    for (auto const* name : {"LLAMA_CLOUD_API_KEY", "LLAMA_PARSE_API_KEY"}) unsetenv(name);
    untouched const service;
    auto options = options_for(service.base_url(), "");
    check_argument(send(ferry::llamacloud::client(options).files.list()), "client_options::api_key");
    options.api_key.reset();
    ferry::llamacloud::client const keyless(options);
    check_argument(send(keyless.files.list()), "LLAMA_CLOUD_API_KEY");
    check_argument(send(keyless.files.create(ferry::from_string("x", "a"), "parse")),
                   "no API key for LlamaCloud");
    check_argument(send(keyless.files.delete_(unknown_id)), "files.delete");
    check_argument(send.save(keyless.files.content(unknown_id), "/nonexistent/copy"), "no API key");
}

TEST_CASE("empty ids and dot segments are refused for every path parameter") {
    sender const send(GENERATE(blocking, coroutine));
    untouched const service;
    auto const cloud = service.client();
    auto const& entries = cloud.directories.files;
    for (std::string const id : {"", ".", ".."}) {
        INFO("id '" << id << "'");
        auto const words = id.empty() ? std::string("must not be empty") : "'" + id + "'";
        check_argument(send(cloud.files.get(id)), "file_id");
        check_argument(send(cloud.files.get(id)), words);
        check_argument(send(cloud.files.delete_(id)), words);
        check_argument(send(cloud.files.content(id)), words);
        check_argument(send(cloud.directories.get(id)), "directory_id");
        check_argument(send(cloud.directories.update(id).name("x")), words);
        check_argument(send(cloud.directories.delete_(id)), words);
        check_argument(send(entries.add(id, "x")), words);
        check_argument(send(entries.list(id)), words);
        check_argument(send(entries.upload(id, ferry::from_string("x", "a"))), words);
        check_argument(send(entries.bulk_delete(id, {"x"})), words);
        check_argument(send(entries.get("dir", id)), "directory_file_id");
        check_argument(send(entries.get(id, "entry")), words);
        check_argument(send(entries.update("dir", id)), words);
        check_argument(send(entries.delete_("dir", id)), words);
    }
    auto const walked = send.items(entries.list(".."));
    REQUIRE(walked.size() == 1);
    check_argument(walked[0], "'..'");
}

TEST_CASE("line breaks and NUL in header fields are refused") {
    sender const send(GENERATE(blocking, coroutine));
    untouched const service;
    auto const list = service.client().files.list();
    for (std::string const& text :
         {std::string("a\r\nX-Evil: 1"), std::string("a\nb"), std::string("a\rb"), std::string("a\0b", 3)}) {
        auto call = list;
        check_argument(send(call.extra_header("X-Trace", text)), "X-Trace");
        auto named = list;
        check_argument(send(named.extra_header(text, "value")), "not a header field name");
        auto options = options_for(service.base_url(), "llx-alice");
        options.headers.add("X-Client", text);
        check_argument(send(ferry::llamacloud::client(options).files.list()), "X-Client");
        check_argument(send(ferry::llamacloud::client(options_for(service.base_url(), text)).files.list()),
                       "contains CR, LF or NUL");
    }
    for (auto const* name : {"Host", "content-length", "Transfer-Encoding"}) {
        auto call = list;
        check_argument(send(call.extra_header(name, "1")), "written by the transport");
    }
}

TEST_CASE("line breaks and NUL in file names and media types are refused, and so is no name") {
    sender const send(GENERATE(blocking, coroutine));
    untouched const service;
    auto const cloud = service.client();
    auto const create = [&](std::string name, std::string type = "text/plain") {
        return send(cloud.files.create(ferry::from_string("x", std::move(name)).content_type(std::move(type)),
                                       "parse"));
    };
    for (std::string const& text :
         {std::string("a\r\nX-Evil: 1"), std::string("a\nb"), std::string("a\rb"), std::string("a\0b", 3)}) {
        check_argument(create(text), "contains CR, LF or NUL");
        check_argument(create("a.txt", text), "contains CR, LF or NUL");
        check_argument(send(cloud.directories.files.upload("dir", ferry::from_string("x", text))),
                       "upload_file");
    }
    check_argument(create(""), "has no file name");
}

TEST_CASE("extra members that are not JSON, or have no body to go into, are refused") {
    sender const send(GENERATE(blocking, coroutine));
    untouched const service;
    auto const cloud = service.client();
    check_argument(send(cloud.directories.create("x").extra_body("color", "blue")), "not JSON");
    check_argument(send(cloud.files.list().extra_body("color", "\"blue\"")), "needs a call with a body");
    check_argument(send(cloud.directories.create("\xff")), "cannot be sent");
}

TEST_CASE("a base URL that is none is refused by each call") {
    sender const send(GENERATE(blocking, coroutine));
    for (auto const* url : {"", "localhost", "ftp://localhost", "http://", "http://localhost#x",
                            "http://localhost:99999", "http://local host"}) {
        INFO(url);
        check_argument(send(ferry::llamacloud::client(options_for(url, "llx-alice")).files.list()), "base");
    }
}

TEST_CASE("paths of endpoints that no description lists stay with the service") {
    sender const send(GENERATE(blocking, coroutine));
    untouched const service;
    auto const cloud = service.client();
    for (auto const* path : {"", "api", "http://elsewhere.example/", "/a b", "/a\r\nX-Evil: 1"}) {
        INFO(path);
        check_argument(send(cloud.call("GET", path)), "must start with '/'");
    }
    check_argument(send(cloud.call("GET\r\n", "/")), "is not a method");
}

TEST_CASE("files that cannot be read fail before anything is sent") {
    sender const send(GENERATE(blocking, coroutine));
    untouched const service;
    auto const cloud = service.client();
    scratch_directory const scratch;
    auto const create = [&](std::string path) {
        return send(cloud.files.create(ferry::from_path(std::move(path)), "parse"));
    };

    check_file(create(scratch.path("missing.pdf")), "missing.pdf");
    std::filesystem::create_directory(scratch.path("folder"));
    check_file(create(scratch.path("folder")), "folder");
    check_file(send(cloud.directories.files.upload("dir", ferry::from_path(scratch.path("missing.pdf")))),
               "missing.pdf");
    auto const secret = scratch.write("secret.pdf", "x");
    chmod(secret.c_str(), 0);
    if (geteuid() != 0) check_file(create(secret), "secret.pdf");  // root may read everything

    std::istringstream broken("x");
    broken.setstate(std::ios::failbit);
    check_file(send(cloud.files.create(ferry::from_stream(broken, "a.txt"), "parse")), "");
}

TEST_CASE("a source that fails in the middle fails the call with its words, and nothing is stored") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const& files = service.alice.files;
    auto const after_some = [](auto end) {
        return [end, left = 300'000](char* to, std::size_t size) mutable -> ferry::result<std::size_t> {
            if (left <= 0) return end();
            std::fill(to, to + size, 'x');
            left -= static_cast<int>(size);
            return size;
        };
    };

    auto const failing = after_some(
        [] { return ferry::result<std::size_t>(ferry::error(error_kind::file, "the tape tore")); });
    check_file(send(files.create(ferry::from_callback(failing, "a"), "parse")), "the tape tore");
    auto const throwing =
        after_some([]() -> ferry::result<std::size_t> { throw std::runtime_error("the drive burns"); });
    check_file(send(files.create(ferry::from_callback(throwing, "a"), "parse")), "the drive burns");
    check_file(send(files.create(ferry::from_callback(throwing, "a", 1'000'000), "parse")),
               "the drive burns");

    auto const ending = after_some([] { return ferry::result<std::size_t>(std::size_t{0}); });
    check_file(send(files.create(ferry::from_callback(ending, "a", 1'000'000), "parse")), "1000000 bytes");
    std::istringstream little("little");
    check_file(send(files.create(ferry::from_stream(little, "a", 100), "parse")), "100 bytes");
    CHECK(send.items(files.list()).empty());
}

TEST_CASE("a file that shrinks while it is sent fails the call instead of sending garbage") {
    sender const send(GENERATE(blocking, coroutine));
    scratch_directory const scratch;
    auto const path = scratch.write("shrinking.bin", "");
    std::filesystem::resize_file(path, 64 << 20);  // more than all buffers in between hold
    scripted const service([&](raw_server::peer& peer) {
        peer.read_head();
        peer.drain(1 << 20);
        std::filesystem::resize_file(path, 2 << 20);
        peer.drain();
    });
    check_file(send(service.client().files.create(ferry::from_path(path), "parse")),
               std::to_string(64 << 20) + " bytes");
}

TEST_CASE("a file that grows while it is sent is sent as it was") {
    llamacloud const service;
    scratch_directory const scratch;
    auto const bytes = noise(500'000);
    auto const path = scratch.write("growing.log", bytes);

    // The same file once more as the call sees it: opened, then written to before it is read.
    class growing final : public ferry::byte_source {
    public:
        growing(ferry::upload_source inner, scratch_directory const& where, std::string text)
            : inner_(std::move(inner)), where_(where), text_(std::move(text)) {}
        ferry::result<std::optional<std::uint64_t>> open() override {
            auto size = inner_.source().open();
            where_.write("growing.log", text_ + "more");
            return size;
        }
        ferry::result<std::size_t> read(char* to, std::size_t size) override {
            return inner_.source().read(to, size);
        }
        bool repeatable() const noexcept override { return false; }

    private:
        ferry::upload_source inner_;
        scratch_directory const& where_;
        std::string text_;
    };
    ferry::upload_source const source(std::make_shared<growing>(ferry::from_path(path), scratch, bytes),
                                      "growing.log");
    auto const file = service.alice.files.create(source, "parse").send().value();
    CHECK((content_of(service.alice, file.id) == bytes));
}

TEST_CASE("a place that cannot be written to fails the download, and a sink with its own words") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    scratch_directory const scratch;
    auto const id = stored(service.alice, noise(300'000), "a.bin");
    auto const content = service.alice.files.content(id);

    check_file(send.save(content, scratch.path("no/such/folder")), "no/such/folder");
    std::filesystem::create_directory(scratch.path("folder"));
    check_file(send.save(content, scratch.path("folder")), "folder");
    CHECK(scratch.names() == names{"folder"});

    class full_sink final : public ferry::byte_sink {
    public:
        ferry::result<void> write(std::string_view bytes) override {
            taken += bytes.size();
            if (taken > 100'000) return ferry::error(error_kind::file, "the disk is full");
            return {};
        }
        std::size_t taken = 0;
    };
    full_sink full;
    check_file(content.write_to(full), "the disk is full");
    class bad_sink final : public ferry::byte_sink {
    public:
        ferry::result<void> write(std::string_view) override { throw std::runtime_error("no disk at all"); }
    };
    bad_sink bad;
    check_file(content.write_to(bad), "no disk at all");
}
