// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud.hpp"

#include <algorithm>
#include <chrono>

using namespace ferry_test;
using namespace ferry_test::cloud;

TEST_CASE("files.create stores a file with everything that was said about it") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;

    auto answer = send.with_response(
        service.alice.files
            .create(ferry::from_string("%PDF-1.7", "invoice.pdf").content_type("application/pdf"),
                    models::file_purpose::parse)
            .external_file_id("inv-42")
            .project_id(alice_project)
            .organization_id(alice_organization));

    auto const& file = answer.value().value;
    CHECK(answer->status == 201);
    CHECK(answer->attempts == 1);
    CHECK(answer->headers.find("content-type") == "application/json");
    CHECK(file.id.size() == 36);
    CHECK(file.name == "invoice.pdf");
    CHECK(file.project_id == alice_project);
    CHECK(file.external_file_id == "inv-42");
    CHECK(file.file_type == "pdf");
    CHECK(file.purpose == models::file_purpose::parse);
    CHECK_FALSE(file.download_url);
    REQUIRE(file.last_modified_at);
    REQUIRE(file.expires_at);  // sources of parse are kept for 48 hours
    CHECK(file.expires_at->to_time_point().value() >
          file.last_modified_at->to_time_point().value() + std::chrono::hours(47));
    auto const age = std::chrono::system_clock::now() - file.last_modified_at->to_time_point().value();
    CHECK(age < std::chrono::minutes(5));
    CHECK(age > std::chrono::minutes(-5));
    CHECK(content_of(service.alice, file.id) == "%PDF-1.7");
}

TEST_CASE("files.create takes every documented purpose") {
    llamacloud const service;
    for (auto const purpose : models::file_purpose::names) {
        auto file =
            service.alice.files.create(ferry::from_string("x", "a.txt"), std::string(purpose)).send().value();
        CHECK(file.purpose == models::file_purpose(std::string(purpose)));
    }
}

TEST_CASE("files.create leaves out what was not said") {
    llamacloud const service;
    auto file = service.alice.files.create(ferry::from_string("x", "README"), "user_data").send().value();
    CHECK_FALSE(file.external_file_id);
    CHECK_FALSE(file.file_type);
}

TEST_CASE("files.create: an unknown purpose is refused with the documented ones") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const why =
        error_of(send(service.alice.files.create(ferry::from_string("x", "a.txt"), "entertainment")));
    check_issue(
        why, "body.purpose", "literal_error",
        "Input should be 'user_data', 'parse', 'extract', 'classify', 'split', 'sheet' or 'agent_app'");
    CHECK(why.detail() == "body.purpose: " + why.validation_issues()[0].message);
}

TEST_CASE("files.create: a purpose of tomorrow passes where the service takes it") {
    ferry::mock::server_options options;
    options.llamacloud.decisions.strict_purpose = false;
    llamacloud const service(options);
    auto file = service.alice.files.create(ferry::from_string("x", "a.txt"), "entertainment").send().value();
    REQUIRE(file.purpose);
    CHECK(file.purpose->text() == "entertainment");
    CHECK_FALSE(file.purpose->is_known());
}

TEST_CASE("files.create: an empty file is refused") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const why = error_of(send(service.alice.files.create(ferry::from_string("", "empty.txt"), "parse")));
    check_refusal(why, 400, "Uploaded file is empty.");
    CHECK(send.items(service.alice.files.list()).empty());
}

TEST_CASE("files.create: a name of 3001 characters is refused, one of 3000 is stored") {
    llamacloud const service;
    std::string const longest(3000, 'n');
    CHECK(service.alice.files.create(ferry::from_string("x", longest), "parse").send().value().name ==
          longest);
    auto const why =
        error_of(service.alice.files.create(ferry::from_string("x", longest + "n"), "parse").send());
    check_refusal(why, 400, "File name is too long. Maximum 3000 characters allowed.");
}

TEST_CASE("files.create: a file over the limit is refused and nothing is stored") {
    sender const send(GENERATE(blocking, coroutine));
    ferry::mock::server_options options;
    options.max_upload_mb = 1;
    llamacloud const service(options);
    auto const why = error_of(
        send(service.alice.files.create(ferry::from_string(noise(3 << 20), "large.bin"), "user_data")));
    check_refusal(why, 413, "File size exceeds the maximum of 1 MB.");
    CHECK_THROWS_AS(throw_exception_from_error(why, BOOST_CURRENT_LOCATION), ferry::content_too_large_error);
    CHECK(send.items(service.alice.files.list()).empty());
}

