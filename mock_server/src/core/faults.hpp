// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Faults that wait for their requests.

#include "core/budget.hpp"
#include "core/document.hpp"
#include "core/json.hpp"
#include "ferry/mock/fault.hpp"
#include "http/delivery.hpp"
#include "http/message.hpp"

#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ferry::mock {

/// Rules, and how many requests the book's rules have hit.
struct fault_list {
    std::uint64_t fired = 0;
    std::vector<fault_report> reports{};
};

/// Thread-safe.
class fault_book {
public:
    static constexpr std::size_t most_waiting = 10'000;
    static constexpr std::size_t most_spent = 1000;  ///< then the one that was spent first is forgotten

    /// Draws the memory that its rules take from that.
    explicit fault_book(std::shared_ptr<budget> memory) : memory_(std::move(memory)) {}
    ~fault_book() { clear(); }
    fault_book(fault_book const&) = delete;
    fault_book& operator=(fault_book const&) = delete;

    /// All of them or none.
    /// \returns them
    /// \throws std::invalid_argument when a rule has no effect or could never fire, or there are too many
    fault_list add(std::vector<fault> rules);
    /// The first unspent rule that fits; counts it as fired. `identity` is asked for the name of the caller,
    /// only where a rule depends on it.
    [[nodiscard]] std::optional<fault> take(http_request const& request,
                                            std::function<std::string()> const& identity);
    void clear();

    [[nodiscard]] std::uint64_t fired() const;
    /// The spent ones, too; in order of addition.
    [[nodiscard]] fault_list list() const;

private:
    using reports = std::list<fault_report>;

    void forget_spent(std::size_t beyond);  // the lock is held

    std::shared_ptr<budget> const memory_;
    mutable std::mutex mutex_;
    reports reports_;
    std::deque<reports::iterator> spent_;  ///< in the order in which they were
    std::uint64_t fired_ = 0;
};

/// Reads the JSON form of a rule.
/// \throws document_error
[[nodiscard]] fault fault_from_json(document source);

/// `{"fired": n, "faults": [{…, "fired": n, "left": n}]}`
[[nodiscard]] json::object to_json(fault_list const& faults);
/// The rule's effects in short: `status 503, delay_ms 20`.
[[nodiscard]] std::string effects_of(fault const& rule);

/// The answer that the rule gives in place of the service (status); nothing when it gives none.
[[nodiscard]] std::optional<http_response> answer_of(fault const& rule);
/// How an answer travels under the rule.
[[nodiscard]] delivery delivery_of(fault const& rule);

}  // namespace ferry::mock
