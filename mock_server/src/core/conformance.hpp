// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Holds JSON against a schema as the description reads, to the letter: no text in place of a number, no
// members that nobody declared; ferry/schema/check.hpp does it. (validate.hpp is the opposite: as lenient as
// the services are.)

#include "core/json.hpp"
#include "core/tables.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ferry::mock {

/// One way in which a message is not what the description says.
struct finding {
    std::string type;   ///< in the words of the services' framework: `extra_forbidden`, `int_type`
    json::array where;  ///< the way to the value: `["body", "items", 0, "id"]`
    std::string message;
    json::value input;
    std::string rule;  ///< JSON pointer into the description
};

/// Of more the first ones are told: a body of a few MiB can hold millions of mistakes, each of them a hundred
/// times as long as what is wrong.
inline constexpr std::size_t most_issues = 1000;

/// Whose message is checked.
enum class sender {
    client,   ///< of an open enum (one of some texts, or any text) the known texts; no `readOnly` members
    service,  ///< of an open enum any text, as the description says; no `writeOnly` members
};

/// \param where the way to `input` \param rule JSON pointer to `type` in the description
[[nodiscard]] std::vector<finding> conform(schema::rules const& type, json::value const& input,
                                           json::array const& where, std::string_view rule, sender by);

/// Whether the route comes from a description; a service may have others, which say nothing of answers.
[[nodiscard]] inline bool is_described(route const& target) noexcept {
    return !target.answers.empty();
}
/// `#/paths/~1health/get`
[[nodiscard]] std::string description_pointer(route const& operation);

}  // namespace ferry::mock
