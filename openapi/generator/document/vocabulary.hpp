// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// \file
/// The words of OpenAPI 3.0 to 3.2 and JSON Schema 2020-12 by the object that they stand in, and those of
/// ours.

namespace ferry::gen {

enum class object_kind : std::uint8_t {
    values,  ///< is not looked into: examples, constants, extensions of others
    document,
    info,
    contact,
    license,
    server,
    variable,
    components,
    path,
    operation,
    callback,
    parameter,  ///< or header
    body,
    media,
    encoding,
    example,
    response,
    tag,
    security_scheme,
    discriminator,
    schema,
    ferry_client,
    ferry_paging,
    ferry_download,
};

/// How objects are held by a member.
enum class holding : std::uint8_t {
    one,     ///< or each of a list
    by_name  ///< a map of them
};

struct word {
    std::string_view name;
    object_kind kind = object_kind::values;
    holding how = holding::one;
    std::string_view unused = {};  ///< what becomes of it, where nothing is made of it
};

/// The word, or null where it is not known in such objects.
word const* find_word(object_kind in, std::string_view name);
/// The known word that was probably meant: one or two letters away, or in other letters; empty where none is.
std::string_view nearest_word(object_kind in, std::string_view name);
/// The objects that know an extension of ours: `an operation`; empty where none does.
std::string holders_of(std::string_view extension);
/// The objects within `in` that know a word which `in` does not: Swagger 2.0 has them in one. Empty where
/// none does.
std::string holders_of_word(object_kind in, std::string_view name);

}  // namespace ferry::gen
