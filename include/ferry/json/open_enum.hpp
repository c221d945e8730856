// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ferry {

/// Base of the generated enumerations: known values are cheap, and a value that the service invents later is
/// kept as text instead of failing or vanishing.
///
/// `Derived` declares an unscoped `enum known : std::uint16_t` (so that `directory_type::user` reads well)
/// and `static constexpr std::string_view names[]` in the same order.
template <class Derived>
class open_enum {
public:
    /// The first known value.
    open_enum() = default;

    /// The text as on the wire. The view lives as long as this object is not changed.
    std::string_view text() const noexcept {
        return index_ == unknown ? std::string_view(text_) : Derived::names[index_];
    }
    std::string to_string() const { return std::string(text()); }

    /// Whether this build of the client knows the value.
    bool is_known() const noexcept { return index_ != unknown; }
    /// The known value for a `switch`, or nothing.
    auto as_known() const noexcept {
        using known_type = typename Derived::known;
        return is_known() ? std::optional<known_type>(static_cast<known_type>(index_)) : std::nullopt;
    }

    friend bool operator==(open_enum const& a, open_enum const& b) noexcept { return a.text() == b.text(); }
    friend bool operator==(open_enum const& a, std::string_view b) noexcept { return a.text() == b; }
    friend bool operator==(open_enum const& a, char const* b) noexcept { return a.text() == b; }

protected:
    explicit open_enum(std::size_t index) noexcept : index_(static_cast<std::uint16_t>(index)) {}
    explicit open_enum(std::string text) {
        for (std::size_t i = 0; i < std::size(Derived::names); ++i) {
            if (Derived::names[i] == text) {
                index_ = static_cast<std::uint16_t>(i);
                return;
            }
        }
        index_ = unknown;
        text_ = std::move(text);
    }

private:
    static constexpr std::uint16_t unknown = 0xffff;
    std::uint16_t index_ = 0;
    std::string text_;
};

/// `file.purpose == file_purpose::parse`
template <class Derived>
bool operator==(open_enum<Derived> const& a, typename Derived::known b) noexcept {
    return a.as_known() == b;
}

}  // namespace ferry
