// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry_cli/program/fixture.hpp"

using ferry_test::shell;

namespace {

std::string upload(shell& at, std::string const& name, std::string const& bytes) {
    auto const made =
        at.run({"llamacloud", "files", "create", "--file", at.home.write(name, bytes), "--purpose", "parse"});
    REQUIRE(made.code == 0);
    return *made.json().find("id")->text();
}

}  // namespace

TEST_CASE("llamacloud files create uploads a file and writes what the service answers") {
    shell at;
    auto const path = at.home.write("report.pdf", "%PDF-1.7");
    auto const made = at.run(
        {"llamacloud", "files", "create", "--file", path, "--purpose", "parse", "--external-file-id", "x-1"});
    CHECK(made.err.empty());
    CHECK(made.code == 0);
    auto const file = made.json();
    CHECK(*file.find("name")->text() == "report.pdf");
    CHECK(*file.find("purpose")->text() == "parse");
    CHECK(*file.find("external_file_id")->text() == "x-1");
}

TEST_CASE("a required flag that is missing is a usage error that names it") {
    shell at;
    auto const made = at.run({"llamacloud", "files", "create", "--purpose", "parse"});
    CHECK(made.code == 2);
    CHECK(made.out.empty());
    CHECK(made.err ==
          "error: Required flag \"file\" not set\n"
          "Run 'ferry llamacloud files create --help' for usage information\n");
}

TEST_CASE("llamacloud files list writes the items of all pages one after the other") {
    shell at;
    for (auto const* name : {"a.txt", "b.txt", "c.txt"}) upload(at, name, name);
    auto const made = at.run({"llamacloud", "files", "list", "--page-size", "2", "--format", "jsonl",
                              "--transform", "name", "-r", "--order-by", "name"});
    CHECK(made.err.empty());
    CHECK(made.code == 0);
    CHECK(made.out == "a.txt\nb.txt\nc.txt\n");
    auto const some = at.run({"llamacloud", "files", "list", "--page-size", "1", "--max-items", "2",
                              "--format", "jsonl", "--transform", "name", "--order-by", "name"});
    CHECK(some.out == "\"a.txt\"\n\"b.txt\"\n");
}

TEST_CASE("llamacloud files get, content and delete take the id with and without its flag") {
    shell at;
    auto const id = upload(at, "a.txt", "bytes");
    CHECK(*at.run({"llamacloud", "files", "get", id}).json().find("name")->text() == "a.txt");
    CHECK(*at.run({"llamacloud", "files", "get", "--file-id", id}).json().find("name")->text() == "a.txt");

    auto const url = at.run({"llamacloud", "files", "content", id, "--expires-at-seconds", "0x3c"});
    CHECK(url.err.empty());
    CHECK(url.json().find("url")->text()->starts_with(at.mock.base_url()));

    auto const gone = at.run({"llamacloud", "files", "delete", id});
    CHECK(gone.code == 0);
    CHECK(gone.out.empty());
    auto const again = at.run({"llamacloud", "files", "get", id});
    CHECK(again.code == 5);
    CHECK(again.out.empty());
    CHECK(again.err.find("404") != std::string::npos);
}

TEST_CASE("llamacloud files content saves the bytes in a file, in a directory, or writes them") {
    shell at;
    auto const id = upload(at, "a.txt", "bytes");
    auto const file = at.run({"llamacloud", "files", "content", id, "--output", at.home.path("copy.txt")});
    CHECK(file.err.empty());
    CHECK(file.code == 0);
    CHECK(at.home.read("copy.txt") == "bytes");
    CHECK(*file.json().find("path")->text() == at.home.path("copy.txt"));

    auto const folder = at.run({"llamacloud", "files", "content", id, "--output", at.home.path("in/")});
    CHECK(folder.code == 0);
    CHECK(at.home.read("in/a.txt") == "bytes");
    auto const twice = at.run({"llamacloud", "files", "content", id, "--output", at.home.path("in/")});
    CHECK(twice.code == 2);
    CHECK(twice.err.find("is there already") != std::string::npos);

    CHECK(at.run({"llamacloud", "files", "content", id, "--output", "-"}).out == "bytes");
}

TEST_CASE("llamacloud files query takes its filter whole and in parts") {
    shell at;
    upload(at, "a.txt", "a");
    upload(at, "b.txt", "b");
    for (auto const& filter :
         {std::vector<std::string>{"--filter", "{file_name: b.txt}"},
          std::vector<std::string>{"--filter.file-name", "b.txt"},
          std::vector<std::string>{"--filter", "{file_name: a.txt}", "--filter.file-name", "b.txt"}}) {
        std::vector<std::string> words{"llamacloud", "files",    "query", "--transform",
                                       "name",       "--format", "jsonl"};
        words.insert(words.end(), filter.begin(), filter.end());
        CHECK(at.run(words).out == "\"b.txt\"\n");
    }
}
