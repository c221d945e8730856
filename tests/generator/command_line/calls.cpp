// The commands that ferry-gen writes for kitchen_sink.yaml, called: the requests that they make, what they
// write and their exit codes.
#include "support/catch2.hpp"

#include <command_line/run.hpp>
#include <commands.hpp>

#include <acme/kitchen/description.hpp>
#include <ferry/engine/make_engine.hpp>
#include <ferry/testing.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using ferry::testing::canned_response;
using ferry::testing::memory_transport;
using ferry_test::contains;
using words = std::vector<std::string>;

constexpr auto dish_json = R"({"id":"1","created_at":"t","pin":"","name":"stew","kind":"main"})";

/// The service of the test that runs: the program's tables hold a plain function.
std::shared_ptr<memory_transport>& the_service() {
    static std::shared_ptr<memory_transport> one;
    return one;
}

std::shared_ptr<ferry::engine> connect(ferry::client_options options) {
    return ferry::make_engine(acme::kitchen::description(), std::move(options), the_service());
}

struct outcome {
    int code = -1;
    std::string out;
    std::string err;
};

/// The program, and a service that gives these answers, one after the other.
class kitchen {
public:
    explicit kitchen(std::vector<canned_response> answers) {
        the_service() = std::make_shared<memory_transport>(std::move(answers));
    }
    kitchen(kitchen const&) = delete;
    ~kitchen() { the_service() = nullptr; }

    outcome run(words given) {
        auto with = acme::kitchen::commands::service;
        with.connect = connect;
        ferry::cli::service const* const services[] = {&with};
        ferry::cli::program const all{
            .name = "kitchen", .version = "1", .summary = with.title, .services = services, .flat = true};
        std::istringstream in;
        std::ostringstream out;
        std::ostringstream err;
        ferry::cli::surroundings around{.in = in, .out = out, .err = err};
        around.environment = [](std::string const& name) {
            return name == "KITCHEN_KEY" ? std::optional<std::string>("secret") : std::nullopt;
        };
        outcome made;
        made.code = ferry::cli::run(all, given, around);
        made.out = out.str();
        made.err = err.str();
        return made;
    }

    /// Runs what must succeed without remarks. \returns its output
    std::string works(words given) {
        auto const made = run(std::move(given));
        CHECK(made.err.empty());
        CHECK(made.code == 0);
        return made.out;
    }

    std::size_t requests() const { return the_service()->requests().size(); }
    ferry::testing::received_request asked(std::size_t index = 0) const {
        return the_service()->requests().at(index);
    }
    std::string header(std::string_view name) const {
        auto const one = asked();
        return std::string(one.headers.find(name).value_or(""));
    }
};

/// A folder that goes with the test.
class folder {
public:
    folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "ferry-gen-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
        path_ = pattern;
    }
    folder(folder const&) = delete;
    ~folder() { std::filesystem::remove_all(path_); }

    std::string path(std::string const& name) const { return path_ + "/" + name; }
    /// \returns the path
    std::string write(std::string const& name, std::string const& bytes) const {
        std::ofstream(path(name), std::ios::binary) << bytes;
        return path(name);
    }
    std::string read(std::string const& name) const {
        std::ifstream file(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

private:
    std::string path_;
};

}  // namespace

TEST_CASE("flags of every kind become parameters") {
    kitchen at({{200, R"({"dishes":[]})"}});
    CHECK(at.works({"dishes",
                    "list",
                    "--cursor",
                    "c",
                    "--limit",
                    "0x5",
                    "--kind",
                    "soup",
                    "--kind",
                    "new",
                    "--ids",
                    "[1, 2]",
                    "--word",
                    "a",
                    "--word",
                    "b",
                    "--fresh",
                    "--weight",
                    "0.5",
                    "--order",
                    "-name",
                    "--maybe",
                    "null",
                    "--filter",
                    "{a: x}",
                    "--json",
                    "{deep: [1, true]}",
                    "--session",
                    "s",
                    "--since",
                    "2026-01-31",
                    "--x-trace",
                    "t",
                    "--query-timeout=3",
                    "--engine",
                    "e",
                    "--value",
                    "v",
                    "--values",
                    "w"})
              .empty());
    auto const asked = at.asked();
    CHECK(asked.method == "GET");
    CHECK(asked.target ==
          "/api/"
          "dishes?cursor=c&limit=5&kinds=soup&kinds=new&since=2026-01-31T00%3A00%3A00Z"
          "&fresh=true&weight=0.5&order=-name&maybe=&timeout=3&value=v&values=w"
          "&engine=e&ids=1,2&words=a%7Cb&filter%5Ba%5D=x&json=%7B%22deep%22%3A%5B1%2Ctrue%5D%7D");
    CHECK(at.header("X-Trace") == "t");
    CHECK(at.header("X-Key") == "secret");
    CHECK_THAT(at.header("Cookie"), contains("session=s"));
}

