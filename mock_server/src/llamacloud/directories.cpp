// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/context.hpp"

#include <algorithm>

namespace ferry::mock::llamacloud {
namespace {

/// There is no order_by here: newest first.
sort_key by_creation(directory const& item) {
    return {{item.created, {}, true}};
}

http_response create_directory(context& in, call& current) {
    account const& owner = in.access.caller(current);
    json::object const& body = current.body();
    directory item;
    item.id = (in.decisions.prefixed_ids ? "dir-" : "") + in.shared.ids.uuid();
    item.project = owner.project;
    item.name = *text_member(body, "name");
    item.description = text_member(body, "description");
    item.type = text_member(body, "type").value_or("user");
    item.connector = text_member(body, "connector_subscription_id");
    if (json::value const* const metadata = body.if_contains("system_metadata"))
        item.system_metadata = *metadata;
    item.created = item.updated = in.shared.clock.now();
    if (item.type == "ephemeral") item.expires = item.created + in.decisions.ephemeral_lifetime_s * second;
    in.store.expect_expiry(item.expires);
    directory const& stored = in.store.directories.emplace(item.id, item).first->second;
    return json_response(201, in.view.describe(stored));
}

http_response list_directories(context& in, call& current) {
    account const& owner = in.access.caller(current);
    std::optional<std::string> const name = current.query("name");
    std::vector<std::string> types = current.query_list("types");
    if (auto type = current.query("type")) types.push_back(*std::move(type));
    if (types.empty() && in.decisions.list_user_directories_only) types.emplace_back("user");
    bool const include_deleted = current.query_flag("include_deleted");
    auto const named = [&](directory const& item) {
        if (!name) return true;
        return in.decisions.directory_name_contains ? item.name.find(*name) != std::string::npos
                                                    : item.name == *name;
    };
    std::vector<directory const*> matching;
    for (auto const& [id, item] : in.store.directories) {
        if (item.project != owner.project || (item.deleted && !include_deleted) || !named(item)) continue;
        if (!types.empty() && std::find(types.begin(), types.end(), item.type) == types.end()) continue;
        matching.push_back(&item);
    }
    json::array filters{"directories", owner.project, text_or_null(name), include_deleted};
    for (std::string const& type : types) filters.push_back(json::value(type));
    page_request wanted{.filters = to_text(filters)};
    wanted.token = current.query("page_token");
    wanted.size = in.pages.size_of(current);
    return in.pages.answer(wanted, std::move(matching), &by_creation,
                           [&](directory const& item) { return in.view.describe(item); });
}

http_response update_directory(context& in, call& current) {
    directory& item = in.access.directory_of(current);
    json::object const& body = current.body();
    if (auto name = text_member(body, "name")) item.name = *std::move(name);  // null keeps it
    auto description = text_member(body, "description");
    if (description || (body.contains("description") && in.decisions.null_clears_description))
        item.description = std::move(description);
    item.updated = in.shared.clock.now();
    return json_response(200, in.view.describe(item));
}

}  // namespace

void offer_directories(api& to, context& with) {
    offer(to, with, "directories.create", create_directory);
    offer(to, with, "directories.list", list_directories);
    offer(to, with, "directories.get", [](context& in, call& c) {
        return json_response(200, in.view.describe(in.access.directory_of(c)));
    });
    offer(to, with, "directories.update", update_directory);
    offer(to, with, "directories.delete", [](context& in, call& c) {
        std::string const id = c.path("directory_id");
        account const& owner = in.access.caller(c);
        return in.store.deleted(id, [&] {
            in.store.remove_directory(in.access.require_directory(owner, id), in.shared.clock.now());
        });
    });
}

}  // namespace ferry::mock::llamacloud
