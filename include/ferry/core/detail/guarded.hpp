// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"

#include <exception>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// What users' code has just thrown, for a message. Only within `catch (...)`: whatever it is, it must not
/// unwind through ferry's own steps, because then nobody would end the call.
inline std::string thrown_text() {
    try {
        throw;
    } catch (std::exception const& e) {
        return e.what();
    } catch (...) {
        return "something that is no std::exception";
    }
}

/// What a user's source or sink returns, or its exception as an error.
template <class F>
auto guarded(std::string_view who, F f) -> decltype(f()) {
    try {
        return f();
    } catch (...) {
        return error(error_kind::file, std::string(who) + " threw: " + thrown_text());
    }
}

}  // namespace ferry::detail
