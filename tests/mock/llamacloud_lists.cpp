// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <set>

#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;

namespace {

std::string token_of(response const& page) {
    REQUIRE(page.status == 200);
    return member(page.json(), "next_page_token");
}

std::string names(response const& page) {
    REQUIRE(page.status == 200);
    std::string result;
    json::value const content = page.json();
    for (json::value const& item : at(content, "items").as_array()) result += member(item, "name");
    return result;
}

llamacloud observed() {
    return llamacloud({.profile = ferry::mock::profile::observed});
}

}  // namespace

TEST_CASE(
    "LlamaCloud: a page token in the query of files.list, in the body of files.query, over the same pages",
    "[llamacloud]") {
    llamacloud const mock;
    for (char const* const name : {"a", "b", "c"}) (void)mock.create(name);
    std::string const listed = token_of(mock.alice.get(files + "?page_size=2"));
    CHECK(names(mock.alice.get(files + "?page_size=2&page_token=" + listed)) == "a");
    auto const query = [&](std::string const& token) {
        return mock.alice.send_json("POST", files + "/query",
                                    R"({"page_size":2,"page_token":)" + token + "}");
    };
    std::string const queried = token_of(query("null"));
    CHECK(names(query('"' + queried + '"')) == "a");
    CHECK(names(query("\"\"")) == "cb");  // empty is absent
}

TEST_CASE("LlamaCloud: a token is good for the list, filters, order and project that it was made with",
          "[llamacloud]") {
    llamacloud const mock;
    for (int i = 0; i < 3; ++i) {
        (void)mock.create("a");
        (void)mock.directory();
    }
    std::string const home = mock.directory();
    for (char const* const id : {"1", "2", "3"}) mock.upload(home, {text("unique_id", id)});
    std::string const of_files = token_of(mock.alice.get(files + "?page_size=1&file_name=a"));
    std::string const of_directories = token_of(mock.alice.get(directories + "?page_size=1&name=d"));
    std::string const of_entries = token_of(mock.alice.get(mock.entries_of(home) + "?page_size=1"));
    auto const status = [&](std::string const& target, std::string const& token) {
        return mock.alice.get(target + "page_token=" + token).status;
    };
    SECTION("with another page size it still is") {
        CHECK(status(files + "?page_size=2&file_name=a&", of_files) == 200);
        CHECK(status(files + "?file_name=a&expand=download_url&", of_files) == 200);
    }
    SECTION("other filters, order, lists") {
        CHECK(status(files + "?", of_files) == 400);
        CHECK(status(files + "?file_name=b&", of_files) == 400);
        CHECK(status(files + "?file_name=a&order_by=name&", of_files) == 400);
        CHECK(status(files + "?file_name=a&", of_directories) == 400);
        CHECK(status(directories + "?name=d&", of_files) == 400);
        CHECK(status(directories + "?name=d&include_deleted=true&", of_directories) == 400);
        CHECK(status(directories + "?name=d&type=user&", of_directories) == 400);
        CHECK(status(directories + "?name=d&", of_entries) == 400);
        CHECK(status(mock.entries_of(mock.directory()) + "?", of_entries) == 400);
        CHECK(mock.alice.get(directories + "?page_token=" + of_directories).detail() ==
              "The page token belongs to a request with other filters.");
        CHECK(
            mock.alice.send_json("POST", files + "/query", R"({"page_token":")" + of_files + "\"}").status ==
            400);
    }
    SECTION("another project") {
        CHECK(mock.bob.get(files + "?page_size=1&file_name=a&page_token=" + of_files).status == 400);
    }
    SECTION("garbage and edited ones") {
        for (char const* const garbage : {"garbage", "e30", "W10", "%00", "====", "bnVsbA"}) {
            INFO(garbage);
            CHECK(mock.alice.get(files + "?page_token=" + garbage).detail() == "Invalid page token.");
        }
        std::size_t refused = 0;
        for (std::size_t i = 0; i < of_files.size(); ++i) {
            std::string edited = of_files;
            edited[i] = edited[i] == 'A' ? 'B' : 'A';
            int const answer = status(files + "?file_name=a&", edited);
            CHECK(answer == 400);
            refused += answer == 400 ? 1 : 0;
        }
        CHECK(refused == of_files.size());
        CHECK(status(files + "?file_name=a&", of_files.substr(0, of_files.size() / 2)) == 400);
    }
}

