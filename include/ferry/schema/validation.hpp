// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/box.hpp"
#include "ferry/json/nullable.hpp"
#include "ferry/json/type_desc.hpp"
#include "ferry/schema/rules.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// \file
/// Whether a model conforms to its schema, for those who ask: reading and sending never check it. Generated
/// clients bring the rules of their models in `ferry/<api>/validation.hpp`, which no other header includes:
/// include that one. A program with FERRY_SEPARATE_COMPILATION also includes `ferry/src_validation.hpp` in
/// one source file.

namespace ferry::inline FERRY_ABI {

/// Where a value is not what its schema allows.
///
/// \par Lifetime
/// Owns its texts, but for `rule`, which is a constant of the program.
///
/// \par Errors
/// Messages are for people and may change. They quote numbers, and up to 60 bytes of a text that breaks
/// `enum`, `format` or `discriminator`; never one that breaks `pattern`, `const` or a length: it may be a
/// password.
struct violation {
    std::string pointer;    ///< the value, as a JSON pointer (RFC 6901); empty: the whole value
    std::string_view rule;  ///< the keyword of JSON Schema or OpenAPI: `maxLength`
    std::string message;    ///< what is there and what is allowed: `has 90 characters, must have at most 80`

    /// All three in one line: `/name: has 90 characters, must have at most 80 (maxLength)`.
    FERRY_DECL std::string to_string() const;
};

namespace schema {

/// The violations in a described value. What `ferry::validate` calls.
/// \param type the table of the value's type
/// \param value points to exactly that type
/// \param allowed the rules of that type
/// \param most stop after so many; 0: nothing is looked at
[[nodiscard]] FERRY_DECL std::vector<violation> find_violations(json::type_desc const& type,
                                                                void const* value, rules const& allowed,
                                                                std::size_t most);

/// A type with rules: a generated model whose `validation.hpp` is included, or what holds such models.
template <class T>
concept constrained = requires { constrain<T>::get(); };

/// Each item is checked by the rules of its type.
template <constrained T>
struct constrain<std::vector<T>> {
    static rules const& get() noexcept {
        static rule const each(keyword::items, &constrain<T>::get());
        static rules const all{{&each, 1}};
        return all;
    }
};

/// Each value is checked by the rules of its type; names are not.
template <constrained T>
struct constrain<std::map<std::string, T>> {
    static rules const& get() noexcept {
        static rule const each(keyword::additional_properties, &constrain<T>::get());
        static rules const all{{&each, 1}};
        return all;
    }
};

/// What is absent or null breaks no rule.
template <constrained T>
struct constrain<std::optional<T>> {
    static rules const& get() noexcept {
        static rule const either[] = {{keyword::nullable}, {keyword::reference, &constrain<T>::get()}};
        static rules const all{either};
        return all;
    }
};
template <constrained T>
struct constrain<nullable<T>> : constrain<std::optional<T>> {};
template <constrained T>
struct constrain<box<T>> : constrain<T> {};

/// A call with a typed body, as the builders of generated clients are.
template <class T>
concept call_with_body = requires(T const& call) {
    requires std::is_object_v<std::remove_pointer_t<decltype(validated_body(call))>>;
};

}  // namespace schema

/// Where the model does not conform to its schema; empty where it does.
///
/// Checked is the JSON that the model would be sent as, with what is kept as JSON (`raw_json`) in it: types,
/// the bounds of numbers (exactly, in decimals), of texts in code points, of lists and objects; `pattern`,
/// `enum`, `const`; `format` where it is `date-time`, `date`, `uuid` or one of 32 and 64 bits; `required` and
/// all else that is asked of members, items and their names; `allOf`, `anyOf`, `oneOf`, `not`, `if`; all that
/// however deep. Required members that only one side sends (`readOnly`, `writeOnly`) may be missing. The
/// keyword table in `openapi/README.md` lists them. Not checked is a `pattern` that ferry's regular
/// expressions cannot say; the generator warned about it.
///
/// \par Errors
/// None: what does not conform is in the list. So is what JSON cannot say, such as NaN, and a `pattern` that
/// takes too long to match.
///
/// \par Thread safety
/// The model is only read; may be called from several threads at once.
///
/// \par Example
/// ```cpp
/// #include <ferry/llamacloud.hpp>
/// #include <ferry/llamacloud/validation.hpp>
///
/// ferry::llamacloud::models::directory_update update;
/// update.name = "";
/// for (auto const& found : ferry::validate(update)) std::cerr << found.to_string() << '\n';
/// ```
///
/// \par Source
/// JSON Schema, Validation (draft 2020-12), section 6, and OpenAPI 3.1, section Discriminator Object.
///
/// \param model a generated class, or a list, map or optional of them, or a call with a typed body, whose
/// body is then checked; a call whose body was not set has no violations
/// \param most the number of violations after which it stops
/// \returns the violations in the order of the members
/// \throws std::bad_alloc where memory runs out
template <class T>
[[nodiscard]] std::vector<violation> validate(T const& model, std::size_t most = 100) {
    if constexpr (schema::call_with_body<T>) {
        auto const* const body = validated_body(model);
        return body ? validate(*body, most) : std::vector<violation>();
    } else {
        static_assert(schema::constrained<T>,
                      "validate() takes generated models: include <api>/validation.hpp of their client");
        return schema::find_violations(json::describe<T>::get(), &model, schema::constrain<T>::get(), most);
    }
}

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/schema/impl/validation.ipp"
#endif
