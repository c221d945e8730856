// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/diagnostics.hpp"
#include "document/document.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What becomes of every keyword that a schema may have. What is in no row is warned about.

namespace ferry::gen {

enum class fate : std::uint8_t {
    kept,     ///< the C++ type or how it is sent says it
    checked,  ///< by validate()
    both,
    told,   ///< in the documentation, tests or help
    aside,  ///< says nothing about JSON values
    warned  ///< not read
};

/// `kept and checked`
std::string_view words_of(fate what);

struct known_keyword {
    std::string_view name;
    std::string_view from;  ///< what defines it: `2020-12`, `draft 4`, `OpenAPI 3.0`
    fate what = fate::aside;
    std::string_view remark = {};  ///< how, or what to use instead
};

/// In the order of their definitions.
std::span<known_keyword const> known_keywords();
/// The row of that name, or null.
known_keyword const* find_keyword(std::string_view name);

/// The words of the schemas that were read.
class keyword_count {
public:
    struct occurrences {
        std::size_t number = 0;
        node const* first = nullptr;
    };
    using counts = std::map<std::string, occurrences, std::less<>>;

    /// A member of a schema.
    void see(node const& word);
    /// A member whose value is not what the keyword has to have.
    void see_wrong(node const& word) { put(wrong_, word); }
    /// A member beside a reference that OpenAPI 3.0 gives no meaning there.
    void see_beside(node const& word);
    /// A pattern that cannot be matched.
    void see_unmatched(node const& pattern) { put(unmatched_, pattern); }

    /// All words but extensions.
    counts const& all() const noexcept { return all_; }
    /// Tells of what is not read: each word once, with its first place and how often it stands there.
    void tell(warnings& notes) const;

private:
    static void put(counts& to, node const& word);

    counts all_;
    counts wrong_;
    counts beside_;
    counts unmatched_;
};

}  // namespace ferry::gen
