// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/result.hpp"
#include "ferry/testing/model_text.hpp"

#if __has_include(<catch2/catch_tostring.hpp>)
#include <catch2/catch_tostring.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <string>
#include <type_traits>

/// \file
/// Has Catch2, version 2 or 3, show models as JSON in what it says about failures: `REQUIRE(result)`,
/// `CHECK(*result == expected)`. Results, errors, enumerations and timestamps it shows without this header.
///
/// Include it in all source files of a test program, or in none: Catch2's templates would mean different
/// things in different files. Models also need their tables, from `ferry/<api>.hpp` or
/// `ferry/<api>/description.hpp`.
///
/// \par Example
/// ```cpp
/// #include <catch2/catch_test_macros.hpp>  // Catch2 2: catch2/catch.hpp
/// #include <ferry/llamacloud.hpp>
/// #include <ferry/testing/catch2.hpp>
///
/// TEST_CASE("a file has a name") {
///     auto const file = cloud.files.get(id).send();
///     REQUIRE(file);                  // where it fails: timeout: files.get: GET https://…
///     CHECK(*file == expected_file);  // where it fails: {"id":"1",…} == {"id":"2",…}
/// }
/// ```

/// A model: its JSON, see ferry::testing::to_text().
template <ferry::testing::model T>
struct Catch::StringMaker<T> {
    static std::string convert(T const& value) { return ferry::testing::to_text(value); }
};

/// A result: its error, or its value as Catch2 shows that.
template <class T>
struct Catch::StringMaker<ferry::result<T>> {
    static std::string convert(ferry::result<T> const& outcome) {
        if (!outcome) return ::Catch::Detail::stringify(outcome.error());
        if constexpr (std::is_void_v<T>)
            return "a value";
        else
            return ::Catch::Detail::stringify(*outcome);
    }
};
