// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/rules.hpp"
#include "ferry/json/type_desc.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// \file
/// Whether a model conforms to its schema, for those who ask: reading and sending never check it. Generated
/// clients bring the rules of their models in `<api>/validation.hpp`, which no other header includes.

namespace ferry::inline FERRY_ABI {

/// Where a value is not what its schema allows.
struct violation {
    std::string pointer;    ///< the value, as a JSON pointer (RFC 6901); empty: the whole value
    std::string_view rule;  ///< the keyword of JSON Schema or OpenAPI: `maxLength`
    std::string message;    ///< what is there and what is allowed: `has 90 characters, must have at most 80`

    /// All three in one line: `/name: has 90 characters, must have at most 80 (maxLength)`.
    FERRY_DECL std::string to_string() const;
};

namespace json {

/// The violations in a described value, in the order of its members. \param most stop after so many
[[nodiscard]] FERRY_DECL std::vector<violation> find_violations(type_desc const& type, void const* value,
                                                                rules const& allowed, std::size_t most);

// Whatever holds models.

template <class T>
concept constrained = requires { constrain<T>::get(); };

template <constrained T>
struct constrain<std::vector<T>> {
    static rules const& get() noexcept {
        static rules const all{.each = &constrain<T>::get()};
        return all;
    }
};

template <constrained T>
struct constrain<std::map<std::string, T>> {
    static rules const& get() noexcept {
        static rules const all{.each = &constrain<T>::get()};
        return all;
    }
};

template <constrained T>
struct constrain<std::optional<T>> : constrain<T> {};
template <constrained T>
struct constrain<nullable<T>> : constrain<T> {};
template <constrained T>
struct constrain<box<T>> : constrain<T> {};

/// A call with a typed body.
template <class T>
concept call_with_body = requires(T const& call) {
    requires std::is_object_v<std::remove_pointer_t<decltype(validated_body(call))>>;
};

}  // namespace json

/// Where the model does not conform to its schema; empty where it does.
///
/// Checked are the bounds of numbers (`minimum`, `maximum`, both exclusive forms, `multipleOf`, exactly in
/// decimals), of texts in code points (`minLength`, `maxLength`), lists (`minItems`, `maxItems`,
/// `uniqueItems`) and objects (`minProperties`, `maxProperties`, `required`); `pattern`, `enum`, `const`;
/// `format` where it is `date-time`, `date`, `uuid` or `int32`; unions whose value is none of the
/// alternatives or has the wrong discriminator; all that in members, lists, maps and unions, however deep.
/// Not checked is what is kept as JSON (`raw_json`), and what JSON cannot say, such as NaN: `to_json` tells.
///
/// \param model a generated class, or a list, map or optional of them, or a call with a typed body, whose
///     body is then checked. \param most the number of violations after which it stops
template <class T>
[[nodiscard]] std::vector<violation> validate(T const& model, std::size_t most = 100) {
    if constexpr (json::call_with_body<T>) {
        auto const* const body = validated_body(model);
        return body ? validate(*body, most) : std::vector<violation>();
    } else {
        static_assert(json::constrained<T>,
                      "validate() takes generated models: include <api>/validation.hpp of their client");
        return json::find_violations(json::describe<T>::get(), &model, json::constrain<T>::get(), most);
    }
}

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/json/impl/validation.ipp"
#endif
