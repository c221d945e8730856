// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "application.hpp"

#include <exception>

#include "core/api.hpp"

namespace ferry::mock {
namespace {

constexpr std::string_view admin_prefix = "/_ferry/";
constexpr std::string_view namespace_field = "X-Ferry-Namespace";
constexpr std::uint64_t mebibyte = 1024 * 1024;
constexpr std::uint64_t largest_admin_body = 64 * mebibyte;

bool starts_with(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

bool is_admin(http_request const& request) {
    return starts_with(request.path, admin_prefix);
}

/// Signed URLs are fetched by clients that do not send our header, so they name the namespace themselves.
std::string_view namespace_of(http_request const& request) {
    if (std::string const* const named = request.header(namespace_field)) return *named;
    if (!starts_with(request.path, llamacloud::signed_urls::prefix)) return {};
    std::string const* const named = last_value(request.query, namespace_field);
    return named == nullptr ? std::string_view{} : std::string_view{*named};
}

}  // namespace

body_limit application::limit_for(http_request const& head) const {
    if (is_admin(head)) return {largest_admin_body};
    std::shared_ptr<world> const any = worlds.default_one();  // all have the same options
    if (any->llamacloud.knows(head)) return any->llamacloud.limit_for(head);
    return any->langflow.limit_for(head);
}

http_response application::handle(http_request& request) {
    try {
        std::shared_ptr<world> const home = worlds.find(namespace_of(request));
        if (is_admin(request)) return administer(*home, request);
        home->shared.clock.tick();
        std::optional<fault> const rule = home->faults.take(request.method, request.path);
        if (!rule) return serve(*home, request);
        request.storage = rule->storage;
        std::optional<http_response> prepared = answer_of(*rule);
        http_response response = prepared ? *std::move(prepared) : serve(*home, request);
        if (home->llamacloud.knows(request)) home->llamacloud.add_correlation_id(response);
        apply(*rule, response);
        return response;
    } catch (namespace_error const& error) {
        return json_response(400, json::object{{"error", error.what()}});
    } catch (std::exception const& error) {
        return json_response(500, json::object{{"message", error.what()}});
    }
}

http_response application::serve(world& home, http_request& request) {
    return home.llamacloud.knows(request) ? home.llamacloud.serve(request) : home.langflow.serve(request);
}

}  // namespace ferry::mock
