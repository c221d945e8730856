// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Whatever a file holds and however it is called: what comes back is what was sent.

#include "llamacloud.hpp"

#include <algorithm>
#include <cstring>
#include <sstream>

using namespace ferry_test;
using namespace ferry_test::cloud;

namespace {

struct sample {
    std::string what;
    std::string bytes;
};

std::vector<sample> samples() {
    std::vector<sample> all{
        {"one byte", "x"},
        {"NUL bytes", std::string(1000, '\0') + "x" + std::string(1000, '\0')},
        {"CR and LF in every order", "\r\n\r\r\n\n\r\n--\r\n--\n--\r--\r\n"},
        {"ends with what begins a delimiter", "text\r\n--"},
        {"starts with a delimiter", "--ferry-\r\n\r\ntext"},
        {"a whole multipart body",
         "--boundary\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nextract\r\n--boundary--\r\n"},
        {"a chunk and its end", "5\r\nhello\r\n0\r\n\r\n"},
        {"not UTF-8", "\xff\xfe\xc3\x28\x80"},
        {"every byte value", {}},
        {"the size of a buffer", noise(65536)},
        {"one byte more", noise(65537)},
    };
    for (int i = 0; i < 256; ++i) all[8].bytes += static_cast<char>(i);
    return all;
}

}  // namespace

TEST_CASE("bytes come back identical") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    scratch_directory const scratch;
    for (auto const& [what, bytes] : samples()) {
        INFO(what);
        auto const file =
            send(service.alice.files.create(ferry::from_string(bytes, "a.bin"), "user_data")).value();
        CHECK(file.purpose == "user_data");
        CHECK(send.save(service.alice.files.content(file.id), scratch.path("copy")).value().size ==
              bytes.size());
        CHECK(scratch.read("copy") == bytes);
    }
}

TEST_CASE("names come back identical") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    for (std::string const name :
         {"Übersicht 龙 🗂.pdf", "say \"hi\".txt", "semi;colon=a&b%41.txt", " spaces .txt", "new%0Aline",
          "a/b/../c.txt", ".", "..", "'single'", "?#[]{}<>|*", "back\\slash \\\\ twice\\"}) {
        INFO(name);
        auto const file = send(service.alice.files.create(ferry::from_string(name, name), "parse")).value();
        CHECK(file.name == name);
        CHECK(texts(send.items(service.alice.files.list().file_name(name)), &models::file::id) ==
              names{file.id});
        CHECK(content_of(service.alice, file.id) == name);  // the signed URL holds the name as well
    }
}

TEST_CASE("20 MiB come back identical from every kind of source") {
    llamacloud const service;
    scratch_directory const scratch;
    static auto const bytes = noise(std::size_t{20} << 20);
    auto const path = scratch.write("large.bin", bytes);
    std::istringstream stream(bytes);
    std::size_t given = 0;
    auto const give = [&](char* to, std::size_t size) {
        auto const n = (std::min)({size, bytes.size() - given, std::size_t{10'000}});
        std::memcpy(to, bytes.data() + given, n);
        given += n;
        return n;
    };

    auto const source = GENERATE(0, 1, 2, 3, 4);
    auto upload = source == 0   ? ferry::from_path(path)
                  : source == 1 ? ferry::from_memory(bytes, "large.bin")
                  : source == 2 ? ferry::from_stream(stream, "large.bin")
                  : source == 3 ? ferry::from_callback(give, "large.bin", bytes.size())
                                : ferry::from_callback(give, "large.bin");  // chunked
    INFO("source " << source);
    auto const file = service.alice.files.create(std::move(upload), "user_data").send().value();
    CHECK(file.name == "large.bin");
    CHECK(service.alice.files.content(file.id).save_to(scratch.path("copy")).value().size == bytes.size());
    CHECK((scratch.read("copy") == bytes));
}

TEST_CASE("bytes of unknown length are sent chunked, empty ones included") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    std::string const bytes = "chunked\r\n0\r\n\r\n";
    bool given = false;
    auto const once = [&](char* to, std::size_t) {
        auto const n = given ? 0 : bytes.size();
        std::memcpy(to, bytes.data(), n);
        given = true;
        return n;
    };
    auto const file = send(service.alice.files.create(ferry::from_callback(once, "a.txt"), "parse")).value();
    CHECK(content_of(service.alice, file.id) == bytes);

    auto const nothing = [](char*, std::size_t) { return std::size_t{0}; };
    check_refusal(
        error_of(send(service.alice.files.create(ferry::from_callback(nothing, "empty.txt"), "parse"))), 400,
        "Uploaded file is empty.");
}

TEST_CASE("metadata texts come back identical") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const home = service.alice.directories.create("home").send().value().id;
    models::metadata const metadata{
        {"quote \" backslash \\ slash /", std::string("\" \\ / \b\f\n\r\t\x01\x7f")},
        {"NUL", std::string("a\0b", 3)},
        {"Ünïcode 龙", std::string("🗂 \xE2\x80\xA8")},
        {"", std::string()},
        {"boundary", std::string("\r\n--boundary--\r\n")}};
    auto const entry =
        send(service.alice.directories.files.upload(home, ferry::from_string("x", "a")).metadata(metadata))
            .value();
    CHECK((entry.metadata == metadata));
    auto const updated =
        send(service.alice.directories.files.update(home, entry.id).metadata(metadata)).value();
    CHECK((updated.metadata == metadata));
}
