// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Faults that wait for their requests.

#include "core/document.hpp"
#include "core/json.hpp"
#include "ferry/mock/fault.hpp"
#include "http/delivery.hpp"
#include "http/message.hpp"

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ferry::mock {

/// Thread-safe.
class fault_book {
public:
    /// \throws std::invalid_argument when the rule has no effect or could never fire
    void add(fault rule);
    /// The first unspent rule that fits; counts it as fired. `identity` is asked for the name of the caller,
    /// only where a rule depends on it.
    [[nodiscard]] std::optional<fault> take(http_request const& request,
                                            std::function<std::string()> const& identity);
    void clear();

    [[nodiscard]] std::uint64_t fired() const;
    /// The spent ones, too.
    [[nodiscard]] std::vector<fault_report> list() const;

private:
    mutable std::mutex mutex_;
    std::deque<fault_report> reports_;
    std::uint64_t fired_ = 0;
};

/// Reads the JSON form of a rule.
/// \throws document_error
[[nodiscard]] fault fault_from_json(document source);

/// `{"fired": n, "faults": [{…, "fired": n, "left": n}]}`
[[nodiscard]] json::object to_json(fault_book const& book);
/// The rule's effects in short: `status 503, delay_ms 20`.
[[nodiscard]] std::string effects_of(fault const& rule);

/// The answer that the rule gives in place of the service (status); nothing when it gives none.
[[nodiscard]] std::optional<http_response> answer_of(fault const& rule);
/// How an answer travels under the rule.
[[nodiscard]] delivery delivery_of(fault const& rule);

}  // namespace ferry::mock
