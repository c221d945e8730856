// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// `/api/v1/files`, which LlamaCloud had until April 2026: the same files in an older form, and uploads in two
// steps.
#include "../http/url.hpp"
#include "refusals.hpp"
#include "service.hpp"

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

}  // namespace

void service::bind_legacy() {
    bind("legacy.upload", [this](call& c) {
        account const& owner = caller(c);
        return json_response(
            200, describe_legacy(store_file(c, owner, *c.part("upload_file"), c.query("external_file_id"),
                                            std::nullopt, expiry_of(c.query("storage_type")))));
    });
    bind("legacy.reserve", [this](call& c) { return reserve(c); });
    bind("legacy.upload_from_url", [this](call& c) { return upload_from_url(c); });
    auto const list = [this](call& c) {
        account const& owner = caller(c);
        json::array items;
        for (auto const& [id, item] : files_) {
            if (item.project == owner.project && is_visible(item)) items.push_back(describe_legacy(item));
        }
        return json_response(200, items);
    };
    bind("legacy.list", list);
    bind("legacy.sync", list);  // there are no data sources to synchronise with
    bind("legacy.get", [this](call& c) {
        return json_response(200, describe_legacy(require_file(caller(c), c.path("id"))));
    });
    bind("legacy.delete", [this](call& c) { return delete_file(c, c.path("id")); });
    bind("legacy.content", [this](call& c) { return link_to(c, c.path("id")); });
}

json::object service::describe_legacy(file const& item) const {
    json::object result;
    result["id"] = public_file_id(item.id);
    result["created_at"] = time(item.created);
    result["updated_at"] = time(item.modified);
    result["name"] = item.name;
    result["external_file_id"] = text_or_null(item.external_id);
    result["file_size"] = item.pending ? json::value(item.announced_size) : json::value(item.content.size());
    result["file_type"] = text_or_null(extension(item.name));
    result["project_id"] = item.project;
    result["last_modified_at"] = time(item.modified);
    result["resource_info"] = item.resource_info;
    result["permission_info"] = item.permission_info;
    result["data_source_id"] = text_or_null(item.data_source);
    result["expires_at"] = time(item.expires);
    result["purpose"] = text_or_null(item.purpose);
    return finished(std::move(result));
}

std::optional<std::int64_t> service::expiry_of(std::optional<std::string> const& storage_type) {
    if (!storage_type || lower_case(*storage_type) != "ephemeral") return std::nullopt;
    return shared_.clock.now() + decisions().ephemeral_lifetime_s * second;
}

/// First step of an upload: a file without bytes, and the URL to PUT them to.
http_response service::reserve(call& current) {
    account const& owner = caller(current);
    json::object const& body = current.body();
    file item;
    item.name = *text_member(body, "name");
    item.project = owner.project;
    item.external_id = text_member(body, "external_file_id");
    item.data_source = text_member(body, "data_source_id");
    item.expires = expiry_of(text_member(body, "storage_type"));
    item.resource_info = member_or_null(body, "resource_info");
    item.permission_info = member_or_null(body, "permission_info");
    item.announced_size = member_or_null(body, "file_size");
    item.pending = true;
    file const& stored = add_file(std::move(item));
    json::object answer =
        signed_url(stored, current.request,
                   current.query_integer("expires_at_seconds").value_or(decisions().link_lifetime_s),
                   signed_urls::purpose::upload);
    answer["file_id"] = public_file_id(stored.id);
    return json_response(200, answer);
}

/// A mock does not go out into the network: it fetches what its own signed URLs lead to.
http_response service::upload_from_url(call& current) {
    account const& owner = caller(current);
    json::object const& body = current.body();
    std::string const url = *text_member(body, "url");
    auto const scheme = url.find("://");
    auto const path = scheme == std::string::npos ? scheme : url.find('/', scheme + 3);
    auto const request =
        parse_head("GET " + (path == std::string::npos ? "/" : url.substr(path)) + " HTTP/1.0\r\n\r\n");
    std::int64_t const now = shared_.clock.now();
    bool const ours =
        request && request->path.compare(0, signed_urls::prefix.size(), signed_urls::prefix) == 0;
    signed_urls::target const target = ours ? urls_.check(*request, now / second) : signed_urls::target{};
    auto const found = files_.find(target.file_id);
    if (!ours || target.what != signed_urls::verdict::good || found == files_.end()) {
        throw http_error(400,
                         json::value("Failed to download " + url +
                                     ": the mock fetches its own signed URLs only, while they are good."));
    }
    form_part fetched;
    fetched.filename = text_member(body, "name").value_or(last_segment(request->path));
    fetched.content = found->second.content;
    file& stored = store_file(current, owner, fetched, std::nullopt, std::nullopt,
                              expiry_of(text_member(body, "storage_type")));
    stored.resource_info = member_or_null(body, "resource_info");
    return json_response(200, describe_legacy(stored));
}

}  // namespace ferry::mock::llamacloud
