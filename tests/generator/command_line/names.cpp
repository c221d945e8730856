// What flags and commands are called where their names are taken.
#include "support/catch2.hpp"

#include <cli/command_line.hpp>
#include <cli/flags.hpp>
#include <command_line/frame_flags.hpp>
#include <generate.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace {

using texts = std::vector<std::string>;

/// The files for these paths, in JSON.
ferry::gen::file_set emit(std::string const& paths) {
    auto const source =
        ferry::gen::document::parse(R"({"openapi":"3.1.0","paths":)" + paths + "}", "names.json");
    auto const api = ferry::gen::read_api(source, {});
    ferry::gen::file_set made;
    ferry::gen::emit_command_line(api, ferry::gen::spelling("acme::names"), made);
    return made;
}

/// What stands behind a member, wherever it is set: `.name = "x"`.
texts values_of(std::string const& code, std::string const& member) {
    texts made;
    auto const head = "." + member + " = \"";
    for (auto at = code.find(head); at != code.npos; at = code.find(head, at + 1)) {
        auto const begin = at + head.size();
        made.push_back(code.substr(begin, code.find('"', begin) - begin));
    }
    return made;
}

/// The names of the flags of the only operation, and its own.
texts names_of(std::string const& parameters, std::string const& more = "", std::string const& path = "/x") {
    auto const files = emit("{\"" + path + R"(":{"get":{"x-ferry-name":"x.get","parameters":[)" + parameters +
                            "]" + more + R"(,"responses":{"204":{"description":"Done."}}}}})");
    return values_of(files.at("x_commands.cpp"), "name");
}

std::string parameter(std::string const& name, std::string const& in, std::string const& type = "string") {
    return R"({"name":")" + name + R"(","in":")" + in + R"(","required":)" +
           (in == "path" ? "true" : "false") + R"(,"schema":{"type":")" + type + R"("}})";
}

std::string body(std::string const& member) {
    return R"(,"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{")" +
           member + R"(":{"type":"string"}}}}}})";
}

}  // namespace

TEST_CASE("the generator knows all flags of the frame") {
    auto const known = ferry::gen::frame_words();
    for (auto const flags : {ferry::cli::frame_flags(), ferry::cli::paging_flags(),
                             ferry::cli::upload_flags(), ferry::cli::download_flags()})
        for (auto const& one : flags) {
            INFO(one.name);
            CHECK(std::ranges::find(known, one.name) != known.end());
            CHECK((one.also.empty() || std::ranges::find(known, one.also) != known.end()));
        }
}

TEST_CASE("a parameter that is called as a flag of the frame says where it goes") {
    for (auto const word : ferry::gen::frame_words()) {
        std::string const name(word);
        INFO(name);
        CHECK(names_of(parameter(name, "query")) == texts{"query-" + name, "get", "x"});
        CHECK(names_of(parameter(name, "header")) == texts{"header-" + name, "get", "x"});
        CHECK(names_of("", body(name)) == texts{"body-" + name, "get", "x"});
    }
    CHECK(names_of(parameter("max_items", "query")) == texts{"query-max-items", "get", "x"});
    CHECK(names_of(parameter("apiKey", "cookie")) == texts{"cookie-api-key", "get", "x"});
    CHECK(names_of(parameter("format", "path"), "", "/x/{format}") == texts{"path-format", "get", "x"});
}

TEST_CASE("one name in several places") {
    auto const both =
        parameter("id", "path") + "," + parameter("id", "query") + "," + parameter("id", "header");
    CHECK(names_of(both, body("id"), "/x/{id}") ==
          texts{"id", "query-id", "header-id", "body-id", "get", "x"});
    CHECK(names_of(parameter("fileId", "query") + "," + parameter("file_id", "query") + "," +
                   parameter("file-id", "query")) ==
          texts{"file-id", "query-file-id", "query-file-id-2", "get", "x"});
}

