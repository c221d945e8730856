// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Running a flow, which the mock server answers with the input and the files that the request points to.
#include "contract/langflow.hpp"

#include <ferry/json.hpp>

#include <map>
#include <variant>

using namespace ferry_test;
namespace models = ferry::langflow::models;

namespace {

using settings = std::map<std::string, ferry::raw_json>;

settings reading(std::vector<std::string> const& paths) {
    return {{"Read-File-1olS3", ferry::raw_json(R"({"path":)" + ferry::to_json(paths).value() + "}")}};
}

models::run_result const& first_result(models::run_response const& answer) {
    return answer.outputs.value().at(0).outputs.value().at(0).value();
}

std::string text_of(models::run_response const& answer) {
    auto const& messages = first_result(answer).messages;
    REQUIRE(messages.has_value());
    REQUIRE(messages->size() == 1);
    CHECK(messages->front().type == "text");
    return std::get<std::string>(messages->front().message);
}

}  // namespace

TEST_CASE("Langflow flows.run takes every option and reads the files that tweaks point to") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const manual = put(services.alice, "manual.txt", "change the oil");
    auto const stored = put_in_flow(services.alice, alice_flow, "flow notes.txt", "every year");

    auto const answer = send(services.alice.flows.run(alice_flow)
                                 .input_value("what do you see?")
                                 .input_type(models::run_input_type::text_)
                                 .output_type(models::run_output_type::chat)
                                 .output_component("ChatOutput-ferry")
                                 .tweaks(reading({manual.path, std::string(alice_flow) + "/" + stored}))
                                 .session_id("conversation 7")
                                 .user_id("someone"));

    REQUIRE(answer.has_value());
    CHECK(answer->session_id == "conversation 7");
    CHECK(answer->outputs.value().at(0).inputs.value().at("input_value").text() == "\"what do you see?\"");
    CHECK(text_of(*answer) == "what do you see?\nchange the oil\nevery year");
    auto const& result = first_result(*answer);
    CHECK(result.component_display_name == "Chat Output");
    CHECK(result.used_frozen_result == false);
    CHECK_FALSE(result.timedelta.has_value());
    CHECK(result.outputs.value().at("message").is_object());
    CHECK_THAT(result.results.value().text(), contains("\"size\":14"));
}

TEST_CASE("Langflow flows.run needs no options, and takes the flow's name for its id") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const by_id = send(services.alice.flows.run(alice_flow));
    REQUIRE(by_id.has_value());
    CHECK(by_id->session_id == alice_flow);
    CHECK(text_of(*by_id).empty());
    auto const by_name = send(services.alice.flows.run("alice-flow").input_value("hello"));
    REQUIRE(by_name.has_value());
    CHECK(by_name->session_id == alice_flow);
    CHECK(text_of(*by_name) == "hello");
    auto const nulls = send(services.alice.flows.run(alice_flow)
                                .input_value(ferry::null)
                                .tweaks(ferry::null)
                                .session_id(ferry::null));
    REQUIRE(nulls.has_value());
    CHECK(nulls->session_id == alice_flow);
}

TEST_CASE("Langflow flows.run sends options that are not set as nothing, and null as null") {
    langflow const services;
    auto const request =
        services.alice.flows.run(alice_flow).input_value("hi").session_id(ferry::null).request().value();
    CHECK(request.content == R"({"input_value":"hi","session_id":null})");
}

TEST_CASE("Langflow flows.run refuses flows of others and unknown ones") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    for (std::string const flow : {bob_flow, nobody, "no flow"}) {
        INFO(flow);
        auto const refused = send(services.alice.flows.run(flow));
        check_refusal(error_of(refused), 404, "Flow identifier " + flow + " not found");
        CHECK_THROWS_AS(refused.value(), ferry::not_found_error);
    }
    check_refusal(error_of(send(services.root.flows.run(alice_flow))), 404,
                  "Flow identifier " + std::string(alice_flow) + " not found");
}

TEST_CASE("Langflow flows.run fails on a path that is not the caller's, with JSON inside a text") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const foreign = put(services.bob, "secret.txt", "bob's");
    auto const failed = send(services.alice.flows.run(alice_flow).tweaks(reading({foreign.path})));
    auto const why = error_of(failed);
    CHECK(why.status() == 500);
    auto const inner = ferry::from_json<settings>(why.detail());
    REQUIRE(inner.has_value());
    CHECK_THAT(inner->at("message").text(), contains(foreign.path));
    CHECK(inner->at("traceback").is_null());
    CHECK_THAT(why.body(), !contains("bob's"));
}
