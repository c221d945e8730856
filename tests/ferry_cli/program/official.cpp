// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Invocations of the official program (its documentation and versions 1.0.0 to 1.5.1), each as it is written
// there.
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

/// A file of alice's, made with the official words.
std::string file(shell& at, std::string const& name = "report.pdf", std::string const& bytes = "%PDF-1.7") {
    auto const made =
        at.official({"files", "create", "--file", at.home.write(name, bytes), "--purpose", "parse"});
    REQUIRE(made.err.empty());
    REQUIRE(made.code == 0);
    return text(made.json(), "id");
}

std::string directory(shell& at, std::string const& name = "reports") {
    auto const made = at.official({"beta:directories", "create", "--name", name});
    REQUIRE(made.err.empty());
    return text(made.json(), "id");
}

std::string entry(shell& at, std::string const& directory, std::string const& name = "a.txt") {
    auto const made = at.official({"beta:directories:files", "upload", "--directory-id", directory,
                                   "--upload-file", at.home.write(name, name)});
    REQUIRE(made.err.empty());
    return text(made.json(), "id");
}

void check_good(outcome const& of) {
    CHECK(of.err.empty());
    CHECK(of.code == 0);
}

}  // namespace

TEST_CASE("official: no command and no flag is missing") {
    std::map<std::string, std::vector<std::string>> const known{
        {"files create", {"file", "purpose", "external-file-id"}},
        {"files retrieve", {"file-id", "expand"}},
        {"files list",
         {"expand", "external-file-id", "file-id", "file-name", "order-by", "page-size", "page-token",
          "max-items"}},
        {"files delete", {"file-id"}},
        {"files content", {"file-id", "expires-at-seconds"}},
        {"files query",
         {"filter", "filter.data-source-id", "filter.external-file-id", "filter.file-ids", "filter.file-name",
          "filter.only-manually-uploaded", "filter.project-id", "order-by", "page-size", "page-token"}},
        {"beta:directories create",
         {"name", "connector-subscription-id", "description", "expires-at", "system-metadata", "type"}},
        {"beta:directories update", {"directory-id", "description", "name"}},
        {"beta:directories list",
         {"include-deleted", "name", "page-size", "page-token", "type", "max-items"}},
        {"beta:directories get", {"directory-id"}},
        {"beta:directories delete", {"directory-id"}},
        {"beta:directories:files add", {"directory-id", "file-id", "display-name", "metadata", "unique-id"}},
        {"beta:directories:files list",
         {"directory-id", "display-name", "display-name-contains", "expand", "file-id", "include-deleted",
          "page-size", "page-token", "unique-id", "updated-at-on-or-after", "updated-at-on-or-before",
          "max-items"}},
        {"beta:directories:files get", {"directory-id", "directory-file-id", "expand"}},
        {"beta:directories:files update",
         {"directory-id", "directory-file-id", "display-name", "metadata", "target-directory-id",
          "unique-id"}},
        {"beta:directories:files delete", {"directory-id", "directory-file-id"}},
        {"beta:directories:files upload",
         {"directory-id", "upload-file", "display-name", "external-file-id", "metadata", "unique-id"}},
    };
    std::vector<std::string> const everywhere{
        "organization-id", "project-id",      "debug",      "base-url", "format", "format-error",
        "transform",       "transform-error", "raw-output", "api-key",  "help",   "version"};
    ferry::cli::official_program const all("llp");
    for (auto const& [words, flags] : known) {
        CAPTURE(words);
        auto const space = words.find(' ');
        auto const at = ferry::cli::locate(all.get(), {words.substr(0, space), words.substr(space + 1)}).at;
        REQUIRE(at.which != nullptr);
        auto const ours = ferry::cli::flags_at(at);
        for (auto const* wanted : {&flags, &everywhere})
            for (auto const& name : *wanted) {
                CAPTURE(name);
                CHECK(ferry::cli::flag_of(ours, "--" + name) != nullptr);
            }
    }
}

TEST_CASE("official: files create") {
    shell at;
    auto const path = at.home.write("report.pdf", "%PDF-1.7");
    auto const made =
        at.official({"files", "create", "--file", path, "--purpose", "parse", "--external-file-id", "ext-1"});
    check_good(made);
    CHECK(text(made.json(), "name") == "report.pdf");
    CHECK(text(made.json(), "purpose") == "parse");
    CHECK(text(made.json(), "external_file_id") == "ext-1");
}

TEST_CASE("official: files create with a file on standard input") {
    shell at;
    at.input = "bytes";
    for (std::string const path : {"-", "/dev/stdin"}) {
        auto const made =
            at.official({"files", "create", "--file", path, "--purpose", "parse", "--stdin-name", "a.txt"});
        check_good(made);
        CHECK(text(made.json(), "name") == "a.txt");
    }
}

