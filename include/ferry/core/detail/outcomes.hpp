// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/response.hpp"
#include "ferry/core/result.hpp"

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

/// \file
/// What a call can yield. An outcome owns the places that the engine fills (`output()`), at addresses that
/// stay when it is moved, and makes the call's result of them (`take(how)`).

namespace ferry::inline FERRY_ABI::detail {

template <class T>
struct value_outcome {
    using type = result<T>;

    std::unique_ptr<T> value = std::make_unique<T>();

    call_output output() const noexcept { return {.value = value.get()}; }
    type take(result<void> how) const { return how ? type(std::move(*value)) : type(how.error()); }
};
template <>
struct value_outcome<void> {
    using type = result<void>;

    call_output output() const noexcept { return {}; }
    type take(result<void> how) const { return how; }
};

template <class T>
struct response_outcome {
    using type = result<response<T>>;

    std::unique_ptr<response<T>> answer = std::make_unique<response<T>>();

    call_output output() const noexcept {
        call_output out{.info = answer.get()};
        if constexpr (!std::is_void_v<T>) out.value = &answer->value;
        return out;
    }
    type take(result<void> how) const { return how ? type(std::move(*answer)) : type(how.error()); }
};

template <class T>
struct save_outcome {
    using type = result<saved_file>;

    explicit save_outcome(std::string path) { file->path = std::move(path); }

    std::unique_ptr<T> value = std::make_unique<T>();
    std::unique_ptr<saved_file> file = std::make_unique<saved_file>();

    call_output output() const noexcept { return {.value = value.get(), .file = file.get()}; }
    type take(result<void> how) const { return how ? type(std::move(*file)) : type(how.error()); }
};

template <class T>
struct write_outcome {
    using type = result<void>;

    explicit write_outcome(byte_sink& to) : sink(&to) {}
    explicit write_outcome(std::ostream& to)
        : stream(std::make_unique<stream_sink>(to)), sink(stream.get()) {}

    std::unique_ptr<stream_sink> stream;  ///< Of ferry's own around a stream of the caller's.
    byte_sink* sink;
    std::unique_ptr<T> value = std::make_unique<T>();

    call_output output() const noexcept { return {.value = value.get(), .sink = sink}; }
    type take(result<void> how) const { return how && stream ? stream->finish() : how; }
};

}  // namespace ferry::detail
