// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/engine/default_engine.hpp"
#include "ferry/transports/beast_transport.hpp"

#include <utility>

namespace ferry::inline FERRY_ABI {

FERRY_DECL std::shared_ptr<engine> default_engine::make(api_description const& description,
                                                        client_options options) {
    auto transport = make_beast_transport(options);
    return make_engine(description, std::move(options), std::move(transport));
}

}  // namespace ferry
