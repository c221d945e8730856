// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/version.hpp"

/// How non-template definitions reach the program.
///
/// By default they are `inline` and every header brings its own. A program that defines
/// `FERRY_SEPARATE_COMPILATION` everywhere compiles them once, in the one source file that includes
/// `ferry/src.hpp`; the CMake target `ferry::ferry` does exactly that.
///
/// \pre all source files of a program agree on it
#if defined(FERRY_SEPARATE_COMPILATION)
#define FERRY_DECL
#else
#define FERRY_DECL inline
#endif
