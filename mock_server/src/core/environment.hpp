// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What all services of one namespace share: time, random ids, the place for bytes.

#include "core/controlled_clock.hpp"
#include "core/deviations.hpp"
#include "core/ids.hpp"
#include "core/times.hpp"
#include "ferry/mock/options.hpp"
#include "http/spool.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace ferry::mock {

inline constexpr std::uint64_t mebibyte = 1024 * 1024;

/// What is read of a body that is JSON: in memory its values take a multiple of its size.
inline constexpr std::uint64_t largest_json = 4 * mebibyte;

/// The field of a request that names its namespace, and the parameter of a signed link that does.
inline constexpr std::string_view namespace_field = "X-Ferry-Namespace";

struct environment {
    environment(server_options const& chosen, std::string name, std::shared_ptr<scratch_directory const> home,
                std::shared_ptr<budget> memory_for_deviations)
        : options(chosen),
          name_space(std::move(name)),
          ids(options.id_seed, name_space),
          scratch(std::move(home)),
          deviations(std::move(memory_for_deviations)) {}

    server_options const& options;
    std::string name_space;  ///< its name, empty for the default one
    controlled_clock clock;
    id_source ids;
    std::shared_ptr<scratch_directory const> scratch;
    deviation_log deviations;
};

}  // namespace ferry::mock
