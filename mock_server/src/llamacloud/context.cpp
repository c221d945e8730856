// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/context.hpp"

namespace ferry::mock::llamacloud {

context::context(environment& with)
    : shared(with),
      decisions(with.options.llamacloud.decisions),
      store(with),
      access(with, store),
      urls(with.ids.letters(32), with.name_space),
      pages(with.ids.letters(32), decisions),
      view(with, store, urls) {}

void offer(api& to, context& in, std::string_view operation, behaviour run, guard before_validation) {
    auto const locked = [&in, run](call& current) {
        std::lock_guard const lock(in.store.mutex);
        return run(in, current);
    };
    to.bind(operation, {.behaviour = locked, .before_validation = std::move(before_validation)});
}

}  // namespace ferry::mock::llamacloud
