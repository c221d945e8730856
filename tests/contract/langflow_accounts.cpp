// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Who is calling Langflow, and how: keys, logins, tokens; what needs no credentials; the server's state.
#include "contract/langflow.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

using namespace ferry_test;

namespace {

/// A client without any credentials, whatever the environment holds.
ferry::langflow::client anonymous(langflow const& services) {
    ::unsetenv("LANGFLOW_API_KEY");
    auto options = services.options("");
    options.api_key.reset();
    return ferry::langflow::client(options);
}

ferry::langflow::client with_token(langflow const& services, std::string token) {
    auto options = services.options("");
    options.bearer_token = std::move(token);
    return ferry::langflow::client(options);
}

}  // namespace

TEST_CASE("Langflow users.whoami describes the account of the key") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;

    auto const alice = send(services.alice.users.whoami());
    auto const root = send(services.root.users.whoami());

    REQUIRE(alice.has_value());
    CHECK(alice->id == alice_id);
    CHECK(alice->username == "alice");
    CHECK(alice->is_active);
    CHECK_FALSE(alice->is_superuser);
    CHECK_FALSE(alice->profile_image.has_value());
    CHECK_FALSE(alice->store_api_key.has_value());
    REQUIRE(alice->created_at.to_time_point().has_value());
    CHECK(std::chrono::system_clock::now() - *alice->created_at.to_time_point() < std::chrono::minutes(5));
    REQUIRE(alice->updated_at.to_time_point().has_value());
    CHECK(root.value().username == "root");
    CHECK(root.value().is_superuser);
}

TEST_CASE("Langflow auth.login yields a token that works as a bearer token") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;

    auto const token = send(anonymous(services).auth.login("alice", "alice"));

    REQUIRE(token.has_value());
    CHECK(token->token_type == "bearer");
    CHECK_FALSE(token->refresh_token.empty());
    auto const client = with_token(services, token->access_token);
    auto const me = send(client.users.whoami());
    REQUIRE(me.has_value());
    CHECK(me->id == alice_id);
    REQUIRE(me->last_login_at.has_value());
    auto const file = send(client.files.upload(ferry::from_string("by token", "token.txt")));
    REQUIRE(file.has_value());
    CHECK(send(services.alice.files.get(file->id)).value() == "by token");
    CHECK(send(client.flow_files.list(alice_flow)).has_value());
    check_refusal(error_of(send(with_token(services, token->refresh_token).users.whoami())), 401,
                  "Invalid token type");
    check_refusal(error_of(send(client.flows.run(alice_flow))), 403,
                  "An API key must be passed as query or header");
}

TEST_CASE("Langflow auth.login sets the token as a cookie, which works by itself") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const answer = send.with_response(anonymous(services).auth.login("bob", "bob"));
    REQUIRE(answer.has_value());
    auto const cookie = "access_token_lf=" + answer->value.access_token;
    CHECK(std::any_of(answer->headers.begin(), answer->headers.end(), [&](auto const& field) {
        return field.first == "Set-Cookie" && field.second.substr(0, cookie.size()) == cookie;
    }));
    auto const me =
        send(services.alice.users.whoami().extra_header("x-api-key", "").extra_header("Cookie", cookie));
    CHECK(me.value().username == "bob");
}

TEST_CASE("Langflow auth.login refuses a wrong name or password") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const client = anonymous(services);
    for (auto const& [name, password] : std::vector<std::pair<std::string, std::string>>{
             {"alice", "wrong"}, {"nobody", "alice"}, {"alice", ""}, {"a&b=c", "d+e%20 f"}}) {
        INFO(name << " " << password);
        auto const refused = send(client.auth.login(name, password));
        if (password.empty()) {
            CHECK((error_of(refused).status() == 401 || error_of(refused).status() == 422));
            continue;
        }
        check_refusal(error_of(refused), 401, "Incorrect username or password");
        CHECK(error_of(refused).headers().find("WWW-Authenticate") == "Bearer");
        CHECK_THROWS_AS(refused.value(), ferry::authentication_error);
    }
}

