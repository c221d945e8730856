// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/context.hpp"

namespace ferry::mock::langflow {
namespace {

constexpr std::uint64_t default_limit_mb = 1024;

std::string token_secret(environment& shared) {
    std::string const& chosen = shared.options.langflow.secret_key;
    return chosen.empty() ? shared.ids.letters(43) : chosen;
}

}  // namespace

context::context(environment& with)
    : shared(with),
      options(with.options.langflow),
      conventions(conventions_of(with.options.profile)),
      store(with),
      access(with, store, token_secret(with)) {}

std::uint64_t context::limit_mb() const {
    return shared.options.max_upload_mb.value_or(default_limit_mb);
}

void offer(api& to, context& in, std::string_view operation, behaviour run, guard before_validation,
           guard before_auth) {
    to.bind(operation, {.behaviour = [&in, run](call& current) { return run(in, current); },
                        .before_auth = std::move(before_auth),
                        .before_validation = std::move(before_validation)});
}

}  // namespace ferry::mock::langflow
