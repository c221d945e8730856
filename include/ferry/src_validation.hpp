// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

/// \file
/// The definitions of `ferry::validate`, for one source file of a program that defines
/// FERRY_SEPARATE_COMPILATION everywhere and validates. `ferry/src.hpp` leaves them out, so that programs
/// which do not validate link neither the tables nor regular expressions. It may be the same source file.

#if !defined(FERRY_SEPARATE_COMPILATION)
#error "ferry/src_validation.hpp is for programs that define FERRY_SEPARATE_COMPILATION in every source file"
#endif

#include "ferry/langflow/impl/validation.ipp"
#include "ferry/llamacloud/impl/validation.ipp"
#include "ferry/schema/impl/check.ipp"
#include "ferry/schema/impl/validation.ipp"
#include "ferry/schema/impl/value.ipp"
