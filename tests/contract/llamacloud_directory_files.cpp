// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud.hpp"

#include <chrono>

using namespace ferry_test;
using namespace ferry_test::cloud;

namespace {

/// A service in which alice has a directory.
struct with_directory : llamacloud {
    // Lists are newest first.
    with_directory() { mock.set_clock({.step_ms = std::chrono::milliseconds(1)}); }

    std::string home = alice.directories.create("home").send().value().id;
    ferry::llamacloud::directories_files_resource files = alice.directories.files;

    models::directory_file put(std::string name, std::string bytes = "bytes") const {
        return files.upload(home, ferry::from_string(std::move(bytes), std::move(name))).send().value();
    }
};

/// Metadata with every kind of value that the service takes.
models::metadata every_kind() {
    return {{"text", "é\"\\"},         {"integer", std::int64_t{9007199254740993}},
            {"number", 0.5},           {"flag", true},
            {"nothing", std::nullopt}, {"list", std::vector<std::string>{"red", "green"}}};
}

}  // namespace

TEST_CASE("directories.files.add lists a stored file under its own name") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const id = stored(service.alice, "bytes", "a.txt");

    auto answer = send.with_response(service.files.add(service.home, id));
    CHECK(answer.value().status == 201);
    auto const& entry = answer->value;
    CHECK(entry.id.rfind("dfl-", 0) == 0);
    CHECK(entry.project_id == alice_project);
    CHECK(entry.directory_id == service.home);
    CHECK(entry.unique_id == "a.txt");
    CHECK(entry.display_name == "a.txt");
    CHECK(entry.file_id == id);
    CHECK((entry.metadata == models::metadata{}));
    CHECK_FALSE(entry.download_url);
    CHECK_FALSE(entry.deleted_at);
    CHECK(entry.created_at);
}

TEST_CASE("directories.files.add keeps every field, metadata of every kind included") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const file = service.alice.files.create(ferry::from_string("x", "a.txt"), "user_data")
                          .external_file_id("mine")
                          .send()
                          .value();

    auto const plain = send(service.files.add(service.home, file.id)).value();
    CHECK(plain.unique_id == "mine");  // the external id, where there is one

    auto const full = send(service.files.add(service.home, file.id)
                               .unique_id("unique/1")
                               .display_name("Übersicht")
                               .metadata(every_kind())
                               .project_id(alice_project)
                               .organization_id(alice_organization))
                          .value();
    CHECK(full.unique_id == "unique/1");
    CHECK(full.display_name == "Übersicht");
    CHECK((full.metadata == every_kind()));
    CHECK(send(service.files.get(service.home, full.id)).value() == full);
}

TEST_CASE("directories.files.add: a taken unique_id conflicts, and is not asked for again") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const id = stored(service.alice, "bytes", "a.txt");
    service.files.add(service.home, id).send().value();

    auto const why = error_of(send(service.files.add(service.home, id)));
    check_refusal(why, 409, "A file with unique_id 'a.txt' already exists in directory " + service.home);
    CHECK(why.headers().find("x-should-retry") == "false");
    CHECK(why.retries() == 0);
    CHECK_THROWS_AS(send(service.files.add(service.home, id)).value(), ferry::conflict_error);
}

TEST_CASE("directories.files.add: unknown and foreign files and directories") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const foreign = stored(service.bob, "x", "bob.txt");
    check_refusal(error_of(send(service.files.add(service.home, foreign))), 404,
                  "File " + foreign + " not found in project " + alice_project);
    check_refusal(error_of(send(service.files.add(service.home, "anything"))), 404,
                  "File anything not found in project " + std::string(alice_project));
    auto const mine = stored(service.alice, "x", "a.txt");
    check_refusal(error_of(send(service.files.add("dir-none", mine))), 404,
                  "Directory dir-none not found in project " + std::string(alice_project));
}

TEST_CASE("directories.files.upload stores bytes and entry in one call, with every field") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const bytes = noise(200'000);

    auto answer = send.with_response(
        service.files.upload(service.home, ferry::from_string(bytes, "scan é.bin").content_type("image/tiff"))
            .unique_id("scan-1")
            .display_name("Scan")
            .external_file_id("ext-1")
            .metadata(every_kind())
            .project_id(alice_project)
            .organization_id(alice_organization));
    CHECK(answer.value().status == 201);
    auto const& entry = answer->value;
    CHECK(entry.unique_id == "scan-1");
    CHECK(entry.display_name == "Scan");
    CHECK((entry.metadata == every_kind()));
    auto const file = service.alice.files.get(entry.file_id.value()).send().value();
    CHECK(file.name == "scan é.bin");
    CHECK(file.external_file_id == "ext-1");
    CHECK_FALSE(file.purpose);
    CHECK(content_of(service.alice, file.id) == bytes);

    auto const plain = send(service.files.upload(service.home, ferry::from_string("x", "plain.txt"))).value();
    CHECK(plain.unique_id == "plain.txt");
    CHECK(plain.display_name == "plain.txt");
    CHECK((plain.metadata == models::metadata{}));
}

