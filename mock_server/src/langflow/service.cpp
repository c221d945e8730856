// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "service.hpp"

#include "cors.hpp"
#include "routes.hpp"

namespace ferry::mock::langflow {
namespace {

constexpr std::string_view both_ways = "/api/v2/files/";  // registered with and without the slash
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

/// What the static files mounted at `/` answer to everything that no route takes.
http_response web_interface(http_request const& request) {
    if (request.method != "GET" && request.method != "HEAD")
        return json_response(405, json::object{{"detail", "Method Not Allowed"}});
    if (request.path.compare(0, 4, "/api") == 0)
        return json_response(404, json::object{{"detail", "Not Found"}});
    http_response page;
    page.with("Content-Type", "text/html; charset=utf-8");
    page.body =
        "<!doctype html>\n<html lang=\"en\"><head><title>Langflow</title></head><body></body></html>\n";
    return page;
}

}  // namespace

service::service(environment& shared)
    : shared_(shared),
      conventions_(conventions_of(shared.options.profile)),
      routes_(all_routes()),
      api_(
          routes_, [this](call& current) { authenticate(current); }, split_query_values),
      token_secret_(shared.options.langflow.secret_key) {
    if (token_secret_.empty()) token_secret_ = shared.ids.letters(43);
    bind_files();
    bind_batch();
    bind_flow_files();
    bind_profile_pictures();
    bind_accounts();
    bind_flows();
    bind_run();
    bind_server_info();
    std::int64_t const now = shared.clock.now();
    users_ = first_users(now);
    flows_ = initial_flows(now);
    if (shared.options.strict) api_.be_strict(shared.deviations);
}

std::vector<user> service::first_users(std::int64_t now) const {
    std::vector<user> users = initial_users(now);
    if (shared_.options.langflow.auto_login) users.insert(users.begin(), auto_login_user(now));
    return users;
}

std::uint64_t service::limit_mb() const {
    return shared_.options.max_upload_mb.value_or(default_limit_mb);
}

body_limit service::limit_for(http_request const& head) const {
    // On screened paths a middleware reads the whole body first, so the answer names its full size.
    return {limit_mb() * mebibyte, is_screened(head)};
}

http_response service::serve(http_request const& request) {
    if (std::optional<http_response> allowed = preflight(request)) return *std::move(allowed);
    std::lock_guard const lock(mutex_);
    http_response answer = request.path == both_ways ? answer_without_slash(request) : answer_to(request);
    share_with_origin(request, answer);
    return answer;
}

/// The list of files is registered with and without the slash.
http_response service::answer_without_slash(http_request request) const {
    request.path.pop_back();
    return answer_to(request);
}

http_response service::answer_to(http_request const& request) const {
    route const* const found = api_.find_route(request);
    bool const reads_body = is_screened(request) || (found != nullptr && found->body != body_kind::none);
    try {
        if (is_screened(request)) screen_boundary(request);
        if (request.body_too_large && reads_body) {
            throw http_error(413, json::value("Content size limit exceeded. Maximum allowed is " +
                                              std::to_string(limit_mb()) + "MB and got " +
                                              mebibytes(request.body_received) + "MB."));
        }
    } catch (http_error& error) {
        return std::move(error.response);
    }
    bool const mounted = !shared_.options.langflow.backend_only;
    return mounted && found == nullptr ? web_interface(request) : api_.serve(request);
}

route const* service::operation_of(http_request const& request) const {
    if (request.path != both_ways) return api_.find_route(request);
    http_request without;
    without.method = request.method;
    without.path = both_ways.substr(0, both_ways.size() - 1);
    return api_.find_route(without);
}

}  // namespace ferry::mock::langflow
