// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// `/api/v1/files`, which LlamaCloud had until April 2026: the same files in an older form, and uploads in two
// steps.
#include "http/text.hpp"
#include "llamacloud/context.hpp"

namespace ferry::mock::llamacloud {
namespace {

json::value member_or_null(json::object const& body, std::string_view name) {
    json::value const* const value = body.if_contains(name);
    return value == nullptr ? json::value(nullptr) : *value;
}

/// The name that a URL's path ends with.
std::string last_segment(std::string const& path) {
    return path.substr(path.rfind('/') + 1);
}

std::optional<std::int64_t> expiry_of(context& in, std::optional<std::string> const& storage_type) {
    if (!storage_type || lower_case(*storage_type) != "ephemeral") return std::nullopt;
    return in.shared.clock.now() + in.decisions.ephemeral_lifetime_s * second;
}

/// First step of an upload: a file without bytes, and the URL to PUT them to.
http_response reserve(context& in, call& current) {
    account const& owner = in.access.caller(current);
    json::object const& body = current.body();
    file item;
    item.name = *text_member(body, "name");
    item.project = owner.project;
    item.external_id = text_member(body, "external_file_id");
    item.data_source = text_member(body, "data_source_id");
    item.expires = expiry_of(in, text_member(body, "storage_type"));
    item.resource_info = member_or_null(body, "resource_info");
    item.permission_info = member_or_null(body, "permission_info");
    item.announced_size = member_or_null(body, "file_size");
    item.pending = true;
    file const& stored = add_file(in, std::move(item));
    json::object answer =
        in.view.signed_url(stored, current.request,
                           current.query_integer("expires_at_seconds").value_or(in.decisions.link_lifetime_s),
                           signed_urls::purpose::upload);
    answer["file_id"] = public_file_id(in.decisions, stored.id);
    return json_response(200, answer);
}

/// A mock does not go out into the network: it fetches what its own signed URLs lead to.
http_response upload_from_url(context& in, call& current) {
    account const& owner = in.access.caller(current);
    json::object const& body = current.body();
    std::string const url = *text_member(body, "url");
    auto const scheme = url.find("://");
    auto const path = scheme == std::string::npos ? scheme : url.find('/', scheme + 3);
    auto const request =
        parse_head("GET " + (path == std::string::npos ? "/" : url.substr(path)) + " HTTP/1.0\r\n\r\n");
    std::int64_t const now = in.shared.clock.now();
    bool const ours = request && signed_urls::claims(*request);
    signed_urls::target const target = ours ? in.urls.check(*request, now / second) : signed_urls::target{};
    auto const found = in.store.files.find(target.file_id);
    if (!ours || target.what != signed_urls::verdict::good || found == in.store.files.end()) {
        throw http_error(400,
                         json::value("Failed to download " + url +
                                     ": the mock fetches its own signed URLs only, while they are good."));
    }
    form_part fetched;
    fetched.filename = text_member(body, "name").value_or(last_segment(request->path));
    fetched.content = found->second.content;
    file& stored = store_file(in, current, owner, fetched,
                              {.expires = expiry_of(in, text_member(body, "storage_type"))});
    stored.resource_info = member_or_null(body, "resource_info");
    return json_response(200, in.view.describe_legacy(stored));
}

http_response upload(context& in, call& current) {
    account const& owner = in.access.caller(current);
    file const& stored = store_file(in, current, owner, *current.part("upload_file"),
                                    {.external_id = current.query("external_file_id"),
                                     .expires = expiry_of(in, current.query("storage_type"))});
    return json_response(200, in.view.describe_legacy(stored));
}

http_response list(context& in, call& current) {
    account const& owner = in.access.caller(current);
    json::array items;
    for (auto const& [id, item] : in.store.files) {
        if (item.project == owner.project && in.store.is_visible(item))
            items.push_back(in.view.describe_legacy(item));
    }
    return json_response(200, items);
}

}  // namespace

void offer_legacy(api& to, context& with) {
    offer(to, with, "legacy.upload", upload);
    offer(to, with, "legacy.reserve", reserve);
    offer(to, with, "legacy.upload_from_url", upload_from_url);
    offer(to, with, "legacy.list", list);
    offer(to, with, "legacy.sync", list);  // there are no data sources to synchronise with
    offer(to, with, "legacy.get", [](context& in, call& c) {
        file const& item = in.access.require_file(in.access.caller(c), c.path("id"));
        return json_response(200, in.view.describe_legacy(item));
    });
    offer(to, with, "legacy.delete", [](context& in, call& c) { return delete_file(in, c, c.path("id")); });
    offer(to, with, "legacy.content", [](context& in, call& c) { return link_to(in, c, c.path("id")); });
}

}  // namespace ferry::mock::llamacloud