TEST_CASE("directories.files.upload: what the service refuses, and then stores nothing") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    service.put("taken");

    check_refusal(error_of(send(service.files.upload(service.home, ferry::from_string("", "empty")))), 400,
                  "Uploaded file is empty.");
    check_refusal(error_of(send(service.files.upload(service.home, ferry::from_string("x", "taken")))), 409,
                  "A file with unique_id 'taken' already exists in directory " + service.home);
    check_refusal(error_of(send(service.files.upload("dir-none", ferry::from_string("x", "a")))), 404,
                  "Directory dir-none not found in project " + std::string(alice_project));
    auto const nested = service.files.upload(service.home, ferry::from_string("x", "a"))
                            .extra_body("metadata", R"({"a":{"b":1}})");
    check_refusal(error_of(send(nested)), 400,
                  "Invalid metadata: the value of 'a' must be a string, number, boolean, null or list of "
                  "strings.");
    CHECK(send.items(service.alice.files.list()).size() == 1);
}

TEST_CASE("directories.files.upload: a file over the limit is refused") {
    sender const send(GENERATE(blocking, coroutine));
    ferry::mock::server_options options;
    options.max_upload_mb = 1;
    llamacloud const service(options);
    auto const home = service.alice.directories.create("home").send().value().id;
    auto const why = error_of(
        send(service.alice.directories.files.upload(home, ferry::from_string(noise(3 << 20), "large.bin"))));
    check_refusal(why, 413, "File size exceeds the maximum of 1 MB.");
}

TEST_CASE("directories.files.list: each filter, over pages") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const march = service.put("Invoice March");
    auto const april = service.put("Invoice April");
    auto const notes = service.put("notes");
    service.files.delete_(service.home, notes.id).send().value();
    auto const& list = service.files.list(service.home);
    auto const found = [&](ferry::llamacloud::directories_files_list const& call) {
        return texts(send.items(call), &models::directory_file::id);
    };
    auto const all = [&] { return service.files.list(service.home); };

    CHECK(found(list) == names{april.id, march.id});
    CHECK(found(all().page_size(1)) == names{april.id, march.id});
    CHECK(found(all().display_name("Invoice March")) == names{march.id});
    CHECK(found(all().display_name("Invoice")).empty());
    CHECK(found(all().display_name_contains("Invoice")) == names{april.id, march.id});
    CHECK(found(all().display_name_contains("Mar")) == names{march.id});
    CHECK(found(all().unique_id("Invoice April")) == names{april.id});
    CHECK(found(all().file_id(march.file_id.value())) == names{march.id});
    CHECK(found(all().include_deleted(true).page_size(2)) == names{notes.id, april.id, march.id});
    CHECK(found(all().updated_at_on_or_after(april.updated_at.value())) == names{april.id});
    CHECK(found(all().updated_at_on_or_before(march.updated_at.value())) == names{march.id});
    CHECK(found(all()
                    .updated_at_on_or_after(ferry::timestamp("2026-01-01T00:00:00+02:00"))
                    .display_name_contains("Invoice")
                    .project_id(alice_project)
                    .organization_id(alice_organization)) == names{april.id, march.id});

    auto const expanded = send.items(all().expand({"download_url"}));
    REQUIRE(expanded.size() == 2);
    CHECK(expanded[0].value().download_url);
}

TEST_CASE("directories.files.list: what the service refuses") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const all = [&] { return service.files.list(service.home); };
    auto const why = error_of(send(all().updated_at_on_or_after(ferry::timestamp("yesterday"))));
    REQUIRE(why.validation_issues().size() == 1);
    CHECK(why.validation_issues()[0].location == "query.updated_at_on_or_after");
    CHECK(why.validation_issues()[0].type == "datetime_from_date_parsing");
    check_issue(error_of(send(all().page_size(-1))), "query.page_size", "greater_than_equal",
                "Input should be greater than or equal to 1");
    check_refusal(error_of(send(all().page_token("x"))), 400, "Invalid page token.");
}

TEST_CASE("directories.files.get: the entry, with a URL where asked") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const entry = service.put("a.txt");

    CHECK(send(service.files.get(service.home, entry.id)).value() == entry);
    auto const full = send(service.files.get(service.home, entry.id)
                               .expand({"download_url"})
                               .project_id(alice_project)
                               .organization_id(alice_organization))
                          .value();
    REQUIRE(full.download_url);
    CHECK_THAT(full.download_url->url, contains(entry.file_id.value()));
}

