// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/value_place.hpp"
#include "ferry/core/request_options.hpp"
#include "ferry/core/response.hpp"

#include <algorithm>
#include <charconv>
#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI {
class engine;
class timestamp;

namespace detail {

/// A path, query, header or cookie parameter with the value as text. Names are literals of the generated
/// code.
struct parameter {
    std::string_view name;
    std::string value;
};

/// Whether an optional member of a body was set.
template <class T>
bool is_given(T const& member) noexcept {
    if constexpr (requires { member.has_value(); })
        return member.has_value();
    else
        return !member.empty();
}

/// One part of a multipart body, in the order in which it is sent: a file, a text, or a value that becomes
/// text when the request is made.
struct body_part {
    std::string_view name;
    std::string text;
    std::optional<upload_source> file;
    std::shared_ptr<void const> value;  ///< Its type is found in operation::parts by name.
    std::string key = {};               ///< What it is called instead, as one of a map's.
};

/// A parameter whose value is taken apart when the request is made. Its type is found in
/// operation::typed_parameters by place and name.
struct typed_value {
    value_place in;
    std::string_view name;
    std::shared_ptr<void const> value;
};

/// An endpoint that no description lists: `client.call(method, path)`.
struct unlisted_operation {
    std::string method;
    std::string path;
    std::optional<std::string> content;
    std::string content_type;
};

/// Everything that a builder has collected, as data. Shared by all operations; the typed builders only fill
/// it.
struct call_state {
    std::shared_ptr<ferry::engine> engine;
    std::string_view operation;  ///< Its name in the description; empty: unlisted.
    std::vector<parameter> path;
    std::vector<parameter> query;
    std::vector<parameter> headers;
    std::vector<parameter> cookies;
    std::vector<typed_value> values;
    std::vector<body_part> parts;
    std::shared_ptr<unlisted_operation const> unlisted;
    std::string media_type;  ///< Where it is set, the answer is asked for in this form and taken as it is.
    request_options options;

    /// Replaces the value where the parameter was given already: the last setter wins.
    static void set(std::vector<parameter>& list, std::string_view name, std::string value) {
        for (auto& entry : list) {
            if (entry.name == name) {
                entry.value = std::move(value);
                return;
            }
        }
        list.push_back({name, std::move(value)});
    }
    static bool is_set(std::vector<parameter> const& list, std::string_view name) noexcept {
        return std::any_of(list.begin(), list.end(), [&](parameter const& one) { return one.name == name; });
    }
    /// Replaces all values of an array parameter, which is sent as a repeated key.
    static void set_all(std::vector<parameter>& list, std::string_view name,
                        std::vector<std::string> values) {
        std::erase_if(list, [&](parameter const& entry) { return entry.name == name; });
        for (auto& value : values) list.push_back({name, std::move(value)});
    }
    template <class T>
    void set_value(value_place in, std::string_view name, T value) {
        std::erase_if(values, [&](typed_value const& entry) { return entry.in == in && entry.name == name; });
        values.push_back({in, name, std::make_shared<T const>(std::move(value))});
    }
    bool has_value(value_place in, std::string_view name) const noexcept {
        return std::any_of(values.begin(), values.end(),
                           [&](typed_value const& one) { return one.in == in && one.name == name; });
    }
    void set_part(body_part part) {
        for (auto& entry : parts) {
            if (entry.name == part.name) {
                entry = std::move(part);
                return;
            }
        }
        parts.push_back(std::move(part));
    }
};

/// Where a call puts what it gets. Exactly one of the destinations of a download is set, or none.
struct call_output {
    void* value = nullptr;  ///< The typed value of a JSON answer; a std::string for text and bytes; null
                            ///< where there is none.
    response_info* info = nullptr;
    byte_sink* sink = nullptr;   ///< Download to a sink.
    saved_file* file = nullptr;  ///< Download to a file: `file->path` says where.

    bool is_download() const noexcept { return sink != nullptr || file != nullptr; }
};

// Parameter values as text: the generated setters call to_text() whatever the parameter's type.
inline std::string to_text(std::string value) {
    return value;
}
inline std::string to_text(bool value) {
    return value ? "true" : "false";
}
template <class T>
    requires(std::integral<T> || std::floating_point<T>) && (!std::same_as<T, bool>)
std::string to_text(T value) {
    char buffer[32];
    auto const end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return std::string(buffer, end);
}
template <class T>
    requires requires(T const& value) {
        { std::string(value.text()) };
    }
std::string to_text(T const& value) {
    return std::string(value.text());
}
/// An element of an array that may be null.
template <class T>
std::string to_text(std::optional<T> const& value) {
    return value ? to_text(*value) : std::string("null");
}
template <class T>
std::vector<std::string> to_texts(std::vector<T> const& values) {
    std::vector<std::string> texts;
    texts.reserve(values.size());
    for (auto const& value : values) texts.push_back(to_text(value));
    return texts;
}

}  // namespace detail
}  // namespace ferry
