// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/mock/clock.hpp"
#include "ferry/mock/deviation.hpp"
#include "ferry/mock/fault.hpp"
#include "ferry/mock/journal.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// One namespace of a mock server, and everything that a test can ask of it.

namespace ferry::mock {

class name_spaces;

/// A namespace: services, identities, faults, journal, clock and ids of its own, so that tests can share a
/// server without seeing each other. Requests choose it by the header `X-Ferry-Namespace`; without that they
/// meet the default one. The links that it signs name it.
///
/// What the members do is also to be had over HTTP under `/_ferry/`, by the same names.
///
/// \par Lifetime
/// A cheap handle by name, to be copied at will: it stays valid when the namespace is reset, and beyond the
/// server. The namespace exists from its first use on, and its contents until reset().
/// \par Thread safety
/// All members may be called from any thread, also while requests are served.
/// \par Errors
/// All members but name() throw std::invalid_argument when there are too many namespaces
/// (server_options::max_namespaces).
class name_space {
public:
    /// \returns the name; empty for the default namespace
    [[nodiscard]] std::string const& name() const noexcept { return name_; }

    /// Back to the first moment: the seed's state or none, the initial identities, no faults, an empty
    /// journal, the wall clock, ids from their start. Gives back what a namespace other than the default one
    /// takes. Requests that are being served finish in the state that was.
    void reset();

    /// The default of state(): 1 MiB.
    static constexpr std::uint64_t default_largest_content = 1024 * 1024;

    /// Everything that is stored, keys in clear, passwords as hashes.
    ///
    /// \param largest_content contents of more bytes are described by size and hash only; such a document
    /// cannot be loaded
    /// \returns a JSON document: `{"llamacloud": {…}, "langflow": {…}, "clock": {…}, "ids": {…}}`
    [[nodiscard]] std::string state(std::uint64_t largest_content = default_largest_content) const;

    /// Replaces the state. What the document leaves out stays (a service, the clock, the ids) or is as at the
    /// first moment (a list of a service).
    ///
    /// \param document in the form of state()
    /// \throws std::invalid_argument with the JSON pointer of the mistake; then nothing has changed
    void load_state(std::string_view document);

    /// Adds a rule, which counts from the next matching request on.
    ///
    /// \throws std::invalid_argument when the rule has no effect or can never fire, and when 10,000 rules are
    /// waiting for requests already, or those of all namespaces take 16 MiB
    void add_fault(fault rule);

    /// \returns the rules in order of addition, the spent ones too, until they are cleared; of spent ones the
    /// newest 1000
    [[nodiscard]] std::vector<fault_report> faults() const;

    /// \returns how many requests faults have hit since the last clear_faults() or reset()
    [[nodiscard]] std::uint64_t faults_fired() const;

    /// Forgets all rules, and what they did.
    void clear_faults();

    /// What was asked and answered. An entry is there as soon as the client can have the answer.
    ///
    /// \param query which entries; the default: all
    [[nodiscard]] journal_page journal(journal_query const& query = {}) const;

    /// Forgets what meets the query.
    ///
    /// \returns how many entries that were
    std::uint64_t clear_journal(journal_query const& query = {});

    /// What server_options::strict and server_options::check_responses found.
    ///
    /// \returns the findings since the last clear_deviations() or reset(), the oldest first; of more than
    /// 1000 the latest
    [[nodiscard]] std::vector<deviation> deviations() const;

    /// Forgets them, and counts from 1 again.
    void clear_deviations();

    /// \returns how the clock stands then
    /// \throws std::invalid_argument for a step that is negative or longer than the time that there is, and
    /// for times before 1970 or beyond the year 2261; then nothing has changed
    clock_state set_clock(clock_setting const& setting);

    /// \returns how the clock stands; looking does not move it
    [[nodiscard]] clock_state clock() const;

private:
    friend class server;
    name_space(std::shared_ptr<name_spaces> all, std::string name);

    std::shared_ptr<name_spaces> all_;
    std::string name_;
};

}  // namespace ferry::mock
