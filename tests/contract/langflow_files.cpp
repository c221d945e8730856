// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// A user's files (v2), one at a time: upload, list, get, rename, delete.
#include "contract/langflow.hpp"

#include <ferry/json.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <regex>
#include <sstream>

using namespace ferry_test;
namespace models = ferry::langflow::models;

namespace {

models::file const* find(std::vector<models::file> const& files, std::string_view id) {
    auto const found =
        std::find_if(files.begin(), files.end(), [&](models::file const& file) { return file.id == id; });
    return found == files.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("Langflow files.upload answers with id, name without extension, path below the user, and size") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    scratch_directory const files;
    auto const path = files.write("engine manual.pdf", awkward_bytes());

    auto const file = send(services.alice.files.upload(ferry::from_path(path)));

    REQUIRE(file.has_value());
    CHECK(file->id.size() == 36);
    CHECK(file->name == "engine manual");
    CHECK(file->path == std::string(alice_id) + "/" + file->id + ".pdf");
    CHECK(file->size == static_cast<std::int64_t>(awkward_bytes().size()));
    CHECK_FALSE(file->provider.has_value());
    CHECK(send(services.alice.files.get(file->id)).value() == awkward_bytes());
}

TEST_CASE("Langflow files.upload takes every kind of source, with and without a known length") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const bytes = awkward_bytes();
    std::istringstream stream(bytes);
    std::string_view left = bytes;
    auto const pull = [&left](char* to, std::size_t size) {
        auto const count = left.copy(to, (std::min)(size, std::size_t{1000}));
        left.remove_prefix(count);
        return count;
    };
    std::vector<ferry::upload_source> const sources = {
        ferry::from_memory(std::string_view(bytes), "memory.bin"),
        ferry::from_string(bytes, "string.bin").content_type("application/x-test"),
        ferry::from_stream(stream, "stream.bin"),
        ferry::from_callback(pull, "callback.bin"),
    };
    for (auto const& source : sources) {
        INFO(source.file_name());
        auto const file = send(services.alice.files.upload(source));
        REQUIRE(file.has_value());
        CHECK(file->size == static_cast<std::int64_t>(bytes.size()));
        CHECK(send(services.alice.files.get(file->id)).value() == bytes);
    }
}

TEST_CASE("Langflow files.upload accepts an empty file") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const file = send(services.alice.files.upload(ferry::from_string("", "empty.txt")));
    REQUIRE(file.has_value());
    CHECK(file->size == 0);
    CHECK(send(services.alice.files.get(file->id)).value().empty());
}

TEST_CASE("Langflow files.upload with append adds to the file of that name, whatever its extension") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const first = put(services.alice, "log.txt", "one\n");

    auto const second =
        send(services.alice.files.upload(ferry::from_string("two\n", "log.txt")).append(true));
    auto const third =
        send(services.alice.files.upload(ferry::from_string("three\n", "log.md")).append(true));

    REQUIRE(second.has_value());
    CHECK(second->id == first.id);
    CHECK(second->name == "log");
    CHECK(second->path == first.path);
    CHECK(second->size == 8);
    REQUIRE(third.has_value());
    CHECK(third->id == first.id);
    CHECK(third->size == 14);
    CHECK(send(services.alice.files.get(first.id)).value() == "one\ntwo\nthree\n");
    CHECK(send(services.alice.files.list()).value().size() == 1);
}

TEST_CASE("Langflow files.upload with append makes an un-numbered file where there is none of that name") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services({.profile = ferry::mock::profile::observed});
    put(services.alice, "fresh-old.txt");
    auto const file = send(services.alice.files.upload(ferry::from_string("x", "fresh.txt")).append(true));
    REQUIRE(file.has_value());
    CHECK(file->name == "fresh");
    CHECK(file->path == std::string(alice_id) + "/fresh.txt");
}

