// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/printable.hpp"
#include "ferry/core/error.hpp"

namespace ferry::inline FERRY_ABI {
namespace detail {

class kind_category final : public boost::system::error_category {
public:
    // The number is what makes it the same category in every shared library.
    kind_category() noexcept : error_category(0x8a3fb1c57e0d4662) {}
    char const* name() const noexcept override { return "ferry"; }
    std::string message(int value) const override {
        return std::string(to_string(static_cast<error_kind>(value)));
    }
};

}  // namespace detail

FERRY_DECL boost::system::error_category const& error_category() noexcept {
    static detail::kind_category const category;
    return category;
}

FERRY_DECL error::error(error_details details) {
    constexpr std::size_t most = 8192;
    details.message = detail::one_line(details.message, most);
    details_ = std::make_shared<error_details const>(std::move(details));
}

FERRY_DECL error_details const& error::details() const noexcept {
    static error_details const nothing;
    return details_ ? *details_ : nothing;
}

}  // namespace ferry
