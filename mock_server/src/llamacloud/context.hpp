// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What the operations of LlamaCloud work with, and where they are bound.

#include "core/api.hpp"
#include "core/environment.hpp"
#include "llamacloud/access.hpp"
#include "llamacloud/paging.hpp"
#include "llamacloud/signed_urls.hpp"
#include "llamacloud/store.hpp"
#include "llamacloud/view.hpp"

#include <string_view>

namespace ferry::mock::llamacloud {

struct context {
    explicit context(environment& with);

    environment& shared;
    llamacloud_decisions const& decisions;
    llamacloud::store store;
    llamacloud::access access;
    signed_urls urls;
    page_maker pages;
    llamacloud::view view;
};

/// Behaviour that runs with the store's lock held.
using behaviour = http_response (*)(context& in, call& current);
void offer(api& to, context& in, std::string_view operation, behaviour run, guard before_validation = {});

void offer_files(api& to, context& in);
void offer_directories(api& to, context& in);
void offer_directory_files(api& to, context& in);
void offer_legacy(api& to, context& in);

}  // namespace ferry::mock::llamacloud
