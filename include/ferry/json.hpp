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
/// Needs the description's tables: include `ferry/<api>.hpp` or `ferry/<api>/description.hpp` too. Also what
/// error::body_as() needs.

namespace ferry::inline FERRY_ABI {

/// Reads one JSON document into a generated model.
///
/// \par Errors
/// error_kind::decoding; error::message() says what does not fit, and where as JSON pointer (RFC 6901).
///
/// \par Example
/// ```cpp
/// auto const file = ferry::from_json<ferry::llamacloud::models::file>(text);
/// ```
///
/// \tparam T a generated model, or a list or map of them
/// \param text UTF-8; nothing of it is kept
/// \param bounds how large and how deep it may be, and how strictly it is read
template <class T>
[[nodiscard]] result<T> from_json(std::string_view text, json::limits const& bounds = {}) {
    T value{};
    json::failure why;
    if (!json::decode(json::describe<T>::get(), &value, text, why, bounds))
        return error(why.is_limit ? error_kind::limit : error_kind::decoding, why.to_string());
    return value;
}

namespace detail {

template <class T>
struct model_reader {
    static result<T> read(std::string_view text) { return from_json<T>(text); }
};

}  // namespace detail

/// Writes a generated model as compact JSON, as a call would send it.
///
/// \par Errors
/// error_kind::invalid_argument for what JSON cannot say: text that is not UTF-8, NaN, infinity.
template <class T>
[[nodiscard]] result<std::string> to_json(T const& value) {
    std::string text;
    json::failure why;
    if (!json::encode(json::describe<T>::get(), &value, text, why))
        return error(error_kind::invalid_argument, why.to_string());
    return text;
}

}  // namespace ferry