TEST_CASE("members of an object are flags with a dot") {
    kitchen at({{200, R"({"dishes":[]})"}, {204, ""}});
    at.works({"dishes", "list", "--filter.a", "x"});
    CHECK(at.asked().target == "/api/dishes?filter%5Ba%5D=x");
    at.works({"styles", "all", "--label", "a", "--matrix", "m", "--point.x", "1", "--plain", "{x: 2}",
              "--plain.y", "b", "--body-point.x", "7"});
    CHECK(at.asked(1).target == "/api/styles/.a/;matrix=m/;x=1x,2,y,b");
    CHECK(at.asked(1).content == "point=%7B%22x%22%3A7%7D");
}

TEST_CASE("members of a body are flags, null can be said, and a second one of a name says where it goes") {
    kitchen at({{201, dish_json}});
    CHECK(at.works({"dishes",         "create",
                    "--name",         "stew",
                    "--kind",         "main",
                    "--nothing",      "null",
                    "--note",         "null",
                    "--body-timeout", "3",
                    "--body-x-trace", "in the body",
                    "--x-trace",      "in the header",
                    "--animal",       "{type: cat, meows: false}",
                    "--flow",         "f",
                    "--format",       "jsonl"}) == std::string(dish_json) + "\n");
    CHECK(at.asked().method == "POST");
    CHECK(at.asked().content ==
          R"({"name":"stew","kind":"main","nothing":null,"version":"2","note":null,"timeout":3,)"
          R"("X-Trace":"in the body","animal":{"type":"cat","meows":false},"flow-id":"f"})");
    CHECK(at.header("X-Trace") == "in the header");
}

TEST_CASE("the last thing in the path needs no flag, and one name in two places is two flags") {
    kitchen at({{200, dish_json}, {200, dish_json}});
    at.works({"dishes", "get", "a/b", "--required", "yes", "--query-id", "7"});
    CHECK(at.asked().target == "/api/dishes/a%2Fb?required=yes&id=7");
    at.works({"dishes", "get", "--required", "yes", "--id", "1"});
    CHECK(at.asked(1).target == "/api/dishes/1?required=yes");
}

TEST_CASE("a document fills flags by their names in the API") {
    folder here;
    kitchen at({{201, dish_json}});
    auto const path =
        here.write("dish.yaml", "name: stew\nkind: soup\nnothing: null\nX-Trace: t\nextra: 1\nflow-id: f\n");
    at.works({"dishes", "create", "--input", path, "--kind", "main"});
    CHECK(at.asked().content ==
          R"({"name":"stew","kind":"main","nothing":null,"version":"2","flow-id":"f","extra":1})");
    CHECK(at.header("X-Trace") == "t");
}

TEST_CASE("files of a form, one and several, and JSON in it") {
    folder here;
    kitchen at({{204, ""}});
    CHECK(at.works({"dishes",      "photos",
                    "upload",      "1",
                    "--photo",     here.write("a.png", "BYTES"),
                    "--caption",   "pretty",
                    "--tags",      "{red: 2}",
                    "--more",      here.write("1.png", "ONE"),
                    "--more",      here.write("2.png", "TWO"),
                    "--label",     "x",
                    "--label",     "y",
                    "--size",      "10",
                    "--place.lat", "1.5",
                    "--place.lon", "2",
                    "--public"})
              .empty());
    auto const asked = at.asked();
    CHECK(asked.target == "/api/dishes/1/photo");
    std::vector<std::string> parts;
    for (auto const& part : asked.parts)
        parts.push_back(part.name + "=" + part.file_name + ":" + part.content);
    CHECK(parts == words{"photo=a.png:BYTES", "caption=:pretty", R"(tags=:{"red":2})", "more=1.png:ONE",
                         "more=2.png:TWO", "labels=:x", "labels=:y", "sizes=:10",
                         R"(place=:{"lat":1.5,"lon":2})", "public=:true"});
}

