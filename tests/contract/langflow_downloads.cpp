// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Downloads from Langflow to files, to sinks and into memory, also where the connection breaks on the way.
#include "contract/langflow.hpp"

using namespace ferry_test;

namespace {

ferry::mock::fault truncation(std::string path, std::uint64_t times) {
    ferry::mock::fault fault;
    fault.method = "GET";
    fault.path = std::move(path);
    fault.truncate_after = 10'000;
    fault.times = times;
    return fault;
}

class memory_sink final : public ferry::byte_sink {
public:
    ferry::result<void> write(std::string_view more) override {
        bytes += more;
        ++writes;
        return {};
    }
    bool restart() override {
        bytes.clear();
        ++restarts;
        return true;
    }

    std::string bytes;
    int writes = 0;
    int restarts = 0;
};

/// Takes what comes and cannot start again.
class pipe_sink final : public ferry::byte_sink {
public:
    ferry::result<void> write(std::string_view more) override {
        bytes += more;
        return {};
    }
    std::string bytes;
};

class full_sink final : public ferry::byte_sink {
public:
    ferry::result<void> write(std::string_view) override {
        return ferry::error(ferry::error_kind::file, "the disk is full");
    }
};

}  // namespace

TEST_CASE("A Langflow file comes back the same to a file, to a sink and into memory") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    scratch_directory const files;
    auto const bytes = awkward_bytes() + noise(2 << 20, 7);
    auto const file = put(services.alice, "data.bin", bytes);
    auto const stored = put_in_flow(services.alice, alice_flow, "image.png", bytes);

    auto const saved = send.save(services.alice.files.get(file.id), files.path("v2"));
    REQUIRE(saved.has_value());
    CHECK(saved->path == files.path("v2"));
    CHECK(saved->size == bytes.size());
    CHECK(saved->content_type == "application/octet-stream");
    CHECK(saved->file_name == "data.bin");
    CHECK(files.read("v2") == bytes);

    auto const of_flow = send.save(services.alice.flow_files.download(alice_flow, stored), files.path("v1"));
    REQUIRE(of_flow.has_value());
    CHECK(of_flow->file_name == stored);
    CHECK(files.read("v1") == bytes);

    auto const image = send.save(services.alice.flow_files.image(alice_flow, stored), files.path("image"));
    REQUIRE(image.has_value());
    CHECK(image->content_type == "image/png");
    CHECK(image->file_name.empty());
    CHECK(files.read("image") == bytes);

    memory_sink sink;
    REQUIRE(services.alice.files.get(file.id).write_to(sink).has_value());
    CHECK(sink.bytes == bytes);
    CHECK(sink.writes > 1);
    CHECK(sink.restarts == 0);
    CHECK(send(services.alice.files.get(file.id)).value() == bytes);
    CHECK(files.names() == std::vector<std::string>{"image", "v1", "v2"});
}

