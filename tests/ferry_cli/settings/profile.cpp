// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "settings/profile.hpp"

#include "command_line/exit_code.hpp"
#include "ferry_cli/settings/files.hpp"
#include "support/catch2.hpp"

using ferry::cli::configuration;
using ferry_test::home;

namespace {

configuration read(home const& at) {
    return configuration::read(at.environment());
}

/// What is said about a file, without its name.
std::string complaint(std::string_view text) {
    home const at(text);
    try {
        read(at);
    } catch (ferry::cli::usage_error const& e) {
        std::string const said = e.what();
        CHECK(said.starts_with(at.file()));
        return said.substr(at.file().size());
    }
    return {};
}

}  // namespace

TEST_CASE("the configuration file is where XDG_CONFIG_HOME says, else below HOME") {
    home const at;
    CHECK(configuration::path(at.environment()) == at.file());
    CHECK(configuration::path(at.environment({{"XDG_CONFIG_HOME", "/etc/xdg"}})) ==
          "/etc/xdg/ferry/config.toml");
    CHECK(configuration::path(at.environment({{"XDG_CONFIG_HOME", ""}})) == at.file());
    CHECK(configuration::path(at.environment({{"HOME", ""}})).empty());
}

TEST_CASE("a configuration file that is not there says nothing") {
    home const at;
    CHECK(read(at).find("") == nullptr);
    CHECK(configuration::read(at.environment({{"HOME", ""}})).file().empty());
}

TEST_CASE("a profile has a service, and for each service key, URL and flags") {
    home const at(R"(
[work]
service = "langflow"
[work.llamacloud]
api-key = "llx-1"
base-url = "https://example.test"
project-id = "p-1"
[work.langflow]
api-key-file = "~/langflow.key"
)");
    auto const all = read(at);
    auto const* work = all.find("work");
    REQUIRE(work != nullptr);
    CHECK(work->name == "work");
    CHECK(work->service == "langflow");
    auto const& cloud = work->services.at("llamacloud");
    CHECK(cloud.api_key == "llx-1");
    CHECK(cloud.base_url == "https://example.test");
    CHECK(cloud.flags == std::map<std::string, std::string>{{"project-id", "p-1"}});
    CHECK_FALSE(cloud.api_key_file);
    CHECK(work->services.at("langflow").api_key_file == at.path("langflow.key"));
}

TEST_CASE("only a tilde at the beginning and before a slash is the home directory") {
    for (std::string const path : {"~", "~alice/key", "keys/~/key", "/key"}) {
        CAPTURE(path);
        home const at("[a.langflow]\napi-key-file = \"" + path + "\"\n");
        CHECK(read(at).find("a")->services.at("langflow").api_key_file == path);
    }
    home const at("[a.langflow]\napi-key-file = \"~/key\"\n");
    auto const homeless = at.environment({{"XDG_CONFIG_HOME", at.path(".config")}, {"HOME", ""}});
    CHECK(configuration::read(homeless).find("a")->services.at("langflow").api_key_file == "~/key");
}

TEST_CASE("the file chooses a profile where nobody names one") {
    home const chosen("profile = \"b\"\n[a]\n[b]\n");
    CHECK(read(chosen).find("")->name == "b");
    CHECK(read(chosen).find("a")->name == "a");
    home const none("[a]\n[b]\n");
    CHECK(read(none).find("") == nullptr);
}

TEST_CASE("a profile that is not there is an error with the nearest name") {
    home const at("profile = \"wirk\"\n[work]\n");
    for (std::string const name : {"", "wirk"})
        CHECK_THROWS_WITH(read(at).find(name),
                          "there is no profile 'wirk' in " + at.file() + "; did you mean 'work'?");
    home const nothing;
    CHECK_THROWS_WITH(configuration::read(nothing.environment({{"HOME", ""}})).find("x"),
                      "there is no profile 'x' in any configuration file");
}

TEST_CASE("what is wrong in a configuration file is told with its line and column") {
    CHECK(complaint("[work\n").starts_with(":1:6: "));
    CHECK(complaint("a = 1\n\n[b]\nx = \n").starts_with(":4:"));
    CHECK(complaint("profil = \"a\"\n") ==
          ":1:10: 'profil' is not known here; there are profile and sections, such as [work]");
    CHECK(complaint("[a]\nservic = \"langflow\"\n") ==
          ":2:10: 'servic' is not known in a profile; did you mean 'service'?");
    CHECK(complaint("[a]\nservice = \"langflw\"\n") ==
          ":2:11: there is no service 'langflw'; did you mean 'langflow'?");
    CHECK(complaint("[a]\nservice = 1\n") == ":2:11: service must be a text in quotes");
    CHECK(complaint("profile = true\n") == ":1:11: profile must be a text in quotes");
    CHECK(complaint("[a.llamacloud]\nproject-id = 7\n") == ":2:14: project-id must be a text in quotes");
    CHECK(complaint("[a.llamaclod]\n").find("did you mean 'llamacloud'?") != std::string::npos);
}

TEST_CASE("a file with a key in it may be read by its owner only") {
    for (::mode_t const mode : {0644, 0640, 0604, 0660}) {
        home const at("[a.langflow]\napi-key = \"sk-1\"\n");
        ::chmod(at.file().c_str(), mode);
        CHECK_THROWS_WITH(read(at),
                          at.file() + " holds a key, and others may read it: chmod 600 " + at.file());
    }
    home const keyless("[a.langflow]\napi-key-file = \"k\"\n");
    ::chmod(keyless.file().c_str(), 0644);
    CHECK(read(keyless).find("a") != nullptr);
    home const own("[a.langflow]\napi-key = \"sk-1\"\n");
    ::chmod(own.file().c_str(), 0400);
    CHECK(read(own).find("a")->services.at("langflow").api_key == "sk-1");
}
