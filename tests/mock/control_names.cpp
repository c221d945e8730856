// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What the control surface says over HTTP has the names of the C++ structs.
#include "control.hpp"

using namespace mock_test;
namespace mock = ferry::mock;

namespace {

using names = std::vector<std::string>;

names keys_of(json::value const& object) {
    names keys;
    for (auto const& member : object.as_object()) keys.emplace_back(member.key());
    return keys;
}

/// The name of a member, which has to be there.
#define NAME(type, member) ((void)&mock::type::member, #member)

/// The journal's entry about an upload.
json::value journal_entry(mock::server const& server) {
    (void)upload(alice(server));
    return client(server.port()).get("/_ferry/journal").json().at("entries").at(0);
}

}  // namespace

// A binding of each struct stands beside its names: it compiles with as many as the struct has members.

TEST_CASE("names of the journal are those of journal_entry and its parts", "[control]") {
    mock::server server;
    json::value const entry = journal_entry(server);
    [[maybe_unused]] auto const& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r] =
        server.journal().entries.at(0);
    CHECK(keys_of(entry) ==
          names{NAME(journal_entry, number), NAME(journal_entry, time), NAME(journal_entry, name_space),
                NAME(journal_entry, method), NAME(journal_entry, target), NAME(journal_entry, path),
                NAME(journal_entry, query), NAME(journal_entry, headers), NAME(journal_entry, parts),
                NAME(journal_entry, body), NAME(journal_entry, operation), NAME(journal_entry, identity),
                NAME(journal_entry, status), NAME(journal_entry, response_headers),
                NAME(journal_entry, response_body), NAME(journal_entry, duration_us),
                NAME(journal_entry, fault), NAME(journal_entry, hint)});
    [[maybe_unused]] auto const& [size, text] = mock::journal_body();
    names const body{NAME(journal_body, size), NAME(journal_body, text)};
    CHECK(keys_of(entry.at("body")) == body);
    CHECK(keys_of(entry.at("response_body")) == body);
    [[maybe_unused]] auto const& [name, filename, bytes] = mock::journal_part();
    CHECK(keys_of(entry.at("parts").at(0)) ==
          names{NAME(journal_part, name), NAME(journal_part, filename), NAME(journal_part, size)});
    [[maybe_unused]] auto const& [count, evicted, entries] = mock::journal_page();
    CHECK(keys_of(client(server.port()).get("/_ferry/journal").json()) ==
          names{NAME(journal_page, count), NAME(journal_page, evicted), NAME(journal_page, entries)});
}

TEST_CASE("parameters of the journal are the members of journal_query", "[control]") {
    mock::server const server;
    [[maybe_unused]] auto const& [a, b, c, d, e, f, g, h, i, j, k, l] = mock::journal_query();
    names const all{
        NAME(journal_query, method),    NAME(journal_query, path),  NAME(journal_query, operation),
        NAME(journal_query, status),    NAME(journal_query, query), NAME(journal_query, header),
        NAME(journal_query, part),      NAME(journal_query, body),  NAME(journal_query, identity),
        NAME(journal_query, unmatched), NAME(journal_query, after), NAME(journal_query, limit)};
    std::string const refusal = error_of(client(server.port()).get("/_ferry/journal?nothing=1"));
    for (std::string const& name : all) {
        INFO(name);
        std::string const value = name == "query" ? "a=b" : name == "header" ? "a:b" : "1";
        CHECK(client(server.port()).get("/_ferry/journal?" + name + '=' + value).status == 200);
        CHECK_THAT(refusal, ferry_test::contains(name));
    }
}

TEST_CASE("names of faults are those of fault and fault_report", "[control]") {
    mock::server server;
    [[maybe_unused]] auto const& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = mock::fault();
    std::string const everything =
        R"({"method":"GET","path":"/x","identity":"bob","times":1,"status":500,"delay_ms":1,"reset":true,)"
        R"("stall":true,"garbage":true,"truncate_after":1,"drip_bytes_per_s":5,"storage":"missing")";
    client const anybody(server.port());
    auto const reported = [&](std::string const& further) {
        (void)anybody.del("/_ferry/faults");
        REQUIRE(anybody.send("POST", "/_ferry/faults", {}, everything + further).status == 201);
        return keys_of(anybody.get("/_ferry/faults").json().at("faults").at(0));
    };
    names const before{NAME(fault, method), NAME(fault, path), NAME(fault, identity), NAME(fault, times),
                       NAME(fault, status)};
    names const after{NAME(fault, delay_ms), NAME(fault, reset),          NAME(fault, stall),
                      NAME(fault, garbage),  NAME(fault, truncate_after), NAME(fault, drip_bytes_per_s),
                      NAME(fault, storage),  NAME(fault_report, fired),   NAME(fault_report, left)};
    auto const with = [&](std::string const& retry) {
        names all = before;
        all.push_back(retry);
        all.insert(all.end(), after.begin(), after.end());
        return all;
    };
    CHECK(reported(R"(,"retry_after":1})") == with(NAME(fault, retry_after)));
    CHECK(reported(R"(,"retry_after_date":1})") == with(NAME(fault, retry_after_date)));
}

TEST_CASE("names of the clock are those of clock_setting and clock_state", "[control]") {
    mock::server const server;
    client const anybody(server.port());
    [[maybe_unused]] auto const& [real, now, advance_s, step_ms] = mock::clock_setting();
    for (std::string const setting : {NAME(clock_setting, real), NAME(clock_setting, now),
                                      NAME(clock_setting, advance_s), NAME(clock_setting, step_ms)}) {
        INFO(setting);
        std::string const value = setting == "real" ? "true" : setting == "now" ? "\"2026-01-01\"" : "1";
        CHECK(anybody.send("POST", "/_ferry/clock", {}, "{\"" + setting + "\":" + value + '}').status == 200);
    }
    [[maybe_unused]] auto const& [at, fixed, distance, step] = mock::clock_state();
    CHECK(keys_of(anybody.get("/_ferry/clock").json()) ==
          names{NAME(clock_state, now), NAME(clock_state, fixed), NAME(clock_state, advance_s),
                NAME(clock_state, step_ms)});
}

TEST_CASE("names of deviations are those of deviation", "[control]") {
    mock::server_options options;
    options.strict = true;
    mock::server const server(options);
    CHECK(alice(server).get(std::string(cloud_files) + "?stauts=1").status == 422);
    [[maybe_unused]] auto const& [a, b, c, d, e, f, g, h, i, j] = mock::deviation();
    CHECK(keys_of(client(server.port()).get("/_ferry/deviations").json().at("entries").at(0)) ==
          names{NAME(deviation, number), NAME(deviation, in_response), NAME(deviation, operation),
                NAME(deviation, method), NAME(deviation, path), NAME(deviation, status),
                NAME(deviation, type), NAME(deviation, at), NAME(deviation, description),
                NAME(deviation, message)});
}
