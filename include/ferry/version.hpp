// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#if defined(FERRY_VERSION) && FERRY_VERSION != 100
#error "two versions of ferry meet in one source file: this one is 0.1.0; look at the include paths"
#endif

/// Version of this library: major * 10000 + minor * 100 + patch. CMake and the user agent read it from here.
/// `#if FERRY_VERSION >= 200` asks for 0.2.0 or later.
#define FERRY_VERSION 100
/// The same as text, as sent in `User-Agent`.
#define FERRY_VERSION_STRING "0.1.0"
/// The inline namespace in everything that ferry declares, generated clients included: another one for each
/// version that changes the interface. So what was compiled with two versions does not meet by accident in
/// one program: each has its own, and what passes from one to the other does not link.
#define FERRY_ABI v0_1