TEST_CASE("An append to a Langflow file whose answer is lost is not repeated, because it may have arrived") {
    sender const send(GENERATE(blocking, coroutine));
    langflow services;
    auto const file = put(services.alice, "log.txt", "one\n");
    ferry::mock::fault lost;
    lost.method = "POST";
    lost.path = "/api/v2/files";
    lost.reset = ferry::mock::reset_point::before_headers;
    services.kit.mock.add_fault(lost);
    auto const more = ferry::from_string("two\n", "log.txt");

    auto const failed = send(services.alice.files.upload(more).append(true).max_retries(3));

    CHECK(error_of(failed).kind() == ferry::error_kind::connection);
    CHECK(error_of(failed).retries() == 0);
    CHECK(services.kit.mock.faults_fired() == 1);
    CHECK(send(services.alice.files.get(file.id)).value() == "one\ntwo\n");
}

TEST_CASE("Langflow files.upload with ephemeral stores bytes that flows can read, without a file") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services({.profile = ferry::mock::profile::observed});

    auto const file =
        send(services.alice.files.upload(ferry::from_string("for once", "once.txt")).ephemeral(true));

    REQUIRE(file.has_value());
    CHECK(file->path == std::string(alice_id) + "/once.txt");
    CHECK(file->size == 8);
    CHECK(send(services.alice.files.list()).value().empty());
    check_refusal(error_of(send(services.alice.files.get(file->id))), 404, "File not found");
    std::map<std::string, ferry::raw_json> tweaks;
    tweaks["Read-File-1"] = ferry::raw_json(R"({"path":[")" + file->path + R"("]})");
    auto const run = send(services.alice.flows.run(alice_flow).tweaks(tweaks));
    REQUIRE(run.has_value());
    CHECK_THAT(run->outputs.value().at(0).outputs.value().at(0)->artifacts.value().text(),
               contains("for once"));
}

TEST_CASE("Langflow files.list shows all files of the caller, with owner and naive times") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services({.profile = ferry::mock::profile::observed});
    CHECK(send(services.alice.files.list()).value().empty());
    auto const text = put(services.alice, "notes.txt", "four");
    auto const image = put(services.alice, "image.png", "three");
    put(services.bob, "secret.txt");

    auto const files = send(services.alice.files.list()).value();

    REQUIRE(files.size() == 2);
    REQUIRE(find(files, image.id) != nullptr);
    auto const* const listed = find(files, text.id);
    REQUIRE(listed != nullptr);
    CHECK(listed->user_id == alice_id);
    CHECK(listed->name == "notes");
    CHECK(listed->path == text.path);
    CHECK(listed->size == 4);
    CHECK_FALSE(listed->provider.has_value());
    REQUIRE(listed->created_at.has_value());
    auto const naive = std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?)");
    CHECK(std::regex_match(listed->created_at->text(), naive));
    CHECK(listed->updated_at == listed->created_at);
    auto const age = std::chrono::system_clock::now() - listed->created_at->to_time_point().value();
    CHECK(age < std::chrono::minutes(5));
    CHECK(age > -std::chrono::minutes(5));
}

TEST_CASE("Langflow files.list hides the file of MCP servers, which has an id all the same") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const name = "_mcp_servers_" + std::string(alice_id) + ".json";
    auto const upload = [&](std::string text) {
        return send(services.alice.files.upload(ferry::from_string(std::move(text), name)));
    };

    auto const first = upload(R"({"mcpServers":{}})").value();
    auto const second = upload(R"({"mcpServers": {}})").value();

    CHECK(second.name == "_mcp_servers_" + std::string(alice_id));
    CHECK(second.id != first.id);
    CHECK(send(services.alice.files.list()).value().empty());
    CHECK(send(services.alice.files.get(second.id)).value() == R"({"mcpServers": {}})");
    check_refusal(error_of(send(services.alice.files.get(first.id))), 404, "File not found");
    check_refusal(error_of(upload("no JSON")), 422, "Invalid MCP servers config: not valid JSON");
    check_refusal(error_of(upload("[]")), 422, "Invalid MCP servers config: expected an 'mcpServers' object");
}

