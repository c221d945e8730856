// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Calls a client that ferry_generate() made, without a network.

#include <ferry/testing.hpp>
#include <shop/pets/client.hpp>
#include <shop/pets/validation.hpp>

#include <cstdio>
#include <memory>
#include <vector>

int main() {
    using ferry::testing::canned_response;
    auto const service = std::make_shared<ferry::testing::memory_transport>(
        std::vector<canned_response>{{200, R"({"name":"Rex","owner":{"name":"Ann"}})"}});
    shop::pets::client const client(
        ferry::make_engine(shop::pets::description(), ferry::client_options(), service));

    shop::pets::models::pet const pet = client.pets.get(7).send().value();
    std::printf("%s asks for %s; an owner has %zu bytes\n", service->requests().at(0).target.c_str(),
                pet.name.c_str(), sizeof(shop::pets::models::owner));
    return service->requests().at(0).target == "/pets/7" && pet.owner && pet.owner->name == "Ann" &&
                   ferry::validate(pet).empty()
               ? 0
               : 1;
}
