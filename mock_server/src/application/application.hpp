// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Everything behind the socket: finds the namespace of a request, then its control surface, its faults or its
// services, and writes down what happened.

#include "application/name_spaces.hpp"
#include "core/exchange_log.hpp"
#include "http/backend.hpp"

#include <memory>
#include <optional>

namespace ferry::mock {

class application final : public request_handler {
public:
    explicit application(std::shared_ptr<name_spaces> all)
        : all_(std::move(all)), answers_(all_->options().exchanges) {}

    [[nodiscard]] body_limit limit_for(http_request const& head) const override;
    [[nodiscard]] reply handle(http_request& request) override;

private:
    [[nodiscard]] std::string_view namespace_of(http_request const& request) const;
    [[nodiscard]] reply answer(name_space_contents& home, http_request& request);
    [[nodiscard]] reply meet(name_space_contents& home, exchange& on, std::optional<fault> const& rule);
    [[nodiscard]] http_response serve(name_space_contents& home, exchange& on);
    void record(name_space_contents& home, http_request& request, exchange& on, http_response const& response,
                journal_entry entry);

    std::shared_ptr<name_spaces> all_;
    exchange_log answers_;
};

}  // namespace ferry::mock
