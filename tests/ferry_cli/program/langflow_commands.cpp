// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// A test for each command of Langflow.
#include "ferry_cli/program/fixture.hpp"

using ferry::cli::json_value;
using ferry_test::outcome;
using ferry_test::shell;

namespace {

std::string const flow = "a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1";

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

std::string upload(shell& at, std::string const& name, std::string const& bytes) {
    return text(good(at.run({"langflow", "files", "upload", "--file", at.home.write(name, bytes)})).json(),
                "id");
}

/// A file of a flow. \returns the name that the server gave it
std::string upload_to_flow(shell& at, std::string const& name, std::string const& bytes) {
    auto const path = text(
        good(at.run({"langflow", "flow-files", "upload", flow, "--file", at.home.write(name, bytes)})).json(),
        "file_path");
    return path.substr(path.rfind('/') + 1);
}

}  // namespace

TEST_CASE("langflow files upload, also in the place of its own end") {
    shell at;
    auto const made =
        good(at.run({"langflow", "files", "upload", "--file", at.home.write("notes.txt", "one")}));
    CHECK(text(made.json(), "name") == "notes");
    at.input = " two";
    good(at.run({"langflow", "files", "upload", "--file", "-", "--stdin-name", "notes.txt", "--append"}));
    CHECK(at.run({"langflow", "files", "get", text(made.json(), "id"), "--output", "-"}).out == "one two");
}

TEST_CASE("langflow files list writes one document for each file") {
    shell at;
    auto const a = upload(at, "a.txt", "a");
    auto const b = upload(at, "b.txt", "b");
    CHECK(good(at.run({"langflow", "files", "list", "--transform", "id", "-r"})).out == a + "\n" + b + "\n");
}

TEST_CASE("langflow files get saves the bytes under the service's name, in a file, or writes them") {
    shell at;
    auto const id = upload(at, "a.txt", "bytes");
    good(at.run({"langflow", "files", "get", id, "--output", at.home.path("in/")}));
    CHECK(at.home.read("in/a.txt") == "bytes");
    good(at.run({"langflow", "files", "get", id, "-o", at.home.path("b.txt")}));
    CHECK(at.home.read("b.txt") == "bytes");
    CHECK(good(at.run({"langflow", "files", "get", id})).out == "bytes");
}

TEST_CASE("langflow files rename and delete") {
    shell at;
    auto const id = upload(at, "a.txt", "a");
    CHECK(text(good(at.run({"langflow", "files", "rename", id, "--name", "new.txt"})).json(), "name") ==
          "new.txt");
    good(at.run({"langflow", "files", "delete", id}));
    auto const gone = at.run({"langflow", "files", "get", id});
    CHECK(gone.code == 5);
    CHECK(gone.out.empty());
}

TEST_CASE("langflow files download-batch, delete-batch and delete-all") {
    shell at;
    auto const a = upload(at, "a.txt", "a");
    auto const b = upload(at, "b.txt", "b");
    good(at.run({"langflow", "files", "download-batch", "--file-id", a, "--file-id", b, "--output",
                 at.home.path("all.zip")}));
    CHECK(at.home.read("all.zip").starts_with("PK"));
    good(at.run({"langflow", "files", "delete-batch", "--file-id", "[" + a + "]"}));
    CHECK(at.run({"langflow", "files", "list", "--transform", "id", "-r"}).out == b + "\n");
    good(at.run({"langflow", "files", "delete-all"}));
    CHECK(good(at.run({"langflow", "files", "list"})).out.empty());
}

TEST_CASE("langflow flow-files upload, list, download, image and delete") {
    shell at;
    auto const name = upload_to_flow(at, "a.txt", "bytes");
    auto const picture = upload_to_flow(at, "a.png", "\x89PNG");
    auto const listed = good(at.run({"langflow", "flow-files", "list", flow}));
    CHECK(listed.out.find(name) != std::string::npos);
    CHECK(
        good(at.run({"langflow", "flow-files", "download", "--flow-id", flow, name, "--output", "-"})).out ==
        "bytes");
    good(at.run(
        {"langflow", "flow-files", "image", "--flow-id", flow, picture, "--output", at.home.path("b.png")}));
    CHECK(at.home.read("b.png") == "\x89PNG");
    good(at.run({"langflow", "flow-files", "delete", "--flow-id", flow, name}));
    CHECK(at.run({"langflow", "flow-files", "download", "--flow-id", flow, name}).code != 0);
}

TEST_CASE("langflow flow-files upload-legacy") {
    shell at;
    auto const made = good(
        at.run({"langflow", "flow-files", "upload-legacy", flow, "--file", at.home.write("a.txt", "bytes")}));
    CHECK(text(made.json(), "file_path").find(flow) != std::string::npos);
}

TEST_CASE("langflow profile-pictures list and get") {
    shell at;
    auto const listed =
        good(at.run({"langflow", "profile-pictures", "list", "--transform", "files.0", "-r"})).out;
    auto const slash = listed.find('/');
    REQUIRE(slash != std::string::npos);
    auto const got =
        good(at.run({"langflow", "profile-pictures", "get", "--folder-name", listed.substr(0, slash),
                     listed.substr(slash + 1, listed.size() - slash - 2), "-o", "-"}));
    CHECK(got.out.find("<svg") != std::string::npos);
}

TEST_CASE("langflow users whoami, auth login, server version and health") {
    shell at;
    CHECK(text(good(at.run({"langflow", "users", "whoami"})).json(), "username") == "alice");
    auto const login =
        good(at.run({"langflow", "auth", "login", "--username", "alice", "--password", "alice"}));
    CHECK(!text(login.json(), "access_token").empty());
    CHECK(at.run({"langflow", "auth", "login", "--username", "alice", "--password", "no"}).code == 4);
    CHECK(!text(good(at.run({"langflow", "server", "version"})).json(), "version").empty());
    CHECK(text(good(at.run({"langflow", "server", "health"})).json(), "status") == "ok");
}

TEST_CASE("langflow flows run, with a body from a file") {
    shell at;
    auto const body = at.home.write("body.yaml", "input_value: hello\n");
    auto const ran = good(at.run({"langflow", "flows", "run", flow, "--input", body}));
    CHECK(ran.json().members() != nullptr);
}