TEST_CASE("official: files retrieve, with its id by name and by place") {
    shell at;
    auto const id = file(at);
    for (auto const& words :
         {std::vector<std::string>{"files", "retrieve", "--file-id", id},
          std::vector<std::string>{"files", "retrieve", id},
          std::vector<std::string>{"files", "retrieve", id, "--expand", "download_url"}}) {
        auto const got = at.official(words);
        check_good(got);
        CHECK(text(got.json(), "id") == id);
    }
}

TEST_CASE("official: files list, of all pages as a sequence of documents") {
    shell at;
    auto const a = file(at, "a.txt");
    auto const b = file(at, "b.txt");
    auto const all =
        at.official({"files", "list", "--page-size", "1", "--order-by", "name", "--transform", "name", "-r"});
    check_good(all);
    CHECK(all.out == "a.txt\nb.txt\n");
    CHECK(at.official({"files", "list", "--page-size", "1", "--order-by", "name", "--max-items", "1",
                       "--transform", "name"})
              .out == "\"a.txt\"\n");
    CHECK(at.official({"files", "list", "--file-name", "b.txt", "--transform", "id", "-r"}).out == b + "\n");
    // One list in YAML, or one flag for each: both count.
    for (auto const& ids : {std::vector<std::string>{"--file-id", "[" + a + ", " + b + "]"},
                            std::vector<std::string>{"--file-id", a, "--file-id", b}}) {
        std::vector<std::string> words{"files", "list", "--order-by", "name", "--transform", "id", "-r"};
        words.insert(words.end(), ids.begin(), ids.end());
        CHECK(at.official(words).out == a + "\n" + b + "\n");
    }
}

TEST_CASE("official: --format raw is one page as it came") {
    shell at;
    file(at, "a.txt");
    file(at, "b.txt");
    auto const page = at.official({"files", "list", "--page-size", "1", "--format", "raw"});
    check_good(page);
    CHECK(page.json().find("items")->items()->size() == 1);
    CHECK(page.json().find("next_page_token")->text() != nullptr);
}

TEST_CASE("official: files content, and files get as llamacloud-prod") {
    shell at;
    auto const id = file(at);
    auto const url = at.official({"files", "content", "--file-id", id, "--expires-at-seconds", "60"});
    check_good(url);
    CHECK(text(url.json(), "url").starts_with(at.mock.base_url()));
    auto const old = at.official({"files", "get", "--file-id", id}, "llamacloud-prod");
    check_good(old);
    CHECK(text(old.json(), "url").starts_with(at.mock.base_url()));

    auto const gone = at.official({"files", "get", "--file-id", id}, "llp");
    CHECK(gone.code == 2);
    CHECK(gone.err ==
          "error: 'get' is no command of 'llp files'; did you mean 'content'?\n"
          "Run 'llp files --help' for usage information\n");
}

TEST_CASE("official: files delete prints nothing") {
    shell at;
    auto const id = file(at);
    auto const gone = at.official({"files", "delete", "--file-id", id});
    check_good(gone);
    CHECK(gone.out.empty());
    auto const again = at.official({"files", "retrieve", "--file-id", id});
    CHECK(again.code == 5);
    CHECK(again.out.empty());
    CHECK(again.err.find("404 Not Found") != std::string::npos);
}

TEST_CASE("official: files query, its filter whole, in parts and on standard input") {
    shell at;
    file(at, "a.txt");
    file(at, "b.txt");
    CHECK(at.official({"files", "query", "--filter", "{file_name: b.txt}", "--transform", "items.#.name"})
              .code == 0);
    for (auto const& words : {std::vector<std::string>{"--filter", "{file_name: b.txt}"},
                              std::vector<std::string>{"--filter", "{\"file_name\": \"b.txt\"}"},
                              std::vector<std::string>{"--filter.file-name", "b.txt"}}) {
        std::vector<std::string> all{"files", "query", "--transform", "name", "-r"};
        all.insert(all.end(), words.begin(), words.end());
        auto const found = at.official(all);
        check_good(found);
        CHECK(found.out == "b.txt\n");
    }
    at.input = "filter:\n  file_name: a.txt\n";
    CHECK(at.official({"files", "query", "--transform", "name", "-r"}).out == "a.txt\n");
    at.input.clear();
    CHECK(at.official({"files", "query", "--filter.file-ids", "null", "--filter.only-manually-uploaded",
                       "true", "--page-size", "0x1", "--format", "raw"})
              .code == 0);
}

TEST_CASE("official: beta:directories create, with flags and from standard input; flags win") {
    shell at;
    auto const made =
        at.official({"beta:directories", "create", "--name", "reports", "--description", "of 2026",
                     "--system-metadata", "{a: 1}", "--type", "user", "--expires-at", "2027-01-01"});
    check_good(made);
    CHECK(text(made.json(), "name") == "reports");
    CHECK(text(made.json(), "description") == "of 2026");
    at.input = R"({"name": "from input", "description": "kept"})";
    auto const mixed = at.official({"beta:directories", "create", "--name", "from flag"});
    check_good(mixed);
    CHECK(text(mixed.json(), "name") == "from flag");
    CHECK(text(mixed.json(), "description") == "kept");
}