TEST_CASE("bodies that are given as a whole: a list, a number, a text, bytes, anything") {
    folder here;
    kitchen at({{200, "[1,2]"}, {200, "{}"}, {204, ""}, {204, ""}, {200, R"({"x":1})"}});
    CHECK(at.works({"dishes", "rate", "1", "--score", "4", "--score", "5", "--format", "jsonl"}) == "1\n2\n");
    CHECK(at.asked().content == "[4,5]");
    at.works({"dishes", "score", "1", "--body", "9"});
    CHECK(at.asked(1).content == "9");
    at.works({"dishes", "write-instructions", "1", "--body", "# Boil"});
    CHECK(at.asked(2).content == "# Boil");
    at.works({"dishes", "replace-picture", "1", "--body", here.write("a.png", "PNG")});
    CHECK(at.asked(3).content == "PNG");
    CHECK(at.works({"dishes", "comment", "1", "--body", "{any: [1]}", "--transform", "x"}) == "1\n");
    CHECK(at.asked(4).content == R"({"any":[1]})");
}

TEST_CASE("lists follow their pages, by a parameter and by a member of the body") {
    auto const page = [](std::string const& id, std::string const& more) {
        return canned_response(200, R"({"dishes":[{"id":")" + id +
                                        R"(","created_at":"t","pin":"","name":"n","kind":"soup"}])" + more +
                                        "}");
    };
    auto const next = R"(,"next":"two")";
    kitchen at({page("1", next), page("2", ""), page("1", next), page("2", ""), page("1", next)});
    CHECK(at.works({"dishes", "list", "--transform", "id", "-r"}) == "1\n2\n");
    CHECK(at.asked(1).target == "/api/dishes?cursor=two");
    CHECK(at.works({"search", "run", "--query", "q", "--nested.deep", "3", "--transform", "id", "-r"}) ==
          "1\n2\n");
    CHECK(at.asked(3).content == R"({"cursor":"two","query":"q","nested":{"deep":3}})");
    CHECK(at.works({"dishes", "list", "--max-items", "1", "--transform", "id", "-r"}) == "1\n");
    CHECK(at.requests() == 5);
}

TEST_CASE("what is no JSON is written as it is") {
    kitchen at({{200, "PNG", "image/png"},
                {200, "once upon", "text/plain"},
                {200, R"("a")"},
                {203, "somebody else's", "text/plain; charset=utf-8"},
                {204, ""}});
    CHECK(at.works({"dishes", "photos", "get", "1"}) == "PNG");
    CHECK(at.works({"dishes", "story", "1"}) == "once upon");
    CHECK(at.works({"things", "get", "a"}) == "\"a\"\n");
    CHECK(at.works({"reports", "get", "1"}) == "somebody else's");
    CHECK(at.works({"reports", "get", "1"}).empty());
}

