// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <compare>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// A JSON value kept as text: what a description leaves open, and what a later version of a service adds to a
/// union.
///
/// What was read is kept without insignificant white space; members stay in their order, duplicates included,
/// and numbers keep every digit. Strings keep their characters, not their escapes (`"\u00e9"` comes back as
/// `"é"`).
class raw_json {
public:
    /// The value `null`.
    raw_json() : text_("null") {}

    /// \param text one complete JSON value in UTF-8. It is sent as it is and not looked at: text that is not
    /// JSON makes
    ///     a request body that is not JSON. `ferry::json::decode` into a `raw_json` checks text from outside.
    explicit raw_json(std::string text) noexcept : text_(std::move(text)) {}

    /// The JSON text. The view lives as long as this object is not changed.
    std::string const& text() const& noexcept { return text_; }
    std::string text() && noexcept { return std::move(text_); }

    bool is_null() const noexcept { return first() == 'n'; }
    bool is_boolean() const noexcept { return first() == 't' || first() == 'f'; }
    bool is_number() const noexcept { return first() == '-' || (first() >= '0' && first() <= '9'); }
    bool is_string() const noexcept { return first() == '"'; }
    bool is_array() const noexcept { return first() == '['; }
    bool is_object() const noexcept { return first() == '{'; }

    /// Compares the text: `1` and `1.0` differ. The order has no meaning but makes unions comparable.
    friend bool operator==(raw_json const&, raw_json const&) = default;
    friend std::strong_ordering operator<=>(raw_json const&, raw_json const&) = default;

private:
    char first() const noexcept {
        auto const at = text_.find_first_not_of(" \t\r\n");
        return at == std::string::npos ? '\0' : text_[at];
    }

    std::string text_;
};

}  // namespace ferry
