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
/// `"é"`), and what is not JSON is mended: see json::reader.
///
/// \par Errors
/// None: text is neither checked nor changed. A text that is not JSON makes a request body that is not JSON.
/// Text from outside is checked by reading it with `from_json<ferry::raw_json>(text, {.strict = true})`
/// (`ferry/json.hpp`).
///
/// \par Thread safety
/// As `std::string`: an object that one thread changes must not be used by another.
///
/// \par Example
/// ```cpp
/// ferry::raw_json const settings(R"({"depth":2})");
/// if (settings.is_object()) {
///     auto const parsed = boost::json::parse(settings.text());   // or any other JSON library
///     std::cout << parsed.at("depth") << '\n';
/// }
/// ```
class raw_json {
public:
    /// The value `null`.
    raw_json() : text_("null") {}

    /// \param text one complete JSON value in UTF-8, sent as it is. An empty text is sent as `null`
    explicit raw_json(std::string text) noexcept : text_(std::move(text)) {}

    /// The JSON text. The reference lives as long as this object.
    std::string const& text() const& noexcept { return text_; }
    /// The JSON text of an object that is not needed any more, without a copy.
    std::string text() && noexcept { return std::move(text_); }

    // Each tells by the first character that is no white space, and is true of that kind of value only where
    // the text is JSON.

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