TEST_CASE("LlamaCloud: items that come and go between pages", "[llamacloud]") {
    llamacloud const mock;
    std::vector<std::string> ids;
    for (int i = 0; i < 6; ++i) ids.push_back(mock.directory());
    json::value const first = mock.alice.get(directories + "?page_size=2").json();
    std::string const token = member(first, "next_page_token");
    CHECK(mock.alice.del(directories + "/" + ids[4]).status == 204);  // the last one that was seen
    CHECK(mock.alice.del(directories + "/" + ids[3]).status == 204);  // the next one
    (void)mock.directory();                                           // newer than the walk's start
    json::value const rest = mock.alice.get(directories + "?page_size=10&page_token=" + token).json();
    std::vector<std::string> seen;
    for (json::value const& item : at(rest, "items").as_array()) seen.push_back(member(item, "id"));
    CHECK(seen == std::vector<std::string>{ids[2], ids[1], ids[0]});
    CHECK(at(rest, "next_page_token").is_null());
}

TEST_CASE("LlamaCloud: page_size of files.list is 1 to 1000 and nothing else", "[llamacloud]") {
    llamacloud const mock;
    (void)mock.create("a");
    for (char const* const good : {"1", "1000", "1.0", "+7", "%2012%20"}) {
        INFO(good);
        CHECK(mock.alice.get(files + "?page_size=" + good).status == 200);
    }
    for (char const* const bad :
         {"0", "-1", "1001", "99999999999999999999", "", "abc", "1.5", "1e2", "null"}) {
        INFO(bad);
        CHECK(mock.alice.get(files + "?page_size=" + bad).status == 422);
    }
    CHECK(mock.alice.get(files + "?page_size=5&page_size=0").status == 422);  // the last one counts
}

TEST_CASE("LlamaCloud: page_size of files.query is coerced", "[llamacloud]") {
    llamacloud const mock;
    for (int i = 0; i < 3; ++i) (void)mock.create("a");
    auto const count = [&](std::string const& size) {
        response const page = mock.alice.send_json("POST", files + "/query", R"({"page_size":)" + size + "}");
        REQUIRE(page.status == 200);
        return at(page.json(), "items").as_array().size();
    };
    for (char const* const large : {"1001", "99999999999", "null", "1000", "\"2000\""})
        CHECK(count(large) == 3);
    for (char const* const small : {"0", "-5", "1", "true", "1.0"}) CHECK(count(small) == 1);
}

TEST_CASE("LlamaCloud: page_size of directories and entries", "[llamacloud]") {
    llamacloud const mock;
    std::string const home = mock.directory();
    for (int i = 0; i < 55; ++i) mock.upload(home, {text("unique_id", std::to_string(i))});
    for (int i = 0; i < 54; ++i) (void)mock.directory();
    for (std::string const& list : {directories, mock.entries_of(home)}) {
        CHECK(mock.count(list) == 50);
        CHECK(mock.count(list + "?page_size=1001") == 55);
        CHECK(mock.count(list + "?page_size=7") == 7);
        CHECK(
            mock.alice.get(list + "?page_size=0").item() ==
            R"({"type":"greater_than_equal","loc":["query","page_size"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}})");
        CHECK(mock.alice.get(list + "?page_size=x").status == 422);
        CHECK(mock.alice.get(list + "?page_size=").status == 422);
    }
}

TEST_CASE("LlamaCloud: order_by as documented: one of three words, each with its direction", "[llamacloud]") {
    llamacloud const mock;
    for (char const* const name : {"b", "a", "c"}) (void)mock.create(name);
    CHECK(names(mock.alice.get(files + "?order_by=name")) == "abc");
    CHECK(names(mock.alice.get(files + "?order_by=created_at")) == "cab");
    CHECK(names(mock.alice.get(files + "?order_by=")) == "cab");
    for (char const* const bad :
         {"name%20asc", "name%20desc", "name,id", "NAME", "size", "created_at%20desc", "%20name"}) {
        INFO(bad);
        CHECK(mock.alice.get(files + "?order_by=" + bad).status == 400);
    }
    CHECK(mock.alice.get(files + "?order_by=size").detail() ==
          "Invalid order_by 'size'. Use name, id or created_at.");
}

