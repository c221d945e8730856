// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "service.hpp"

#include "../core/scalars.hpp"
#include "routes.hpp"

namespace ferry::mock::llamacloud {
namespace {

constexpr std::uint64_t mebibyte = 1024 * 1024;
constexpr std::uint64_t default_upload_mb = 512;
constexpr std::uint64_t largest_json = 16 * mebibyte;
constexpr std::uint64_t form_overhead = mebibyte;  // of the parts around a file of the largest size

bool is_storage(http_request const& request) {
    return request.path.compare(0, signed_urls::prefix.size(), signed_urls::prefix) == 0;
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// Langflow has other paths below `/api/v1/files/`; none starts with a UUID.
bool is_legacy(std::string_view path) {
    constexpr std::string_view root = "/api/v1/files";
    if (path.substr(0, root.size()) != root) return false;
    path.remove_prefix(root.size());
    if (path.empty() || path == "/" || path == "/upload_from_url" || path == "/sync") return true;
    return path.front() == '/' && parse_uuid(path.substr(1, path.find('/', 1) - 1)).has_value();
}

bool is_upload(http_request const& head) {
    if (is_storage(head)) return head.method == "PUT";
    if (head.method != "POST") return false;
    return head.path == "/api/v1/beta/files" || head.path == "/api/v1/files" ||
           ends_with(head.path, "/files/upload");
}

}  // namespace

service::service(environment& shared)
    : shared_(shared),
      routes_(routes_for(shared.options)),
      api_(
          routes_, [this](call& current) { admit(current); }, [this](call& current) { tolerate(current); }),
      urls_(shared.ids.letters(32), shared.space),
      pages_(shared.ids.letters(32), shared.options.llamacloud.decisions),
      accounts_(initial_accounts()) {
    bind_files();
    bind_directories();
    bind_directory_files();
    if (shared.options.llamacloud.legacy_files) bind_legacy();
    if (shared.options.strict) api_.be_strict(shared.deviations);
}

llamacloud_decisions const& service::decisions() const noexcept {
    return shared_.options.llamacloud.decisions;
}

std::uint64_t service::largest_upload() const {
    return shared_.options.max_upload_mb.value_or(default_upload_mb) * mebibyte;
}

http_error service::too_large(std::uint64_t limit) {
    return {413,
            json::value("File size exceeds the maximum of " + std::to_string(limit / mebibyte) + " MB.")};
}

void service::bind(std::string_view name, std::function<http_response(call&)> behaviour,
                   guard before_validation) {
    api_.bind(name, {.behaviour =
                         [this, run = std::move(behaviour)](call& current) {
                             std::lock_guard const lock(mutex_);
                             return run(current);
                         },
                     .before_validation = std::move(before_validation)});
}

bool service::knows(http_request const& request) const {
    return request.path.compare(0, 13, "/api/v1/beta/") == 0 || is_storage(request) ||
           (shared_.options.llamacloud.legacy_files && is_legacy(request.path));
}

body_limit service::limit_for(http_request const& head) const {
    return {is_upload(head) ? largest_upload() + form_overhead : largest_json};
}

http_response service::serve(http_request const& request) {
    if (is_storage(request)) {
        if (request.notes != nullptr) {
            request.notes->operation = "storage";
            request.notes->open = true;
        }
        return serve_storage(request);
    }
    if (request.body_too_large)
        return too_large(is_upload(request) ? largest_upload() : largest_json).response;
    http_response response = api_.serve(request);
    if (response.status == 307 && !decisions().slash_redirects)
        return json_response(404, json::object{{"detail", "Not Found"}});
    return response;
}

route const* service::operation_of(http_request const& request) const {
    return api_.find_route(request);
}

void service::add_correlation_id(http_response& response) {
    if (response.status < 500 || decisions().correlation_id_member.empty()) return;
    std::optional<json::value> body = parse_json(response.body);
    if (!body || !body->is_object()) return;
    body->get_object()[decisions().correlation_id_member] = shared_.ids.uuid();
    response.body = to_text(*body);
}

}  // namespace ferry::mock::llamacloud
