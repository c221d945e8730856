// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/context.hpp"

#include "http/http_date.hpp"
#include "llamacloud/range.hpp"

namespace ferry::mock::llamacloud {
namespace {

http_response storage_error(int status, std::string_view code, std::string_view message) {
    http_response response;
    response.status = status;
    response.with("Content-Type", "application/xml");
    response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + std::string(code) +
                    "</Code><Message>" + std::string(message) + "</Message></Error>";
    return response;
}

/// Bytes change with the time of modification only, so id and time are as good as their digest.
std::string entity_tag(file const& item) {
    std::string tag = item.id;
    std::erase(tag, '-');
    if (item.modified != item.created) tag += '-' + std::to_string(item.modified);
    return '"' + tag + '"';
}

http_response fetch(http_request const& request, file const& item) {
    representation const whole{item.content, entity_tag(item),
                               http_date(static_cast<std::time_t>(item.modified / second))};
    http_response response = serve_range(request, whole);
    if (response.status != 416) return response;
    http_response refused = storage_error(416, "InvalidRange", "The requested range is not satisfiable");
    for (auto& [name, value] : response.headers) refused.with(name, value);
    return refused;
}

}  // namespace

http_response serve_storage(context& in, exchange& on) {
    http_request const& request = on.request;
    on.identity.emplace();  // links are followed by anybody
    bool const is_put = request.method == "PUT" && in.shared.options.llamacloud.legacy_files;
    if (request.method != "GET" && request.method != "HEAD" && !is_put) {
        return storage_error(405, "MethodNotAllowed",
                             "The specified method is not allowed against this resource.")
            .with("Allow", "GET, HEAD");
    }
    if (request.body_too_large)
        return storage_error(413, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
    if (in.decisions.links_refuse_credentials && request.header("authorization") != nullptr)
        return storage_error(400, "InvalidArgument", "Only one auth mechanism allowed.");
    std::int64_t const now = in.shared.clock.now();
    signed_urls::target const target = in.urls.check(request, now / second);
    if (target.what == signed_urls::verdict::bad_signature)
        return storage_error(403, "SignatureDoesNotMatch", "The request signature does not match.");
    if (target.what == signed_urls::verdict::expired) {
        return in.decisions.expired_link_status == 403
                   ? storage_error(403, "AccessDenied", "Request has expired")
                   : storage_error(static_cast<int>(in.decisions.expired_link_status), "ExpiredToken",
                                   "The provided token has expired.");
    }
    if (on.storage == storage_fault::failing)
        return storage_error(503, "ServiceUnavailable", "Please try again.");
    file item;
    {
        std::lock_guard const lock(in.store.mutex);
        in.store.retire(now);
        auto const found = in.store.files.find(target.file_id);
        bool const missing = on.storage == storage_fault::missing;
        if (found == in.store.files.end() || found->second.expired || missing ||
            (found->second.pending && !is_put))
            return storage_error(404, "NoSuchKey", "The specified key does not exist.");
        if (is_put) {
            found->second.content = request.body;
            found->second.modified = now;
            found->second.pending = false;
            return empty_response(200).with("ETag", entity_tag(found->second));
        }
        item = found->second;
    }
    return fetch(request, item);
}

}  // namespace ferry::mock::llamacloud
