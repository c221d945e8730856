// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What unit tests are written with.

#include "../../support/catch2.hpp"

#include "ferry/core/result.hpp"

#include <string>
