// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Everything behind the socket: finds the namespace of a request, then its control surface, its faults or its
// services, and writes down what happened.

#include "core/exchange_log.hpp"
#include "http/backend.hpp"
#include "world.hpp"

namespace ferry::mock {

class application final : public request_handler {
public:
    explicit application(std::shared_ptr<world_map> worlds)
        : worlds_(std::move(worlds)), exchanges_(worlds_->options().exchanges) {}

    [[nodiscard]] body_limit limit_for(http_request const& head) const override;
    [[nodiscard]] http_response handle(http_request& request) override;

private:
    [[nodiscard]] http_response exchange(world& home, http_request& request);
    [[nodiscard]] http_response meet(world& home, http_request& request, std::optional<fault> const& rule);
    [[nodiscard]] http_response serve(world& home, http_request& request);
    [[nodiscard]] http_response checked(world& home, http_request const& request, http_response response);
    void record(world& home, http_request& request, http_response const& response, journal_entry entry);

    std::shared_ptr<world_map> worlds_;
    exchange_log exchanges_;
};

}  // namespace ferry::mock
