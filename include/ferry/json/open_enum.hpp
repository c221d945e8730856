// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// Base of the generated enumerations: known values are cheap, and a value that the service invents later is
/// kept as text instead of failing or vanishing.
///
/// Values compare by their text, known or not, and have no order.
///
/// \par Lifetime
/// The texts of known values are constants of the program; others are owned by the object.
///
/// \par Thread safety
/// As `std::string`: an object that one thread changes must not be used by another.
///
/// \par Example
/// ```cpp
/// ferry::llamacloud::models::file_purpose purpose = "parse";     // or file_purpose::parse
/// if (purpose == ferry::llamacloud::models::file_purpose::parse) std::cout << "will be parsed\n";
/// if (auto const known = purpose.as_known()) {
///     switch (*known) { /* the values that this build knows */ }
/// } else {
///     std::cout << "a new one: " << purpose << '\n';
/// }
/// ```
///
/// \tparam Derived declares an unscoped `enum known : std::uint16_t` (so that `directory_type::user` reads
/// well), counting from 0, and `static constexpr std::string_view names[]` in the same order; at most 65535
template <class Derived>
class open_enum {
public:
    /// No value: an empty text, which no description knows.
    open_enum() = default;

    /// The text as on the wire. The view lives as long as this object is not changed.
    std::string_view text() const noexcept {
        return index_ == unknown ? std::string_view(text_) : Derived::names[index_];
    }
    /// A copy of text().
    std::string to_string() const { return std::string(text()); }
    /// Whether there is no value.
    bool empty() const noexcept { return text().empty(); }

    /// Whether this build of the client knows the value.
    bool is_known() const noexcept { return index_ != unknown; }
    /// The known value for a `switch`, or nothing where the value is unknown or there is none.
    /// \returns `std::optional<typename Derived::known>`
    auto as_known() const noexcept {
        using known_type = typename Derived::known;
        return is_known() ? std::optional<known_type>(static_cast<known_type>(index_)) : std::nullopt;
    }

    /// Whether both have the same text, known or not.
    friend bool operator==(open_enum const& a, open_enum const& b) noexcept { return a.text() == b.text(); }
    friend bool operator==(open_enum const& a, std::string_view b) noexcept { return a.text() == b; }
    friend bool operator==(open_enum const& a, char const* b) noexcept { return a.text() == b; }

protected:
    /// A known value. \param index below the number of names
    explicit open_enum(std::size_t index) noexcept : index_(static_cast<std::uint16_t>(index)) {}
    /// The known value of this name, or else the text; compared exactly, with case.
    explicit open_enum(std::string text) {
        for (std::size_t i = 0; i < std::size(Derived::names); ++i) {
            if (Derived::names[i] == text) {
                index_ = static_cast<std::uint16_t>(i);
                return;
            }
        }
        text_ = std::move(text);
    }

private:
    static constexpr std::uint16_t unknown = 0xffff;
    std::uint16_t index_ = unknown;
    std::string text_;
};

/// Writes the text as on the wire, nothing where there is no value. Needs `<ostream>`.
template <class Traits, class Derived>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& to,
                                             open_enum<Derived> const& value) {
    return to << value.text();
}

/// `file.purpose == file_purpose::parse`
template <class Derived>
bool operator==(open_enum<Derived> const& a, typename Derived::known b) noexcept {
    return a.as_known() == b;
}

}  // namespace ferry
