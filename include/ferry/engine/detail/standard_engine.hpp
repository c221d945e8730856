// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/engine.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/engine/detail/settings.hpp"

#include <memory>

namespace ferry::detail {

/// The engine of every client: a call_machine for each call over one transport.
class standard_engine final : public engine {
public:
    standard_engine(api const& description, client_options options,
                    std::shared_ptr<ferry::transport> transport)
        : settings_(resolve_settings(description, std::move(options))), transport_(std::move(transport)) {}

    FERRY_DECL result<void> run(call_state const& call, void const* body, call_output output) override;
    FERRY_DECL void start(call_state call, void const* body,
                          std::unique_ptr<async_completion> completion) override;
    FERRY_DECL result<request_preview> preview(call_state const& call, void const* body) override;

private:
    std::shared_ptr<settings> settings_;
    std::shared_ptr<ferry::transport> transport_;
};

}  // namespace ferry::detail
