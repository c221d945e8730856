// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// ferry/mock/llamacloud_options.hpp: how the mock decides what LlamaCloud's documentation leaves open.

namespace ferry::mock {

/// LlamaCloud as this server plays it.
struct llamacloud_options {
    /// LlamaCloud declares `purpose` as free text but documents seven values; true refuses others with 422.
    bool strict_purpose = true;
};

}  // namespace ferry::mock
