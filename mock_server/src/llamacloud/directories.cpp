// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <algorithm>

#include "service.hpp"

namespace ferry::mock::llamacloud {
namespace {

/// There is no order_by here: newest first.
sort_key by_creation(directory const& item) {
    return {{item.created, {}, true}};
}

}  // namespace

void service::bind_directories() {
    bind("directories.create", [this](call& c) { return create_directory(c); });
    bind("directories.list", [this](call& c) { return list_directories(c); });
    bind("directories.get", [this](call& c) {
        return json_response(200, describe(require_directory(caller(c), c.path("directory_id"))));
    });
    bind("directories.update", [this](call& c) { return update_directory(c); });
    bind("directories.delete", [this](call& c) {
        std::string const id = c.path("directory_id");
        account const& owner = caller(c);
        return deleted(id, [&] { remove_directory(require_directory(owner, id), shared_.clock.now()); });
    });
}

directory& service::require_directory(account const& owner, std::string const& id) {
    auto const found = directories_.find(id);
    bool const exists = found != directories_.end() && !found->second.deleted;
    if (exists && found->second.project == owner.project) return found->second;
    std::string const not_found = "Directory " + id + " not found in project " + owner.project;
    if (exists) throw foreign("directory", not_found);
    throw http_error(404, json::value(not_found));
}

http_response service::create_directory(call& current) {
    account const& owner = caller(current);
    json::object const& body = current.body();
    directory item;
    item.id = (decisions().prefixed_ids ? "dir-" : "") + shared_.ids.uuid();
    item.project = owner.project;
    item.name = *text_member(body, "name");
    item.description = text_member(body, "description");
    item.type = text_member(body, "type").value_or("user");
    item.connector = text_member(body, "connector_subscription_id");
    if (json::value const* const metadata = body.if_contains("system_metadata"))
        item.system_metadata = *metadata;
    item.created = item.updated = shared_.clock.now();
    if (item.type == "ephemeral") item.expires = item.created + decisions().ephemeral_lifetime_s * second;
    expect_expiry(item.expires);
    directory const& stored = directories_.emplace(item.id, item).first->second;
    return json_response(201, describe(stored));
}

http_response service::list_directories(call& current) {
    account const& owner = caller(current);
    std::optional<std::string> const name = current.query("name");
    std::vector<std::string> types = current.query_list("types");
    if (auto type = current.query("type")) types.push_back(*std::move(type));
    if (types.empty() && decisions().list_user_directories_only) types.emplace_back("user");
    bool const include_deleted = current.query_flag("include_deleted");
    auto const named = [&](directory const& item) {
        if (!name) return true;
        return decisions().directory_name_contains ? item.name.find(*name) != std::string::npos
                                                   : item.name == *name;
    };
    std::vector<directory const*> matching;
    for (auto const& [id, item] : directories_) {
        if (item.project != owner.project || (item.deleted && !include_deleted) || !named(item)) continue;
        if (!types.empty() && std::find(types.begin(), types.end(), item.type) == types.end()) continue;
        matching.push_back(&item);
    }
    json::array filters{"directories", owner.project, text_or_null(name), include_deleted};
    for (std::string const& type : types) filters.push_back(json::value(type));
    page_request wanted{.filters = to_text(filters)};
    wanted.token = current.query("page_token");
    wanted.size = pages_.size_of(current);
    return pages_.answer(wanted, std::move(matching), &by_creation,
                         [&](directory const& item) { return describe(item); });
}

http_response service::update_directory(call& current) {
    directory& item = require_directory(caller(current), current.path("directory_id"));
    json::object const& body = current.body();
    if (auto name = text_member(body, "name")) item.name = *std::move(name);  // null keeps it
    auto description = text_member(body, "description");
    if (description || (body.contains("description") && decisions().null_clears_description))
        item.description = std::move(description);
    item.updated = shared_.clock.now();
    return json_response(200, describe(item));
}

}  // namespace ferry::mock::llamacloud
