// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <optional>
#include <string>

namespace ferry::cli {

/// The project and organization of LlamaCloud that calls work in; the key's own where nothing is said.
struct cloud_scope {
    std::optional<std::string> project_id;
    std::optional<std::string> organization_id;

    /// The call, in them.
    template <class Call>
    Call operator()(Call call) const {
        if (project_id) call.project_id(*project_id);
        if (organization_id) call.organization_id(*organization_id);
        return call;
    }
};

}  // namespace ferry::cli
