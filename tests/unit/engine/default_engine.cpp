// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/engine/default_engine.hpp"

#include "../support/fake_api.hpp"
#include "../support/result.hpp"

#include "support/raw_server.hpp"

TEST_CASE("the default engine speaks HTTP over sockets") {
    std::string head;
    ferry_test::raw_server server([&](ferry_test::raw_server::peer& peer) {
        head = peer.read_head();
        peer.answer(R"({"id":"7","name":"n"})", "Content-Type: application/json\r\n");
    });
    auto options = fake_api::options();
    options.base_url = "http://127.0.0.1:" + std::to_string(server.port()) + "/api";
    options.proxy = "";
    fake_api::client const things(ferry::default_engine::make(fake_api::description(), options));
    CHECK(things.get("7").send().value().id == "7");
    CHECK_THAT(head, ferry_test::starts_with("GET /api/things/7 HTTP/1.1\r\n"));
}
