// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/detail/settings.hpp"

#include "../../support/fake_api.hpp"
#include "../../support/result.hpp"

#include "ferry/core/detail/origin_text.hpp"

#include <cstdlib>

namespace {

/// Sets environment variables of the fake service, and removes all of them at the end.
class environment {
public:
    environment() { clear(); }
    ~environment() { clear(); }
    environment(environment const&) = delete;
    environment& operator=(environment const&) = delete;

    void set(char const* name, char const* value) { ::setenv(name, value, 1); }

private:
    static void clear() {
        for (auto const* name : {"FAKE_API_KEY", "FAKE_API_OLD_KEY", "FAKE_BASE_URL", "FAKE_CUSTOM_HEADERS"})
            ::unsetenv(name);
    }
};

auto resolve(ferry::client_options options = {}) {
    return ferry::detail::resolve_settings(fake_api::description(), std::move(options));
}

std::string base_of(std::string url) {
    ferry::client_options options;
    options.base_url = std::move(url);
    auto const with = resolve(std::move(options));
    return with->base ? ferry::detail::to_string(with->base->origin) + with->base->path
                      : with->base.error().message();
}

}  // namespace

TEST_CASE("options win over the environment, which wins over the description") {
    environment variables;
    CHECK_FALSE(resolve()->options.api_key.has_value());
    CHECK(resolve()->base->to_string() == "https://default.test/");

    variables.set("FAKE_API_OLD_KEY", "old");
    CHECK(resolve()->options.api_key == "old");
    variables.set("FAKE_API_KEY", "  new\n");
    CHECK(resolve()->options.api_key == "new");
    variables.set("FAKE_API_KEY", " \t ");  // blank counts as not set
    CHECK(resolve()->options.api_key == "old");
    variables.set("FAKE_BASE_URL", "http://env.test/prefix/");
    CHECK(resolve()->base->to_string() == "http://env.test/prefix");

    ferry::client_options options;
    options.api_key = "mine";
    options.base_url = "http://mine.test";
    auto const with = resolve(options);
    CHECK(with->options.api_key == "mine");
    CHECK(with->base->origin.host == "mine.test");
}

TEST_CASE("keys and URLs of options are trimmed as those of the environment") {
    environment const none;
    ferry::client_options options;
    options.api_key = "\t key \r\n";
    options.bearer_token = "token\n";
    options.base_url = " https://mine.test/ \n";
    options.credentials["key"] = " named\n";
    auto const with = resolve(options);
    CHECK(with->options.api_key == "key");
    CHECK(with->options.bearer_token == "token");
    CHECK(with->options.credentials.at("key") == "named");
    CHECK(with->base->to_string() == "https://mine.test/");
    CHECK(base_of(" \n") == base_of(""));

    static constexpr ferry::detail::credential basic[] = {{"login", ferry::detail::key_location::basic, {}}};
    auto described = fake_api::description();
    described.credentials = basic;
    options.credentials["login"] = "user:ends with a blank \r\n";
    CHECK(ferry::detail::resolve_settings(described, options)->options.credentials.at("login") ==
          "user:ends with a blank ");
}

TEST_CASE("header lines of the environment add to the client's own") {
    environment variables;
    variables.set("FAKE_CUSTOM_HEADERS", "X-Team: a:b \nno colon here\n : nameless\nX-Own: env\r\nX-Empty:");
    ferry::client_options options;
    options.headers.add("x-own", "mine");
    auto const headers = resolve(options)->options.headers;
    CHECK(headers.size() == 3);
    CHECK(headers.find("X-Team") == "a:b");
    CHECK(headers.find("X-Own") == "mine");
    CHECK(headers.find("X-Empty") == "");
}

TEST_CASE("what the environment says and must not be sent names its variable") {
    environment variables;
    variables.set("FAKE_API_KEY", "half\nhalf");
    auto const key = resolve()->base;
    REQUIRE(key.has_error());
    CHECK_THAT(
        key.error().message(),
        ferry_test::contains("the key from the environment variable FAKE_API_KEY contains CR, LF or NUL"));
    CHECK(key.error().message().find("half") == std::string::npos);

    variables.set("FAKE_API_KEY", "half\x7f");
    CHECK_THAT(resolve()->base.error().message(),
               ferry_test::contains("FAKE_API_KEY contains the control character 0x7f"));

    variables.set("FAKE_API_KEY", "key");
    variables.set("FAKE_CUSTOM_HEADERS", "X-Team: a\nnot a name: b");
    auto const header = resolve()->base;
    REQUIRE(header.has_error());
    CHECK_THAT(
        header.error().message(),
        ferry_test::contains("from the environment variable FAKE_CUSTOM_HEADERS: 'not a name' is not a"));
}

TEST_CASE("base URLs keep their path and lose trailing slashes") {
    environment const none;
    CHECK(base_of("https://h/api/v1//") == "https://h/api/v1");
    CHECK(base_of("HTTPS://H:8443/") == "https://h:8443");
    CHECK(base_of("http://[::1]:7860") == "http://[::1]:7860");
}

TEST_CASE("a base URL that cannot be used says which and why, without its password") {
    environment variables;
    CHECK_THAT(base_of("api.test"), ferry_test::contains("client_options::base_url 'api.test' is not"));
    CHECK_THAT(base_of("ftp://api.test"), ferry_test::contains("not an http or https URL"));
    CHECK_THAT(base_of("https://api.test/#x"), ferry_test::contains("must not have a fragment"));
    CHECK_THAT(base_of(""), ferry_test::contains("FAKE_BASE_URL"));
    auto const secret = base_of("https://user:hunter2@api.test");
    CHECK_THAT(secret, ferry_test::contains("user name or password"));
    CHECK(secret.find("hunter2") == std::string::npos);
    CHECK_THAT(base_of("https://a\nb\x1b[2J"),
               ferry_test::contains("client_options::base_url 'https://a b?[2J' "));
    CHECK(base_of(std::string(10'000, 'x')).size() < 1000);
    variables.set("FAKE_BASE_URL", "nonsense");
    CHECK_THAT(resolve()->base.error().message(),
               ferry_test::contains("'nonsense' from the environment variable FAKE_BASE_URL"));

    // Every call then fails with it; nothing throws, nothing is sent.
    auto options = fake_api::options();
    options.base_url = "nonsense";
    fake_api::service const service({fake_api::a_thing()}, options);
    auto const got = service.things.get("x").send();
    REQUIRE_FALSE(got);
    CHECK(got.error().kind() == ferry::error_kind::invalid_argument);
    CHECK(service.requests().empty());
}

TEST_CASE("the user agent names the application first") {
    environment const none;
    CHECK_THAT(resolve()->user_agent, ferry_test::contains("ferry/"));
    CHECK(resolve()->user_agent.rfind("ferry/", 0) == 0);
    ferry::client_options options;
    options.application = "backup/2.0";
    CHECK(resolve(options)->user_agent.rfind("backup/2.0 ferry/", 0) == 0);
}

TEST_CASE("the default randomness is uniform in [0, 1)") {
    auto const with = resolve();
    for (int i = 0; i < 100; ++i) {
        double const random = with->options.time_source->random();
        CHECK((random >= 0 && random < 1));
    }
}
