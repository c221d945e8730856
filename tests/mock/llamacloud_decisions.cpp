// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Every decision about what nobody knows has two positions that can be told apart from outside.
#include <functional>
#include <set>
#include <stdexcept>

#include "llamacloud.hpp"

using namespace mock_test;
using namespace mock_test::cloud;
using ferry::mock::decide;
using ferry::mock::describe_decisions;
using ferry::mock::llamacloud_decision;

namespace {

constexpr int day = 24 * 3600;

std::string status(response const& answer) {
    return std::to_string(answer.status);
}

std::string flag(bool value) {
    return value ? "yes" : "no";
}

/// What can be seen of a decision: the same request under the default and under another value.
struct probe {
    std::string name;
    std::string other_value;
    std::function<std::string(llamacloud const&)> look;
    std::string by_default;
    std::string otherwise;
};

std::string names_in_order(llamacloud const& mock) {
    for (char const* const name : {"b", "a", "c"}) (void)mock.create(name);
    std::string names;
    json::value const page = mock.alice.get(files).json();
    for (json::value const& item : at(page, "items").as_array()) names += member(item, "name");
    return names;
}

std::string token_of(llamacloud const& mock) {
    (void)mock.create("a");
    (void)mock.create("a");
    return member(mock.alice.get(files + "?page_size=1").json(), "next_page_token");
}

std::string left_of_deleted(llamacloud const& mock, std::string const& list, std::string const& id) {
    REQUIRE(mock.alice.del(list + "/" + id).status == 204);
    return std::to_string(mock.count(list + "?include_deleted=true"));
}

std::vector<probe> probes() {
    return {
        {"prefixed_ids", "false", [](auto const& mock) { return mock.directory().substr(0, 4); }, "dir-",
         "*"},
        {"dfl_file_ids", "true",
         [](auto const& mock) {
             std::string const id = mock.create_id("a");
             std::string const bare = id.substr(id.size() - 36);
             CHECK(mock.alice.get(files + "/" + bare).status == 200);
             CHECK(member(mock.alice.get(files + "/" + id).json(), "id") == id);
             return status(mock.alice.get(files + "/dfl-" + bare));
         },
         "422", "200"},
        {"invalid_key_detail", "Invalid authentication token",
         [](auto const& mock) { return client(mock.server.port(), bearer("llx-no")).get(files).detail(); },
         "Invalid API Key", "Invalid authentication token"},
        {"www_authenticate", "false",
         [](auto const& mock) { return mock.stranger.get(files).header("www-authenticate"); }, "Bearer", ""},
        {"foreign_status", "403",
         [](auto const& mock) {
             response const answer = mock.bob.get(files + "/" + mock.create_id("a"));
             return answer.status == 403 ? answer.detail() : status(answer);
         },
         "404", "Access denied to the specified file."},
        {"empty_scope_is_absent", "true",
         [](auto const& mock) { return status(mock.alice.get(files + "?project_id=&organization_id=")); },
         "422", "200"},
        {"default_order", "name", [](auto const& mock) { return names_in_order(mock); }, "cab", "abc"},
        {"order_by_status", "422",
         [](auto const& mock) { return status(mock.alice.get(files + "?order_by=size")); }, "400", "422"},
        {"page_token_status", "422",
         [](auto const& mock) { return status(mock.alice.get(files + "?page_token=x")); }, "400", "422"},
        {"page_token_binds_filters", "false",
         [](auto const& mock) {
             return status(mock.alice.get(files + "?file_name=a&page_token=" + token_of(mock)));
         },
         "400", "200"},
        {"total_size", "true",
         [](auto const& mock) {
             (void)token_of(mock);
             return json::serialize(at(mock.alice.get(files + "?page_size=1").json(), "total_size"));
         },
         "null", "2"},
        {"default_page_size", "1",
         [](auto const& mock) {
             (void)mock.directory();
             (void)mock.directory();
             return std::to_string(mock.count(directories));
         },
         "2", "1"},
        {"coerce_page_size", "false",
         [](auto const& mock) { return status(mock.alice.get(directories + "?page_size=1001")); }, "200",
         "422"},
        {"refuse_small_page_size", "false",
         [](auto const& mock) { return status(mock.alice.get(directories + "?page_size=0")); }, "422", "200"},
        {"refuse_unknown_expand", "true",
         [](auto const& mock) {
             return status(mock.alice.get(files + "/" + mock.create_id("a") + "?expand=b"));
         },
         "200", "422"},
        {"directory_name_contains", "true",
         [](auto const& mock) {
             (void)mock.directory(R"({"name":"invoices"})");
             return std::to_string(mock.count(directories + "?name=voice"));
         },
         "0", "1"},
        {"list_user_directories_only", "true",
         [](auto const& mock) {
             (void)mock.directory(R"({"name":"e","type":"ephemeral"})");
             CHECK(mock.count(directories + "?type=ephemeral") == 1);
             return std::to_string(mock.count(directories));
         },
         "1", "0"},
        {"contains_ignores_case", "true",
         [](auto const& mock) {
             std::string const home = mock.directory();
             mock.upload(home, {text("display_name", "March")});
             return std::to_string(mock.count(mock.entries_of(home) + "?display_name_contains=mar"));
         },
         "0", "1"},
        {"omit_nulls", "true",
         [](auto const& mock) {
             return flag(mock.create("a").as_object().contains("download_url")) +
                    flag(mock.alice.get(files).json().as_object().contains("next_page_token"));
         },
         "yesyes", "nono"},
        {"millisecond_times", "true",
         [](auto const& mock) { return std::to_string(member(mock.create("a"), "last_modified_at").size()); },
         "27", "24"},
        {"correlation_id_member", "requestId",
         [](auto const& mock) {
             mock.stranger.send_json("POST", "/_ferry/faults", R"({"path":"/api/*","status":503})");
             json::value const body = mock.alice.get(files).json();
             return flag(body.as_object().contains("correlation_id")) +
                    flag(body.as_object().contains("requestId"));
         },
         "yesno", "noyes"},
        {"strict_purpose", "false",
         [](auto const& mock) {
             return status(mock.alice.post_form(files, {text("purpose", "fun"), file("file", "a", "x")}));
         },
         "422", "201"},
        {"parse_lifetime_s", "0",
         [](auto const& mock) {
             return flag(at(mock.create("a", "x", {text("purpose", "parse")}), "expires_at").is_null());
         },
         "no", "yes"},
        {"expired_files_vanish", "false",
         [](auto const& mock) {
             std::string const id = member(mock.create("a", "x", {text("purpose", "parse")}), "id");
             mock.advance(3 * day);
             CHECK(mock.alice.get(files + "/" + id + "/content").detail() ==
                   "Source file not found in storage");
             return status(mock.alice.get(files + "/" + id)) + ' ' + std::to_string(mock.count(files));
         },
         "404 0", "200 1"},
        {"link_lifetime_s", "10",
         [](auto const& mock) {
             std::string const link = mock.url_of(mock.create_id("a"));
             mock.advance(3000);
             return status(mock.stranger.get(link));
         },
         "200", "403"},
        {"expired_link_status", "400",
         [](auto const& mock) {
             return status(mock.stranger.get(mock.url_of(mock.create_id("a"), "?expires_at_seconds=0")));
         },
         "403", "400"},
        {"links_refuse_credentials", "false",
         [](auto const& mock) { return status(mock.alice.get(mock.url_of(mock.create_id("a")))); }, "400",
         "200"},
        {"directory_uploads_are_limited", "false",
         [](auto const& mock) {
             std::string const home = mock.directory();
             for (int i = 0; i < 3; ++i) mock.upload(home, {text("unique_id", std::to_string(i))});
             return status(mock.upload(home, {text("unique_id", "last")}));
         },
         "429", "201"},
        {"ephemeral_lifetime_s", "60",
         [](auto const& mock) {
             std::string const home = mock.directory(R"({"name":"e","type":"ephemeral"})");
             mock.advance(day - 3600);
             return status(mock.alice.get(directories + "/" + home));
         },
         "200", "404"},
        {"ephemeral_uploads_expire", "false",
         [](auto const& mock) {
             std::string const home = mock.directory(R"({"name":"e","type":"ephemeral"})");
             std::string const id = member(mock.upload(home).json(), "file_id");
             mock.advance(day);
             return status(mock.alice.get(files + "/" + id));
         },
         "404", "200"},
        {"null_clears_description", "false",
         [](auto const& mock) {
             std::string const home = mock.directory(R"({"name":"d","description":"x"})");
             json::value const changed =
                 mock.alice.send_json("PATCH", directories + "/" + home, R"({"description":null})").json();
             return json::serialize(at(changed, "description"));
         },
         "null", "\"x\""},
        {"soft_delete_directories", "false",
         [](auto const& mock) { return left_of_deleted(mock, directories, mock.directory()); }, "1", "0"},
        {"soft_delete_entries", "false",
         [](auto const& mock) {
             std::string const home = mock.directory();
             return left_of_deleted(mock, mock.entries_of(home), member(mock.upload(home).json(), "id"));
         },
         "1", "0"},
        {"directory_delete_removes_files", "true",
         [](auto const& mock) {
             std::string const home = mock.directory();
             std::string const id = member(mock.upload(home).json(), "file_id");
             CHECK(mock.alice.del(directories + "/" + home).status == 204);
             return status(mock.alice.get(files + "/" + id));
         },
         "200", "404"},
        {"file_delete_removes_entries", "false",
         [](auto const& mock) {
             std::string const home = mock.directory();
             CHECK(mock.alice.del(files + "/" + member(mock.upload(home).json(), "file_id")).status == 204);
             json::value const page = mock.alice.get(mock.entries_of(home) + "?expand=download_url").json();
             std::string seen;
             for (json::value const& item : at(page, "items").as_array())
                 seen += json::serialize(at(item, "download_url"));
             return seen;
         },
         "", "null"},
        {"repeated_delete_status", "204",
         [](auto const& mock) {
             std::string const id = mock.create_id("a");
             CHECK(mock.alice.del(files + "/" + id).status == 204);
             CHECK(mock.alice.del(files + "/" + nobody).status == 404);
             return status(mock.alice.del(files + "/" + id));
         },
         "404", "204"},
        {"unique_ids_conflict", "false",
         [](auto const& mock) {
             std::string const home = mock.directory();
             mock.upload(home);
             return status(mock.upload(home));
         },
         "409", "201"},
        {"conflict_forbids_retry", "false",
         [](auto const& mock) {
             std::string const home = mock.directory();
             mock.upload(home);
             return mock.upload(home).header("x-should-retry");
         },
         "false", ""},
        {"metadata_status", "422",
         [](auto const& mock) { return status(mock.upload(mock.directory(), {text("metadata", "[1]")})); },
         "400", "422"},
        {"slash_redirects", "false", [](auto const& mock) { return status(mock.alice.get(files + "/")); },
         "307", "404"},
    };
}

std::string refusal_of(std::string const& assignment) {
    ferry::mock::llamacloud_decisions decisions;
    try {
        decide(decisions, assignment);
    } catch (std::invalid_argument const& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST_CASE("LlamaCloud: each decision shows in both positions", "[llamacloud]") {
    for (probe const& item : probes()) {
        DYNAMIC_SECTION(item.name) {
            ferry::mock::server_options options;
            if (item.name == "directory_uploads_are_limited") options.llamacloud.uploads_per_5_s = 3;
            CHECK(item.look(llamacloud(options)) == item.by_default);
            decide(options.llamacloud.decisions, item.name + "=" + item.other_value);
            std::string const seen = item.look(llamacloud(options));
            if (item.otherwise == "*") {
                CHECK(seen != item.by_default);
            } else {
                CHECK(seen == item.otherwise);
            }
        }
    }
}

TEST_CASE("LlamaCloud: the table of decisions is complete and says where defaults come from",
          "[llamacloud]") {
    std::set<std::string> probed;
    for (probe const& item : probes()) probed.insert(item.name);
    std::set<std::string> listed;
    for (llamacloud_decision const& item : describe_decisions()) {
        INFO(item.name);
        CHECK(listed.insert(item.name).second);
        CHECK_FALSE(item.question.empty());
        CHECK_FALSE(item.source.empty());
        CHECK_FALSE(item.values.empty());
        CHECK(refusal_of(item.name + "=" + item.default_value) == "none");
    }
    CHECK(listed == probed);
}

TEST_CASE("LlamaCloud: decide() explains what it cannot take", "[llamacloud]") {
    CHECK(refusal_of("foreign_status=500") == "the decision 'foreign_status' takes 404 or 403, not '500'");
    CHECK(refusal_of("total_size=maybe") == "the decision 'total_size' takes true or false, not 'maybe'");
    CHECK(refusal_of("default_page_size=0") ==
          "the decision 'default_page_size' takes a number from 1 to 1000, not '0'");
    CHECK(refusal_of("default_page_size=1001") != "none");
    CHECK(refusal_of("parse_lifetime_s=-1") ==
          "the decision 'parse_lifetime_s' takes a number from 0 up, not '-1'");
    CHECK(refusal_of("link_lifetime_s=1x") != "none");
    CHECK(refusal_of("default_order=size") != "none");
    CHECK(refusal_of("foreign_status") == "a decision is NAME=VALUE, not 'foreign_status'");
    CHECK_THAT(refusal_of("colour=red"),
               ferry_test::contains("there is no decision 'colour'; there are prefixed_ids"));
}
