// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// ferry/mock/langflow_options.hpp: the settings of the Langflow server that the mock plays.

namespace ferry::mock {

/// Langflow's settings, by the names of its environment variables.
struct langflow_options {
    /// LANGFLOW_AUTO_LOGIN: changes the wording of some refusals and opens `/api/v1/auto_login`.
    bool auto_login = false;
    /// LANGFLOW_SKIP_AUTH_AUTO_LOGIN: with auto_login, requests without credentials act as the superuser.
    bool skip_auth = false;
};

}  // namespace ferry::mock
