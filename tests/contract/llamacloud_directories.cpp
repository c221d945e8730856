// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud.hpp"

#include <algorithm>
#include <chrono>

using namespace ferry_test;
using namespace ferry_test::cloud;

namespace {

std::string made(ferry::llamacloud::client const& cloud, std::string name,
                 models::directory_create_type type = models::directory_create_type::user) {
    return cloud.directories.create(std::move(name)).type(type).send().value().id;
}

}  // namespace

TEST_CASE("directories.create keeps every field") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;

    auto answer = send.with_response(service.alice.directories.create("Invoices \"2026\" \\ 龙")
                                         .description("incoming\n& unpaid")
                                         .type(models::directory_create_type::user)
                                         .connector_subscription_id("csub-1")
                                         .system_metadata(std::map<std::string, ferry::raw_json>{
                                             {"a", ferry::raw_json("[1,{\"b\":null}]")}})
                                         .project_id(alice_project)
                                         .organization_id(alice_organization));

    CHECK(answer.value().status == 201);
    auto const& made = answer->value;
    CHECK(made.id.rfind("dir-", 0) == 0);
    CHECK(made.project_id == alice_project);
    CHECK(made.name == "Invoices \"2026\" \\ 龙");
    CHECK(made.description == "incoming\n& unpaid");
    CHECK(made.type == models::directory_type::user);
    CHECK(made.connector_subscription_id == "csub-1");
    REQUIRE(made.system_metadata);
    CHECK(made.system_metadata->at("a").text() == "[1,{\"b\":null}]");
    CHECK_FALSE(made.expires_at);
    CHECK_FALSE(made.deleted_at);
    REQUIRE(made.created_at);
    CHECK(made.created_at == made.updated_at);
    CHECK(send(service.alice.directories.get(made.id)).value() == made);
}

TEST_CASE("directories.create: a name is enough, and ephemeral ones expire") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;

    auto const plain = send(service.alice.directories.create("plain")).value();
    CHECK(plain.type == models::directory_type::user);
    CHECK_FALSE(plain.description);
    CHECK_FALSE(plain.expires_at);

    auto const brief =
        send(service.alice.directories.create("brief").type("ephemeral").description(ferry::null)).value();
    CHECK(brief.type == models::directory_type::ephemeral);
    CHECK_FALSE(brief.description);
    REQUIRE(brief.expires_at);
    CHECK(brief.expires_at->to_time_point().value() > std::chrono::system_clock::now());
}

TEST_CASE("directories.create: what the service refuses") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    check_issue(error_of(send(service.alice.directories.create(""))), "body.name", "string_too_short",
                "String should have at least 1 character");
    check_issue(error_of(send(service.alice.directories.create("x").type("index"))), "body.type",
                "literal_error", "Input should be 'user' or 'ephemeral'");
    CHECK(send.items(service.alice.directories.list()).empty());
}

TEST_CASE("directories.list: each filter, over pages") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    service.mock.set_clock({.step_ms = std::chrono::milliseconds(1)});  // lists are newest first
    auto const& directories = service.alice.directories;
    made(service.alice, "one");
    made(service.alice, "two", models::directory_create_type::ephemeral);
    auto const gone = made(service.alice, "three");
    made(service.bob, "one");
    directories.delete_(gone).send().value();
    auto const found = [&](ferry::llamacloud::directories_list const& list) {
        return texts(send.items(list), &models::directory::name);
    };

    CHECK(found(directories.list()) == names{"two", "one"});
    CHECK(found(directories.list().page_size(1)) == names{"two", "one"});
    CHECK(found(directories.list().name("one")) == names{"one"});
    CHECK(found(directories.list().type(models::directory_type::ephemeral)) == names{"two"});
    CHECK(found(directories.list().type(models::directory_type::index)).empty());
    CHECK(found(directories.list().types(
              {models::directory_type::user, models::directory_type::ephemeral})) == names{"two", "one"});
    CHECK(found(directories.list().include_deleted(true).page_size(2)) == names{"three", "two", "one"});
    CHECK(found(directories.list()
                    .include_deleted(false)
                    .project_id(alice_project)
                    .organization_id(alice_organization)) == names{"two", "one"});
    CHECK(send(directories.list().page_size(5000)).value().items.size() == 2);  // no bounds, so it is cut
}

