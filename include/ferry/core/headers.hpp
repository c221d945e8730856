// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI {

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