TEST_CASE("files.list: newest first by default, and by name, id or creation where asked") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud service;
    service.mock.set_clock({.step_ms = std::chrono::milliseconds(1)});  // creation times differ
    std::vector<std::string> ids;
    for (auto const* name : {"b.txt", "c.txt", "a.txt"}) ids.push_back(stored(service.alice, "x", name));
    auto const list = service.alice.files.list();
    auto const by = [&](models::file_order order) {
        return send.items(service.alice.files.list().order_by(order).page_size(2));
    };

    CHECK(texts(send.items(list), &models::file::name) == names{"a.txt", "c.txt", "b.txt"});
    CHECK(texts(by(models::file_order::created_at), &models::file::name) == names{"a.txt", "c.txt", "b.txt"});
    CHECK(texts(by(models::file_order::name), &models::file::name) == names{"a.txt", "b.txt", "c.txt"});
    std::sort(ids.begin(), ids.end());
    CHECK(texts(by(models::file_order::id), &models::file::id) == ids);
}

TEST_CASE("files.list: each filter, and all of them together") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const& files = service.alice.files;
    auto const one =
        files.create(ferry::from_string("1", "é x+y&z.pdf"), "parse").external_file_id("e/1").send().value();
    auto const two =
        files.create(ferry::from_string("2", "other.pdf"), "parse").external_file_id("e/1").send();
    auto const three = stored(service.alice, "3", "other.pdf");
    auto const ids = [&](ferry::llamacloud::files_list const& list) {
        return texts(send.items(list), &models::file::id);
    };

    CHECK(ids(files.list().file_name("é x+y&z.pdf")) == names{one.id});
    CHECK(ids(files.list().external_file_id("e/1").order_by("name")) == names{two.value().id, one.id});
    CHECK(ids(files.list().file_ids({three})) == names{three});
    CHECK(ids(files.list().file_ids({one.id, three}).order_by("name")) == names{three, one.id});
    CHECK(ids(files.list().file_ids({unknown_id})).empty());
    CHECK(ids(files.list().file_name("no such")).empty());
    CHECK(ids(files.list()
                  .file_ids({one.id, two->id, three})
                  .file_name("other.pdf")
                  .external_file_id("e/1")
                  .order_by("name")
                  .page_size(1)
                  .project_id(alice_project)
                  .organization_id(alice_organization)) == names{two->id});
}

TEST_CASE("files.list: expand fills in signed URLs that work without the key") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    stored(service.alice, "bytes", "a.txt");

    auto plain = send(service.alice.files.list()).value();
    REQUIRE(plain.items.size() == 1);
    CHECK_FALSE(plain.items[0].download_url);
    CHECK_FALSE(plain.next_page_token);
    CHECK_FALSE(plain.total_size);

    auto expanded = send(service.alice.files.list().expand({"download_url", "something_else"})).value();
    REQUIRE(expanded.items.size() == 1);
    REQUIRE(expanded.items[0].download_url);
    auto const url = expanded.items[0].download_url->url;
    CHECK(url.rfind(service.mock.base_url(), 0) == 0);
    // A stranger to whom the link was given.
    ferry::llamacloud::client const stranger(service.options(""));
    auto fetched = stranger.call("GET", url.substr(service.mock.base_url().size()))
                       .extra_header("Authorization", "")
                       .send();
    CHECK_FALSE(fetched.has_value());  // an Authorization field, even an empty one, spoils a signed URL
    CHECK(fetched.error().status() == 400);
}

TEST_CASE("files.list: pages are asked for one by one where the caller wants it so") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    for (auto const* name : {"1", "2", "3"}) stored(service.alice, "x", name);

    auto first = send(service.alice.files.list().order_by("name").page_size(2)).value();
    CHECK(first.items.size() == 2);
    REQUIRE(first.next_page_token);
    auto second =
        send(service.alice.files.list().order_by("name").page_size(2).page_token(*first.next_page_token))
            .value();
    REQUIRE(second.items.size() == 1);
    CHECK(second.items[0].name == "3");
    CHECK_FALSE(second.next_page_token);
}

TEST_CASE("files.list: what the service refuses") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const& files = service.alice.files;
    for (auto const* name : {"1", "2"}) stored(service.alice, "x", name);

    check_issue(error_of(send(files.list().page_size(0))), "query.page_size", "greater_than_equal",
                "Input should be greater than or equal to 1");
    check_issue(error_of(send(files.list().page_size(1001))), "query.page_size", "less_than_equal",
                "Input should be less than or equal to 1000");
    auto const not_uuid = error_of(send(files.list().file_ids({"x"})));
    REQUIRE(not_uuid.validation_issues().size() == 1);
    CHECK(not_uuid.validation_issues()[0].location == "query.file_ids.0");
    CHECK(not_uuid.validation_issues()[0].type == "uuid_parsing");
    auto const empty = error_of(send(files.list().project_id("")));
    REQUIRE(empty.validation_issues().size() == 1);
    CHECK(empty.validation_issues()[0].location == "query.project_id");
    CHECK(empty.validation_issues()[0].message ==
          "Input should be a valid UUID, invalid length: expected length 32 for simple format, found 0");

    check_refusal(error_of(send(files.list().order_by("name desc"))), 400,
                  "Invalid order_by 'name desc'. Use name, id or created_at.");
    check_refusal(error_of(send(files.list().page_token("nonsense"))), 400, "Invalid page token.");
    auto const token = send(files.list().page_size(1)).value().next_page_token.value();
    check_refusal(error_of(send(files.list().page_size(1).file_name("1").page_token(token))), 400,
                  "The page token belongs to a request with other filters.");
}

