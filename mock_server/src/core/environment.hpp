// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What both services of one namespace share: time, random ids, the place for bytes.

#include <memory>
#include <string>

#include "../http/spool.hpp"
#include "clock.hpp"
#include "deviations.hpp"
#include "ferry/mock/options.hpp"
#include "ids.hpp"
#include "times.hpp"

namespace ferry::mock {

struct environment {
    environment(server_options const& chosen, std::string name, std::shared_ptr<scratch_directory const> home)
        : options(chosen), space(std::move(name)), ids(options.id_seed, space), scratch(std::move(home)) {}

    server_options const& options;
    std::string space;  ///< the namespace's name, empty for the default one; URLs that are used without our
                        ///< header carry it
    mock::clock clock;
    id_source ids;
    std::shared_ptr<scratch_directory const> scratch;
    deviation_log deviations;
};

}  // namespace ferry::mock
