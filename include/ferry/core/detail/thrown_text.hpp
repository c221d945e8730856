// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <exception>
#include <string>

namespace ferry::detail {

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

}  // namespace ferry::detail
