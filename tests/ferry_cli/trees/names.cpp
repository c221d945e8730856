// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Names of other places: which can be here, which would be the same, and what Langflow makes of them.
#include "support/catch2.hpp"
#include "trees/langflow_names.hpp"
#include "trees/local_name.hpp"
#include "trees/unique_names.hpp"

using namespace ferry::cli;

namespace {

std::vector<std::string> unique(std::vector<std::pair<std::string, std::string>> const& names_and_ids) {
    std::vector<remote_entry> entries;
    for (auto const& [name, id] : names_and_ids) {
        auto& one = entries.emplace_back();
        one.name = name;
        one.id = id;
    }
    std::vector<std::string> made;
    for (auto const& one : with_unique_names(entries)) made.push_back(one.id + "=" + one.name);
    return made;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("names that stay below a directory can be here, others cannot") {
    for (auto const* name : {"a", "a/b.txt", "..a", "a..", "...", ".env", " ", "\xc3\xa4", "a\\b", "a:b"}) {
        CAPTURE(name);
        CHECK(refusal_of(name).empty());
    }
    for (auto const* name : {"", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/.", "a/../b", "../a"}) {
        CAPTURE(name);
        CHECK(refusal_of(name) == "the name leads out of the directory, or nowhere");
    }
    for (auto const* name : {"a\nb", "\x1b[2J", "a\tb", "a\x7f", "\xc2\x9b"}) {
        CAPTURE(name);
        CHECK(refusal_of(name) == "the name has control characters");
    }
    CHECK(refusal_of(std::string("a\0b", 3)) == "the name has control characters");
    CHECK(refusal_of("a\xff") == "the name is not UTF-8");
    CHECK(refusal_of(std::string(255, 'n')).empty());
    CHECK(refusal_of("d/" + std::string(256, 'n')) == "a part of the name is longer than 255 bytes");
    std::string deep = "d";
    while (deep.size() < 4001) deep += "/d";
    CHECK(refusal_of(deep) == "the name is too long");
}

TEST_CASE("of entries with one name the first keeps it") {
    CHECK(name_with_id("a.txt", "7") == "a (7).txt");
    CHECK(name_with_id("d.x/a", "7") == "d.x/a (7)");
    CHECK(name_with_id("d/.env", "7") == "d/.env (7)");
    CHECK(unique({{"b", "1"}, {"a.txt", "2"}, {"a.txt", "3"}, {"a.txt", "4"}}) ==
          texts{"3=a (3).txt", "4=a (4).txt", "2=a.txt", "1=b"});
    CHECK(unique({{"a", "1"}, {"a", "2"}, {"a (2)", "3"}}) == texts{"1=a", "3=a (2)", "2=a (2) (2)"});
}

TEST_CASE("a flat name leads back to the name") {
    struct row {
        char const* name;
        char const* flat;
    };
    for (auto const& [name, flat] :
         {row{"a.txt", "a.txt"}, row{"2026/may.pdf", "2026__may.pdf"}, row{"a_b", "a_b"},
          row{"a__b", "a%5F%5Fb"}, row{"_a_", "%5Fa%5F"}, row{"a_/b", "a%5F__b"}, row{"a/_b", "a__%5Fb"},
          row{"a,b", "a%2Cb"}, row{"a%2Cb", "a%252Cb"}, row{"a%5Fb", "a%255Fb"}, row{"100%", "100%"},
          row{"%25", "%2525"}, row{"a%00", "a%2500"}, row{"a~ferry-01234567", "a%7Eferry-01234567"},
          row{"a~b", "a~b"}, row{"__init__.py", "%5F%5Finit%5F%5F.py"}}) {
        CAPTURE(name);
        CHECK(flat_name(name) == flat);
        CHECK(tree_name(flat) == name);
    }
}

TEST_CASE("a name that somebody else has given and that is no path stays as it is") {
    CHECK(tree_name("__init__.py") == "__init__.py");
    CHECK(tree_name("a____b") == "a____b");
    CHECK(tree_name("a__") == "a__");
    CHECK(tree_name("a__b") == "a/b");
    CHECK(tree_name("a%20b") == "a%20b");

    CHECK(tree_name("..__a") == "..__a");
}

TEST_CASE("a name's extension is what Langflow takes for one") {
    auto const split = [](std::string_view name) {
        auto const made = split_row_name(name);
        return made.stem + "|" + made.extension;
    };
    CHECK(split("a.txt") == "a|.txt");
    CHECK(split("d/a_b.tar.gz") == "d__a_b.tar|.gz");
    CHECK(split("README") == "README|");
    CHECK(split(".env") == ".env|");
    CHECK(split("d/.env") == "d__.env|");
    CHECK(split("v1.2 final") == "v1.2 final|");
    CHECK(split("name.") == "name.|");
    CHECK(split("a.b/c") == "a.b__c|");
    CHECK(split("a._") == "a.%5F|");
}

TEST_CASE("a row's name and the extension of its path make the name") {
    CHECK(name_of_row("a", "u/a.txt") == "a.txt");
    CHECK(name_of_row("d__a", "u/0123.txt") == "d/a.txt");
    CHECK(name_of_row("a", "u.x/a") == "a");
    CHECK(name_of_row(whole_row_name("d/a.md"), "u/x.txt") == "d/a.md");
    CHECK(whole_row_name("d/a.md") == "d__a.md%00");
}

TEST_CASE("an upload has a name that no file has had, and says whose it is where Langflow takes that") {
    auto const name = split_row_name("d/a.txt");
    auto const first = upload_name(name);
    CHECK(first != upload_name(name));
    CHECK(first.starts_with("d__a~ferry-"));
    CHECK(first.ends_with(".txt"));
    auto const mark = read_pending(first.substr(0, first.size() - 4));
    CHECK(mark.is);
    CHECK(mark.stem == "d__a");
    CHECK(read_pending(first.substr(0, first.size() - 4) + " (1)").stem == "d__a");
    CHECK(read_pending(pending_row_name(name)).stem == "d__a");

    for (std::string const& odd :
         std::vector<std::string>{"a..b.txt", "name.", ".env", "a\\b", std::string(250, 'n') + ".txt"}) {
        CAPTURE(odd);
        auto const parts = split_row_name(odd);
        auto const upload = upload_name(parts);
        CHECK(upload.starts_with("~ferry-"));
        CHECK(upload.size() <= 255);
        auto const nameless = read_pending(upload.substr(0, upload.size() - parts.extension.size()));
        CHECK(nameless.is);
        CHECK(nameless.stem.empty());
        CHECK(is_pending_of(nameless, parts));
        CHECK_FALSE(is_pending_of(nameless, name));
    }
    for (auto const* other : {"a", "a~ferry-", "a~ferry-0123456", "a~ferry-0123456g", "~ferry-01234567",
                              "a~ferry-0123456789abcdef", "a~ferry-01234567b"}) {
        CAPTURE(other);
        CHECK_FALSE(read_pending(other).is);
    }
}
