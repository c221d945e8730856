// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// ferry/mock/space.hpp: one namespace of a mock server, and everything a test can ask of it.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ferry/mock/clock.hpp"
#include "ferry/mock/deviation.hpp"
#include "ferry/mock/fault.hpp"
#include "ferry/mock/journal.hpp"

namespace ferry::mock {

class world_map;

/// A namespace: services, identities, faults, journal, clock and ids of its own, so that tests can share a
/// server without seeing each other. Requests choose it by the header `X-Ferry-Namespace`; without that they
/// meet the default one. The links that it signs name it.
///
/// A cheap handle by name: it stays valid when the namespace is reset, and beyond the server. All members may
/// be called from any thread. What they do is also to be had over HTTP under `/_ferry/`, by the same names.
/// They throw std::invalid_argument when the name is malformed or there are too many namespaces
/// (server_options::max_namespaces).
class space {
public:
    /// Empty for the default namespace.
    [[nodiscard]] std::string const& name() const noexcept { return name_; }

    /// Back to the first moment: the seed's state or none, the initial identities, no faults, an empty
    /// journal, the wall clock, ids from their start. Gives back what a namespace other than the default one
    /// takes.
    void reset();

    /// Everything as a JSON document, keys and passwords in clear: `{"llamacloud": {…}, "langflow": {…},
    /// "clock": {…}, "ids": {…}}`. Contents of more than `largest_content` bytes are described by size and
    /// hash only; such a document cannot be loaded.
    [[nodiscard]] std::string state(std::uint64_t largest_content = default_largest_content) const;
    static constexpr std::uint64_t default_largest_content = 1024 * 1024;
    /// Replaces the state. What the document leaves out stays (a service, the clock, the ids) or is as at the
    /// first moment (a list of a service). Throws std::invalid_argument with the JSON pointer of the mistake;
    /// then nothing has changed.
    void load_state(std::string_view document);

    /// From the next matching request on. Throws std::invalid_argument when the rule has no effect or can
    /// never fire.
    void add_fault(fault rule);
    /// The rules in order of addition, the spent ones too, until they are cleared. Of spent ones the newest
    /// 1000.
    [[nodiscard]] std::vector<fault_report> faults() const;
    /// How many requests faults have hit since the last clear_faults() or reset().
    [[nodiscard]] std::uint64_t faults_fired() const;
    void clear_faults();

    /// What was asked and answered. An entry is there as soon as the client can have the answer.
    [[nodiscard]] journal_page journal(journal_query const& query = {}) const;
    /// Forgets what meets the query; returns how many entries that were.
    std::uint64_t clear_journal(journal_query const& query = {});

    /// What server_options::strict and server_options::check_responses found since the last
    /// clear_deviations() or reset(), the oldest first; of more than 1000 the latest.
    [[nodiscard]] std::vector<deviation> deviations() const;
    void clear_deviations();

    /// Throws std::invalid_argument for a negative step.
    clock_state set_clock(clock_setting const& setting);
    [[nodiscard]] clock_state clock() const;

private:
    friend class server;
    space(std::shared_ptr<world_map> worlds, std::string name);

    std::shared_ptr<world_map> worlds_;
    std::string name_;
};

}  // namespace ferry::mock
