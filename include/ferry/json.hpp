// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/result.hpp"
#include "ferry/json/reader.hpp"
#include "ferry/json/writer.hpp"

#include <string>
#include <string_view>

/// \file
/// Models to JSON and back by hand, for files, logs and tests. Calls do it by themselves.
/// Needs the description's tables: include `ferry/<api>.hpp` or `ferry/<api>/description.hpp` too.

namespace ferry::inline FERRY_ABI {

/// Reads one JSON document into a generated model.
/// \returns error_kind::decoding with the JSON pointer of what does not fit. Unknown members are ignored.
template <class T>
[[nodiscard]] result<T> from_json(std::string_view text, json::limits const& bounds = {}) {
    T value{};
    json::failure why;
    if (!json::decode(json::describe<T>::get(), &value, text, why, bounds))
        return error(error_kind::decoding, why.to_string());
    return value;
}

namespace detail {

template <class T>
struct model_reader {
    static result<T> read(std::string_view text) { return from_json<T>(text); }
};

}  // namespace detail

/// Writes a generated model as compact JSON.
/// \returns error_kind::invalid_argument for what JSON cannot say: text that is not UTF-8, NaN, infinity.
template <class T>
[[nodiscard]] result<std::string> to_json(T const& value) {
    std::string text;
    json::failure why;
    if (!json::encode(json::describe<T>::get(), &value, text, why))
        return error(error_kind::invalid_argument, why.to_string());
    return text;
}

}  // namespace ferry