TEST_CASE("Saving a Langflow file over an existing one replaces it whole, or not at all") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    scratch_directory const files;
    auto const path = files.write("copy", "what was there");
    auto const file = put(services.alice, "data.bin", noise(50'000));

    CHECK(error_of(send.save(services.alice.files.get(nobody), path)).status() == 404);
    CHECK(files.read("copy") == "what was there");
    REQUIRE(send.save(services.alice.files.get(file.id), path).has_value());
    CHECK(files.read("copy") == noise(50'000));
    CHECK(files.names() == std::vector<std::string>{"copy"});
}

TEST_CASE("A Langflow download that is cut short leaves nothing behind") {
    sender const send(GENERATE(blocking, coroutine));
    langflow services;
    scratch_directory const files;
    auto const kept = files.write("kept", "what was there");
    auto const id = put(services.alice, "data.bin", noise(100'000)).id;
    auto const stored = put_in_flow(services.alice, alice_flow, "data.bin", noise(100'000));
    services.kit.mock.add_fault(truncation("/api/v2/files/*", 4));
    services.kit.mock.add_fault(truncation("/api/v1/files/download/*", 1));

    auto const chunked = send.save(services.alice.files.get(id), files.path("new"));
    auto const over = send.save(services.alice.files.get(id), kept);
    auto const sized = send.save(services.alice.flow_files.download(alice_flow, stored), files.path("sized"));
    auto const in_memory = send(services.alice.files.get(id));
    pipe_sink sink;
    auto const piped = services.alice.files.get(id).write_to(sink);

    for (auto const& why :
         {error_of(chunked), error_of(over), error_of(sized), error_of(in_memory), error_of(piped)}) {
        INFO(why.message());
        CHECK((why.kind() == ferry::error_kind::protocol || why.kind() == ferry::error_kind::connection));
        CHECK(why.retries() == 0);
    }
    CHECK_THROWS_AS(chunked.value(), ferry::connection_error);
    CHECK(sink.bytes == noise(100'000).substr(0, sink.bytes.size()));
    CHECK(services.kit.mock.faults_fired() == 5);
    CHECK(files.names() == std::vector<std::string>{"kept"});
    CHECK(files.read("kept") == "what was there");
}

TEST_CASE("A Langflow download that is cut short starts again where retries are allowed") {
    sender const send(GENERATE(blocking, coroutine));
    langflow services;
    scratch_directory const files;
    auto const id = put(services.alice, "data.bin", noise(100'000)).id;
    services.kit.mock.add_fault(truncation("/api/v2/files/*", 1));

    auto const saved = send.save(services.alice.files.get(id).max_retries(1), files.path("copy"));

    REQUIRE(saved.has_value());
    CHECK(saved->size == 100'000);
    CHECK(files.read("copy") == noise(100'000));
    CHECK(files.names() == std::vector<std::string>{"copy"});

    services.kit.mock.add_fault(truncation("/api/v2/files/*", 1));
    auto const answer = send.with_response(services.alice.files.get(id).max_retries(1));
    REQUIRE(answer.has_value());
    CHECK(answer->value == noise(100'000));
    CHECK(answer->attempts == 2);

    services.kit.mock.add_fault(truncation("/api/v2/files/*", 1));
    memory_sink sink;
    REQUIRE(services.alice.files.get(id).max_retries(1).write_to(sink).has_value());
    CHECK(sink.bytes == noise(100'000));
    CHECK(sink.restarts == 1);

    // A sink that cannot forget ends the call, whatever the number of retries.
    services.kit.mock.add_fault(truncation("/api/v2/files/*", 1));
    pipe_sink pipe;
    CHECK(services.alice.files.get(id).max_retries(5).write_to(pipe).has_error());
    CHECK(pipe.bytes.size() <= 10'000);
    CHECK(services.kit.mock.faults_fired() == 4);
}

TEST_CASE("A truncated Langflow zip is noticed, and the batch is fetched again although it is a POST") {
    sender const send(GENERATE(blocking, coroutine));
    langflow services;
    scratch_directory const files;
    auto const id = put(services.alice, "data.bin", noise(100'000)).id;
    auto cut = truncation("/api/v2/files/batch/", 2);
    cut.method = "POST";
    services.kit.mock.add_fault(cut);
    CHECK(send.save(services.alice.files.download_batch({id}), files.path("a.zip")).has_error());
    CHECK(files.names().empty());
    CHECK(
        send.save(services.alice.files.download_batch({id}).max_retries(1), files.path("a.zip")).has_value());
    CHECK(files.names() == std::vector<std::string>{"a.zip"});
}

TEST_CASE("A Langflow download ends when the place for it fails") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    scratch_directory const files;
    auto const id = put(services.alice, "data.bin", noise(100'000)).id;
    auto const nowhere = send.save(services.alice.files.get(id), files.path("no such folder/copy"));
    CHECK(error_of(nowhere).kind() == ferry::error_kind::file);
    CHECK_THROWS_AS(nowhere.value(), ferry::file_error);
    full_sink sink;
    auto const full = services.alice.files.get(id).write_to(sink);
    CHECK(error_of(full).kind() == ferry::error_kind::file);
    CHECK_THAT(error_of(full).message(), contains("the disk is full"));
    CHECK(files.names().empty());
    CHECK(send(services.alice.files.get(id)).has_value());
}

TEST_CASE("Downloads from Langflow into memory stop at the limit, to files they do not") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    scratch_directory const files;
    auto const id = put(services.alice, "data.bin", noise(100'000)).id;
    auto options = services.options("sk-alice");
    options.max_body_size = 50'000;
    ferry::langflow::client const small(options);
    auto const refused = send(small.files.get(id));
    CHECK(error_of(refused).kind() == ferry::error_kind::limit);
    CHECK(send.save(small.files.get(id), files.path("copy")).value().size == 100'000);
}
