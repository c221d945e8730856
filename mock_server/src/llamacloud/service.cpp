// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/service.hpp"

#include "core/scalars.hpp"
#include "llamacloud/context.hpp"

namespace ferry::mock::llamacloud {
namespace {

constexpr std::uint64_t form_overhead = mebibyte;  // of the parts around a file of the largest size

/// Where signed links lead, whatever the method: that is no operation of the description.
constexpr route storage{.operation = "storage", .method = {}, .path = {}, .open = true};

/// Langflow has other paths below `/api/v1/files/`; none starts with a UUID.
bool is_legacy(std::string_view path) {
    constexpr std::string_view root = "/api/v1/files";
    if (!path.starts_with(root)) return false;
    path.remove_prefix(root.size());
    if (path.empty() || path == "/" || path == "/upload_from_url" || path == "/sync") return true;
    return path.front() == '/' && parse_uuid(path.substr(1, path.find('/', 1) - 1)).has_value();
}

bool is_upload(http_request const& head) {
    if (signed_urls::claims(head)) return head.method == "PUT";
    if (head.method != "POST") return false;
    return head.path == "/api/v1/beta/files" || head.path == "/api/v1/files" ||
           head.path.ends_with("/files/upload");
}

}  // namespace

service::service(environment& shared)
    : context_(shared),
      routes_(routes_for(shared.options)),
      api_(
          routes_, [this](call& current) { context_.access.admit(current); },
          [this](call& current) { context_.access.tolerate(current); }) {
    offer_files(api_, context_);
    offer_directories(api_, context_);
    offer_directory_files(api_, context_);
    if (shared.options.llamacloud.legacy_files) offer_legacy(api_, context_);
    if (shared.options.strict) api_.be_strict(shared.deviations);
}

bool service::claims(http_request const& request) const {
    return request.path.starts_with("/api/v1/beta/") || signed_urls::claims(request) ||
           (context_.shared.options.llamacloud.legacy_files && is_legacy(request.path));
}

body_limit service::limit_for(http_request const& head) const {
    return {is_upload(head) ? largest_upload(context_.shared.options) + form_overhead : largest_json};
}

match service::find(http_request const& request) const {
    if (signed_urls::claims(request)) return {&storage};
    return find_route(routes_, request.method, request.path);
}

http_response service::serve(exchange& on) {
    if (on.target.found == &storage) return serve_storage(context_, on);
    if (on.request.body_too_large) {
        server_options const& options = context_.shared.options;
        return too_large(is_upload(on.request) ? largest_upload(options) : largest_json).response;
    }
    http_response response = api_.serve(on);
    if (response.status == 307 && !context_.decisions.slash_redirects)
        return json_response(404, json::object{{"detail", "Not Found"}});
    return response;
}

void service::complete(http_response& response) {
    std::string const& member = context_.decisions.correlation_id_member;
    if (response.status < 500 || member.empty()) return;
    std::optional<json::value> body = parse_json(response.body);
    if (!body || !body->is_object()) return;
    body->get_object()[member] = context_.shared.ids.uuid();
    response.body = to_text(*body);
}

}  // namespace ferry::mock::llamacloud
