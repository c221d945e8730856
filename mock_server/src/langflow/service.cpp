// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/service.hpp"

#include "langflow/middleware.hpp"

#include <algorithm>

namespace ferry::mock::langflow {
namespace {

/// Mebibytes with at most three decimals, as Python prints them: `1.001`, `2.0`.
std::string mebibytes(std::uint64_t bytes) {
    std::uint64_t const thousandths =
        bytes / mebibyte * 1000 + (bytes % mebibyte * 1000 + mebibyte / 2) / mebibyte;
    std::string fraction = std::to_string(1000 + thousandths % 1000).substr(1);
    while (fraction.size() > 1 && fraction.back() == '0') fraction.pop_back();
    return std::to_string(thousandths / 1000) + '.' + fraction;
}

/// What the static files mounted at `/` answer to everything that no route takes.
http_response web_interface(http_request const& request) {
    if (request.method != "GET" && request.method != "HEAD")
        return json_response(405, json::object{{"detail", "Method Not Allowed"}});
    if (request.path.starts_with("/api")) return json_response(404, json::object{{"detail", "Not Found"}});
    http_response page;
    page.with("Content-Type", "text/html; charset=utf-8");
    page.body =
        "<!doctype html>\n<html lang=\"en\"><head><title>Langflow</title></head><body></body></html>\n";
    return page;
}

}  // namespace

service::service(environment& shared)
    : context_(shared),
      routes_(all_routes()),
      api_(routes_, [this](call& current) { context_.access.authenticate(current); }, split_query_values) {
    for (auto const offer_some : {offer_files, offer_flow_files, offer_profile_pictures, offer_accounts,
                                  offer_flows, offer_run, offer_server_info})
        offer_some(api_, context_);
    if (shared.options.strict) api_.be_strict(shared.deviations);
}

body_limit service::limit_for(http_request const& head) const {
    std::uint64_t const limit = context_.limit_mb() * mebibyte;
    if (head.method == "GET" || head.method == "HEAD") return {limit, is_screened(head)};
    route const* const found = find(head).found;
    bool const is_form =
        parse_header_value(head.header_or_empty("content-type")).value == "multipart/form-data";
    bool const is_json = found != nullptr && found->body == body_kind::json && !is_form;
    // On screened paths a middleware reads the whole body first, so the answer names its full size.
    return {is_json ? (std::min)(limit, largest_json) : limit, is_screened(head)};
}

/// The list of files is registered with and without the slash.
match service::find(http_request const& request) const {
    constexpr std::string_view list = "/api/v2/files";
    bool const slash = request.path.size() == list.size() + 1 && request.path.starts_with(list) &&
                       request.path.back() == '/';
    return find_route(routes_, request.method, slash ? list : std::string_view(request.path));
}

http_response service::serve(exchange& on) {
    if (std::optional<http_response> allowed = preflight(on.request)) return *std::move(allowed);
    std::lock_guard const lock(context_.store.mutex);
    http_response response = answer(on);
    share_with_origin(on.request, response);
    return response;
}

http_response service::answer(exchange& on) const {
    http_request const& request = on.request;
    route const* const found = on.target.found;
    bool const reads_body = is_screened(request) || (found != nullptr && found->body != body_kind::none);
    try {
        screen(request);
        if (request.body_too_large && reads_body) {
            throw http_error(413, json::value("Content size limit exceeded. Maximum allowed is " +
                                              std::to_string(limit_for(request).bytes / mebibyte) +
                                              "MB and got " + mebibytes(request.body_received) + "MB."));
        }
    } catch (http_error& error) {
        return std::move(error.response);
    }
    bool const mounted = !context_.options.backend_only;
    return mounted && found == nullptr ? web_interface(request) : api_.serve(on);
}

}  // namespace ferry::mock::langflow
