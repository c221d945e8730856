// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "routes.hpp"

#include "../../generated/llamacloud_tables.hpp"
#include "profiles.hpp"

namespace ferry::mock::llamacloud {
namespace {

constexpr schema text{.kind = rule::text};
constexpr schema entry_ids{.kind = rule::list, .nullable = true, .maximum = 200, .item = &text};

}  // namespace

std::vector<route> routes_for(server_options const& options) {
    std::span<route const> const described = generated::llamacloud_routes();
    std::vector<route> routes(described.begin(), described.end());
    for (route& item : routes) {
        if (item.operation != "directories.files.list" || !rows_of(options.profile).listing_takes_ids)
            continue;
        item.body = body_kind::json;
        item.body_schema = &entry_ids;
    }
    return routes;
}

}  // namespace ferry::mock::llamacloud
