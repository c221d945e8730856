// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "application.hpp"

#include <exception>

namespace ferry::mock {
namespace {

constexpr std::string_view admin_prefix = "/_ferry/";
constexpr std::uint64_t largest_admin_body = 1024 * 1024;
constexpr std::uint64_t mebibyte = 1024 * 1024;
constexpr std::uint64_t llamacloud_limit_mb = 512;

bool is_admin(http_request const& request) {
    return std::string_view(request.path).substr(0, admin_prefix.size()) == admin_prefix;
}

}  // namespace

application::application(server_options options)
    : shared(std::move(options)), llamacloud_(shared), langflow_(shared) {}

body_limit application::limit_for(http_request const& head) const {
    if (is_admin(head)) return {largest_admin_body};
    if (llamacloud_.knows(head)) {
        return {shared.options.max_upload_mb.value_or(llamacloud_limit_mb) * mebibyte};
    }
    return langflow_.limit_for(head);
}

http_response application::handle(http_request const& request) {
    try {
        if (is_admin(request)) return administer(request);
        std::optional<fault> const rule = faults.take(request.method, request.path);
        if (!rule) return serve(request);
        std::optional<http_response> prepared = answer_of(*rule);
        http_response response = prepared ? *std::move(prepared) : serve(request);
        apply(*rule, response);
        return response;
    } catch (std::exception const& error) {
        return json_response(500, json::object{{"message", error.what()}});
    }
}

http_response application::serve(http_request const& request) {
    return llamacloud_.knows(request) ? llamacloud_.serve(request) : langflow_.serve(request);
}

void application::reset() {
    faults.clear();
    llamacloud_.reset();
    langflow_.reset();
}

}  // namespace ferry::mock
