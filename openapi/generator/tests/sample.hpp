// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "tests/conformance.hpp"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ferry::gen {

/// Makes up values from schemas, the same ones every time.
class sampler {
public:
    enum class size {
        full,   ///< all members, as deep as is sensible
        small,  ///< required members only; null where it is allowed
    };
    explicit sampler(conformance const& judge) : judge_(judge), schemas_(judge.known()) {}

    /// A value that fits the schema; null where none can be made up, because the schema contains itself,
    /// contradicts itself or asks for what is not made up. \param branch which branch of a union at the top
    /// is wanted, counted from 0
    std::unique_ptr<node> make(node const& schema, size wanted, std::size_t branch = 0);
    /// A text that can stand in a URL or a header: no white space, no quotes.
    void keep_texts_plain(bool on) noexcept { plain_ = on; }

private:
    using node_ptr = std::unique_ptr<node>;

    node_ptr value(conjunction const& all, int depth);
    node_ptr composed(shape const& from, int depth);
    node_ptr listed(shape const& from) const;
    node_ptr chosen(shape const& from, int depth);
    node_ptr object(shape const& from, int depth);
    node_ptr list(shape const& from, int depth);
    node_ptr text(shape const& from) const;
    node_ptr number(shape const& from, bool whole) const;
    node_ptr anything() const;
    bool is_full(int depth) const;

    conformance const& judge_;
    schemas& schemas_;
    size wanted_ = size::full;
    bool plain_ = false;
    std::size_t branch_ = 0;
    std::size_t made_ = 0;
    std::set<conjunction> open_;  ///< schemas that are being followed
};

}  // namespace ferry::gen