TEST_CASE("downloads go to a file") {
    folder here;
    kitchen at({{200, "PNG", "image/png"},
                {200, R"({"url":"https://storage.example/x"})"},
                {200, "soup", "text/plain"}});
    CHECK_THAT(at.works({"dishes", "photos", "get", "1", "-o", here.path("a.png")}), contains("\"size\": 3"));
    CHECK(here.read("a.png") == "PNG");
    at.works({"dishes", "recipe", "1", "--output", here.path("recipe.txt")});
    CHECK(at.asked(2).target == "/x");
    CHECK(here.read("recipe.txt") == "soup");
}

TEST_CASE("an answer that comes in several forms can be had in each of them") {
    folder here;
    auto const report = R"({"id":"r"})";
    kitchen at(
        {{200, report}, {200, "id\nr\n", "text/csv"}, {200, "%PDF", "application/pdf"}, {200, report}});
    auto const with = [](words more) {
        words all{"reports", "convert", "1", "--body-id", "r"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    };
    CHECK(at.works(with({"--format", "jsonl"})) == std::string(report) + "\n");
    CHECK(at.works(with({"--accept", "text/csv"})) == "id\nr\n");
    CHECK(std::string(at.asked(1).headers.find("Accept").value_or("")) == "text/csv");
    at.works(with({"--accept", "application/pdf", "--output", here.path("a.pdf")}));
    CHECK(here.read("a.pdf") == "%PDF");
    at.works(with({"--output", here.path("a.json")}));
    CHECK(here.read("a.json") == report);
}

TEST_CASE("exit codes and messages of calls that fail and of words that make no sense") {
    kitchen at({{404, R"({"title":"no dish"})"}, {401, ""}, {400, R"({"title":"bad"})"}});
    auto const gone = at.run({"dishes", "get", "1", "--required", "x"});
    CHECK(gone.code == 5);
    CHECK(gone.out.empty());
    CHECK_THAT(gone.err, contains("404") && contains("no dish"));
    auto const refused = at.run({"dishes", "story", "1"});
    CHECK(refused.code == 4);
    CHECK_THAT(refused.err, contains("The key is not accepted: look at KITCHEN_KEY.\n"));
    CHECK(at.run({"dishes", "story", "1"}).code == 1);

    auto const missing = at.run({"dishes", "get", "1"});
    CHECK(missing.code == 2);
    CHECK(
        missing.err ==
        "error: Required flag \"required\" not set\nRun 'kitchen dishes get --help' for usage information\n");
    CHECK_THAT(at.run({"dishes", "list", "--limit", "many"}).err, contains("--limit"));
    CHECK_THAT(at.run({"dishes", "list", "--limt", "1"}).err, contains("did you mean '--limit'?"));
    CHECK_THAT(at.run({"dishes", "lst"}).err, contains("'list'"));
    CHECK(at.requests() == 3);
}

TEST_CASE("deprecated operations and flags still work and are marked") {
    kitchen at({{204, ""}, {200, R"({"dishes":[]})"}});
    CHECK(at.works({"dishes", "delete", "1"}).empty());
    CHECK(at.asked().method == "DELETE");
    at.works({"dishes", "list", "--old", "x"});
    CHECK(at.asked(1).target == "/api/dishes?old=x");
    CHECK_THAT(at.works({"dishes", "--help"}), contains("Deprecated. Throw a dish away."));
    CHECK_THAT(at.works({"dishes", "delete", "--help"}), contains("\nDeprecated by the service.\n"));
    CHECK_THAT(at.works({"dishes", "list", "--help"}), contains("Deprecated. Use order."));
}

TEST_CASE("the help of the program, a group and a command") {
    kitchen at({});
    auto const program = at.works({"--help"});
    CHECK_THAT(program, contains("Usage: kitchen COMMAND\n"));
    CHECK_THAT(program, contains("  dishes   Plates and what is on them.\n"));
    CHECK_THAT(program, contains("KITCHEN_KEY") && contains("KITCHEN_URL"));
    auto const group = at.works({"dishes", "photos", "--help"});
    CHECK_THAT(group, contains("Usage: kitchen dishes photos COMMAND\n"));
    CHECK_THAT(group, contains("Commands:\n  upload  Upload photos.\n  get     Get the photo.\n"));
    CHECK_THAT(group, contains("kitchen dishes photos COMMAND --help says more.\n"));
    // Lines break where the window ends.
    auto const in_words = [](std::string const& text) {
        std::istringstream all(text);
        std::string made;
        for (std::string word; all >> word;) made += (made.empty() ? "" : " ") + word;
        return made;
    };
    auto const whole = at.works({"dishes", "list", "--help"});
    CHECK_THAT(whole, contains("List dishes.\n\nUsage: kitchen dishes list [flags]\n"));
    auto const command = in_words(whole);
    CHECK_THAT(command, contains("Dishes per page. 1 to 100. Default: 20. Example: 50."));
    CHECK_THAT(command, contains("One of name, -name, +name."));
    CHECK_THAT(command, contains("The API calls it timeout."));
    CHECK_THAT(command, contains("--filter.a TEXT"));
    CHECK_THAT(command, contains("Calls GET /dishes."));
    CHECK_THAT(at.works({"dishes", "create", "--help"}),
               contains("Example:\n  kitchen dishes create --name report --kind main --nothing NOTHING\n"));
    CHECK(at.requests() == 0);
}
