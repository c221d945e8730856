// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Everything behind the socket: finds the namespace of a request, then its control surface, its faults or its
// services.

#include "http/backend.hpp"
#include "world.hpp"

namespace ferry::mock {

class application final : public request_handler {
public:
    explicit application(server_options const& options) : worlds(options) {}

    [[nodiscard]] body_limit limit_for(http_request const& head) const override;
    [[nodiscard]] http_response handle(http_request& request) override;

    world_map worlds;

private:
    [[nodiscard]] http_response serve(world& home, http_request& request);

    // admin.cpp
    [[nodiscard]] http_response administer(world& home, http_request const& request);
};

}  // namespace ferry::mock