TEST_CASE("words that C++ or the generated code has taken are free for flags") {
    for (auto const* word :
         {"class", "delete", "timestamp", "engine", "request", "items", "errno", "models"}) {
        INFO(word);
        CHECK(names_of(parameter(word, "query"))[0] == word);
        CHECK(names_of("", body(word))[0] == word);
    }
    CHECK(names_of(parameter("!!!", "query"))[0] == "value");
    CHECK(names_of(parameter("3d", "query"))[0] == "value-3d");
    CHECK(names_of(parameter("filter[a]", "query"))[0] == "filter-a");
}

TEST_CASE("a list is repeated in the singular, unless that is taken") {
    CHECK(names_of(parameter("ids", "query", "array"))[0] == "id");
    CHECK(names_of(parameter("ids", "query", "array") + "," + parameter("id", "query")) ==
          texts{"ids", "id", "get", "x"});
    CHECK(names_of(parameter("formats", "query", "array"))[0] == "formats");
    CHECK(names_of(parameter("status", "query", "array"))[0] == "status");
}

TEST_CASE("a command beside a group of its name has a verb") {
    auto const answer = R"("responses":{"204":{"description":"Done."}})";
    auto const operation = [&](std::string const& method, std::string const& name) {
        return "\"" + method + R"(":{"x-ferry-name":")" + name + "\"," + answer + "}";
    };
    auto const files =
        emit("{\"/a\":{" + operation("get", "files.photos") + "," + operation("post", "files.copy") +
             "},\"/b\":{" + operation("get", "files.photos.list") + "," +
             operation("delete", "files.photos.delete") + "}}");
    CHECK(values_of(files.at("files_commands.cpp"), "name") == texts{"get-photos", "copy", "files"});
    CHECK(values_of(files.at("files_photos_commands.cpp"), "name") ==
          texts{"list", "delete", "files photos"});
}

TEST_CASE("tables of several commands and flags have names of their own") {
    auto const object = R"({"type":"object","properties":{"a":{"type":"string"}}})";
    auto const operation = [&](std::string const& name, std::string const& member) {
        return R"({"post":{"x-ferry-name":")" + name +
               R"(","requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{")" +
               member + "\":" + object + R"(}}}}},"responses":{"204":{"description":"Done."}}}})";
    };
    auto const code =
        emit("{\"/1\":" + operation("x.a", "b_c") + ",\"/2\":" + operation("x.a_b", "c") +
             ",\"/3\":" + operation("x.c_flags", "d") + ",\"/4\":" + operation("x.run_c", "d") + "}")
            .at("x_commands.cpp");
    texts tables;
    for (auto at = code.find("flag "); at != code.npos; at = code.find("flag ", at + 1))
        tables.push_back(code.substr(at + 5, code.find('[', at) - at - 5));
    auto sorted = tables;
    std::ranges::sort(sorted);
    CHECK(tables.size() == 8);
    CHECK(std::ranges::adjacent_find(sorted) == sorted.end());
}

TEST_CASE("a description without operations has a service without groups") {
    auto const files = emit("{}");
    CHECK(files.size() == 2);
    CHECK(files.at("commands.cpp").find("groups") == std::string::npos);
}

TEST_CASE("source files whose number the description does not change include all that there are") {
    auto const source = ferry::gen::document::parse(
        R"({"openapi":"3.1.0","paths":{"/a":{"get":{"x-ferry-name":"a.get","responses":{}}},"/b":{"get":{"x-ferry-name":"b.get","responses":{}}}}})",
        "names.json");
    auto const api = ferry::gen::read_api(source, {});
    ferry::gen::file_set made;
    ferry::gen::emit_command_sources(api, ferry::gen::spelling("acme::names"), "../commands", 2, made);
    REQUIRE(made.size() == 2);
    auto const& first = made.at("acme/names/commands_1.cpp");
    auto const& second = made.at("acme/names/commands_2.cpp");
    CHECK_THAT(first, ferry_test::contains("#include \"../commands/commands.cpp\"\n"
                                           "#include \"../commands/b_commands.cpp\"\n"));
    CHECK_THAT(second, ferry_test::contains("#include \"../commands/a_commands.cpp\"\n"));
}
