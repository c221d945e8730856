// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "application/gate.hpp"

#include "core/json.hpp"
#include "core/responses.hpp"
#include "http/text.hpp"
#include "http/url.hpp"

namespace ferry::mock {
namespace {

http_response refusal(int status, std::string const& why) {
    return json_response(status, json::object{{"error", why}});
}

/// A name that leads here is not enough: whoever owns it can let it lead here (DNS rebinding), and then a
/// page of that name is of our origin.
bool is_ours(std::string_view named, std::string const& own_host) {
    std::optional<authority> const parsed = parse_authority(named);
    return parsed && (is_loopback(parsed->host) || equal_ignoring_case(parsed->host, own_host));
}

bool is_addressed_here(http_request const& head, std::string const& own_host) {
    std::string const* const host = head.header("host");  // only HTTP/1.0 may do without, and no browser does
    if (host != nullptr && !is_ours(*host, own_host)) return false;
    std::optional<std::string_view> const named = authority_of(head.target);
    return !named || is_ours(*named, own_host);
}

/// Browsers say which page a request comes from.
bool is_from_other_page(http_request const& head) {
    for (auto const& [name, value] : head.headers) {
        if (equal_ignoring_case(name, "origin") && !equal_ignoring_case(value, head.origin())) return true;
        bool const said = equal_ignoring_case(name, "sec-fetch-site");
        if (said && !equal_ignoring_case(value, "same-origin") && !equal_ignoring_case(value, "none"))
            return true;
    }
    return false;
}

}  // namespace

std::optional<http_response> refuse_stranger(http_request const& head, std::string const& own_host) {
    if (!head.from_loopback) return refusal(403, "admin paths answer loopback peers only");
    if (!is_addressed_here(head, own_host))
        return refusal(403, "admin paths are to be addressed by localhost, a loopback address, or --host");
    if (is_from_other_page(head)) return refusal(403, "admin paths do not answer pages of other origins");
    return std::nullopt;
}

std::optional<http_response> refuse_body(http_request const& request) {
    std::string const* const type = request.header("content-type");
    if (request.body.size() == 0 || type == nullptr || is_json_type(*type)) return std::nullopt;
    return refusal(415, "admin paths take JSON; send it with Content-Type: application/json");
}

}  // namespace ferry::mock
