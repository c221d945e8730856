// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <optional>
#include <stop_token>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// One stop token for two, a call's and its client's.
class linked_stop {
public:
    linked_stop(std::stop_token first, std::stop_token second) {
        if (!first.stop_possible() || !second.stop_possible()) {
            token_ = first.stop_possible() ? std::move(first) : std::move(second);
            return;
        }
        std::stop_source both;
        token_ = both.get_token();
        first_.emplace(std::move(first), forward{both});
        second_.emplace(std::move(second), forward{std::move(both)});
    }

    std::stop_token const& token() const noexcept { return token_; }

private:
    struct forward {
        std::stop_source to;
        void operator()() { to.request_stop(); }
    };

    std::stop_token token_;
    std::optional<std::stop_callback<forward>> first_;
    std::optional<std::stop_callback<forward>> second_;
};

}  // namespace ferry::detail
