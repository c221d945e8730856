// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What the service's page on files shows, section by section, done with the SDK. pages.sh does it with curl.
#include "contract/langflow.hpp"

#include <ferry/json.hpp>

#include <cstdlib>
#include <map>
#include <regex>

using namespace ferry_test;

namespace {

/// LANGFLOW_URL, LANGFLOW_API_KEY and two samples, as the page's examples expect them.
class page {
public:
    page() {
        ::setenv("LANGFLOW_URL", services.kit.mock.base_url().c_str(), 1);
        ::setenv("LANGFLOW_API_KEY", "sk-alice", 1);
    }
    ~page() {
        ::unsetenv("LANGFLOW_URL");
        ::unsetenv("LANGFLOW_API_KEY");
    }
    page(page const&) = delete;
    page& operator=(page const&) = delete;

    /// Without a URL and a key in the program; the certificate of a test server is no matter of the page.
    static ferry::langflow::client client() {
        ferry::client_options options;
        options.proxy = "";
        options.tls.ca_pem = authority_pem();
        return ferry::langflow::client(options);
    }

    langflow services;
    scratch_directory files;
    std::string sample = files.write("sample-upload.txt", "a sample\n");
    std::string image = files.write("sample-upload.png", awkward_bytes());
};

std::string file_name_of(ferry::langflow::models::upload const& upload) {
    return upload.file_path.substr(upload.file_path.rfind('/') + 1);
}

std::map<std::string, ferry::raw_json> tweak(std::string component, std::string const& path) {
    return {{std::move(component), ferry::raw_json(R"({"path":[)" + ferry::to_json(path).value() + "]}")}};
}

}  // namespace

TEST_CASE("Langflow's page: Upload file (v1)") {
    page const shown;
    auto const upload = page::client().flow_files.upload(alice_flow, ferry::from_path(shown.sample)).send();
    REQUIRE(upload.has_value());
    CHECK(upload->flow_id == alice_flow);
    CHECK(std::regex_match(
        upload->file_path,
        std::regex(std::string(alice_flow) + R"(/\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_sample-upload\.txt)")));
}

TEST_CASE("Langflow's page: Upload image files (v1)") {
    page const shown;
    auto const client = page::client();
    auto const upload =
        client.flow_files.upload(alice_flow, ferry::from_path(shown.image).content_type("image/png"))
            .send()
            .value();
    CHECK(client.flow_files.list(alice_flow).send().value().files ==
          std::vector<std::string>{file_name_of(upload)});
    auto const answer = client.flows.run(alice_flow)
                            .input_value("describe this image")
                            .tweaks(tweak("ChatInput-b67sL", upload.file_path))
                            .send();
    REQUIRE(answer.has_value());
    CHECK_THAT(answer->outputs.value().at(0).outputs.value().at(0)->results.value().text(),
               contains(upload.file_path));
}

TEST_CASE("Langflow's page: List files (v1)") {
    page const shown;
    auto const client = page::client();
    auto const upload = client.flow_files.upload(alice_flow, ferry::from_path(shown.sample)).send().value();
    CHECK(client.flow_files.list(alice_flow).send().value().files ==
          std::vector<std::string>{file_name_of(upload)});
}

TEST_CASE("Langflow's page: Download file (v1)") {
    page const shown;
    auto const client = page::client();
    auto const upload = client.flow_files.upload(alice_flow, ferry::from_path(shown.sample)).send().value();
    auto const saved = client.flow_files.download(alice_flow, file_name_of(upload))
                           .save_to(shown.files.path("downloaded_file.txt"));
    REQUIRE(saved.has_value());
    CHECK(saved->size == 9);
    CHECK(shown.files.read("downloaded_file.txt") == "a sample\n");
}

TEST_CASE("Langflow's page: Delete file (v1)") {
    page const shown;
    auto const name = "2024-12-30_15-19-43_your_file.txt";
    CHECK(page::client().flow_files.delete_(alice_flow, name).send().value().message ==
          "File 2024-12-30_15-19-43_your_file.txt deleted successfully");
}

TEST_CASE("Langflow's page: Upload file (v2)") {
    page const shown;
    auto const client = page::client();
    auto const me = client.users.whoami().send().value();
    auto const file = client.files.upload(ferry::from_path(shown.sample)).send();
    REQUIRE(file.has_value());
    CHECK(file->name == "sample-upload");
    CHECK(file->path.substr(0, me.id.size() + 1) == me.id + "/");
    CHECK(file->size == 9);
    CHECK_FALSE(file->provider.has_value());
}

TEST_CASE("Langflow's page: Send files to your flows (v2)") {
    page const shown;
    auto const client = page::client();
    auto const file = client.files.upload(ferry::from_path(shown.sample)).send().value();
    auto const answer = client.flows.run(alice_flow)
                            .input_value("what do you see?")
                            .output_type("chat")
                            .input_type("text")
                            .tweaks(tweak("Read-File-1olS3", file.path))
                            .send();
    REQUIRE(answer.has_value());
    CHECK_THAT(answer->outputs.value().at(0).outputs.value().at(0)->artifacts.value().text(),
               contains("a sample"));
}

TEST_CASE("Langflow's page: List files (v2)") {
    page const shown;
    auto const client = page::client();
    auto const file = client.files.upload(ferry::from_path(shown.sample)).send().value();
    auto const listed = client.files.list().send().value();
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].id == file.id);
    CHECK(listed[0].name == "sample-upload");
    CHECK(listed[0].path == file.path);
    CHECK_THAT(file.path, contains("/" + file.id + ".txt"));
    CHECK(listed[0].size == 9);
}

TEST_CASE("Langflow's page: Download file (v2)") {
    page const shown;
    auto const client = page::client();
    auto const file = client.files.upload(ferry::from_path(shown.sample)).send().value();
    auto const saved = client.files.get(file.id).save_to(shown.files.path("downloaded_file.txt"));
    REQUIRE(saved.has_value());
    CHECK(saved->file_name == "sample-upload.txt");
    CHECK(shown.files.read("downloaded_file.txt") == "a sample\n");
}

TEST_CASE("Langflow's page: Edit file name (v2)") {
    page const shown;
    auto const client = page::client();
    auto const file = client.files.upload(ferry::from_path(shown.sample)).send().value();
    auto const renamed = client.files.rename(file.id, "renamed-sample-upload").send();
    REQUIRE(renamed.has_value());
    CHECK(renamed->id == file.id);
    CHECK(renamed->name == "renamed-sample-upload");
    CHECK(renamed->path == file.path);
}

TEST_CASE("Langflow's page: Delete file (v2)") {
    page const shown;
    auto const client = page::client();
    auto const file = client.files.upload(ferry::from_path(shown.sample)).send().value();
    auto const deleted = client.files.delete_(file.id).send();
    REQUIRE(deleted.has_value());
    CHECK(deleted->message == "File deleted successfully");
    CHECK(client.files.list().send().value().empty());
}

TEST_CASE("Langflow's page: Delete all files (v2)") {
    page const shown;
    auto const client = page::client();
    client.files.upload(ferry::from_path(shown.sample)).send().value();
    CHECK(client.files.delete_all().send().value().message == "All files deleted successfully");
    CHECK(client.files.list().send().value().empty());
}

TEST_CASE("Langflow's page: only files of your own, even as a superuser") {
    page const shown;
    auto const file = page::client().files.upload(ferry::from_path(shown.sample)).send().value();
    check_refusal(error_of(shown.services.root.files.get(file.id).send()), 404, "File not found");
    CHECK(shown.services.root.files.list().send().value().empty());
}