TEST_CASE("official: beta:directories get, update, list and delete") {
    shell at;
    auto const id = directory(at);
    CHECK(text(at.official({"beta:directories", "get", "--directory-id", id}).json(), "name") == "reports");
    auto const changed = at.official(
        {"beta:directories", "update", "--directory-id", id, "--name", "papers", "--description", "new"});
    check_good(changed);
    CHECK(text(changed.json(), "name") == "papers");
    auto const emptied = at.official({"beta:directories", "update", id, "--description", "null"});
    check_good(emptied);
    CHECK(emptied.json().find("description")->is_null());
    auto const listed = at.official({"beta:directories", "list", "--name", "papers", "--type", "user",
                                     "--include-deleted", "--max-items", "-1", "--transform", "id", "-r"});
    check_good(listed);
    CHECK(listed.out == id + "\n");
    auto const gone = at.official({"beta:directories", "delete", "--directory-id", id});
    check_good(gone);
    CHECK(gone.out.empty());
}

TEST_CASE("official: beta:directories:files add, upload, get and list") {
    shell at;
    auto const id = directory(at);
    auto const stored = file(at, "stored.txt");
    auto const added = at.official({"beta:directories:files", "add", "--directory-id", id, "--file-id",
                                    stored, "--display-name", "Shown", "--unique-id", "u-1", "--metadata",
                                    "{year: 2026, final: true}"});
    check_good(added);
    CHECK(text(added.json(), "display_name") == "Shown");
    auto const uploaded =
        at.official({"beta:directories:files", "upload", "--directory-id", id, "--upload-file",
                     at.home.write("b.txt", "b"), "--unique-id", "u-2", "--metadata", R"({"year": 2025})"});
    check_good(uploaded);
    auto const got = at.official({"beta:directories:files", "get", "--directory-id", id,
                                  "--directory-file-id", text(uploaded.json(), "id")});
    check_good(got);
    CHECK(text(got.json(), "unique_id") == "u-2");
    auto const listed =
        at.official({"beta:directories:files", "list", "--directory-id", id, "--display-name-contains", "how",
                     "--include-deleted=false", "--updated-at-on-or-after", "2020-01-01", "--transform",
                     "unique_id", "-r"});
    check_good(listed);
    CHECK(listed.out == "u-1\n");
}

TEST_CASE("official: beta:directories:files update and delete") {
    shell at;
    auto const from = directory(at, "from");
    auto const to = directory(at, "to");
    auto const id = entry(at, from);
    auto const renamed =
        at.official({"beta:directories:files", "update", "--directory-id", from, "--directory-file-id", id,
                     "--display-name", "New", "--unique-id", "u-9", "--metadata", "{a: b}"});
    check_good(renamed);
    CHECK(text(renamed.json(), "unique_id") == "u-9");
    auto const moved = at.official(
        {"beta:directories:files", "update", "--directory-id", from, id, "--target-directory-id", to});
    check_good(moved);
    auto const gone =
        at.official({"beta:directories:files", "delete", "--directory-id", to, "--directory-file-id", id});
    check_good(gone);
    CHECK(gone.out.empty());
}

TEST_CASE("official: global flags, environment and usage errors") {
    shell at;
    auto const id = file(at);
    auto const yaml = at.official({"files", "retrieve", id, "--format", "YAML"});
    check_good(yaml);
    CHECK(yaml.out.find("name: report.pdf\n") != std::string::npos);
    auto const debugged = at.official({"files", "retrieve", id, "--debug"});
    CHECK(debugged.code == 0);
    CHECK(debugged.err.find("> GET " + at.mock.base_url() + "/api/v1/beta/files/" + id) != std::string::npos);
    CHECK(debugged.err.find("llx-alice") == std::string::npos);
    auto const failed = at.official(
        {"files", "retrieve", "no-uuid", "--format-error", "jsonl", "--transform-error", "detail"});
    CHECK(failed.code != 0);
    CHECK(failed.out.empty());
    auto const version = at.official({"--version"});
    check_good(version);
    CHECK(version.out.starts_with("llp "));
    CHECK(at.official({"files", "retrieve", "a", "b"}).err ==
          "error: unexpected extra arguments: b\nRun 'llp files retrieve --help' for usage information\n");
    CHECK(
        at.official({"files", "retrieve"}).err ==
        "error: Required flag \"file-id\" not set\nRun 'llp files retrieve --help' for usage information\n");
    CHECK(at.official({"fils", "list"}).err.find("did you mean 'files'?") != std::string::npos);
    CHECK(at.official({"files", "list", "--base-url", "ftp://x"})
              .err.find("--base-url: 'ftp://x' must begin with http") != std::string::npos);
    CHECK(at.official({"@completion", "zsh"}).out.starts_with("#compdef llp\n"));
    check_good(at.official({"@manpages", "-o", at.home.path("man")}));
    CHECK(at.home.read("man/llp-files-list.1").starts_with(".TH "));
}