TEST_CASE("Langflow files.get sends the bytes in chunks, with a name and without a length") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const file = put(services.alice, "data.bin", awkward_bytes());

    auto const answer = send.with_response(services.alice.files.get(file.id));

    REQUIRE(answer.has_value());
    CHECK(answer->value == awkward_bytes());
    CHECK(answer->status == 200);
    CHECK(answer->attempts == 1);
    CHECK(answer->headers.find("Content-Type") == "application/octet-stream");
    CHECK(answer->headers.find("Transfer-Encoding") == "chunked");
    CHECK_FALSE(answer->headers.contains("Content-Length"));
    CHECK(answer->headers.find("Content-Disposition") ==
          R"(attachment; filename="data.bin"; filename*=UTF-8''data.bin)");
}

TEST_CASE("Langflow files.get with return_content yields the text as a JSON string") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    std::string const text = "line \"one\"\nzwei \xC3\xA4\xE9\xBE\x99\t\\end";
    auto const file = put(services.alice, "notes.txt", text);

    auto const answer = send.with_response(services.alice.files.get(file.id).return_content(true));

    REQUIRE(answer.has_value());
    CHECK(answer->headers.find("Content-Type") == "application/json");
    CHECK(answer->value.front() == '"');
    CHECK(ferry::from_json<std::string>(answer->value).value() == text);
    CHECK(send(services.alice.files.get(file.id).return_content(false)).value() == text);
}

TEST_CASE("Langflow files.get with return_content fails for bytes that are no UTF-8") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const file = put(services.alice, "data.bin", awkward_bytes());
    auto const refused = send(services.alice.files.get(file.id).return_content(true));
    check_refusal(error_of(refused), 500, "Error reading file: 500: Invalid file encoding");
    CHECK_THROWS_AS(refused.value(), ferry::internal_server_error);
}

TEST_CASE("Langflow files.delete removes one file and says its name") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services({.profile = ferry::mock::profile::observed});
    auto const file = put(services.alice, "old.txt");
    auto const other = put(services.alice, "new.txt");

    auto const deleted = send(services.alice.files.delete_(file.id));

    REQUIRE(deleted.has_value());
    CHECK(deleted->detail == "File old deleted successfully");
    check_refusal(error_of(send(services.alice.files.get(file.id))), 404, "File not found");
    check_refusal(error_of(send(services.alice.files.delete_(file.id))), 404, "File not found");
    auto const left = send(services.alice.files.list()).value();
    REQUIRE(left.size() == 1);
    CHECK(left[0].id == other.id);
}

TEST_CASE("Langflow files.delete_all counts the caller's files, the hidden one included") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services({.profile = ferry::mock::profile::observed});
    CHECK(send(services.alice.files.delete_all()).value().message == "All 0 files deleted successfully");
    put(services.alice, "a.txt");
    put(services.alice, "b.txt");
    put(services.alice, "_mcp_servers_" + std::string(alice_id) + ".json", R"({"mcpServers":{}})");
    auto const of_bob = put(services.bob, "c.txt");

    CHECK(send(services.alice.files.delete_all()).value().message == "All 3 files deleted successfully");

    CHECK(send(services.alice.files.list()).value().empty());
    CHECK(send(services.bob.files.get(of_bob.id)).value() == "some bytes");
}

TEST_CASE("Langflow answers under /api/v2/files with and without a slash at the end") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    put(services.alice, "a.txt");
    auto const without = send(services.alice.call("GET", "/api/v2/files"));
    auto const with = send(services.alice.call("GET", "/api/v2/files/"));
    REQUIRE(with.has_value());
    CHECK_THAT(*with, contains("\"name\":\"a\""));
    CHECK(without.value() == *with);
}
