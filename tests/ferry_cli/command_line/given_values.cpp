// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/given_values.hpp"

#include "command_line/exit_code.hpp"
#include "ferry_cli/command_line/sample_program.hpp"
#include "ferry_cli/settings/files.hpp"
#include "support/catch2.hpp"

#include <fcntl.h>
#include <unistd.h>

using namespace ferry::cli;
using ferry_test::home;
using words = std::vector<std::string>;

namespace {

/// What was given for `sample shop cans paint`.
class given {
public:
    explicit given(words more, std::string const& typed = {}, flag_defaults defaults = {}) {
        words all{"shop", "cans", "paint"};
        all.insert(all.end(), more.begin(), more.end());
        from_ = parse(ferry_test::sample_program, all);
        auto const path = folder_.write("stdin", typed);
        descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        in_ = standard_input(descriptor_);
        values_.emplace(from_, in_, std::move(defaults));
    }
    given(given const&) = delete;
    ~given() { ::close(descriptor_); }

    std::string json(std::string_view flag) { return values_->json(flag).value_or("nothing"); }
    given_values& values() { return *values_; }
    standard_input& in() { return in_; }

private:
    home folder_;
    arguments from_;
    int descriptor_ = -1;
    standard_input in_;
    std::optional<given_values> values_;
};

std::string file(home const& at, std::string_view text) {
    return at.write("document.yaml", text);
}

}  // namespace

TEST_CASE("a flag's value is JSON of its kind") {
    given all({"7", "--colour", "red", "--layers", "0x10", "--wet", "--dry-by", "null", "--tag", "a", "--tag",
               "[b, c]"});
    CHECK(all.json("can-id") == "\"7\"");
    CHECK(all.json("colour") == "\"red\"");
    CHECK(all.json("layers") == "16");
    CHECK(all.json("wet") == "true");
    CHECK(all.json("dry-by") == "null");
    CHECK(all.json("tag") == R"(["a","b","c"])");
    CHECK(all.json("filter") == "nothing");
    given wrong({"--layers", "many"});
    CHECK_THROWS_AS(wrong.json("layers"), usage_error);
}

TEST_CASE("a document's members stand for flags, and flags win") {
    home const at;
    given all({"--input", file(at, "colour: green\nlayers: 3\nextra: [1]\n"), "--layers", "4"});
    CHECK(all.json("colour") == "\"green\"");
    CHECK(all.json("layers") == "4");
    auto const rest = all.values().rest();
    REQUIRE(rest.size() == 1);
    CHECK(rest[0].first == "extra");
    CHECK(rest[0].second == "[1]");
}

TEST_CASE("a document comes from standard input, which can be read once") {
    given all({"--input", "-"}, "{\"colour\": \"green\"}");
    CHECK(all.json("colour") == "\"green\"");
    CHECK_THROWS_WITH(all.in().take("--file"),
                      "--file cannot read standard input: --input has read it already");
    home const at;
    CHECK_THROWS_WITH(given({"--input", at.path("nothing")}),
                      "--input: there is no file " + at.path("nothing"));
    CHECK_THROWS_AS(given({"--input", file(at, "[1")}), usage_error);
}

TEST_CASE("flags of members are put into their object") {
    home const at;
    given both({"--filter", "{file_name: a, other: 1}", "--filter.file-name", "b"});
    CHECK(both.json("filter") == R"({"other":1,"file_name":"b"})");
    given alone({"--filter.size", "7"});
    CHECK(alone.json("filter") == R"({"size":7})");
    given with_document({"--input", file(at, "filter: {size: 1}"), "--filter.file-name", "b"});
    CHECK(with_document.json("filter") == R"({"size":1,"file_name":"b"})");
    given no_map({"--filter", "text", "--filter.size", "7"});
    CHECK_THROWS_WITH(no_map.json("filter"), "--filter.size: --filter is no map");
}

TEST_CASE("a default counts where nothing was given") {
    home const at;
    given none({}, {}, {{"shop-id", "from the profile"}});
    CHECK(none.json("shop-id") == "\"from the profile\"");
    given flag({"--shop-id", "mine"}, {}, {{"shop-id", "from the profile"}});
    CHECK(flag.json("shop-id") == "\"mine\"");
    given document({"--input", file(at, "shop_id: written")}, {}, {{"shop-id", "from the profile"}});
    CHECK(document.json("shop-id") == "\"written\"");
}

TEST_CASE("standard input is read to its end, up to a bound") {
    given all({}, std::string(200'000, 'x'));
    CHECK_THROWS_AS(all.in().read("--input", 100'000), usage_error);
    given small({}, "text");
    CHECK(small.in().read("--api-key-file", 4) == "text");
    CHECK_THROWS_WITH(small.in().read("--input", 4),
                      "--input cannot read standard input: --api-key-file has read it already");
}

TEST_CASE("messages name flags") {
    given all({"7"});
    CHECK(all.values().missing("colour") == "Required flag \"colour\" not set");
    CHECK(all.values().unfit("colour", ferry::error(ferry::error_kind::invalid_argument, "no")) ==
          "--colour: no");
    CHECK(all.values().name_of_download() == "7");
}