TEST_CASE("files.list: several problems of one request are all reported") {
    llamacloud const service;
    auto const why = error_of(
        service.alice.files.list().page_size(0).project_id("x").file_ids({"y", unknown_id, "z"}).send());
    REQUIRE(why.status() == 422);
    names places;
    for (auto const& issue : why.validation_issues()) places.push_back(issue.location);
    std::sort(places.begin(), places.end());
    CHECK(places == names{"query.file_ids.0", "query.file_ids.2", "query.page_size", "query.project_id"});
}

TEST_CASE("files.list: the comma grammar works with the service that still has it") {
    ferry::mock::server_options options;
    options.profile = ferry::mock::profile::observed;
    llamacloud const service(options);
    for (auto const* name : {"a", "c", "b"}) stored(service.alice, "x", name);
    CHECK(texts(sender(blocking).items(service.alice.files.list().order_by("name desc,id").page_size(1)),
                &models::file::name) == names{"c", "b", "a"});
}

// The deprecated operation is still an operation.
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif

TEST_CASE("files.query: filter, order and pages travel in the body") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const& files = service.alice.files;
    names ids;
    for (auto const* name : {"c", "a", "b"})
        ids.push_back(
            files.create(ferry::from_string("x", name), "parse").external_file_id("mine").send().value().id);
    stored(service.alice, "x", "d");

    models::file_filter filter;
    filter.external_file_id = "mine";
    filter.project_id = alice_project;
    filter.file_ids = names{ids[0], ids[1], ids[2]};
    filter.only_manually_uploaded = true;
    auto const query = files.query()
                           .filter(filter)
                           .order_by("name")
                           .page_size(1)
                           .project_id(alice_project)
                           .organization_id(alice_organization);
    CHECK(texts(send.items(query), &models::file::name) == names{"a", "b", "c"});

    filter.file_name = "b";
    CHECK(texts(send.items(files.query().filter(filter)), &models::file::id) == names{ids[2]});
    models::file_filter from_source;
    from_source.data_source_id = unknown_id;
    CHECK(send.items(files.query().filter(from_source)).empty());
}

TEST_CASE("files.query: an empty query lists all, null means absent, and large pages are cut") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    for (auto const* name : {"a", "b"}) stored(service.alice, "x", name);
    CHECK(send(service.alice.files.query()).value().items.size() == 2);
    CHECK(send(service.alice.files.query().page_size(5000)).value().items.size() == 2);
    CHECK(send(service.alice.files.query()
                   .filter(ferry::null)
                   .order_by(ferry::null)
                   .page_token(ferry::null)
                   .page_size(ferry::null))
              .value()
              .items.size() == 2);
}

TEST_CASE("files.query: what the service refuses") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    models::file_filter filter;
    filter.file_ids = names{"x"};
    auto const why = error_of(send(service.alice.files.query().filter(filter)));
    REQUIRE(why.validation_issues().size() == 1);
    CHECK(why.validation_issues()[0].location == "body.filter.file_ids.0");
    CHECK(why.validation_issues()[0].type == "uuid_parsing");
    check_refusal(error_of(send(service.alice.files.query().page_token("?"))), 400, "Invalid page token.");
}

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

TEST_CASE("files.get: the file as it was created, with a URL where asked") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const& files = service.alice.files;
    auto const created =
        files.create(ferry::from_string("x", "a.b.TXT"), "sheet").external_file_id("").send().value();

    CHECK(send(files.get(created.id)).value() == created);
    CHECK(created.file_type == "TXT");
    auto const full = send(files.get(created.id)
                               .expand({"download_url"})
                               .project_id(alice_project)
                               .organization_id(alice_organization))
                          .value();
    REQUIRE(full.download_url);
    CHECK_FALSE(full.download_url->form_fields);
    CHECK(full.download_url->expires_at.to_time_point().value() > std::chrono::system_clock::now());
}

