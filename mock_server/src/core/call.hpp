// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// A request on its way to the behaviour that is bound to its operation.

#include "core/exchange.hpp"
#include "core/json.hpp"
#include "core/validate.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::mock {

/// Values are validated before the behaviour sees them; guards may see others.
class call {
public:
    /// \pre a route takes the request
    explicit call(exchange& exchange);

    exchange& on;
    http_request const& request;
    route const& target;
    request_values values;

    /// A path parameter; UUIDs in their canonical spelling.
    [[nodiscard]] std::string path(std::string_view name) const;
    /// Query parameters: absent stays absent, text is as sent.
    [[nodiscard]] std::optional<std::string> query(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> query_list(std::string_view name) const;
    [[nodiscard]] bool query_flag(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> query_integer(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> query_time(std::string_view name) const;

    /// The JSON body as an object; empty when there was none.
    [[nodiscard]] json::object const& body() const;
    /// The part that counts, nullptr when it is absent or an empty plain field.
    [[nodiscard]] form_part const* part(std::string_view name) const { return find_part(values.form, name); }
    [[nodiscard]] std::optional<std::string> part_text(std::string_view name) const;
};

}  // namespace ferry::mock
