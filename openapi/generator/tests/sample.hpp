// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "tests/conformance.hpp"

#include <memory>
#include <set>

namespace ferry::gen {

/// Makes up values from schemas, the same ones every time.
class sampler {
public:
    enum class size {
        full,   ///< all members, as deep as is sensible
        small,  ///< required members only; null where it is allowed
    };
    explicit sampler(conformance const& rules) : rules_(rules) {}

    /// A value that fits the schema; null where none can be made up, because the schema contains itself or
    /// contradicts itself. \param branch which branch of a union at the top is wanted, counted from 0
    std::unique_ptr<node> make(node const& schema, size wanted, std::size_t branch = 0);
    /// A text that can stand in a URL or a header: no white space, no quotes.
    void keep_texts_plain(bool on) noexcept { plain_ = on; }

private:
    std::unique_ptr<node> value(node const& schema, int depth);
    std::unique_ptr<node> composed(node const& schema, int depth);
    std::unique_ptr<node> object(node const& schema, int depth);
    std::unique_ptr<node> list(node const& schema, int depth);
    std::unique_ptr<node> text(node const& schema) const;
    std::unique_ptr<node> number(node const& schema, bool whole) const;
    std::unique_ptr<node> anything() const;
    bool add_choice(node& to, conformance::choice const& from, int depth);
    std::unique_ptr<node> choose(conformance::choice const& from, int depth);
    void add_tag(node& to, conformance::choice const& from, node const& branch) const;
    bool add_members(node& to, conformance::members const& view, int depth);
    bool is_full(int depth) const;

    conformance const& rules_;
    size wanted_ = size::full;
    bool plain_ = false;
    std::size_t branch_ = 0;
    std::size_t made_ = 0;
    std::set<node const*> open_;  ///< schemas that are being followed
};

}  // namespace ferry::gen
