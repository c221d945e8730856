// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "service.hpp"

#include "../../generated/langflow_tables.hpp"

namespace ferry::mock::langflow {
namespace {

constexpr std::uint64_t default_limit_mb = 1024;
constexpr std::uint64_t mebibyte = 1024 * 1024;

bool is_screened(http_request const& request) {
    return request.path.find("/api/v1/files/upload") != std::string::npos;
}

/// A middleware of the server splits every decoded query value at its commas.
void split_query_values(call& current) {
    string_pairs pieces;
    for (auto const& [name, value] : current.values.query) {
        std::string_view rest = value;
        for (;;) {
            auto const comma = rest.find(',');
            pieces.emplace_back(name, rest.substr(0, comma));
            if (comma == std::string_view::npos) break;
            rest.remove_prefix(comma + 1);
        }
    }
    current.values.query = std::move(pieces);
}

/// Mebibytes with at most three decimals, as Python prints them: `1.001`, `2.0`.
std::string mebibytes(std::uint64_t bytes) {
    std::uint64_t const thousandths = (bytes * 1000 + mebibyte / 2) / mebibyte;
    std::string fraction = std::to_string(1000 + thousandths % 1000).substr(1);
    while (fraction.size() > 1 && fraction.back() == '0') fraction.pop_back();
    return std::to_string(thousandths / 1000) + '.' + fraction;
}

}  // namespace

service::service(environment& shared)
    : shared_(shared),
      conventions_(conventions_of(shared.options.profile)),
      api_(
          generated::langflow_routes(), [this](call& current) { authenticate(current); }, split_query_values),
      token_secret_(shared.ids.letters(43)),
      users_(initial_users(shared.clock.now())),
      flows_(initial_flows()) {
    bind_files();
    bind_batch();
    bind_flow_files();
    bind_profile_pictures();
    bind_accounts();
    bind_run();
}

std::vector<user> initial_users(std::int64_t now) {
    return {{"a0a0a0a0-a0a0-4a0a-8a0a-a0a0a0a0a0a0", "alice", "alice", "sk-alice", false, true, now},
            {"b0b0b0b0-b0b0-4b0b-8b0b-b0b0b0b0b0b0", "bob", "bob", "sk-bob", false, true, now},
            {"c0c0c0c0-c0c0-4c0c-8c0c-c0c0c0c0c0c0", "root", "root", "sk-root", true, true, now}};
}

std::vector<flow> initial_flows() {
    return {{"a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1", "a0a0a0a0-a0a0-4a0a-8a0a-a0a0a0a0a0a0", "alice-flow"},
            {"b2b2b2b2-b2b2-4b2b-8b2b-b2b2b2b2b2b2", "b0b0b0b0-b0b0-4b0b-8b0b-b0b0b0b0b0b0", "bob-flow"}};
}

body_limit service::limit_for(http_request const& head) const {
    // On screened paths a middleware reads the whole body first, so the answer names its full size.
    return {shared_.options.max_upload_mb.value_or(default_limit_mb) * mebibyte, is_screened(head)};
}

http_response service::serve(http_request const& request) {
    std::lock_guard const lock(mutex_);
    try {
        if (is_screened(request)) screen_boundary(request);
        if (request.body_too_large) {
            std::uint64_t const limit = shared_.options.max_upload_mb.value_or(default_limit_mb);
            throw http_error(
                413, json::value("Content size limit exceeded. Maximum allowed is " + std::to_string(limit) +
                                 "MB and got " + mebibytes(request.body_received) + "MB."));
        }
    } catch (http_error& error) {
        return std::move(error.response);
    }
    if (request.path == "/api/v2/files/") {  // registered with and without the slash
        http_request without = request;
        without.path.pop_back();
        return api_.serve(without);
    }
    return api_.serve(request);
}

}  // namespace ferry::mock::langflow
