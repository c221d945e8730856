// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/result.hpp"
#include "ferry/testing/model_text.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <type_traits>

/// \file
/// Has GoogleTest show the error where `EXPECT_TRUE(result)` fails, and models as JSON.
///
/// Include it in all source files of a test program, or in none: GoogleTest's templates would mean different
/// things in different files. Models also need their tables, from `ferry/<api>.hpp` or
/// `ferry/<api>/description.hpp`.
///
/// \par Example
/// ```cpp
/// #include <ferry/llamacloud.hpp>
/// #include <ferry/testing/gtest.hpp>
/// #include <gtest/gtest.h>
///
/// TEST(Files, HaveNames) {
///     auto const file = cloud.files.get(id).send();
///     ASSERT_TRUE(file);               // where it fails: timeout: files.get: GET https://…
///     EXPECT_EQ(*file, expected_file); // where it fails: both as JSON
/// }
/// ```

/// Lets a result be the argument of `EXPECT_TRUE` and its kin.
template <>
inline constexpr bool ferry::detail::is_assertion_result<::testing::AssertionResult> = true;

/// A model: its JSON, see ferry::testing::to_text().
template <ferry::testing::model T>
class testing::internal::UniversalPrinter<T> {
public:
    static void Print(T const& value, std::ostream* to) { *to << ferry::testing::to_text(value); }
};

/// A result: its error, or its value as GoogleTest shows that.
template <class T>
class testing::internal::UniversalPrinter<ferry::result<T>> {
public:
    static void Print(ferry::result<T> const& outcome, std::ostream* to) {
        if (!outcome)
            *to << outcome.error();
        else if constexpr (std::is_void_v<T>)
            *to << "a value";
        else
            UniversalPrint(*outcome, to);
    }
};
