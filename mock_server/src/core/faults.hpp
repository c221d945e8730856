// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Faults that wait for their requests.

#include <deque>
#include <mutex>
#include <optional>
#include <string_view>

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
    /// The first unspent rule that fits; counts it as fired.
    [[nodiscard]] std::optional<fault> take(std::string_view method, std::string_view path);
    void clear();

    [[nodiscard]] std::uint64_t fired() const;
    /// `{"fired": n, "faults": [{…, "fired": n, "left": n}]}`; spent rules stay listed until cleared.
    [[nodiscard]] json::object describe() const;

private:
    struct entry {
        fault rule;
        std::uint64_t fired = 0;
    };

    mutable std::mutex mutex_;
    std::deque<entry> entries_;
    std::uint64_t fired_ = 0;
};

/// Reads the JSON form of a rule. Throws document_error.
[[nodiscard]] fault fault_from_json(document source);

/// What the rule does to a request: the whole answer (status), or nothing; and the rest of the effects on an
/// answer.
[[nodiscard]] std::optional<http_response> answer_of(fault const& rule);
void apply(fault const& rule, http_response& response);

/// Whether `text` fits `pattern`, in which `*` stands for any run of characters.
[[nodiscard]] bool fits(std::string_view pattern, std::string_view text) noexcept;

}  // namespace ferry::mock
