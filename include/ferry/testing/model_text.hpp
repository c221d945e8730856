// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/type_desc.hpp"
#include "ferry/json/writer.hpp"

#include <ranges>
#include <string>
#include <type_traits>

namespace ferry::inline FERRY_ABI::testing {

/// A generated class without an operator of its own to write it: a struct or a union of a description. Not
/// lists and maps, optional values, enumerations and timestamps, which testing libraries show by themselves.
template <class T>
concept model = std::is_class_v<T> && !std::ranges::range<T> && requires {
    json::describe<T>::get();
} && !requires(T const& value) { value.has_value(); } && !requires(T const& value) { value.text(); };

/// A model as a test's report shows it: its JSON, on one line and without a bound. Needs the description's
/// tables, as `ferry/<api>.hpp` or `ferry/<api>/description.hpp` bring them.
///
/// \par Errors
/// A model that cannot be written (text that is not UTF-8, NaN) is a sentence that says so.
///
/// \par Example
/// Catch2 and GoogleTest have headers of their own. With Boost.Test, models show like this:
/// ```cpp
/// template <ferry::testing::model T>
/// struct boost::test_tools::tt_detail::print_log_value<T> {
///     void operator()(std::ostream& to, T const& value) { to << ferry::testing::to_text(value); }
/// };
/// ```
template <model T>
std::string to_text(T const& value) {
    std::string text;
    json::failure why;
    if (json::encode(json::describe<T>::get(), &value, text, why)) return text;
    return "a model that is no JSON: " + why.to_string();
}

}  // namespace ferry::testing
