// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "settings/connection.hpp"

#include "command_line/exit_code.hpp"
#include "ferry_cli/settings/files.hpp"
#include "support/catch2.hpp"

using namespace ferry::cli;
using ferry_test::home;

namespace {

constexpr std::string_view keys[] = {"FIRST_KEY", "SECOND_KEY"};
constexpr std::string_view urls[] = {"SERVICE_URL"};
constexpr flag common[] = {{.name = "project-id"}};
constexpr service llamacloud{.name = "llamacloud",
                             .title = "LlamaCloud",
                             .groups = {},
                             .common = common,
                             .key_variables = keys,
                             .url_variables = urls,
                             .base_url = "https://default.test"};

constexpr char const* both_profiles = R"(
profile = "own"
[own.llamacloud]
api-key = "key of own"
base-url = "https://own.test"
project-id = "p-own"
[named.llamacloud]
api-key = "key of named"
base-url = "https://named.test"
)";

connection reached(home const& at, std::map<std::string, std::string> const& flags,
                   std::map<std::string, std::string> const& variables = {}, service const& to = llamacloud) {
    arguments given;
    for (auto const& [name, value] : flags) given.values[name] = {value};
    auto const environment = at.environment(variables);
    standard_input in;
    return connection_to(to, given, configuration::read(environment), environment, in);
}

std::string shown(std::optional<setting> const& one) {
    return one ? one->value + " from " + one->from : "nothing";
}

}  // namespace

TEST_CASE("flags win over a named profile, that over the environment, and that over the file's profile") {
    home const at(both_profiles);
    std::map<std::string, std::string> const variables{{"FIRST_KEY", "key of environment"},
                                                       {"SERVICE_URL", "https://environment.test"}};
    std::map<std::string, std::string> flags{
        {"api-key", "key of flag"}, {"base-url", "https://flag.test"}, {"profile", "named"}};
    auto one = reached(at, flags, variables);
    CHECK(shown(one.api_key) == "key of flag from --api-key");
    CHECK(shown(one.base_url) == "https://flag.test from --base-url");

    flags = {{"profile", "named"}};
    one = reached(at, flags, variables);
    CHECK(shown(one.api_key) == "key of named from profile named");
    CHECK(shown(one.base_url) == "https://named.test from profile named");

    one = reached(at, {}, variables);
    CHECK(shown(one.api_key) == "key of environment from FIRST_KEY");
    CHECK(shown(one.base_url) == "https://environment.test from SERVICE_URL");
    CHECK(shown(one.flags.at("project-id")) == "p-own from profile own");

    one = reached(at, {});
    CHECK(shown(one.api_key) == "key of own from profile own");
    CHECK(shown(one.base_url) == "https://own.test from profile own");
    CHECK(one.options().base_url == "https://own.test");
    CHECK(one.options().api_key == "key of own");

    home const empty;
    one = reached(empty, {});
    CHECK(shown(one.api_key) == "nothing");
    CHECK(shown(one.base_url) == "https://default.test from default");
    CHECK(one.flags.empty());
}

TEST_CASE("the default URL is left to the client, which knows the operations that have another one") {
    home const at;
    CHECK(reached(at, {}).options().base_url == ferry::client_options().base_url);
    CHECK(reached(at, {{"base-url", "https://default.test"}}).options().base_url == "https://default.test");
}

TEST_CASE("of several variables the first that is set and not empty counts") {
    home const at;
    CHECK(shown(reached(at, {}, {{"FIRST_KEY", "1"}, {"SECOND_KEY", "2"}}).api_key) == "1 from FIRST_KEY");
    CHECK(shown(reached(at, {}, {{"FIRST_KEY", ""}, {"SECOND_KEY", "2"}}).api_key) == "2 from SECOND_KEY");
}

TEST_CASE("a key comes out of a file without the line's end") {
    home const at("[a.llamacloud]\napi-key-file = \"~/key\"\n");
    auto const path = at.write("key", "secret \r\n\n");
    CHECK(shown(reached(at, {{"api-key-file", path}}).api_key) == "secret from --api-key-file " + path);
    CHECK(shown(reached(at, {{"profile", "a"}}).api_key) == "secret from profile a, " + path);
    // What is on the command line is asked for and counts; the other file need not even be there.
    std::filesystem::remove(path);
    CHECK(shown(reached(at, {{"profile", "a"}, {"api-key", "k"}}).api_key) == "k from --api-key");
    CHECK_THROWS_WITH(reached(at, {{"profile", "a"}}), "profile a: there is no file " + path);
    CHECK_THROWS_WITH(reached(at, {{"api-key-file", path}}), "--api-key-file: there is no file " + path);
    at.write("key", " \n");
    CHECK_THROWS_WITH(reached(at, {{"api-key-file", path}}), "--api-key-file: " + path + " is empty");
}

TEST_CASE("a profile says something about the services that it names, nothing about others") {
    home const at(both_profiles);
    auto other = llamacloud;
    other.name = "langflow";
    auto const one = reached(at, {}, {}, other);
    CHECK(shown(one.api_key) == "nothing");
    CHECK(shown(one.base_url) == "https://default.test from default");
}

TEST_CASE("what nobody knows in a profile is an error, not a setting that says nothing") {
    home const at("[a.llamacloud]\napi_key = \"k\"\n[b.llamacloud]\nproject = \"p\"\n");
    CHECK_THROWS_WITH(reached(at, {{"profile", "a"}}),
                      "profile a: 'api_key' is not known for llamacloud; did you mean 'api-key'?");
    CHECK_THROWS_WITH(reached(at, {{"profile", "b"}}),
                      Catch::Contains("'project' is not known for llamacloud"));
    CHECK_THROWS_WITH(reached(at, {{"profile", "c"}}), Catch::Contains("there is no profile 'c'"));
}