TEST_CASE("LlamaCloud: order_by as observed: a comma list, desc behind a name", "[llamacloud]") {
    llamacloud const mock = observed();
    for (char const* const name : {"b.txt", "a.pdf", "c.txt"}) (void)mock.create(name);
    CHECK(names(mock.alice.get(files + "?order_by=name")) == "a.pdfb.txtc.txt");
    CHECK(names(mock.alice.get(files + "?order_by=name%20desc")) == "c.txtb.txta.pdf");
    CHECK(names(mock.alice.get(files + "?order_by=created_at")) == "b.txta.pdfc.txt");  // ascending, here
    CHECK(names(mock.alice.get(files + "?order_by=file_type%20desc,%20name")) == "b.txtc.txta.pdf");
    CHECK(names(mock.alice.get(files + "?order_by=file_type,name%20DESC")) == "a.pdfc.txtb.txt");
    for (char const* const bad : {"size", "name%20up", "name,,id", ",", "name%20desc%20desc"}) {
        INFO(bad);
        CHECK(mock.alice.get(files + "?order_by=" + bad).status == 400);
    }
}

TEST_CASE("LlamaCloud: files.query keeps the comma list in both profiles", "[llamacloud]") {
    for (auto const profile : {ferry::mock::profile::documented, ferry::mock::profile::observed}) {
        llamacloud const mock({.profile = profile});
        for (char const* const name : {"b", "a", "c"}) (void)mock.create(name);
        auto const query = [&](std::string const& order) {
            return mock.alice.send_json("POST", files + "/query", R"({"order_by":")" + order + "\"}");
        };
        CHECK(names(query("name desc")) == "cba");
        CHECK(names(query("name")) == "abc");
        CHECK(query("size").status == 400);
    }
}

TEST_CASE("LlamaCloud: expand is repeatable, unknown words do nothing", "[llamacloud]") {
    llamacloud const mock;
    std::string const id = mock.create_id("a", "bytes");
    std::string const home = mock.directory();
    std::string const entry = member(mock.upload(home).json(), "id");
    auto const first = [&](std::string const& list) {
        json::value const page = mock.alice.get(list).json();
        return at(at(page, "items").as_array().back(), "download_url");
    };
    auto const one = [&](std::string const& target) {
        return at(mock.alice.get(target).json(), "download_url");
    };
    std::string const entries = mock.entries_of(home);
    CHECK(first(files).is_null());
    CHECK(first(entries).is_null());
    CHECK(one(files + "/" + id + "?expand=").is_null());
    CHECK(one(entries + "/" + entry + "?expand=size&expand=Download_URL").is_null());
    for (json::value const& link :
         {first(files + "?expand=download_url"), first(entries + "?expand=a&expand=download_url"),
          one(files + "/" + id + "?expand=download_url&expand=download_url"),
          one(entries + "/" + entry + "?expand=download_url")}) {
        CHECK(mock.stranger.get(target_of(member(link, "url"))).status == 200);
    }
    CHECK(first(files + "?expand=size,download_url").is_null());  // repeated, not a comma list
    CHECK_THAT(mock.alice.send_json("POST", files + "/query?expand=download_url", "{}").body,
               ferry_test::contains(R"("download_url":null)"));  // which has no expand
}

TEST_CASE("LlamaCloud: as observed, a list request's body may name the entries", "[llamacloud]") {
    for (bool const taken : {false, true}) {
        llamacloud const mock(
            {.profile = taken ? ferry::mock::profile::observed : ferry::mock::profile::documented});
        std::string const home = mock.directory();
        std::string const target = mock.entries_of(home);
        std::string const one = member(mock.upload(home, {text("unique_id", "1")}).json(), "id");
        mock.upload(home, {text("unique_id", "2")});
        auto const list = [&](std::string const& body) { return mock.alice.send_json("GET", target, body); };
        auto const count = [&](std::string const& body) {
            return at(list(body).json(), "items").as_array().size();
        };
        CHECK(count("[\"" + one + "\"]") == (taken ? 1 : 2));
        CHECK(count("[\"dfl-other\"]") == (taken ? 0 : 2));
        CHECK(count("null") == 2);
        CHECK(count("") == 2);
        std::string many = "\"x\"";
        for (int i = 0; i < 200; ++i) many += ",\"x\"";
        CHECK(list("[" + many + "]").status == (taken ? 422 : 200));
        CHECK(list("{}").status == (taken ? 422 : 200));
        if (taken) {
            CHECK_THAT(list("[" + many + "]").item(),
                       ferry_test::contains("List should have at most 200 items after validation, not 201"));
            CHECK_THAT(list("[7]").item(), ferry_test::contains(R"("loc":["body",0])"));
        }
    }
}

