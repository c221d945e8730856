// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry {

namespace detail {

/// ASCII lower case: field names compare this way in every locale (RFC 9110, section 5.1).
constexpr char ascii_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

constexpr bool iequals(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (ascii_lower(a[i]) != ascii_lower(b[i])) return false;
    return true;
}

/// Whether `text` is a token (RFC 9110, section 5.6.2), as names of header fields and methods are.
constexpr bool is_token(std::string_view text) noexcept {
    constexpr std::string_view marks = "!#$%&'*+.^_`|~";
    for (char const c : text) {
        bool const usual =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || (c >= '0' && c <= '9');
        if (!usual && marks.find(c) == std::string_view::npos) return false;
    }
    return !text.empty();
}

/// Whether `text` would end the header line that it is put into.
constexpr bool has_line_break(std::string_view text) noexcept {
    for (char const c : text)
        if (c == '\r' || c == '\n' || c == '\0') return true;
    return false;
}

}  // namespace detail

/// The header fields of a request or response, in wire order, duplicates kept (RFC 9110, section 5).
/// Names compare without regard to case. Not synchronised: share between threads only for reading.
class header_fields {
public:
    using value_type = std::pair<std::string, std::string>;
    using const_iterator = std::vector<value_type>::const_iterator;

    header_fields() = default;

    /// The first value of `name`, or nothing. The view lives as long as this object is not changed.
    std::optional<std::string_view> find(std::string_view name) const {
        for (auto const& [key, value] : fields_)
            if (detail::iequals(key, name)) return std::string_view(value);
        return std::nullopt;
    }
    bool contains(std::string_view name) const { return find(name).has_value(); }

    /// Adds a field and keeps earlier ones of the same name.
    void add(std::string name, std::string value) {
        if (fields_.empty()) fields_.reserve(8);
        fields_.emplace_back(std::move(name), std::move(value));
    }
    /// Replaces all fields of that name.
    void set(std::string name, std::string value) {
        erase(name);
        add(std::move(name), std::move(value));
    }
    /// Removes all fields of that name.
    void erase(std::string_view name) {
        std::erase_if(fields_, [&](value_type const& field) { return detail::iequals(field.first, name); });
    }
    void clear() noexcept { fields_.clear(); }

    const_iterator begin() const noexcept { return fields_.begin(); }
    const_iterator end() const noexcept { return fields_.end(); }
    std::size_t size() const noexcept { return fields_.size(); }
    bool empty() const noexcept { return fields_.empty(); }

    /// Whether the fields are the same, in the same order; names compare exactly here.
    friend bool operator==(header_fields const&, header_fields const&) = default;

private:
    std::vector<value_type> fields_;
};

}  // namespace ferry
