// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/schema/rules.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ferry::inline FERRY_ABI::schema::detail {

/// The members or items, by index, that some keyword has looked at: `unevaluated…` asks for the others.
class evaluated {
public:
    rules const* declares =
        nullptr;                ///< of closed objects the first schema that says which members there are
    std::string declared_at{};  ///< its place

    void add(std::size_t index) {
        if (index < few) {
            first_ |= std::uint64_t{1} << index;
            return;
        }
        if (rest_.size() <= index - few) rest_.resize(index - few + 1);
        rest_[index - few] = true;
    }
    void add(evaluated const& other) {
        if (declares == nullptr) {
            declares = other.declares;
            declared_at = other.declared_at;
        }
        first_ |= other.first_;
        if (rest_.size() < other.rest_.size()) rest_.resize(other.rest_.size());
        for (std::size_t i = 0; i < other.rest_.size(); ++i)
            if (other.rest_[i]) rest_[i] = true;
    }
    /// Only what both have.
    void keep(evaluated const& other) {
        first_ &= other.first_;
        for (std::size_t i = 0; i < rest_.size(); ++i)
            if (!other.has(i + few)) rest_[i] = false;
    }
    bool has(std::size_t index) const {
        if (index < few) return (first_ >> index & 1U) != 0;
        return index - few < rest_.size() && rest_[index - few];
    }

private:
    static constexpr std::size_t few = 64;  // most objects have no more members

    std::uint64_t first_ = 0;
    std::vector<bool> rest_{};
};

}  // namespace ferry::schema::detail
