// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Faults that wait for their requests.

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../http/message.hpp"
#include "document.hpp"
#include "ferry/mock/fault.hpp"
#include "json.hpp"

namespace ferry::mock {

/// Thread-safe.
class fault_book {
public:
    /// Throws std::invalid_argument when the rule has no effect or could never fire.
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

/// Reads the JSON form of a rule. Throws document_error.
[[nodiscard]] fault fault_from_json(document source);

/// `{"fired": n, "faults": [{…, "fired": n, "left": n}]}`
[[nodiscard]] json::object to_json(fault_book const& book);
/// The rule's effects in short: `status 503, delay_ms 20`.
[[nodiscard]] std::string effects_of(fault const& rule);

/// What the rule does to a request: the whole answer (status), or nothing; and the rest of the effects on an
/// answer.
[[nodiscard]] std::optional<http_response> answer_of(fault const& rule);
void apply(fault const& rule, http_response& response);

}  // namespace ferry::mock
