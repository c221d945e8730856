// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// A test for each command of LlamaCloud's directories.
#include "ferry_cli/program/fixture.hpp"

using ferry::cli::json_value;
using ferry_test::outcome;
using ferry_test::shell;

namespace {

std::string text(json_value const& of, std::string_view member) {
    auto const* found = of.find(member);
    REQUIRE(found != nullptr);
    REQUIRE(found->text() != nullptr);
    return *found->text();
}

outcome good(outcome of) {
    CHECK(of.err.empty());
    CHECK(of.code == 0);
    return of;
}

std::string directory(shell& at, std::string const& name) {
    return text(good(at.run({"llamacloud", "directories", "create", "--name", name})).json(), "id");
}

std::string upload(shell& at, std::string const& directory, std::string const& name) {
    return text(good(at.run({"llamacloud", "directories", "files", "upload", "--directory-id", directory,
                             "--upload-file", at.home.write(name, name)}))
                    .json(),
                "id");
}

}  // namespace

TEST_CASE("llamacloud directories create, get, update, list and delete") {
    shell at;
    auto const id = directory(at, "reports");
    CHECK(text(good(at.run({"llamacloud", "directories", "get", id})).json(), "name") == "reports");
    good(at.run({"llamacloud", "directories", "update", id, "--name", "papers"}));
    CHECK(good(at.run({"llamacloud", "directories", "list", "--transform", "name", "-r"})).out == "papers\n");
    good(at.run({"llamacloud", "directories", "delete", id}));
    CHECK(good(at.run({"llamacloud", "directories", "list"})).out.empty());
}

TEST_CASE("llamacloud directories files upload, add, get, list, update, delete and bulk-delete") {
    shell at;
    auto const id = directory(at, "reports");
    auto const a = upload(at, id, "a.txt");
    auto const stored = text(good(at.run({"llamacloud", "files", "create", "--file",
                                          at.home.write("b.txt", "b"), "--purpose", "parse"}))
                                 .json(),
                             "id");
    auto const b = text(good(at.run({"llamacloud", "directories", "files", "add", id, "--file-id", stored,
                                     "--metadata", "{year: 2026}"}))
                            .json(),
                        "id");
    auto const got =
        good(at.run({"llamacloud", "directories", "files", "get", "--directory-id", id, b})).json();
    CHECK(got.find("metadata")->find("year")->number()->digits == "2026");
    good(at.run({"llamacloud", "directories", "files", "update", "--directory-id", id, a, "--display-name",
                 "Alpha"}));
    CHECK(good(at.run({"llamacloud", "directories", "files", "list", id, "--transform", "display_name", "-r",
                       "--page-size", "1"}))
              .out == "b.txt\nAlpha\n");
    good(at.run({"llamacloud", "directories", "files", "delete", "--directory-id", id, a}));
    good(at.run({"llamacloud", "directories", "files", "bulk-delete", id, "--directory-file-id", b}));
    CHECK(good(at.run({"llamacloud", "directories", "files", "list", id})).out.empty());
}

TEST_CASE("a profile says what the command line does not") {
    shell at;
    auto const key = at.home.write("work.key", "llx-alice\n");
    at.home.write("config/ferry/config.toml",
                  "profile = \"work\"\n[work.llamacloud]\napi-key-file = \"" + key + "\"\nbase-url = \"" +
                      at.mock.base_url() +
                      "\"\nproject-id = \"11111111-1111-4111-8111-111111111111\"\n"
                      "[other.llamacloud]\napi-key-file = \"" +
                      key + "\"\nbase-url = \"" + at.mock.base_url() +
                      "\"\nproject-id = \"22222222-2222-4222-8222-222222222222\"\n");
    std::map<std::string, std::string> const variables{{"XDG_CONFIG_HOME", at.home.path("config")}};
    auto const made = good(at.plain({"llamacloud", "directories", "create", "--name", "d"},
                                    ferry::cli::ferry_program(), variables));
    CHECK(text(made.json(), "project_id") == "11111111-1111-4111-8111-111111111111");
    // Not alice's.
    CHECK(at.plain({"llamacloud", "directories", "list", "--profile", "other"}, ferry::cli::ferry_program(),
                   variables)
              .code != 0);
    CHECK(at.plain({"llamacloud", "directories", "list", "--profile", "othr"}, ferry::cli::ferry_program(),
                   variables)
              .err.find("did you mean 'other'?") != std::string::npos);
}