TEST_CASE("directories.list: what the service refuses") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    check_issue(error_of(send(service.alice.directories.list().type("ingest"))), "query.type",
                "literal_error", "Input should be 'user', 'index' or 'ephemeral'");
    check_issue(error_of(send(service.alice.directories.list().types({"user", "ingest"}))), "query.types.1",
                "literal_error", "Input should be 'user', 'index' or 'ephemeral'");
    check_issue(error_of(send(service.alice.directories.list().page_size(0))), "query.page_size",
                "greater_than_equal", "Input should be greater than or equal to 1");
    check_issue(error_of(send(service.alice.directories.list().extra_query("include_deleted", "maybe"))),
                "query.include_deleted", "bool_parsing",
                "Input should be a valid boolean, unable to interpret input");
    check_refusal(error_of(send(service.alice.directories.list().page_token("x"))), 400,
                  "Invalid page token.");
}

TEST_CASE("directories.update tells leaving a member from clearing it") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const& directories = service.alice.directories;
    auto const before = directories.create("old").description("text").send().value();

    auto const renamed = send(directories.update(before.id)
                                  .name("new")
                                  .project_id(alice_project)
                                  .organization_id(alice_organization))
                             .value();
    CHECK(renamed.name == "new");
    CHECK(renamed.description == "text");
    CHECK(renamed.updated_at->text() > before.updated_at->text());

    auto const described = send(directories.update(before.id).description("other")).value();
    CHECK(described.name == "new");
    CHECK(described.description == "other");

    auto const cleared = send(directories.update(before.id).description(ferry::null)).value();
    CHECK(cleared.name == "new");
    CHECK_FALSE(cleared.description);

    CHECK(send(directories.update(before.id)).value().name == "new");
    CHECK(send(directories.update(before.id).name(ferry::null)).value().name == "new");
    check_issue(error_of(send(directories.update(before.id).name(""))), "body.name", "string_too_short",
                "String should have at least 1 character");
}

TEST_CASE("directories.delete: gone with its entries, listed as deleted, its files stay") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const& directories = service.alice.directories;
    auto const id = made(service.alice, "doomed");
    auto const entry = directories.files.upload(id, ferry::from_string("bytes", "kept.txt")).send().value();

    auto answer = send.with_response(
        directories.delete_(id).project_id(alice_project).organization_id(alice_organization));
    CHECK(answer.value().status == 204);

    auto const text = "Directory " + id + " not found in project " + alice_project;
    check_refusal(error_of(send(directories.get(id))), 404, text);
    check_refusal(error_of(send(directories.delete_(id))), 404, text);
    check_refusal(error_of(send(directories.update(id).name("x"))), 404, text);
    check_refusal(error_of(send(directories.files.get(id, entry.id))), 404, text);
    auto const listed = send.items(directories.list().include_deleted(true));
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].value().id == id);
    CHECK(listed[0].value().deleted_at);
    CHECK(content_of(service.alice, entry.file_id.value()) == "bytes");
}

TEST_CASE("directories: those of somebody else are not found, and no key opens none") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const foreign = made(service.bob, "private");
    auto const& directories = service.alice.directories;
    auto const text = "Directory " + foreign + " not found in project " + alice_project;

    check_refusal(error_of(send(directories.get(foreign))), 404, text);
    check_refusal(error_of(send(directories.update(foreign).name("mine"))), 404, text);
    check_refusal(error_of(send(directories.delete_(foreign))), 404, text);
    check_refusal(error_of(send(directories.files.list(foreign))), 404, text);
    CHECK(send(service.bob.directories.get(foreign)).value().name == "private");

    ferry::llamacloud::client const wrong(service.options("llx-wrong"));
    check_refusal(error_of(send(wrong.directories.create("x"))), 401, "Invalid API Key");
    check_refusal(error_of(send(wrong.directories.list())), 401, "Invalid API Key");
}