TEST_CASE("files.get, delete and content: an unknown, a foreign and a malformed id") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const& files = service.alice.files;
    auto const foreign = stored(service.bob, "secret", "bob.txt");

    for (auto const& id : {std::string(unknown_id), foreign}) {
        auto const text = "File " + id + " not found in project " + alice_project;
        check_refusal(error_of(send(files.get(id))), 404, text);
        check_refusal(error_of(send(files.content(id))), 404, text);
        check_refusal(error_of(send(files.delete_(id))), 404, text);
        CHECK_THROWS_AS(send(files.get(id)).value(), ferry::not_found_error);
    }
    CHECK(send(service.bob.files.get(foreign)).value().name == "bob.txt");

    auto const why = error_of(send(files.get("no uuid")));
    REQUIRE(why.validation_issues().size() == 1);
    CHECK(why.validation_issues()[0].location == "path.file_id");
    CHECK(why.validation_issues()[0].type == "uuid_parsing");
    check_refusal(error_of(send(files.delete_("a/b"))), 404, "Not Found");  // never another route
    CHECK(error_of(send(files.content("%2e%2e"))).status() == 422);
}

TEST_CASE("files: a project or organization of somebody else is not found") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const project = "Project " + std::string(bob_project) + " not found";
    check_refusal(error_of(send(service.alice.files.list().project_id(bob_project))), 404, project);
    check_refusal(
        error_of(
            send(service.alice.files.create(ferry::from_string("x", "a"), "parse").project_id(bob_project))),
        404, project);
    check_refusal(error_of(send(service.bob.files.list().organization_id(alice_organization))), 404,
                  "Organization " + std::string(alice_organization) + " not found");
}

TEST_CASE("files.delete: gone for good, and a second time it is not found") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    auto const id = stored(service.alice, "x", "a.txt");
    auto const other = stored(service.alice, "x", "b.txt");

    auto answer = send.with_response(
        service.alice.files.delete_(id).project_id(alice_project).organization_id(alice_organization));
    CHECK(answer.value().status == 204);
    CHECK(error_of(send(service.alice.files.get(id))).status() == 404);
    CHECK(error_of(send(service.alice.files.delete_(id))).status() == 404);
    CHECK(texts(send.items(service.alice.files.list()), &models::file::id) == names{other});
}

TEST_CASE("files.content: send() returns the URL and its expiry, save_to() the bytes") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    scratch_directory const scratch;
    auto const bytes = noise(100'000);
    auto const id = stored(service.alice, bytes, "report é.bin");
    auto const content = service.alice.files.content(id)
                             .expires_at_seconds(600)
                             .project_id(alice_project)
                             .organization_id(alice_organization);

    auto const before = std::chrono::system_clock::now();
    auto const url = send(content).value();
    auto const asked_at = url.expires_at.to_time_point().value() - std::chrono::seconds(600);
    CHECK(asked_at >= before - std::chrono::seconds(1));  // of which a service may keep whole ones only
    CHECK(asked_at <= std::chrono::system_clock::now());
    CHECK_FALSE(url.form_fields);
    CHECK(url.url.rfind(service.mock.base_url(), 0) == 0);
    CHECK(url.url.find("llx-") == std::string::npos);

    auto const saved = send.save(content, scratch.path("copy.bin")).value();
    CHECK(saved.path == scratch.path("copy.bin"));
    CHECK(saved.size == bytes.size());
    CHECK(saved.content_type == "application/octet-stream");
    CHECK(scratch.read("copy.bin") == bytes);
    CHECK(scratch.names() == names{"copy.bin"});
    CHECK(content_of(service.alice, id) == bytes);
}

TEST_CASE("files.content: an expired URL is refused by the storage, and no file appears") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    scratch_directory const scratch;
    auto const id = stored(service.alice, "x", "a.txt");
    auto const why =
        error_of(send.save(service.alice.files.content(id).expires_at_seconds(0), scratch.path("copy")));
    CHECK(why.kind() == ferry::error_kind::status);
    CHECK(why.status() == 403);
    CHECK_THAT(why.body(), contains("Request has expired"));
    CHECK_THAT(why.message(), contains("signature=***"));
    CHECK(scratch.names().empty());
}

TEST_CASE("without a valid key nothing is answered but 401") {
    sender const send(GENERATE(blocking, coroutine));
    llamacloud const service;
    ferry::llamacloud::client const wrong(service.options("llx-wrong"));
    auto const why = error_of(send(wrong.files.list()));
    check_refusal(why, 401, "Invalid API Key");
    CHECK(why.headers().find("www-authenticate") == "Bearer");
    CHECK(why.retries() == 0);
    CHECK(why.message().find("llx-wrong") == std::string::npos);
    CHECK_THROWS_AS(send(wrong.files.get(unknown_id)).value(), ferry::authentication_error);
    check_refusal(error_of(send(wrong.files.create(ferry::from_string("x", "a"), "parse"))), 401,
                  "Invalid API Key");
    check_refusal(error_of(send(wrong.files.list().extra_header("Authorization", "Basic x"))), 401,
                  "Not authenticated");
}