TEST_CASE("LlamaCloud: filters of directories", "[llamacloud]") {
    llamacloud const mock;
    mock.load(R"({"directories":[
        {"id":"dir-index","project_id":"11111111-1111-4111-8111-111111111111","name":"i","type":"index"}]})");
    (void)mock.directory(R"({"name":"u"})");
    (void)mock.directory(R"({"name":"e","type":"ephemeral"})");
    CHECK(mock.count(directories) == 3);
    CHECK(mock.count(directories + "?type=index") == 1);
    CHECK(mock.count(directories + "?types=index&types=user") == 2);
    CHECK(mock.count(directories + "?type=user&types=index") == 2);
    CHECK(mock.count(directories + "?name=u&type=index") == 0);
    CHECK(mock.count(directories + "?name=") == 0);
    CHECK(mock.count(directories + "?name=U") == 0);
    CHECK(mock.alice.get(directories + "?type=").status == 422);
    CHECK(mock.alice.get(directories + "?types=user,index").status == 422);
    CHECK_THAT(mock.alice.get(directories + "?types=user&types=x").item(),
               ferry_test::contains(R"("loc":["query","types",1])"));
}

TEST_CASE("LlamaCloud: filters of files; empty is not absent", "[llamacloud]") {
    llamacloud const mock;
    std::string const id = mock.create_id("x y+z&é.pdf");
    (void)mock.create("b", "x", {text("purpose", "split"), text("external_file_id", "e")});
    CHECK(mock.count(files + "?file_name=x%20y%2Bz%26%C3%A9.pdf") == 1);
    CHECK(mock.count(files + "?file_name=") == 0);
    CHECK(mock.count(files + "?external_file_id=") == 0);
    CHECK(mock.count(files + "?external_file_id=e") == 1);
    CHECK(mock.count(files + "?file_ids=" + id + "&file_ids=" + nobody) == 1);
    CHECK(mock.count(files + "?file_ids=" + id + "&file_name=b") == 0);
    CHECK(mock.alice.get(files + "?file_ids=" + id + "," + nobody).status == 422);
    CHECK(mock.alice.get(files + "?file_ids=").status == 422);
    CHECK(mock.alice.get(files + "?file_ids[]=" + id).status == 200);  // another, unknown parameter
    auto const query = [&](std::string const& filter) {
        response const page = mock.alice.send_json("POST", files + "/query", R"({"filter":)" + filter + "}");
        REQUIRE(page.status == 200);
        return at(page.json(), "items").as_array().size();
    };
    CHECK(query("null") == 2);
    CHECK(query("{}") == 2);
    CHECK(query(R"({"file_ids":[]})") == 0);
    CHECK(query(R"({"file_ids":null,"file_name":null})") == 2);
    CHECK(query(R"({"project_id":")" + bobs_project + "\"}") == 0);
    CHECK(query(R"({"project_id":")" + alices_project + "\"}") == 2);
    CHECK(query(R"({"data_source_id":")" + nobody + "\"}") == 0);
    CHECK(query(R"({"only_manually_uploaded":true,"external_file_id":"e"})") == 1);
    CHECK(query(R"({"only_manually_uploaded":false})") == 2);
}

TEST_CASE("LlamaCloud: times of entries are inclusive bounds, in any spelling", "[llamacloud]") {
    llamacloud const mock;
    mock.set_clock(R"({"now":"2026-01-01T00:00:00Z"})");
    std::string const home = mock.directory();
    mock.upload(home);
    std::string const list = mock.entries_of(home);
    CHECK(mock.count(list + "?updated_at_on_or_after=2026-01-01T00:00:00Z") == 1);
    CHECK(mock.count(list + "?updated_at_on_or_before=2026-01-01T00:00:00Z") == 1);
    CHECK(mock.count(list + "?updated_at_on_or_after=2026-01-01T00:00:00.000001Z") == 0);
    CHECK(mock.count(list + "?updated_at_on_or_after=2026-01-01T02%3A00%3A00%2B02%3A00") == 1);
    CHECK(mock.count(list + "?updated_at_on_or_before=2026-01-01T01%3A59%3A59%2B02%3A00") == 0);
    CHECK(mock.count(list + "?updated_at_on_or_after=2026-01-01") == 1);
    CHECK(mock.count(list + "?updated_at_on_or_after=1767225600") == 1);
    CHECK(mock.count(list + "?updated_at_on_or_after=1767225601") == 0);
    CHECK(mock.alice.get(list + "?updated_at_on_or_after=").status == 422);
}
