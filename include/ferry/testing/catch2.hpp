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

template <ferry::testing::model T>
struct Catch::StringMaker<T> {
    static std::string convert(T const& value) { return ferry::testing::to_text(value); }
};

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
