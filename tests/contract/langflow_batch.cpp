// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Several of a user's files (v2) at once: as one zip archive, and deleted together.
#include "contract/langflow.hpp"
#include "contract/stored_zip.hpp"

#include <cctype>
#include <regex>

using namespace ferry_test;

namespace {

using entries = std::multimap<std::string, std::string>;

}  // namespace

TEST_CASE("Langflow files.download_batch zips the caller's files byte for byte") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const large = noise(3 << 20);
    auto const text = put(services.alice, "notes.txt", "four");
    auto const binary = put(services.alice, "data.bin", awkward_bytes());
    auto const empty = put(services.alice, "empty", "");
    auto const dragon = put(services.alice, "\xE9\xBE\x99.txt", large);
    put(services.alice, "left out.txt");

    auto const answer = send.with_response(
        services.alice.files.download_batch({dragon.id, text.id, binary.id, empty.id, text.id}));

    REQUIRE(answer.has_value());
    CHECK(answer->status == 200);
    CHECK(answer->headers.find("Content-Type") == "application/x-zip-compressed");
    CHECK_FALSE(answer->headers.contains("Content-Length"));
    auto const disposition = std::string(answer->headers.find("Content-Disposition").value_or(""));
    CHECK(std::regex_match(disposition,
                           std::regex(R"re(attachment; filename="(\d{8}_\d{6}_langflow_files\.zip)"; )re"
                                      R"re(filename\*=UTF-8''\1)re")));
    CHECK(read_stored_zip(answer->value) == entries{{"notes.txt", "four"},
                                                    {"data.bin", awkward_bytes()},
                                                    {"empty", ""},
                                                    {"\xE9\xBE\x99.txt", large}});
}

TEST_CASE("Langflow files.download_batch names entries after renames, also twice the same") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    scratch_directory const files;
    auto const report = put(services.alice, "r.txt", "with extension");
    auto const plain = put(services.alice, "plain", "without");
    auto const deep = put(services.alice, "deep.md", "in a folder");
    (void)services.alice.files.rename(plain.id, "r.txt").send().value();
    (void)services.alice.files.rename(deep.id, "folder/deep").send().value();

    auto const saved =
        send.save(services.alice.files.download_batch({report.id, plain.id, deep.id}), files.path("all.zip"));

    REQUIRE(saved.has_value());
    CHECK(saved->content_type == "application/x-zip-compressed");
    CHECK_THAT(saved->file_name, contains("_langflow_files.zip"));
    CHECK(saved->size == files.read("all.zip").size());
    CHECK(files.names() == std::vector<std::string>{"all.zip"});
    CHECK(read_stored_zip(files.read("all.zip")) ==
          entries{{"r.txt", "with extension"}, {"r.txt", "without"}, {"folder/deep.md", "in a folder"}});
}

TEST_CASE("Langflow files.download_batch leaves out unknown ids and files of others") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const own = put(services.alice, "own.txt", "mine");
    auto const foreign = put(services.bob, "foreign.txt", "not mine");
    auto const zip = send(services.alice.files.download_batch({foreign.id, own.id, nobody}));
    CHECK(read_stored_zip(zip.value()) == entries{{"own.txt", "mine"}});
}

TEST_CASE("Langflow files.delete_batch deletes the caller's files and counts each once") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const a = put(services.alice, "a.txt");
    auto const b = put(services.alice, "b.txt");
    auto const kept = put(services.alice, "c.txt");
    auto const foreign = put(services.bob, "d.txt");

    CHECK(send(services.alice.files.delete_batch({a.id, foreign.id, b.id, a.id, nobody})).value().message ==
          "2 files deleted successfully");

    auto const left = send(services.alice.files.list()).value();
    REQUIRE(left.size() == 1);
    CHECK(left[0].id == kept.id);
    CHECK(send(services.bob.files.get(foreign.id)).has_value());
    CHECK(send(services.alice.files.delete_batch({kept.id})).value().message ==
          "1 files deleted successfully");
}

TEST_CASE("Langflow answers 500 to a batch in which nothing is the caller's") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const foreign = put(services.bob, "bob.txt");
    for (std::vector<std::string> const& ids : {std::vector<std::string>{}, std::vector<std::string>{nobody},
                                                std::vector<std::string>{foreign.id}}) {
        for (auto const* const user : {&services.alice, &services.root}) {
            check_refusal(error_of(send(user->files.download_batch(ids))), 500,
                          "Error downloading files: 404: No files found");
            check_refusal(error_of(send(user->files.delete_batch(ids))), 500,
                          "Error deleting files: 404: No files found");
        }
    }
    CHECK(send(services.bob.files.get(foreign.id)).has_value());
}

TEST_CASE("Langflow names the element of a batch that is no id") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const id = put(services.alice, "a.txt").id;
    for (auto const& why : {error_of(send(services.alice.files.delete_batch({id, "x"}))),
                            error_of(send(services.alice.files.download_batch({id, "x"})))}) {
        CHECK(why.status() == 422);
        REQUIRE(why.validation_issues().size() == 1);
        CHECK(why.validation_issues()[0].location == "body.1");
        CHECK(why.validation_issues()[0].type == "uuid_parsing");
    }
    CHECK(send(services.alice.files.get(id)).has_value());
}

TEST_CASE("Langflow takes ids in a batch in every spelling of a UUID") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const id = put(services.alice, "a.txt", "found").id;
    auto upper = id;
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    std::string bare;
    for (char const c : id)
        if (c != '-') bare += c;
    for (auto const& spelling : {upper, bare, "{" + id + "}", "urn:uuid:" + id}) {
        INFO(spelling);
        auto const zip = send(services.alice.files.download_batch({spelling}));
        REQUIRE(zip.has_value());
        CHECK(read_stored_zip(*zip) == entries{{"a.txt", "found"}});
    }
}
