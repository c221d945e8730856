// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/call.hpp"

namespace ferry::inline FERRY_ABI {

FERRY_DECL unlisted_call::unlisted_call(std::shared_ptr<engine> engine, std::string method, std::string path)
    : download_call(std::move(engine), {}) {
    state_.unlisted = std::make_shared<detail::unlisted_operation const>(
        detail::unlisted_operation{std::move(method), std::move(path), {}, {}});
}

FERRY_DECL unlisted_call& unlisted_call::content(std::string bytes, std::string content_type) & {
    auto changed = *state_.unlisted;  // copies of this call share it
    changed.content = std::move(bytes);
    changed.content_type = std::move(content_type);
    state_.unlisted = std::make_shared<detail::unlisted_operation const>(std::move(changed));
    return *this;
}

}  // namespace ferry