TEST_CASE("Langflow answers 403 without credentials and to a bad key") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const refused = send(services.alice.files.list().extra_header("x-api-key", ""));
    check_refusal(error_of(refused), 403, "No authentication credentials provided");
    CHECK_THROWS_AS(refused.value(), ferry::permission_denied_error);
    CHECK_FALSE(error_of(refused).headers().contains("WWW-Authenticate"));
    auto const stranger = ferry::langflow::client(services.options("sk-stranger"));
    auto const invalid = "Invalid API key";
    check_refusal(error_of(send(stranger.files.list())), 403, invalid);
    check_refusal(error_of(send(stranger.files.upload(ferry::from_string("x", "a.txt")))), 403, invalid);
    check_refusal(error_of(send(stranger.files.get(nobody))), 403, invalid);
    check_refusal(error_of(send(stranger.files.rename(nobody, "a"))), 403, invalid);
    check_refusal(error_of(send(stranger.files.delete_(nobody))), 403, invalid);
    check_refusal(error_of(send(stranger.files.delete_all())), 403, invalid);
    check_refusal(error_of(send(stranger.files.delete_batch({nobody}))), 403, invalid);
    check_refusal(error_of(send(stranger.files.download_batch({nobody}))), 403, invalid);
    check_refusal(error_of(send(stranger.users.whoami())), 403, invalid);
    check_refusal(error_of(send(stranger.flow_files.list(alice_flow))), 403, invalid);
    check_refusal(error_of(send(stranger.flow_files.download(alice_flow, "a.txt"))), 403, invalid);
    check_refusal(error_of(send(stranger.flow_files.image(alice_flow, "a.png"))), 403, invalid);
    check_refusal(error_of(send(stranger.flow_files.delete_(alice_flow, "a.txt"))), 403, invalid);
    check_refusal(error_of(send(stranger.flow_files.upload(alice_flow, ferry::from_string("x", "a.txt")))),
                  403, invalid);
    check_refusal(error_of(send(stranger.flows.run(alice_flow))), 403, "Invalid or missing API key");
}

TEST_CASE("Langflow asks for credentials before it looks at ids") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const stranger = ferry::langflow::client(services.options("sk-stranger"));
    CHECK(error_of(send(stranger.files.get("no-uuid"))).status() == 403);
    CHECK(error_of(send(stranger.flow_files.list("no-uuid"))).status() == 403);
}

TEST_CASE("Langflow answers 401 to a bad token, even beside a good key") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    for (std::string const token : {"nonsense", "a.b.c", "sk-alice"}) {
        INFO(token);
        auto const refused = send(with_token(services, token).users.whoami());
        check_refusal(error_of(refused), 401, "Invalid token");
        CHECK_THROWS_AS(refused.value(), ferry::authentication_error);
        check_refusal(
            error_of(send(services.alice.users.whoami().extra_header("Authorization", "Bearer " + token))),
            401, "Invalid token");
    }
    CHECK(send(services.alice.users.whoami().extra_header("Authorization", "Basic YTpi")).has_value());
}

TEST_CASE("A key in Langflow's query counts before the one in the header") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    CHECK(send(services.alice.users.whoami().extra_query("x-api-key", "sk-bob")).value().username == "bob");
}

TEST_CASE("A Langflow call without a key is refused before anything is sent") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const client = anonymous(services);
    auto const refused = send(client.files.list());
    CHECK(error_of(refused).kind() == ferry::error_kind::invalid_argument);
    CHECK_THAT(error_of(refused).message(), contains("LANGFLOW_API_KEY"));
    CHECK_THROWS_AS(refused.value(), ferry::invalid_argument_error);
    CHECK(error_of(send(client.files.upload(ferry::from_string("x", "a.txt")))).kind() ==
          ferry::error_kind::invalid_argument);
}

TEST_CASE("Langflow profile_pictures.list and get need no credentials") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const client = anonymous(services);

    auto const names = send(client.profile_pictures.list()).value().files;

    REQUIRE(std::find(names.begin(), names.end(), "Space/046-rocket.svg") != names.end());
    for (auto const& name : names) {
        INFO(name);
        auto const slash = name.find('/');
        REQUIRE(slash != std::string::npos);
        auto const picture =
            send.with_response(client.profile_pictures.get(name.substr(0, slash), name.substr(slash + 1)));
        REQUIRE(picture.has_value());
        CHECK(picture->headers.find("Content-Type") == "image/svg+xml");
        CHECK_THAT(picture->value, contains("</svg>"));
    }
    auto const sent = client.profile_pictures.list().request().value();
    CHECK_FALSE(sent.headers.contains("x-api-key"));
    CHECK_FALSE(sent.headers.contains("Authorization"));
    CHECK_FALSE(services.alice.profile_pictures.list().request().value().headers.contains("x-api-key"));
}

TEST_CASE("Langflow profile_pictures.get refuses unknown folders and names, and paths") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const& pictures = services.alice.profile_pictures;
    check_refusal(error_of(send(pictures.get("Cats", "a.svg"))), 400, "Folder must be one of: People, Space");
    check_refusal(error_of(send(pictures.get("Space", "none.svg"))), 404,
                  "Profile picture Space/none.svg not found");
    check_refusal(error_of(send(pictures.get("Sp..ace", "a.svg"))), 400,
                  "Invalid folder name. Use a simple folder name without directory paths or '..'.");
    check_refusal(error_of(send(pictures.get("Space", "a..svg"))), 400,
                  "Invalid file name. Use a simple file name without directory paths or '..'.");
}

TEST_CASE("Langflow server.health and server.version need no credentials") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const client = anonymous(services);
    CHECK(send(client.server.health()).value().status == "ok");
    auto const version = send(client.server.version()).value();
    CHECK(version.version == "1.10.1");
    CHECK(version.main_version == "1.10.1");
    CHECK(version.package == "Langflow");
}
