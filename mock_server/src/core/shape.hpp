// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What a schema asks of a value, in the terms in which the services' framework reads it.

#include "ferry/schema/rules.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::mock {

/// Which of the members of a shape count depends on it.
enum class kind : std::uint8_t {
    any,
    boolean,  ///< in query and form also true/false/1/0/yes/no/on/off/t/f/y/n
    integer,
    number,
    text,
    uuid,
    date_time,
    uri,
    binary,
    literal,  ///< one of `values`
    object,   ///< of `fields`
    list,     ///< of `item`
    map,      ///< text to `item`; a free-form object when `item` is null
    any_of,   ///< `arms`
};

/// A member of an object, or a part of a form.
struct field {
    std::string_view name;
    schema::rules const* type;  ///< not null
    bool required = false;
};

/// References and `allOf` looked through; "T or null" is T.
///
/// What the framework does not hold requests against is not in here.
struct shape {
    explicit shape(schema::rules const& of);

    mock::kind kind = kind::any;
    bool nullable = false;

    /// Inclusive bounds. Of an integer or number: its value; of a text: its characters; of a list: its items.
    std::optional<std::int64_t> minimum{};
    std::optional<std::int64_t> maximum{};

    std::vector<std::string_view> values{};
    schema::rules const* item = nullptr;
    std::vector<field> fields{};
    std::vector<schema::rules const*> arms{};

    [[nodiscard]] field const* find(std::string_view name) const noexcept;
};

/// What stands for a schema in the location of an error when it is an arm of a union: `str`, `int`, `float`,
/// `bool`, `list[str]`, `dict[str,any]`, or the name of the model.
/// \param levels of lists in lists that are told; a list may contain itself
[[nodiscard]] std::string arm_name(schema::rules const& of, int levels = 8);

}  // namespace ferry::mock
