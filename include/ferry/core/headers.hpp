// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI {

/// The header fields of a request or response, in wire order, duplicates kept.
///
/// A range of pairs of name and value. Names compare without regard to case; how they were written is kept.
/// Nothing is checked here: what must not be sent is refused when a call is made.
///
/// \par Thread safety
/// Not synchronised: share between threads only for reading.
///
/// \par Example
/// ```cpp
/// ferry::client_options options;
/// options.headers.set("X-Team", "invoices");
/// ```
///
/// \par Source
/// RFC 9110, section 5.
class header_fields {
public:
    /// Name and value.
    using value_type = std::pair<std::string, std::string>;
    using const_iterator = std::vector<value_type>::const_iterator;

    header_fields() = default;

    /// The first value of `name`, or nothing.
    ///
    /// \par Lifetime
    /// The view lives as long as this object is not changed.
    FERRY_DECL std::optional<std::string_view> find(std::string_view name) const;
    bool contains(std::string_view name) const { return find(name).has_value(); }

    /// Adds a field at the end and keeps earlier ones of the same name.
    FERRY_DECL void add(std::string name, std::string value);
    /// Replaces all fields of that name by one, at the end.
    FERRY_DECL void set(std::string name, std::string value);
    /// Removes all fields of that name.
    FERRY_DECL void erase(std::string_view name);
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

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/core/impl/headers.ipp"
#endif
