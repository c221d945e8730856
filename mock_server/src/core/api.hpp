// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// One service's operations: reads the body, lets the guards decide in the order in which FastAPI runs them,
// validates, and calls the behaviour that was bound to the operation.

#include "core/call.hpp"
#include "core/deviations.hpp"
#include "core/responses.hpp"
#include "core/tables.hpp"

#include <functional>
#include <span>
#include <string_view>
#include <unordered_map>

namespace ferry::mock {

using guard = std::function<void(call&)>;

struct operation {
    std::function<http_response(call&)> behaviour;
    guard before_auth{};        ///< looks at path values that may be invalid
    guard before_validation{};  ///< runs when the path values are valid, even if the rest is not
    bool reads_body_itself = false;
};

class api {
public:
    /// `authenticate` runs for routes that are not open and throws http_error. `prepare` may rewrite values
    /// (query).
    api(std::span<route const> routes, guard authenticate, guard prepare = {});

    /// \throws std::logic_error when no route has that name
    void bind(std::string_view name, operation how);

    /// The answer, including 404, 405, 422 and the redirect to the path with the slash toggled.
    [[nodiscard]] http_response serve(exchange& on) const;
    [[nodiscard]] std::span<route const> routes() const noexcept { return routes_; }

    /// From now on, requests that the service accepts but the description does not have are refused (422) and
    /// noted there.
    void be_strict(deviation_log& log) { strict_ = &log; }

private:
    [[nodiscard]] http_response refuse_route(exchange const& on) const;
    [[nodiscard]] http_response run(call& current, operation const& how) const;
    static void read_body(call& current);
    void require_description(call const& current) const;

    std::span<route const> routes_;
    guard authenticate_;
    guard prepare_;
    std::unordered_map<route const*, operation> operations_;
    deviation_log* strict_ = nullptr;
};

}  // namespace ferry::mock
