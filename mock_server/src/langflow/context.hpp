// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What the operations of Langflow work with, and where they are bound.

#include "core/api.hpp"
#include "core/environment.hpp"
#include "langflow/access.hpp"
#include "langflow/profiles.hpp"
#include "langflow/store.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ferry::mock::langflow {

/// The store's lock is held while a request is served.
struct context {
    explicit context(environment& with);

    environment& shared;
    langflow_options const& options;
    langflow::conventions conventions;
    langflow::store store;
    langflow::access access;

    /// The largest upload.
    [[nodiscard]] std::uint64_t limit_mb() const;
};

/// The routes of the description, and those that it does not list: what tests need to set the scene (users,
/// keys, flows) and what browsers call (routes.cpp).
[[nodiscard]] std::vector<route> all_routes();

using behaviour = http_response (*)(context& in, call& current);
void offer(api& to, context& in, std::string_view operation, behaviour run, guard before_validation = {},
           guard before_auth = {});

void offer_files(api& to, context& in);
void offer_flow_files(api& to, context& in);
void offer_profile_pictures(api& to, context& in);
void offer_accounts(api& to, context& in);
void offer_flows(api& to, context& in);
void offer_run(api& to, context& in);
void offer_server_info(api& to, context& in);

/// The caller's flow that the path names.
/// \throws http_error when there is none
[[nodiscard]] flow const& require_flow(context& in, call const& current);

}  // namespace ferry::mock::langflow
