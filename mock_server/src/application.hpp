// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Everything behind the socket: both services, the control surface, and the faults in front of them.

#include "core/environment.hpp"
#include "core/faults.hpp"
#include "http/backend.hpp"
#include "langflow/service.hpp"
#include "llamacloud/service.hpp"

namespace ferry::mock {

class application final : public request_handler {
public:
    explicit application(server_options options);

    [[nodiscard]] body_limit limit_for(http_request const& head) const override;
    [[nodiscard]] http_response handle(http_request const& request) override;

    void reset();

    environment shared;
    fault_book faults;

private:
    [[nodiscard]] http_response serve(http_request const& request);

    // admin.cpp
    [[nodiscard]] http_response administer(http_request const& request);
    [[nodiscard]] http_response add_faults(http_request const& request);

    llamacloud::service llamacloud_;
    langflow::service langflow_;
};

}  // namespace ferry::mock
