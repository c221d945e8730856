// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

/// Version of this library: major * 10000 + minor * 100 + patch. CMake and the user agent read it from here.
#define FERRY_VERSION 100
/// The same as text, as sent in `User-Agent`.
#define FERRY_VERSION_STRING "0.1.0"
