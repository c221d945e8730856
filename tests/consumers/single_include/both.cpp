// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include <ferry/langflow.hpp>
#include <ferry/llamacloud.hpp>

// Their common parts are there once, whichever comes first, and the one for everything adds nothing that is
// there already.
#include <ferry/ferry.hpp>

std::size_t size_of_both() {
    return sizeof(ferry::llamacloud::client) + sizeof(ferry::langflow::client);
}