TEST_CASE("directories.files.update changes what it names and replaces metadata") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const entry = service.files.upload(service.home, ferry::from_string("x", "a.txt"))
                           .metadata({{"source", "web"}, {"priority", std::int64_t{1}}})
                           .send()
                           .value();
    auto const update = [&] { return service.files.update(service.home, entry.id); };

    auto const same = send(update()).value();
    CHECK(same.unique_id == entry.unique_id);
    CHECK((same.metadata == entry.metadata));

    auto const changed = send(update()
                                  .unique_id("u")
                                  .display_name("d")
                                  .metadata(models::metadata{{"paid", true}})
                                  .project_id(alice_project)
                                  .organization_id(alice_organization))
                             .value();
    CHECK(changed.id == entry.id);
    CHECK(changed.unique_id == "u");
    CHECK(changed.display_name == "d");
    CHECK((changed.metadata == models::metadata{{"paid", true}}));
    CHECK(changed.directory_id == service.home);

    CHECK((send(update().metadata(ferry::null)).value().metadata == models::metadata{}));
    CHECK(send(update().display_name(ferry::null).unique_id(ferry::null)).value().display_name == "d");
    check_issue(error_of(send(update().unique_id(""))), "body.unique_id", "string_too_short",
                "String should have at least 1 character");
}

TEST_CASE("directories.files.update moves an entry to another directory") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const archive = service.alice.directories.create("archive").send().value().id;
    auto const entry = service.put("a.txt");

    auto const moved =
        send(service.files.update(service.home, entry.id).target_directory_id(archive)).value();
    CHECK(moved.id == entry.id);
    CHECK(moved.directory_id == archive);
    check_refusal(error_of(send(service.files.get(service.home, entry.id))), 404,
                  "File " + entry.id + " not found in directory " + service.home);
    CHECK(send(service.files.get(archive, entry.id)).value().directory_id == archive);

    auto const rival = service.put("a.txt");  // the name is free again in the first directory
    check_refusal(error_of(send(service.files.update(service.home, rival.id).target_directory_id(archive))),
                  409, "A file with unique_id 'a.txt' already exists in directory " + archive);
    check_refusal(
        error_of(send(service.files.update(service.home, rival.id).target_directory_id("dir-none"))), 404,
        "Directory dir-none not found in project " + std::string(alice_project));
    CHECK(send(service.files.get(service.home, rival.id)).value() == rival);
}

TEST_CASE("directories.files.update: nested metadata is refused, every branch with its reason") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const entry = service.put("a.txt");
    auto const why = error_of(
        send(service.files.update(service.home, entry.id)
                 .metadata(models::metadata{{"a", models::metadata_value(ferry::raw_json("{\"b\":1}"))}})));
    CHECK(why.status() == 422);
    names types;
    for (auto const& issue : why.validation_issues()) {
        types.push_back(issue.type);
        CHECK(issue.location.rfind("body.metadata.a", 0) == 0);
    }
    CHECK(types == names{"string_type", "int_type", "float_type", "bool_type", "list_type"});
}

TEST_CASE("directories.files.delete: gone, listed as deleted, and not found a second time") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const entry = service.put("a.txt");

    auto answer = send.with_response(service.files.delete_(service.home, entry.id)
                                         .project_id(alice_project)
                                         .organization_id(alice_organization));
    CHECK(answer.value().status == 204);
    auto const text = "File " + entry.id + " not found in directory " + service.home;
    check_refusal(error_of(send(service.files.delete_(service.home, entry.id))), 404, text);
    check_refusal(error_of(send(service.files.get(service.home, entry.id))), 404, text);
    check_refusal(error_of(send(service.files.update(service.home, entry.id).display_name("x"))), 404, text);
    auto const listed = send.items(service.files.list(service.home).include_deleted(true));
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].value().deleted_at);
    CHECK(content_of(service.alice, entry.file_id.value()) == "bytes");
    CHECK(service.put("a.txt").unique_id == "a.txt");  // the unique id is free again
}

TEST_CASE("directories.files.bulk_delete removes all or nothing, up to 100 at once") {
    sender const send(GENERATE(blocking, coroutine));
    with_directory const service;
    auto const file = stored(service.alice, "x", "a.txt");
    names ids;
    for (int i = 0; i < 101; ++i)
        ids.push_back(service.files.add(service.home, file).unique_id(std::to_string(i)).send().value().id);

    auto const too_many = error_of(send(service.files.bulk_delete(service.home, ids)));
    check_issue(too_many, "body.directory_file_ids", "too_long",
                "List should have at most 100 items after validation, not 101");
    check_issue(error_of(send(service.files.bulk_delete(service.home, {}))), "body.directory_file_ids",
                "too_short", "List should have at least 1 item after validation, not 0");
    check_refusal(error_of(send(service.files.bulk_delete(service.home, {ids[0], "dfl-none"}))), 404,
                  "File dfl-none not found in directory " + service.home);
    CHECK(send.items(service.files.list(service.home)).size() == 101);

    auto answer =
        send.with_response(service.files.bulk_delete(service.home, names(ids.begin(), ids.begin() + 100))
                               .project_id(alice_project)
                               .organization_id(alice_organization));
    CHECK(answer.value().status == 204);
    CHECK(texts(send.items(service.files.list(service.home)), &models::directory_file::id) ==
          names{ids[100]});
}
