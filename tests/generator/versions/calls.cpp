// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Calls what was described in OpenAPI 3.2, and reads models that are referred to by names of their own.

#include <acme/openapi_3_2/client.hpp>
#include <acme/openapi_3_2/src.hpp>
#include <acme/references/description.hpp>
#include <acme/references/src.hpp>
#include <ferry/json.hpp>
#include <ferry/testing.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace {

int failures = 0;

void expect(bool good, char const* what) {
    if (!good) std::printf("not so: %s\n", what);
    failures += !good;
}

void call_methods() {
    using ferry::testing::canned_response;
    auto const service = std::make_shared<ferry::testing::memory_transport>(
        std::vector<canned_response>{{200, R"({"files":[{"name":"a","owner":{"id":7}}]})"},
                                     {204, ""},
                                     {204, ""},
                                     {502, ""},
                                     {418, R"({"detail":"tea"})"}});
    namespace drive = acme::openapi_3_2;
    drive::client const client(ferry::make_engine(drive::description(), ferry::client_options(), service));

    drive::models::files_search_response const found = client.files.search("word").send().value();
    expect(found.files.at(0).owner.id == 7, "the answer of a shared media type has its type");
    expect(client.files.copy().send().has_value(), "COPY is answered");
    expect(client.files.link().send().has_value(), "link is answered");
    expect(client.files.copy().send().has_error(), "COPY is not repeated");
    auto const wrong = client.files.pages.find().size(1).send();
    auto const problem = wrong.error().body_as<drive::models::files_pages_find_error_default>();
    expect(problem && problem->detail == "tea", "the error of a media type in another file has its type");
    std::vector<std::string> methods;
    for (auto const& request : service->requests()) methods.push_back(request.method);
    expect(methods == std::vector<std::string>{"QUERY", "COPY", "link", "COPY", "GET"},
           "methods are sent as they are called");
    static_assert(std::is_same_v<decltype(drive::models::stored_webhook_2::at), std::optional<std::string>>);
}

void read_models() {
    namespace models = acme::references::models;
    static_assert(std::is_same_v<decltype(models::by_anchor::it), models::named>);
    static_assert(std::is_same_v<decltype(models::tree::children), std::vector<models::tree>>);
    static_assert(std::is_same_v<decltype(models::library::self), std::vector<models::library>>);
    static_assert(std::is_same_v<decltype(models::library::author), models::author>);
    static_assert(std::is_same_v<decltype(models::library::outside), models::thing>);
    static_assert(std::is_same_v<decltype(models::publisher::here), decltype(models::elsewhere::it)>);
    static_assert(std::is_same_v<decltype(models::quiet::id), std::optional<std::string>>);
    models::publisher publisher;
    publisher.here.street = "Main";
    expect(publisher.here.street == "Main", "an anchor belongs to its $id");
}

}  // namespace

int main() {
    call_methods();
    read_models();
    if (failures == 0) std::puts("nothing vanishes");
    return failures == 0 ? 0 : 1;
}
